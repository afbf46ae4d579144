"""``giftbot talks``: who answers in a talk, and giving it back to the bot."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, NoReturn, TypeVar

import click

from bot import settings
from bot.clock import utc_now
from bot.dialogue.silence import Manners, Silence
from bot.errors import GiftbotError
from bot.model import ShopperId
from bot.settings import DialogueSettings
from bot.store.connection import Store
from bot.store.inbound.queued import Talk, Unreadable
from bot.wiring.roles import open_store

T = TypeVar("T")
WHY = {
    "person": "the shopper asked for a person",
    "colleague": "a colleague wrote in X's app",
    "paused": "the bot had answered too often in a short time",
}


@click.group()
def talks() -> None:
    """Who answers in a shopper's talk: the bot or a person (docs/turns.md)."""


@talks.command()
@click.argument("shopper", metavar="SHOPPER")
def show(shopper: str) -> None:
    """Say who answers this shopper now, and why."""
    chosen, talk = _with_store(lambda store: store.talks.get(ShopperId(shopper)))
    if talk is None:
        _nobody(shopper)
    click.echo(told(talk, chosen, utc_now()))
    click.echo(f"last model: {talk.model or 'of a release that did not say'}")


@talks.command()
@click.argument("shopper", metavar="SHOPPER")
def release(shopper: str) -> None:
    """Let the bot answer again, whoever has the talk."""
    _, held = _with_store(lambda store: store.talks.release(ShopperId(shopper)))
    if held is None:
        _nobody(shopper)
    why = " and ".join(WHY[one] for one in held)
    click.echo(f"the bot answers {shopper} again" + (f" ({why})" if why else "; nothing held it"))


def told(talk: Talk, chosen: DialogueSettings, now: datetime) -> str:
    """Who answers, in a sentence."""
    manners = Manners.of(chosen)
    silence = manners.silence(talk, now)
    if silence is Silence.NONE:
        return "the bot answers"
    until = None
    if silence is Silence.PAUSED:
        until = talk.paused_until
    if silence is Silence.COLLEAGUE and talk.colleague_at is not None:
        until = talk.colleague_at + manners.takeover
    end = f"until {until:%Y-%m-%d %H:%M} UTC, or" if until else "until"
    return f"the bot is silent: {WHY[silence.value]}; {end} `giftbot talks release`" + (
        "" if silence is Silence.PAUSED else " or a “start over” of the shopper"
    )


def _with_store(work: Callable[[Store], Coroutine[Any, Any, T]]) -> tuple[DialogueSettings, T]:
    async def run() -> tuple[DialogueSettings, T]:
        loaded = settings.load()
        async with open_store(loaded) as store:
            return loaded.dialogue, await work(store)

    try:
        return asyncio.run(run())
    except Unreadable as error:
        click.echo(f"a later release wrote this talk ({error}): use its giftbot", err=True)
    except GiftbotError as error:
        click.echo(str(error), err=True)
    sys.exit(2)


def _nobody(shopper: str) -> NoReturn:
    click.echo(f"there is no talk with {shopper}: they never wrote, or not for 90 days", err=True)
    sys.exit(1)
