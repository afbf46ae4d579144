"""The watch role: the webhook checked at X, and what was not delivered fetched."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.errors import GiftbotError, Unavailable
from bot.gaps.earlier_life import EarlierLife
from bot.gaps.filler import Filler
from bot.gaps.watching import Watching
from bot.governance.text_mark import text_mark
from bot.intake.taking import take
from bot.settings import Settings
from bot.wiring.queue_word import queue_word, word_marks
from bot.x.admin import XAdmin
from bot.x.client import XClient
from bot.x.events import Happening
from bot.x.limits import limits_of

log = structlog.get_logger()

_LOOK_SOON_S = 65.0
"""After a check that did not find the webhook valid: while it is not, nobody's message arrives. X's older pages allow
15 checks in 15 minutes, and one too many would leave us blind for the rest of them."""


def filler(settings: Settings, store: Any, admin: XAdmin, x: XClient) -> Filler:
    """A filler whose finds go through the very door intake uses: same wishes, same deduplication, same age."""

    async def taken(happenings: list[Happening], now: datetime) -> None:
        await take(happenings, store.door, now=now, max_age=timedelta(hours=settings.intake.max_age_h))

    return Filler(
        store=store,
        hooks=admin,
        talks=x,
        take=EarlierLife(store, taken, _is_word(settings)),
        settings=settings.gaps,
        webhook_url=settings.x.webhook_url,
        reads=limits_of(settings.x.tier, settings.sending).reads_per_15_min,
        clock=store.clock,
        owner=f"{socket.gethostname()}-{os.getpid()}",
    )


def _is_word(settings: Settings) -> Callable[[str], bool]:
    try:
        marks = word_marks(queue_word(settings.sending.domain))
    except GiftbotError:  # no such sentence: then none was said
        return lambda text: False
    return lambda text: text_mark(text) in marks


async def watch(settings: Settings, store: Any, admin: XAdmin, x: XClient, stop: asyncio.Event) -> None:
    """Check and fill until ``stop`` is set; by Redis' clock, as what intake tells of itself is."""
    await store.clock.first_seen(stop)
    watching = Watching(
        hooks=admin,
        gaps=store.gaps,
        settings=settings.gaps,
        webhook_url=settings.x.webhook_url,
        account_id=settings.x.account_id,
        clock=store.clock,
    )
    filling = filler(settings, store, admin, x)
    try:
        await asyncio.gather(
            _check(watching, settings.gaps.check_every_s, stop), _fill(filling, stop), store.clock.follow(stop)
        )
    finally:
        with suppress(Unavailable):
            await filling.let_go()


async def _check(watching: Watching, every_s: float, stop: asyncio.Event) -> None:
    while not stop.is_set():
        rest = every_s
        try:
            if await watching.check() not in ("valid", "revalidated"):
                rest = min(every_s, _LOOK_SOON_S)
        except GiftbotError as error:
            log.warning("webhook_not_checked", exc_info=error)
            rest = min(every_s, _LOOK_SOON_S)
        await _rest(rest, stop)


async def _fill(filling: Filler, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            rest = await filling.step()
        except Unavailable:
            log.warning("store_unavailable")
            rest = 1.0
        except GiftbotError as error:
            log.error("gap_not_filled", exc_info=error)
            rest = 60.0
        await _rest(rest, stop)


async def _rest(seconds: float, stop: asyncio.Event) -> None:
    if seconds > 0:
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
