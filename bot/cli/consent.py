"""``giftbot consent``: what a shopper allows, and the ledger of how they came to."""

from __future__ import annotations

import asyncio
import dataclasses
import getpass
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

import click

from bot.cli.moments import moment_of
from bot.clock import utc_now
from bot.errors import GiftbotError, Unavailable
from bot.model import ShopperId

if TYPE_CHECKING:
    from bot.store.connection import Store

GRANTABLE = click.Choice(["reminder", "marketing", "interactions"])
WITHDRAWABLE = click.Choice(["reminder", "marketing", "interactions", "all"])


@click.group()
def consent() -> None:
    """What a shopper allows us (docs/consent.md)."""


@consent.command()
@click.argument("shopper")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a row.")
def show(shopper: str, as_json: bool) -> None:
    """Print every grant and withdrawal of SHOPPER, oldest first, and whether we may answer them."""

    async def read(store: Store) -> None:
        held = await store.door.consent(ShopperId(shopper))
        rows = await store.consents.ledger(ShopperId(shopper))
        if as_json:
            for row in rows:
                told = {name: value for name, value in dataclasses.asdict(row).items() if value not in (None, "")}
                click.echo(json.dumps(told, default=datetime.isoformat, ensure_ascii=False))
            return
        word = "never wrote to us" if held is None else "answers are open" if held.open else "said stop"
        click.echo(f"{shopper}: {word}")
        for row in rows:
            if row.folded:
                click.echo(f"  ... {row.folded} times STOP and START in turn, folded")
            what = "granted" if row.granted else "withdrew"
            more = ", ".join(
                f"{name} {value}"
                for name, value in (("wording", row.wording), ("by", row.by), ("message", row.message_id))
                if value
            )
            click.echo(
                f"  {row.at:%Y-%m-%d %H:%M} {what} {row.purpose.value} ({row.how}, {row.source})"
                + (f": {more}" if more else "")
            )
        if not rows:
            click.echo("  nothing was granted or withdrawn, or its last entry is three years old")

    _with_store(read)


@consent.command()
@click.argument("shopper")
@click.option("--purpose", type=GRANTABLE, required=True, help="What they agreed to.")
@click.option("--source", required=True, metavar="NAME", help="Where they agreed: a form, a call, a shop.")
@click.option("--wording", required=True, metavar="VERSION", help="Version of the text they agreed to.")
def grant(shopper: str, purpose: str, source: str, wording: str) -> None:
    """Note that SHOPPER agreed; refused where they wrote STOP since."""
    _record(shopper, purpose, True, source, wording)


@consent.command()
@click.argument("shopper")
@click.option("--purpose", type=WITHDRAWABLE, required=True, help="What they take back; all is a STOP.")
@click.option("--source", required=True, metavar="NAME", help="Where they said so.")
def withdraw(shopper: str, purpose: str, source: str) -> None:
    """Note that SHOPPER takes it back; nothing that waits for them goes out against it."""
    _record(shopper, purpose, False, source, "")


@consent.command()
@click.argument("shopper")
@click.argument("name")
def zone(shopper: str, name: str) -> None:
    """Note the time zone SHOPPER told, such as Europe/London: their quiet hours."""

    async def tell(store: Store) -> None:
        await store.consents.tell_zone(ShopperId(shopper), name)

    _with_store(tell)


@consent.command("export")
@click.option("--since", required=True, metavar="TIME", help="Such as 2026-11-22T10:30Z: what was taken back since.")
def export_withdrawals(since: str) -> None:
    """Print what shoppers took back, as lines of JSON: to be kept beside the backups of Redis (docs/runbook.md).

    Names shoppers by X's ids; who was forgotten by a keyed hash. Keep it no longer than the backups.
    """
    moment = moment_of(since)

    async def export(store: Store) -> None:
        async for line in store.withdrawals.since(moment):
            click.echo(line)

    _with_store(export)


@consent.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
def import_withdrawals(file: TextIO) -> None:
    """Let everything that was taken back by FILE (of export; - for standard input) hold again.

    It only closes, and may be repeated. Before the roles start, and before `giftbot privacy forget`.
    """

    async def bring_back(store: Store) -> None:
        done = await store.withdrawals.bring_back(file, utc_now())
        click.echo(
            f"{done.closed} hold again, {done.known} did already or were overtaken by what the shopper said later"
        )
        for number in done.unreadable:
            click.echo(f"line {number}: cannot be read; it was passed over", err=True)
        if not done.whole:
            click.echo("the file is not whole: take an older one as well", err=True)
            sys.exit(1)

    _with_store(bring_back)


def _record(shopper: str, purpose: str, granted: bool, source: str, wording: str) -> None:
    async def record(store: Store) -> None:
        from bot.store.shoppers.consents import Allows, ConsentRecord

        await store.consents.record(
            ConsentRecord(
                shopper_id=ShopperId(shopper),
                purpose=Allows(purpose),
                granted=granted,
                source=source,
                how="command",
                at=utc_now(),
                wording=wording,
                by=getpass.getuser(),
            )
        )
        click.echo(f"{shopper} {'granted' if granted else 'withdrew'} {purpose}: noted")

    if not shopper.isdigit():
        raise click.UsageError("SHOPPER is X's user id, digits only.")
    _with_store(record)


def _with_store(work: Callable[[Store], Awaitable[Any]]) -> None:
    from bot import settings
    from bot.wiring.roles import open_store

    async def run() -> None:
        async with open_store(settings.load()) as store:
            await work(store)

    try:
        asyncio.run(run())
    except Unavailable as error:
        click.echo(f"{error}; whether it was noted is not known: the same command again is safe", err=True)
        sys.exit(1)
    except GiftbotError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
