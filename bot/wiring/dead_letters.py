"""Keeps the gauge of dead letters true while the dialogue role runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot import metrics
from bot.errors import Unavailable
from bot.store.dead import DeadLetters

LOOK_EVERY_S = 15.0


async def watch(
    dead: DeadLetters, stop: asyncio.Event, rest: Callable[[asyncio.Event, float], Awaitable[None]]
) -> None:
    """Count the dead letters of all partitions every so often until ``stop``; an outage leaves the last count."""
    while not stop.is_set():
        with suppress(Unavailable):
            metrics.DEAD_LETTERS.set(await dead.count())
        await rest(stop, LOOK_EVERY_S)
