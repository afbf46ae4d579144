"""Intake looks whether its Redis keeps what it is given, and tells in logs and metrics where it does not."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from bot.errors import Unavailable
from bot.metrics import STORE_MEMORY, STORE_SHORTFALLS
from bot.settings import StoreSettings
from bot.store.access.durability import ADVICE, Shortfall, look

log = structlog.get_logger()

LOOK_EVERY_S = 60.0


async def watch_redis(settings: StoreSettings, stop: asyncio.Event) -> None:
    """Look now and every minute until ``stop``; what is new is logged, what is so is in the metric."""
    known: list[Shortfall] = []
    while not stop.is_set():
        with suppress(Unavailable):  # readiness tells that
            said = await look(settings)
            found = said.shortfalls
            STORE_MEMORY.set(said.memory)
            for one in found:
                if one not in known:
                    log.warning("redis_falls_short", reason=one.fault, host=one.node)
            for fault in ADVICE:
                STORE_SHORTFALLS.labels(fault).set(sum(one.fault == fault for one in found))
            known = found
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_EVERY_S)
