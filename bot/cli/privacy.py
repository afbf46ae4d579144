"""``giftbot privacy``: what is kept of a shopper, shown and deleted, with proof."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.errors import GiftbotError, Unavailable
from bot.model import ShopperId

if TYPE_CHECKING:
    from bot.privacy.places import Places
    from bot.privacy.proof import Proof
    from bot.store.connection import Store

LIMIT_S = 60.0


@click.group()
def privacy() -> None:
    """What is kept of a shopper (docs/privacy.md)."""


@privacy.command()
@click.argument("shopper")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it here, for your eyes only.")
def export(shopper: str, out: Path | None) -> None:
    """Everything kept of SHOPPER (X's user id) as JSON: place by place, with what lies there and why."""

    async def work(_: Store, groups: list[Places]) -> None:
        from bot.privacy import proof
        from bot.private_files import write_private

        found = await proof.export(ShopperId(shopper), groups)
        text = json.dumps(found, indent=2, ensure_ascii=False, default=_plain)
        if out is None:
            click.echo(text)
        else:
            write_private(out, text + "\n")
            click.echo(f"written to {out}")

    _with_places(shopper, work)


@privacy.command()
@click.argument("shopper")
@click.option("--json", "as_json", is_flag=True, help="Print the proof as JSON.")
def forget(shopper: str, as_json: bool) -> None:
    """Delete everything kept of SHOPPER, everywhere, and print the proof; ends with 1 where something is left.

    What they write from now on is new. Who had said STOP stays unwritten to: a keyed hash of their id remembers it.
    """

    async def work(store: Store, groups: list[Places]) -> None:
        from bot.privacy import proof

        async def rewrite() -> str:
            return await store.files.rewrite(timeout_s=LIMIT_S)

        done = await proof.forget(ShopperId(shopper), groups, rewrite, time.monotonic)
        _print(shopper, done, as_json=as_json)
        if not done.complete:
            raise GiftbotError("something is left: run the same command again, and tell us")

    _with_places(shopper, work)


def _print(shopper: str, done: Proof, *, as_json: bool) -> None:
    if as_json:
        lines = [{"place": one.place, "found": one.found, "left": one.left} for one in done.lines]
        click.echo(json.dumps({"shopper": shopper, "places": lines, "files": done.files, "seconds": done.seconds}))
        return
    click.echo(f"{'place':34} {'found':>6} {'left':>6} {'seconds':>8}")
    for one in done.lines:
        click.echo(f"{one.place:34} {one.found:6} {one.left:6} {one.seconds:8.1f}")
    click.echo(f"Redis: {done.files}")
    click.echo(f"{shopper}: {'all is deleted' if done.complete else 'NOT all is deleted'}, {done.seconds:.1f} s")


def _with_places(shopper: str, work: Callable[[Store, list[Places]], Awaitable[None]]) -> None:
    if not shopper.isdigit():
        raise click.UsageError("SHOPPER is X's user id, digits only.")

    async def run() -> None:
        from bot import settings
        from bot.demo.talks import InChatPage
        from bot.wiring import privacy as wiring
        from bot.wiring.roles import open_store

        loaded = settings.load()
        async with open_store(loaded) as store:
            await work(store, [*wiring.places(loaded, store), InChatPage(Path("var/demo"))])

    try:
        asyncio.run(run())
    except Unavailable as error:
        click.echo(f"not finished: {error}. The same command again does the rest.", err=True)
        sys.exit(1)
    except ModuleNotFoundError as error:  # to forget without the catalogue would be to forget half
        click.echo(f"{error.name} is not in this image: run it where the catalogue is, in `dialogue`.", err=True)
        sys.exit(1)
    except (GiftbotError, OSError, ValueError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
