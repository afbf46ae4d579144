"""Carries out what shoppers ask for in the chat: "forget me"."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock, from_ms
from bot.errors import Unavailable
from bot.metrics import FORGET_FAILURES, FORGET_OLDEST, FORGOTTEN
from bot.model import ShopperId
from bot.privacy.places import Places
from bot.store.connection import Store
from bot.store.shoppers.forgetting import Request

log = structlog.get_logger()

LOOK_EVERY_S = 5.0
REWRITE_AFTER = timedelta(minutes=10)
"""Redis' file is written anew once for all who asked in this time: X gives 24 hours, and a large file takes long."""
REWRITE_TIMEOUT_S = 600.0
REFUSED_AGAIN = timedelta(hours=1)
"""A Redis that refuses to write its file anew is asked again, and counted again, this often."""
HOLD_S = 30.0
"""How long others wait for a process that was killed; renewed while it works, however long that takes."""


@dataclass(slots=True)
class Requests:
    """One loop beside each dialogue worker; one of them at a time does the work: it walks over whole nodes."""

    store: Store
    elsewhere: Sequence[Places]
    """All places but Redis."""
    partitions: range
    clock: Clock
    rest: Callable[[asyncio.Event, float], Awaitable[None]]
    owner: str
    """This process's own name."""
    _not_before: datetime | None = field(default=None, init=False, repr=False)
    """When a Redis that refused is asked again to write its files anew."""
    _oldest_s: float = field(default=0.0, init=False, repr=False)
    """How long the oldest request met in this look has waited."""

    async def run(self, stop: asyncio.Event) -> None:
        """Look and carry out until ``stop``. No trouble ends it: what was not done is tried again."""
        while not stop.is_set():
            await self.rest(stop, LOOK_EVERY_S)
            try:
                await self.look()
            except Unavailable:
                log.warning("requests_wait", reason="store_unavailable")
            except Exception as error:
                FORGET_FAILURES.labels("not_done").inc()
                log.error("requests_wait", reason="not_done", exc_info=error)
        with suppress(Unavailable):
            await self.store.forgetting.let_go(self.owner)

    async def look(self) -> None:
        """Do what is asked and due now, if no other process is at it."""
        if not await self._held():
            FORGET_OLDEST.set(0)
            return
        renewing = asyncio.create_task(self._renew())
        try:
            await self.carry_out()
            await self._rewrite()
        finally:
            renewing.cancel()

    async def carry_out(self) -> int:
        """Do what is asked now; returns how many shoppers are forgotten wholly. One that fails holds up no other.

        Nor does a partition whose Redis is away hold up the others.

        Raises:
            Unavailable: every partition's is.
        """
        done, away, self._oldest_s = 0, 0, 0.0
        for partition in self.partitions:
            try:
                done += await self._carried_out_in(partition)
            except Unavailable:
                away += 1
                log.warning("requests_wait", reason="store_unavailable", partition=partition)
                if away == len(self.partitions):
                    raise
        if not away:  # else the oldest may be where nobody answers
            FORGET_OLDEST.set(self._oldest_s)
        return done

    async def _carried_out_in(self, partition: int) -> int:
        """How many of one partition are forgotten wholly.

        Raises:
            Unavailable: two in a row could not be dealt with: it is the store, not the shopper.
        """
        done, away, now = 0, 0, self.clock()
        for shopper_id, request in (await self._asked(partition)).items():
            self._oldest_s = max(self._oldest_s, (now - from_ms(request.at)).total_seconds())
            FORGET_OLDEST.set(self._oldest_s)
            try:
                done += await self._carried_out(shopper_id, request, partition)
                away = 0
            except Unavailable:
                away += 1
                if away > 1:
                    raise
                log.warning("requests_wait", reason="store_unavailable", shopper_id=shopper_id)
            except Exception as error:
                FORGET_FAILURES.labels("not_done").inc()
                log.error("requests_wait", reason="not_done", shopper_id=shopper_id, exc_info=error)
        return done

    async def _asked(self, partition: int) -> Mapping[ShopperId, Request]:
        asked = await self.store.forgetting.asked(partition)
        if asked.unreadable:
            FORGET_FAILURES.labels("unreadable").inc(asked.unreadable)
            log.error("requests_wait", reason="unreadable", partition=partition, count=asked.unreadable)
        return asked.requests

    async def _carried_out(self, shopper_id: ShopperId, request: Request, partition: int) -> bool:
        forgetting = self.store.forgetting
        if request.past and await forgetting.answer_waits(shopper_id, request):
            return False
        if not await self._held():
            return False
        # noted before anything is deleted: a crash in between costs a needless rewrite, never a missing one
        await self.store.files.rewrite_later(self.clock())
        if not request.past:
            for places in self.elsewhere:
                await places.forget(shopper_id, asked_at=from_ms(request.at))
            await forgetting.forget_past(shopper_id, request)
            return False  # the rest with the next look
        await forgetting.forget_rest(shopper_id, request)
        FORGOTTEN.inc()
        log.info("forgotten", shopper_id=shopper_id, partition=partition)
        return True

    async def _rewrite(self) -> None:
        now = self.clock()
        if self._not_before is not None and now < self._not_before:
            return
        self._not_before = None
        done = await self.store.files.rewrite_due(now - REWRITE_AFTER, timeout_s=REWRITE_TIMEOUT_S)
        if done is not None and not done.done:
            self._not_before = now + REFUSED_AGAIN
            FORGET_FAILURES.labels("files_refused").inc()
            log.error("redis_files_not_rewritten", reason="refused")

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(HOLD_S / 3)
            with suppress(Unavailable):
                await self._held()

    async def _held(self) -> bool:
        return await self.store.forgetting.hold(self.owner, HOLD_S)
