"""Keeps the gauges of dead letters and of the oldest turn true while the dialogue role runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot import metrics
from bot.clock import Clock
from bot.errors import Unavailable
from bot.store.inbound.backlog import Backlog
from bot.store.inbound.dead import DeadLetters

LOOK_EVERY_S = 15.0


async def watch(
    dead: DeadLetters,
    backlog: Backlog,
    clock: Clock,
    stop: asyncio.Event,
    rest: Callable[[asyncio.Event, float], Awaitable[None]],
) -> None:
    """Look at all partitions every so often until ``stop``; an outage leaves what was told last."""
    while not stop.is_set():
        with suppress(Unavailable):
            metrics.DEAD_LETTERS.set(await dead.count())
            metrics.OLDEST_TURN.set((await backlog.oldest(clock())).total_seconds())
        await rest(stop, LOOK_EVERY_S)
