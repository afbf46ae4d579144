"""Carries out what shoppers ask for in the chat: "forget me"."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.clock import Clock, from_ms
from bot.errors import Unavailable
from bot.metrics import FORGOTTEN
from bot.privacy.places import Places
from bot.store.connection import Store

log = structlog.get_logger()

LOOK_EVERY_S = 5.0
REWRITE_AFTER = timedelta(minutes=10)
"""Redis' file is written anew once for all who asked in this time: X gives 24 hours, and a large file takes long."""
REWRITE_TIMEOUT_S = 600.0


@dataclass(slots=True)
class Requests:
    """One loop beside a dialogue worker. Any number of them may run: what one did, the next finds done."""

    store: Store
    elsewhere: Sequence[Places]
    """All places but Redis."""
    partitions: range
    clock: Clock
    rest: Callable[[asyncio.Event, float], Awaitable[None]]
    _elsewhere_done: set[tuple[str, int]] = field(default_factory=set, init=False, repr=False)
    """Whose answer is still on its way, and who is forgotten elsewhere already: what they do since is kept."""

    async def run(self, stop: asyncio.Event) -> None:
        """Look and carry out until ``stop``. No trouble ends it: what was not done is tried again."""
        while not stop.is_set():
            await self.rest(stop, LOOK_EVERY_S)
            try:
                await self.carry_out()
                await self.store.files.rewrite_due(self.clock() - REWRITE_AFTER, timeout_s=REWRITE_TIMEOUT_S)
            except Unavailable:
                log.warning("requests_wait", reason="store_unavailable")
            except Exception as error:
                log.error("requests_wait", reason="not_done", exc_info=error)

    async def carry_out(self) -> int:
        """Do what is asked now; returns how many shoppers are forgotten wholly."""
        done = 0
        for partition in self.partitions:
            for shopper_id, request in (await self.store.forgetting.asked(partition)).items():
                # noted before anything is deleted: a crash in between costs a needless rewrite, never a missing one
                await self.store.files.rewrite_later(self.clock())
                if (shopper_id, request.at) not in self._elsewhere_done:
                    for places in self.elsewhere:
                        await places.forget(shopper_id, asked_at=from_ms(request.at))
                    self._elsewhere_done.add((shopper_id, request.at))
                if await self.store.forgetting.forget_past(shopper_id, request):
                    self._elsewhere_done.discard((shopper_id, request.at))
                    FORGOTTEN.inc()
                    log.info("forgotten", shopper_id=shopper_id, partition=partition)
                    done += 1
        return done
