"""Carries what shoppers did with what was shown from the store to the interactions ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from bot import metrics
from bot.errors import Unavailable
from bot.store.inbound.interactions import Interactions, TurnsInteractions

log = structlog.get_logger()

LOOK_EVERY_S = 1.0
"""A shopper's next turn comes later than this, and the ledger is written in batches."""
AFTER_TROUBLE_S = 30.0


class Ledger(Protocol):
    """Where interactions are kept for good; drops what it has already, refuses what it has no consent for."""

    def keep(self, turns: Sequence[TurnsInteractions]) -> Collection[str]:
        """Keep them; return the entries that cannot be understood. Blocks; raises where they must be brought again."""


@dataclass(slots=True)
class Keeper:
    """One loop a worker. Killed between the two steps, it brings the same rows again, and the ledger knows them.

    No trouble ends it: what cannot be kept waits in the store, what cannot be understood is set aside there.
    """

    interactions: Interactions
    ledger: Ledger
    partitions: range
    rest: Callable[[asyncio.Event, float], Awaitable[None]]
    _troubled: bool = field(default=False, init=False)

    async def run(self, stop: asyncio.Event) -> None:
        """Carry on until ``stop``, and once more after it."""
        while not stop.is_set():
            await self.rest(stop, AFTER_TROUBLE_S if self._troubled else LOOK_EVERY_S)
            await self.carry()

    async def carry(self) -> int:
        """Carry all that waits now; returns how many turns' interactions the ledger took."""
        carried = 0
        try:
            for partition in self.partitions:
                while waiting := await self.interactions.waiting(partition):
                    spoilt = await asyncio.to_thread(self.ledger.keep, waiting)
                    await self._set_aside(partition, spoilt)
                    good = [one.entry_id for one in waiting if one.entry_id not in spoilt]
                    await self.interactions.kept(partition, good)
                    carried += len(good)
            self._troubled = False
        except Unavailable:
            self._troubled = True
        except Exception as error:  # they stay in the store, and the next round tries again
            if not self._troubled:
                log.error("interactions_not_kept", exc_info=error)
            metrics.INTERACTIONS_NOT_KEPT.inc()
            self._troubled = True
        return carried

    async def _set_aside(self, partition: int, spoilt: Collection[str]) -> None:
        if spoilt:
            log.error("interactions_set_aside", partition=partition, entry=min(spoilt), count=len(spoilt))
            await self.interactions.set_aside(partition, spoilt)
            metrics.INTERACTIONS_SET_ASIDE.inc(len(spoilt))
