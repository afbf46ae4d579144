"""Signs of life: that intake is up, and what X sent here last, told to the store every few seconds.

What is not told for too long becomes a gap there, which the watch role fetches; so does what intake refused, for X
gives a delivery up after some minutes. Intake itself only tells.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.errors import Unavailable
from bot.metrics import LAST_CRC, LAST_EVENT
from bot.store.inbound.gaps import Doubt

log = structlog.get_logger()

EVERY_S = 15.0
X_TRIES_FOR = timedelta(minutes=5)
"""For about so long X delivers again what was not answered 200: what is refused now may have been written then."""
_FRESH = timedelta(minutes=10)
"""What was written longer ago is X's replay, or somebody's: it tells nothing of what X delivers now."""


class SignsKept(Protocol):
    """What is asked of the store; `bot.store.inbound.gaps.Gaps` is the real one. Both raise ``Unavailable``."""

    async def beat(
        self,
        *,
        now: datetime,
        event: datetime | None,
        crc: datetime | None,
        down_after: timedelta,
        silent_after: timedelta,
        doubts: Sequence[Doubt],
    ) -> str:
        """Say that intake is up, and what it refused; answers the reasons of gaps this opened, or an empty text."""

    async def replay_ended(self, job_id: str, *, complete: bool) -> None:
        """Note X's word on a replay job."""


@dataclass(slots=True)
class _Stretch:
    """From the first refusal to the latest; ``told``: up to then the store knows."""

    since: datetime
    till: datetime
    told: datetime | None = None


class Signs:
    """One intake process's signs.

    ``down_after``: silence of all of them that makes a gap. ``silent_after``: so long without a new delivery makes one.
    """

    def __init__(
        self,
        kept: SignsKept,
        clock: Clock,
        down_after: timedelta,
        silent_after: timedelta = timedelta(hours=1),
        *,
        every_s: float = EVERY_S,
    ) -> None:
        self._kept = kept
        self._clock = clock
        self._down_after = down_after
        self._silent_after = silent_after
        self._every_s = every_s
        self._event: datetime | None = None
        self._crc: datetime | None = None
        self._not_stored: _Stretch | None = None
        self._unsigned: _Stretch | None = None

    def delivered(self, written_at: Sequence[datetime]) -> None:
        """X delivered something it signed, written then. What is old shows no more than that X can replay."""
        now = self._clock()
        if any(abs(now - moment) <= _FRESH for moment in written_at):
            self._event = now
            LAST_EVENT.set(now.timestamp())

    def challenged(self) -> None:
        """X, or somebody, asked for a CRC and was answered."""
        self._crc = self._clock()
        LAST_CRC.set(self._crc.timestamp())

    def not_stored(self) -> None:
        """A delivery of X's was not answered 200 as it could not be stored."""
        now, before = self._clock(), self._not_stored
        if before is not None and before.told == before.till and now - before.till > X_TRIES_FOR:
            before = None  # another trouble: what came between was stored
        self._not_stored = _longer(before, now)

    def unsigned(self) -> None:
        """A delivery came whose signature is wrong: another secret than X's is set here, or a stranger knocks."""
        self._unsigned = _longer(self._unsigned, self._clock())

    def signed(self) -> None:
        """A delivery came with the right signature: whoever knocked before was a stranger."""
        self._unsigned = None

    async def replay_ended(self, job_id: str, complete: bool) -> None:
        """X finished a replay job. Raises Unavailable: X must deliver its word again."""
        await self._kept.replay_ended(job_id, complete=complete)

    async def run(self, stop: asyncio.Event) -> None:
        """Tell until ``stop`` is set, and once more then; what cannot be told now is told with the next beat."""
        while not stop.is_set():
            await self._tell()
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(stop.wait(), self._every_s)
        await self._tell()

    async def _tell(self) -> None:
        lost, unsigned = self._not_stored, self._unsigned
        doubts = [
            *_doubts(lost, "not_stored"),
            # a stranger's knock between two deliveries of X's is none of ours
            *_doubts(unsigned if unsigned and unsigned.till - unsigned.since >= X_TRIES_FOR else None, "unsigned"),
        ]
        try:
            opened = await self._kept.beat(
                now=self._clock(),
                event=self._event,
                crc=self._crc,
                down_after=self._down_after,
                silent_after=self._silent_after,
                doubts=doubts,
            )
        except Unavailable:
            log.warning("store_unavailable")
            return
        if opened:
            log.warning("gap_noticed", reason=opened)
        for stretch, one in ((self._not_stored, "not_stored"), (self._unsigned, "unsigned")):
            told = next((doubt for doubt in doubts if doubt.reason == one), None)
            if stretch is not None and told is not None:
                stretch.told = told.till


def _longer(stretch: _Stretch | None, now: datetime) -> _Stretch:
    if stretch is None:
        return _Stretch(now, now)
    stretch.till = max(stretch.till, now)
    return stretch


def _doubts(stretch: _Stretch | None, reason: str) -> tuple[Doubt, ...]:
    """What is not told of it yet. X may have tried the first one for a while."""
    if stretch is None or (stretch.told is not None and stretch.till <= stretch.told):
        return ()
    return (Doubt(stretch.told or stretch.since - X_TRIES_FOR, stretch.till, reason),)
