"""Signs of life: that intake is up, and what X sent here last, told to the store every few seconds.

What is not told for too long becomes a gap there, which the watch role fetches; intake itself only tells.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.errors import Unavailable
from bot.metrics import LAST_CRC, LAST_EVENT

log = structlog.get_logger()

EVERY_S = 15.0


class SignsKept(Protocol):
    """What is asked of the store; `bot.store.inbound.gaps.Gaps` is the real one. Both raise ``Unavailable``."""

    async def beat(self, *, now: datetime, event: datetime | None, crc: datetime | None, down_after: timedelta) -> str:
        """Say that intake is up; answers the reason of a gap this opened, or an empty text."""

    async def replay_ended(self, job_id: str, *, complete: bool) -> None:
        """Note X's word on a replay job."""


class Signs:
    """One intake process's signs. ``down_after``: silence of all of them that makes a gap."""

    def __init__(self, kept: SignsKept, clock: Clock, down_after: timedelta, *, every_s: float = EVERY_S) -> None:
        self._kept = kept
        self._clock = clock
        self._down_after = down_after
        self._every_s = every_s
        self._event: datetime | None = None
        self._crc: datetime | None = None

    def delivered(self) -> None:
        """X delivered something it signed."""
        self._event = self._clock()
        LAST_EVENT.set(self._event.timestamp())

    def challenged(self) -> None:
        """X, or somebody, asked for a CRC and was answered."""
        self._crc = self._clock()
        LAST_CRC.set(self._crc.timestamp())

    async def replay_ended(self, job_id: str, complete: bool) -> None:
        """X finished a replay job. Raises Unavailable: X must deliver its word again."""
        await self._kept.replay_ended(job_id, complete=complete)

    async def run(self, stop: asyncio.Event) -> None:
        """Tell until ``stop`` is set; what cannot be told now is told with the next beat."""
        while not stop.is_set():
            try:
                gap = await self._kept.beat(
                    now=self._clock(), event=self._event, crc=self._crc, down_after=self._down_after
                )
                if gap:
                    log.warning("gap_noticed", reason=gap)
            except Unavailable:
                log.warning("store_unavailable")
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(stop.wait(), self._every_s)
