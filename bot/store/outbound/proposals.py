"""What departments and people do with Sends: ask for them, read them, cancel or approve them."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from bot.errors import Unavailable
from bot.governance.facts import ConsentFacts, Spent
from bot.metrics import SENDS
from bot.model import Send, SendId, SendState, ShopperId
from bot.store.access.keys import RECORD_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.outbound.box import box_of
from bot.store.outbound.listing import Page, listed
from bot.store.outbound.sends import (
    Life,
    asked_for,
    newer_answer_waits,
    read_consent,
    read_life,
    read_spent,
    readable_send,
    write_send,
)

MOST_WAITING = 500
"""Sends that may wait for one shopper; answers are added whatever waits."""
_AT_ONCE = 100
"""Shoppers whose facts are read in one go."""


class Proposed(enum.Enum):
    """What became of a department's Send."""

    ADDED = "added"
    KNOWN = "known"
    """This very Send was asked for before."""
    DIFFERENT = "different"
    """Another one has this id."""
    FULL = "full"
    """Too many wait for this shopper already; nothing was added."""
    STRANGER = "stranger"
    """They never wrote to us, or were forgotten since it was judged; nothing was added."""


class Changed(enum.Enum):
    """What became of a change to a Send that people asked for."""

    DONE = "done"
    UNKNOWN = "unknown"
    """There is none, or it ended three days ago."""
    TOO_LATE = "too_late"
    """X may have it already, or it has ended."""


class Proposals:
    """Sends as those see them who ask for them. Ids are unique within a shopper."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def propose(self, send: Send, now: datetime) -> Proposed:
        """Put a Send of a department into the outbox, once, whoever asks how often.

        It is known by its id for three days after its end, and for 35 days once it was handed to X.
        """
        said = await self._wire.run(
            "propose_send",
            [self._key(send.shopper_id, send.id), *box_of(self._wire.keys, send.shopper_id)],
            [write_send(send), self._wire.moment(now), asked_for(send), MOST_WAITING],
        )
        if said == b"ADDED":
            await self._wire.ring()
        return Proposed[said.decode()]

    async def cancel(self, shopper_id: ShopperId, send_id: SendId, now: datetime, *, by: str = "") -> Changed:
        """Refuse a Send that waits, with the reason ``cancelled``; ``by`` stands in its sentence."""
        changed = await self._change("cancel", shopper_id, send_id, now, by)
        if changed is Changed.DONE:
            SENDS.labels(SendState.REFUSED.value, "cancelled").inc()
        return changed

    async def approve(self, shopper_id: ShopperId, send_id: SendId, now: datetime, *, by: str) -> Changed:
        """Note who approved a Send that waits; it is judged again as soon as it was wanted."""
        return await self._change("approve", shopper_id, send_id, now, by)

    async def facts(self, shopper_id: ShopperId, send_id: SendId | None = None) -> tuple[ConsentFacts, Spent]:
        """What a judge would look at now: of a Send that is only thought of, or of the one with this id."""
        [found] = await self.facts_of([(shopper_id, send_id)])
        return found

    async def facts_of(self, asked: Sequence[tuple[ShopperId, SendId | None]]) -> list[tuple[ConsentFacts, Spent]]:
        """The same of many, in their order."""
        keys, found = self._wire.keys, list[Any]()
        await self._wire.check_layout()
        for begin in range(0, len(asked), _AT_ONCE):
            with unavailable_if_redis_fails():
                async with self._wire.commands.pipeline(transaction=False) as pipe:
                    for shopper_id, send_id in asked[begin : begin + _AT_ONCE]:
                        pipe.hgetall(keys.shopper("consent", shopper_id))
                        pipe.zrevrange(keys.shopper("spent", shopper_id), 0, -1, withscores=True)
                        pipe.hgetall(keys.shopper("queue", shopper_id))
                        pipe.hget(self._key(shopper_id, send_id or SendId("")), "stops")
                    found += await pipe.execute()
        facts = []
        for (_, send_id), place in zip(asked, range(0, len(found), 4), strict=True):
            consent, handed, queue, stops = found[place : place + 4]
            newer = send_id is not None and newer_answer_waits(queue, send_id)
            facts.append((read_consent(consent, stops), read_spent(handed, newer, send_id or "")))
        return facts

    async def get(self, shopper_id: ShopperId, send_id: SendId) -> Send | None:
        """One Send, until three days after it ended; None also where a later release wrote it."""
        kept = await self._wire.hash_at(self._key(shopper_id, send_id))
        return readable_send(kept)

    async def listed(
        self,
        *,
        state: SendState | None = None,
        department: str = "",
        shopper_id: ShopperId | None = None,
        limit: int = 50,
        cursor: str = "",
    ) -> Page:
        """A page of all Sends that pass the filters, newest first; ``cursor`` as the page before gave it.

        Raises:
            ValueError: that is no cursor.
        """
        return await listed(
            self._wire, state=state, department=department, shopper_id=shopper_id, limit=limit, cursor=cursor
        )

    async def lives(self, send_id: SendId) -> tuple[Life, ...]:
        """All that is kept of the Sends with this id that can be read; most often of one: ids are a shopper's own."""
        keys = self._wire.keys
        told = await self._wire.of_all(lambda pipe, n: pipe.hgetall(keys.send(n, send_id)))
        found = [kept for (kept,) in told.values() if readable_send(kept) is not None]
        if not found and len(told) < keys.partitions:
            raise Unavailable("part of Redis is away, and it may be there")
        with unavailable_if_redis_fails():
            return tuple([await self._life(kept) for kept in found])

    async def _life(self, kept: dict[bytes, bytes]) -> Life:
        queue = self._wire.keys.shopper("queue", ShopperId(kept[b"shopper"].decode()))
        entry = await self._wire.commands.hget(queue, kept[b"id"].decode())
        return read_life(kept, cast("bytes | None", entry))

    async def _change(self, what: str, shopper_id: ShopperId, send_id: SendId, now: datetime, by: str) -> Changed:
        said = await self._wire.run(
            "change_send",
            [self._key(shopper_id, send_id), *box_of(self._wire.keys, shopper_id)],
            [shopper_id, send_id, self._wire.moment(now), what, by or "the department", seconds(RECORD_FOR)],
        )
        if said == b"CHANGED":
            await self._wire.ring()
        return {b"CHANGED": Changed.DONE, b"UNKNOWN": Changed.UNKNOWN}.get(said, Changed.TOO_LATE)

    def _key(self, shopper_id: ShopperId, send_id: SendId) -> str:
        return self._wire.keys.send(self._wire.keys.partition_of(shopper_id), send_id)
