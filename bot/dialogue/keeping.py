"""Carries what shoppers did with what was shown from the store to the interactions ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from bot import metrics
from bot.errors import Unavailable
from bot.store.interactions import Interactions, TurnsInteractions

log = structlog.get_logger()

LOOK_EVERY_S = 1.0
"""A shopper's next turn comes later than this, and the ledger is written in batches."""
AFTER_TROUBLE_S = 30.0


class Ledger(Protocol):
    """Where interactions are kept for good; drops what it has already, refuses what it has no consent for."""

    def keep(self, turns: Sequence[TurnsInteractions]) -> None:
        """Keep them. Blocks; raises OSError or ValueError where nothing was written."""


@dataclass(slots=True)
class Keeper:
    """One loop a worker. Killed between the two steps, it brings the same rows again, and the ledger knows them."""

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
                    await asyncio.to_thread(self.ledger.keep, waiting)
                    await self.interactions.kept(partition, [one.entry_id for one in waiting])
                    carried += len(waiting)
            self._troubled = False
        except Unavailable:
            self._troubled = True
        except (OSError, ValueError) as error:  # they stay in the store; a full disk must not stop the talks
            if not self._troubled:
                log.error("interactions_not_kept", exc_info=error)
            metrics.INTERACTIONS_NOT_KEPT.inc()
            self._troubled = True
        return carried
