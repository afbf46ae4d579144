"""``giftbot outbox``: what goes out, what waits and why; pause, resume, drain."""

from __future__ import annotations

import asyncio
import getpass
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from bot.cli.outbox_lines import at, plain, row, said, story
from bot.clock import utc_now
from bot.errors import GiftbotError, Unavailable
from bot.model import Send, SendId, SendState, ShopperId

if TYPE_CHECKING:
    from bot.governance.verdict import Verdict
    from bot.settings import Settings
    from bot.store.connection import Store

_POLL_S = 0.5


@click.group()
def outbox() -> None:
    """Messages of all departments on their way out (docs/outbox.md)."""


@outbox.command("list")
@click.option("--state", type=click.Choice([one.value for one in SendState]), help="Only of this state.")
@click.option("--department", default="", metavar="NAME", help="Only of this department; giftbot is the bot itself.")
@click.option("--shopper", metavar="ID", help="Only to this shopper.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Most rows.")
@click.option("--cursor", default="", help="Where the page before ended.")
@click.option("--text", "with_text", is_flag=True, help="Show what the messages say.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a row.")
def list_sends(
    state: str | None, department: str, shopper: str | None, limit: int, cursor: str, with_text: bool, as_json: bool
) -> None:
    """Print Sends, newest first, until three days after they ended; of those that wait what the governor says now."""

    async def read(store: Store, settings: Settings) -> None:
        try:
            page = await store.outbox.listed(
                state=SendState(state) if state else None,
                department=department,
                shopper_id=ShopperId(shopper) if shopper else None,
                limit=limit,
                cursor=cursor,
            )
        except ValueError as error:
            raise click.UsageError(f"--cursor: {error}.") from error
        verdicts = await _verdicts(store, settings, page.sends)
        for send, verdict in zip(page.sends, verdicts, strict=True):
            shown = {**plain(send, with_text), **said(verdict)}
            click.echo(json.dumps(shown, ensure_ascii=False) if as_json else row(send, verdict, with_text))
        if not page.sends and not as_json:
            click.echo("nothing; Sends are kept until three days after they ended")
        if page.cursor:
            click.echo(f"more: --cursor '{page.cursor}'", err=True)

    _with_store(read)


@outbox.command()
@click.argument("send")
@click.option("--text", "with_text", is_flag=True, help="Show what the message says.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def explain(send: str, with_text: bool, as_json: bool) -> None:
    """Tell what became of SEND, step by step, and what the governor says of it now.

    SEND is its id, or X's id of the message it answers.
    """

    async def read(store: Store, settings: Settings) -> None:
        from bot.wiring.explaining import explained
        from bot.wiring.sending_rules import SendingRules

        rules = SendingRules(settings.sending.rules)
        found = await explained(store, rules.current, SendId(send), utc_now())
        for one in found:
            told: dict[str, Any] = {**plain(one.life.send, with_text), **one.plain()}
            click.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(story(told)))
        if not found:
            click.echo(f"{send}: not found. A Send is kept until three days after it ended.", err=True)
            sys.exit(1)

    _with_store(read)


@outbox.command()
@click.argument("send")
def cancel(send: str) -> None:
    """Refuse SEND if it still waits; what X may have cannot be taken back."""

    async def cancelled(store: Store, settings: Settings) -> None:
        from bot.store.outbound.proposals import Changed

        lives = await store.outbox.lives(SendId(send))
        said = [await store.outbox.cancel(one.send.shopper_id, one.send.id, utc_now(), by=_me()) for one in lives]
        if Changed.DONE in said:
            click.echo(f"{send}: cancelled")
            return
        why = f"it is {lives[0].send.state.value}" if lives else "not found; it is kept until three days after its end"
        click.echo(f"{send}: {why}", err=True)
        sys.exit(1)

    _with_store(cancelled)


@outbox.command()
@click.option("--why", required=True, metavar="TEXT", help="For the colleagues who find sending paused.")
def pause(why: str) -> None:
    """Let nothing go out, and call X for nothing, until resume; calls under way end."""

    async def hold(store: Store, settings: Settings) -> None:
        from bot.store.outbound.holds import Hold

        await store.outbox.holds.hold(Hold.PAUSE, why=why, now=utc_now())
        click.echo("paused; `giftbot outbox resume` ends it")

    _with_store(hold)


@outbox.command()
def resume() -> None:
    """End what people paused or drained. A pause that X asked for stays."""

    async def opened(store: Store, settings: Settings) -> None:
        gone = await store.outbox.holds.resume()
        click.echo("resumed" if gone else "nobody had paused sending")
        until, reason = await store.quotas.pause()
        if until is not None and until > utc_now():
            click.echo(f"X lets nothing go out before {at(until)} ({reason}); that pause stays")

    _with_store(opened)


@outbox.command()
@click.option("--why", default="drain", metavar="TEXT", help="For the colleagues who find sending stopped.")
@click.option("--timeout", "timeout_s", default=900.0, show_default=True, help="Seconds to wait.")
def drain(why: str, timeout_s: float) -> None:
    """Begin nothing new, and wait until what is at X is settled. Then stop senders, or resume."""

    async def wait(store: Store, settings: Settings) -> None:
        from bot.store.outbound.holds import Hold

        await store.outbox.holds.hold(Hold.DRAIN, why=why, now=utc_now())
        clock = asyncio.get_running_loop().time
        end, told = clock() + timeout_s, -1
        while (left := await store.outbox.at_x()) > 0:
            if left != told:
                click.echo(f"{left} shoppers have a message that is sending or in doubt")
                told = left
            if clock() >= end:
                click.echo("not drained in time; still nothing new begins. Is a sender running?", err=True)
                sys.exit(1)
            await asyncio.sleep(_POLL_S)
        click.echo("drained: nothing is sending or in doubt; `giftbot outbox resume` goes on")

    _with_store(wait)


async def _verdicts(store: Store, settings: Settings, sends: Sequence[Send]) -> list[Verdict | None]:
    """What the governor says now of each that waits. Where there are no rules to read, a list is better than none."""
    from bot.store.outbound.room import Room, judged_as_kept
    from bot.wiring.sending_rules import SendingRules

    try:
        rules = SendingRules(settings.sending.rules).current()
    except GiftbotError as error:
        click.echo(f"what the governor says now is not known here: {error}", err=True)
        return [None for _ in sends]
    return await judged_as_kept(store.outbox, Room(store.quotas, rules, utc_now()), sends)


def _me() -> str:
    """Who types."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user without a name
        return "a person"


def _with_store(work: Callable[[Store, Settings], Awaitable[None]]) -> None:
    from bot import settings
    from bot.wiring.roles import open_store

    async def run() -> None:
        loaded = settings.load()
        async with open_store(loaded) as store:
            await work(store, loaded)

    try:
        asyncio.run(run())
    except Unavailable as error:
        click.echo(f"{error}; the same command again is safe", err=True)
        sys.exit(1)
    except GiftbotError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
