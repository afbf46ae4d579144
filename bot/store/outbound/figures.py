"""The outbox in figures, for people who look: how many wait, how long, how many nobody knows the end of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import from_ms, to_ms
from bot.store.access.wire import Wire, unavailable_if_redis_fails

LANES = {"answers": "due_answers", "others": "due_others"}
_MOST_DOUBTS = 50
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """The outbox at one moment."""

    waiting: dict[str, int]
    """Shoppers with a Send that is due, by lane: answers, others."""
    oldest: dict[str, timedelta]
    """How long the longest waiting of them has been due, by lane."""
    at_x: int
    """Shoppers with a Send that is being sent, or in doubt."""
    oldest_doubt: timedelta
    """How long ago the first try was of the oldest Send that X may or may not have."""


class FiguresReader:
    """Reads the figures of all partitions in three round trips."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def read(self, now: datetime) -> Figures:
        """The outbox now, where Redis answers. Of doubts the fifty longest open ones of a partition are looked at."""
        keys, upto = self._wire.keys, to_ms(now)

        def ask(pipe: Any, partition: int) -> None:
            for name in LANES.values():
                pipe.zcount(keys.of(partition, name), "-inf", upto)
                pipe.zrange(keys.of(partition, name), 0, 0, withscores=True)
            pipe.zcard(keys.of(partition, "due_looks"))
            pipe.zrange(keys.of(partition, "due_looks"), 0, _MOST_DOUBTS - 1)

        told = await self._wire.of_all(ask)
        waiting, oldest = {}, {}
        for place, lane in enumerate(LANES):
            waiting[lane] = sum(part[2 * place] for part in told.values())
            firsts = [from_ms(score) for part in told.values() for _, score in part[2 * place + 1]]
            oldest[lane] = max(_NONE, now - min(firsts)) if firsts else _NONE
        at_x = [(n, shopper.decode()) for n, part in told.items() for shopper in part[-1]]
        return Figures(waiting, oldest, sum(part[-2] for part in told.values()), await self._oldest_doubt(at_x, now))

    async def _oldest_doubt(self, at_x: Iterable[tuple[int, str]], now: datetime) -> timedelta:
        keys, where = self._wire.keys, list(at_x)
        with unavailable_if_redis_fails():
            async with self._wire.commands.pipeline(transaction=False) as pipe:
                for partition, shopper in where:
                    pipe.hgetall(keys.of(partition, f"queue:{shopper}"))
                queues = await pipe.execute() if where else []
            sends = [
                keys.send(partition, send_id.decode())
                for (partition, _), queue in zip(where, queues, strict=True)
                for send_id, entry in queue.items()
                if b" a " in entry
            ]
            async with self._wire.commands.pipeline(transaction=False) as pipe:
                for name in sends:
                    pipe.hmget(name, ["state", "first_tried"])
                kept = await pipe.execute() if sends else []
        tried = [from_ms(first) for state, first in kept if state == b"in_doubt" and first]
        return max(_NONE, now - min(tried)) if tried else _NONE
