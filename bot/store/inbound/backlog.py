"""How long shoppers wait for an answer, for people who look: read now and then, not on the way of a turn."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import from_ms
from bot.store.access.wire import Wire, unavailable_if_redis_fails

_NONE = timedelta(0)


class Backlog:
    """Looks at the queues of all partitions."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def oldest(self, now: datetime) -> timedelta:
        """How long the message has waited that waits longest for its turn's end; zero where none does."""
        await self._wire.check_layout()
        keys = self._wire.keys
        with unavailable_if_redis_fails():
            async with self._wire.commands.pipeline(transaction=False) as pipe:
                for partition in range(keys.partitions):
                    pipe.xrange(keys.of(partition, "turns"), count=1)
                told = await pipe.execute()
        firsts = [int(entry.split(b"-")[0]) for entries in told for entry, _ in entries]
        return max(_NONE, now - from_ms(min(firsts))) if firsts else _NONE
