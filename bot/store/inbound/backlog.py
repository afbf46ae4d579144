"""How long shoppers wait for an answer, for people who look: read now and then, not on the way of a turn."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import from_ms
from bot.store.access.wire import Wire

_NONE = timedelta(0)


class Backlog:
    """Looks at the queues of all partitions."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def oldest(self, now: datetime) -> timedelta:
        """How long the message has waited that waits longest for its turn's end; zero where none does."""
        keys = self._wire.keys
        told = await self._wire.of_all(lambda pipe, n: pipe.xrange(keys.of(n, "turns"), count=1))
        firsts = [int(entry.split(b"-")[0]) for (entries,) in told.values() for entry, _ in entries]
        return max(_NONE, now - from_ms(min(firsts))) if firsts else _NONE
