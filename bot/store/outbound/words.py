"""What the sender's word about a long wait needs: who waits longest, since when, and the word in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_ms, to_ms
from bot.model import Send, SendId, SendState, ShopperId
from bot.store.access.keys import QUEUE_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.outbound.box import box_of
from bot.store.outbound.sends import readable_send, write_send


@dataclass(frozen=True, slots=True)
class Waits:
    """A shopper whose answer is due, and how many answers of others are due before it."""

    shopper_id: ShopperId
    place: int


class QueueWords:
    """A queue is a stretch of time in which due answers wait because X's allowance is used up."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def began(self, now: datetime) -> datetime:
        """When this queue began: now, unless a sender noted it before."""
        key = self._wire.keys.account("queue_since")
        with unavailable_if_redis_fails():
            await self._wire.commands.set(key, to_ms(now), nx=True, ex=seconds(QUEUE_FOR))
            kept = await self._wire.commands.get(key)
        return now if kept is None else from_ms(kept)

    async def ended(self) -> None:
        """No answer waits any more; what comes next is another queue."""
        with unavailable_if_redis_fails():
            await self._wire.commands.delete(self._wire.keys.account("queue_since"))

    async def last(self, now: datetime, most: int) -> list[Waits]:
        """Shoppers with an answer due who are at the end of the queue, the very last first, ``most`` a partition."""
        keys, upto = self._wire.keys, to_ms(now)
        ends = await self._wire.of_all(
            lambda pipe, n: pipe.zrevrangebyscore(
                keys.of(n, "due_answers"), upto, "-inf", start=0, num=most, withscores=True
            )
        )
        found = sorted(((score, one.decode()) for (end,) in ends.values() for one, score in end), reverse=True)[:most]
        return [Waits(ShopperId(one), place) for (_, one), place in zip(found, await self._places(found), strict=True)]

    async def next_answer(self, shopper_id: ShopperId) -> Send | None:
        """The shopper's next answer, if it waits, X never had it and this release can read it."""
        keys = self._wire.keys
        queue = await self._wire.hash_at(keys.shopper("queue", shopper_id))
        waiting = []
        for send_id, entry in queue.items():
            parts = entry.split(b" ")
            if parts[0] == b"0" and len(parts) > 3 and parts[3] == b"w":
                waiting.append((int(parts[1]), send_id.decode()))
        if not waiting:
            return None
        kept = await self._wire.hash_at(keys.send(keys.partition_of(shopper_id), SendId(min(waiting)[1])))
        send = readable_send(kept)
        return send if send is not None and send.state is SendState.PENDING and send.attempts == 0 else None

    async def add(self, answer: Send, word: Send, now: datetime) -> bool:
        """Put a word before the answer it is about, and before everybody's; False where that answer waits no more."""
        keys = self._wire.keys
        partition = keys.partition_of(answer.shopper_id)
        said = await self._wire.run(
            "add_word",
            [keys.send(partition, answer.id), keys.send(partition, word.id), *box_of(keys, answer.shopper_id)],
            [answer.id, write_send(word), self._wire.moment(now)],
        )
        return bool(said)

    async def _places(self, found: Sequence[tuple[float, str]]) -> list[int]:
        if not found:
            return []
        keys = self._wire.keys
        told = await self._wire.of_all(
            lambda pipe, n: [pipe.zcount(keys.of(n, "due_answers"), "-inf", f"({score:.0f}") for score, _ in found]
        )
        return [sum(part[place] for part in told.values()) for place in range(len(found))]
