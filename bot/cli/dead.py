"""``giftbot dead``: messages the bot gave up, looked at, brought back or dropped by people."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, NoReturn, TypeVar

import click

from bot import settings
from bot.clock import utc_now
from bot.errors import GiftbotError
from bot.model import ShopperId
from bot.store.connection import Store
from bot.store.inbound.dead import KEPT_DAYS, Dead, Replayed
from bot.store.inbound.restored import PERHAPS
from bot.wiring.roles import open_store

T = TypeVar("T")
TOO_OLD_H = 24
"""Hours after which nobody waits for an answer any more."""
TOLD = {
    Replayed.REPLAYED: "is back in its queue and will be answered",
    Replayed.GONE: f"is not there: brought back or dropped before, or given up more than {KEPT_DAYS} days ago",
    Replayed.OLD: f"was written more than {TOO_OLD_H} hours ago: nobody waits for that answer. --old replays it anyway",
    Replayed.STOPPED: "is of a shopper who has told us to stop since: nothing may be sent. Drop it",
}


@click.group()
def dead() -> None:
    """Messages given up after repeated failure, or set aside because this release cannot read them (docs/turns.md)."""


@dead.command(name="list")
@click.option("--shopper", metavar="ID", help="Only those of this shopper.")
@click.option("--reason", default="", help="Only those given up for this reason.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per message.")
def show_all(shopper: str | None, reason: str, as_json: bool) -> None:
    """List them, the oldest first, without their words."""
    found = _with_store(
        lambda store: store.dead.listed(shopper_id=ShopperId(shopper) if shopper else None, reason=reason)
    )
    for one in found:
        click.echo(json.dumps(_as_object(one)) if as_json else _line(one))
    if not found and not as_json:
        click.echo("there are no dead messages" + (" like that" if shopper or reason else ""))


@dead.command()
@click.argument("dead_id", metavar="ID")
@click.option("--text", is_flag=True, help="Also what the shopper wrote.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(dead_id: str, text: bool, as_json: bool) -> None:
    """Show one: who wrote it, when it was given up and why, and what was tried before."""
    one = _with_store(lambda store: store.dead.get(dead_id))
    if one is None:
        _fail(f"{dead_id} {TOLD[Replayed.GONE]}.")
    described = _as_object(one) | ({"text": one.text} if text else {})
    if as_json:
        click.echo(json.dumps(described, ensure_ascii=False))
        return
    for name, value in described.items():
        click.echo(f"{name:12} {', '.join(value) if isinstance(value, list) else value}")


@dead.command()
@click.argument("dead_id", metavar="ID", required=False)
@click.option("--all", "everything", is_flag=True, help="All there are (of --reason, where given).")
@click.option("--reason", default="", help="With --all: only those given up for this reason.")
@click.option("--old", is_flag=True, help=f"Also what was written more than {TOO_OLD_H} hours ago.")
def replay(dead_id: str | None, everything: bool, reason: str, old: bool) -> None:
    """Put one, or all, back into the queue: a new try, answered beside the apology sent before.

    What was perhaps answered before a restore (reason perhaps_answered) comes back only where it is named.
    """
    _one_or_all(dead_id, everything)
    oldest = None if old else utc_now() - timedelta(hours=TOO_OLD_H)

    async def work(store: Store) -> tuple[list[tuple[str, Replayed]], int]:
        listed = [] if dead_id else await store.dead.listed(reason=reason)
        meant = [one.id for one in listed if reason or one.reason != PERHAPS]
        done = [(each, await store.dead.replay(each, oldest=oldest)) for each in ([dead_id] if dead_id else meant)]
        return done, len(listed) - len(meant)

    done, left = _with_store(work)
    for each, said in done:
        click.echo(f"{each} {TOLD[said]}", err=said is not Replayed.REPLAYED)
    if everything:
        click.echo(f"{sum(said is Replayed.REPLAYED for _, said in done)} of {len(done)} brought back")
    if left:
        click.echo(f"{left} more may have been answered before a restore: look at them (--reason {PERHAPS})")
    sys.exit(0 if all(said is Replayed.REPLAYED for _, said in done) else 1)


@dead.command()
@click.argument("dead_id", metavar="ID")
def drop(dead_id: str) -> None:
    """Delete one for good."""
    if not _with_store(lambda store: store.dead.drop(dead_id)):
        _fail(f"{dead_id} {TOLD[Replayed.GONE]}.")
    click.echo(f"{dead_id} is deleted")


def _with_store(work: Callable[[Store], Coroutine[Any, Any, T]]) -> T:
    async def run() -> T:
        async with open_store(settings.load()) as store:
            return await work(store)

    try:
        return asyncio.run(run())
    except GiftbotError as error:
        _fail(str(error))


def _fail(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(2)


def _one_or_all(dead_id: str | None, everything: bool) -> None:
    if bool(dead_id) == everything:
        raise click.UsageError("name one message, or say --all")


def _as_object(one: Dead) -> dict[str, Any]:
    """All but its words."""
    plain = dataclasses.asdict(one)
    del plain["text"]
    plain["at"] = one.at.isoformat()
    plain["sent_at"] = one.sent_at.isoformat() if one.sent_at else ""
    plain["earlier"] = list(one.earlier)
    return plain


def _line(one: Dead) -> str:
    again = f", brought back {one.replays} times before" if one.replays else ""
    return f"{one.id:24} {one.at:%Y-%m-%d %H:%M} {one.reason:20} shopper {one.shopper_id or '?'}{again}"
