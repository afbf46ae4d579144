"""Sending that begins paused, as after a restore: what Redis forgot must be made up for first."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from bot.clock import Clock
from bot.errors import Unavailable
from bot.store.connection import Store
from bot.store.outbound.holds import Hold

_ASK_AGAIN_S = 1.0
_WHY = "GIFTBOT_SENDING_START_PAUSED"

_log = structlog.get_logger()


async def start_paused(store: Store, clock: Clock, stop: asyncio.Event) -> None:
    """Return once sending is paused, or ``stop`` is set; a pause already there keeps its reason.

    Where Redis does not answer this waits for it: nobody may send before the pause stands.
    """
    while not stop.is_set():
        with suppress(Unavailable):
            if await store.outbox.holds.now() is not Hold.PAUSE:
                await store.outbox.holds.hold(Hold.PAUSE, why=_WHY, now=clock())
            _log.warning("sending_starts_paused")
            return
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(stop.wait(), _ASK_AGAIN_S)
