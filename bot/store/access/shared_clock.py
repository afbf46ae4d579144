"""One clock for all processes: Redis', carried on between two looks by the seconds this machine has been up.

When a Send is looked after is written by one sender and read by another. Two machines whose clocks differ by more than
the settle delay would look too soon, and send again what X is about to take. An intake a day ahead would find every
message too old to be answered, a worker a day behind would keep a talk silent for a day too long.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.clock import from_ms, utc_now
from bot.errors import Unavailable
from bot.metrics import CLOCK_OFF
from bot.store.access.wire import Wire

LOOK_EVERY_S = 15.0
LONGEST_LOOK_S = 0.5
"""A slower answer tells the moment no better than we know it already."""

_ASK_AGAIN_S = 1.0

log = structlog.get_logger()


def seconds_passed() -> float:
    """Seconds that never jump, and go on while the machine is suspended where it can tell them."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class SharedClock:
    """Call it for the moment. Before the first look it is the wall clock; a jump of that one moves nothing after."""

    def __init__(
        self, wire: Wire, *, monotonic: Callable[[], float] = seconds_passed, wall: Callable[[], datetime] = utc_now
    ) -> None:
        self._wire = wire
        self._monotonic = monotonic
        self._wall = wall
        self._seen: tuple[float, datetime] | None = None  # monotonic seconds, and Redis' moment then

    def __call__(self) -> datetime:
        """The moment, aware UTC."""
        if self._seen is None:
            return self._wall()
        at, moment = self._seen
        return moment + timedelta(seconds=self._monotonic() - at)

    async def look(self) -> None:
        """Ask Redis for the moment; a slow answer is not taken, unless there is none yet.

        Raises:
            Unavailable: it goes on as it went.
        """
        before = self._monotonic()
        said = await self._wire.run("tell_time", [self._wire.keys.account("layout")])
        after = self._monotonic()
        if self._seen is None or after - before <= LONGEST_LOOK_S:
            moment = from_ms(int(said[0]) * 1000 + int(said[1]) / 1000)
            self._seen = ((before + after) / 2, moment)
        CLOCK_OFF.set((self._wall() - self()).total_seconds())

    async def first_seen(self, stop: asyncio.Event) -> None:
        """Return once Redis has told the moment, or ``stop`` is set: nobody may claim by another clock."""
        while self._seen is None and not stop.is_set():
            with suppress(Unavailable):
                await self.look()
                return
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(stop.wait(), _ASK_AGAIN_S)

    async def follow(self, stop: asyncio.Event) -> None:
        """Look every so often until ``stop``, oftener until the first time; an outage of Redis changes nothing."""
        while not stop.is_set():
            try:
                await self.look()
            except Unavailable:
                log.info("clock_not_seen")
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(stop.wait(), _ASK_AGAIN_S if self._seen is None else LOOK_EVERY_S)
