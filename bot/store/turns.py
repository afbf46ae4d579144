"""Messages waiting for the dialogue worker: one owner a partition, one commit a turn."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from bot.clock import from_ms, to_ms
from bot.errors import StaleLease, Unavailable
from bot.governance.text_mark import text_mark
from bot.metrics import STALE_LEASES
from bot.model import InboundMessage, MessageId, Send, ShopperId, TurnRecord
from bot.store.keys import DEAD_FOR, MOST_INTERACTIONS, RECORD_FOR, SEEN_FOR, TALK_FOR, seconds
from bot.store.records import write_record
from bot.store.sends import fields_of
from bot.store.wire import Wire, unavailable_if_redis_fails

_GROUP = "dialogue"
_CONSUMER = "owner"  # one name for every owner, so the next one reads the backlog of the last


@dataclass(frozen=True, slots=True)
class Lease:
    """Ownership of a partition. ``fence`` rises with every owner; a commit with an older one is refused."""

    partition: int
    owner: str
    fence: int


@dataclass(frozen=True, slots=True)
class Talk:
    """What is kept of a talk: the dialogue's own bytes, and whether a person answers instead of the bot."""

    tracker: bytes | None = field(default=None, repr=False)
    with_person: bool = False


@dataclass(frozen=True, slots=True)
class QueuedTurn:
    """A message to answer. ``tries`` counts earlier tries that were begun and neither ended nor taken back."""

    entry_id: str
    message: InboundMessage
    tries: int
    talk: Talk


@dataclass(frozen=True, slots=True)
class Try:
    """One try at an answer. It counts until the message is done, or until it is taken back."""

    key: str
    token: str


@dataclass(frozen=True, slots=True)
class _Ending:
    """What a turn leaves behind."""

    talk: Talk | None
    send: Send | None
    record: TurnRecord
    buried_for: str
    interactions: Sequence[Mapping[str, Any]] = ()


class Turns:
    """The queue of each partition, its lease, and the end of a turn."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._numbers = count(1)
        self._owed: defaultdict[str, set[str]] = defaultdict(set)  # taken back while Redis was away, by key

    async def take_lease(self, partition: int, owner: str, lease_ms: int) -> Lease | None:
        """Own a partition, or None where another owner holds it.

        ``owner`` is one process's own name. Taking what one holds already counts as a new ownership.
        """
        fence = await self._wire.run(
            "take_lease", self._of(partition, "lease", "fence", "turns"), [owner, lease_ms, _GROUP]
        )
        return None if fence is None else Lease(partition, owner, int(fence))

    async def renew_lease(self, lease: Lease, lease_ms: int) -> bool:
        """Keep a partition for ``lease_ms`` from now; False where another took it."""
        keys = self._of(lease.partition, "lease", "fence")
        return bool(await self._wire.run("renew_lease", keys, [lease.owner, lease_ms, lease.fence]))

    async def release_lease(self, lease: Lease) -> None:
        """Give a partition up, so that another can have it at once. Nothing when it was lost before."""
        keys = self._of(lease.partition, "lease", "fence")
        await self._wire.run("release_lease", keys, [lease.owner, lease.fence])

    async def next(self, lease: Lease, block_ms: int) -> QueuedTurn | None:
        """The oldest message without a committed turn; waits for one up to ``block_ms`` (0: not at all).

        The same message comes again until it is committed or buried.

        Raises:
            StaleLease: another owns the partition.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + block_ms / 1000
        while True:
            said = await self._wire.run(
                "next_turn", self._of(lease.partition, "fence", "turns"), [lease.fence, _GROUP, _CONSUMER]
            )
            if said[0] == b"STALE":
                raise self._stale(lease)
            if said[0] == b"TURN":
                return await self._queued(said[1].decode(), fields_of(said[2]))
            left_ms = int((until - loop.time()) * 1000)
            if left_ms <= 0:
                return None
            await self._wire.wait_for_entry(self._wire.keys.of(lease.partition, "turns"), said[1].decode(), left_ms)

    async def begin_try(self, lease: Lease, turn: QueuedTurn) -> Try:
        """Count a try before the thinking begins, so that one that takes the process down has been counted.

        Raises:
            StaleLease: another owns the partition; nothing was counted.
            Unavailable: not counted, or taken back as soon as Redis answers again.
        """
        key = self._wire.keys.tries(lease.partition, turn.message.id)
        one = Try(key, f"{lease.fence}.{next(self._numbers)}")
        fence = self._wire.keys.of(lease.partition, "fence")
        try:
            said = await self._wire.run("begin_try", [fence, key], [lease.fence, one.token, seconds(RECORD_FOR)])
        except Unavailable:
            self._owed[key].add(one.token)
            raise
        if said == b"STALE":
            raise self._stale(lease)
        return one

    async def take_try_back(self, one: Try) -> None:
        """Uncount a try that ended for no fault of the message. Needs no lease: it is this try's token that goes.

        Where Redis does not answer, this is made up for when the message is read the next time here.
        """
        self._owed[one.key].add(one.token)
        with suppress(Unavailable), unavailable_if_redis_fails():
            await self._wire.commands.srem(one.key, one.token)
            self._paid(one.key, {one.token})

    async def commit(
        self,
        lease: Lease,
        turn: QueuedTurn,
        *,
        talk: Talk,
        send: Send | None,
        record: TurnRecord,
        now: datetime,
        interactions: Sequence[Mapping[str, Any]] = (),
    ) -> bool:
        """End a turn, all or nothing: talk, Send, record, done mark, and the message leaves the queue.

        ``interactions`` (plain JSON, as the actions proposed them) wait in the store for the ledger.

        Returns:
            False where the message had been done before; then it only left the queue.

        Raises:
            StaleLease: another owns the partition; nothing was changed.
            ValueError: the Send is for another shopper than the message.
        """
        return await self._end(lease, turn, _Ending(talk, send, record, "", interactions), now)

    async def bury(
        self,
        lease: Lease,
        turn: QueuedTurn,
        *,
        reason: str,
        send: Send | None,
        record: TurnRecord,
        now: datetime,
    ) -> None:
        """Give a message up: kept in ``dead`` with the reason, its talk untouched; a Send if given.

        Raises:
            StaleLease: another owns the partition; nothing was changed.
            ValueError: no reason, or the Send is for another shopper than the message.
        """
        if not reason:
            raise ValueError("a message is buried for a reason")
        await self._end(lease, turn, _Ending(None, send, record, reason), now)

    async def waiting(self) -> int:
        """Messages without a committed turn, in all partitions."""
        keys = self._wire.keys
        return await self._wire.lengths("XLEN", [keys.of(n, "turns") for n in range(keys.partitions)])

    async def _queued(self, entry_id: str, kept: dict[bytes, bytes]) -> QueuedTurn:
        keys = self._wire.keys
        shopper_id = ShopperId(kept[b"shopper"].decode())
        message = InboundMessage(
            id=MessageId(kept[b"message"].decode()),
            shopper_id=shopper_id,
            text=kept[b"text"].decode(),
            sent_at=from_ms(kept[b"sent"]),
        )
        # read outside the script, whose keys must be known before: should another owner commit in between,
        # then our own commit is stale and this talk is dropped
        tries = keys.tries(keys.partition_of(shopper_id), message.id)
        owed = set(self._owed.get(tries, ()))
        with unavailable_if_redis_fails():
            async with self._wire.commands.pipeline(transaction=False) as pipe:
                if owed:
                    pipe.srem(tries, *owed)
                pipe.scard(tries)
                pipe.hgetall(keys.shopper("talk", shopper_id))
                begun, talk = (await pipe.execute())[-2:]
        self._paid(tries, owed)
        return QueuedTurn(entry_id, message, begun, Talk(talk.get(b"tracker"), talk.get(b"with_person") == b"1"))

    def _paid(self, key: str, tokens: set[str]) -> None:
        left = self._owed.pop(key, set()) - tokens
        if left:
            self._owed[key] = left

    async def _end(self, lease: Lease, turn: QueuedTurn, ending: _Ending, now: datetime) -> bool:
        message, send, talk = turn.message, ending.send, ending.talk
        if send is not None and (send.shopper_id, send.in_reply_to) != (message.shopper_id, message.id):
            raise ValueError("a turn's Send answers the turn's own message")
        send_id, text, created = (send.id, send.text, to_ms(send.created_at)) if send else ("", "", 0)
        said = await self._wire.run(
            "commit_turn",
            self._keys_of_end(lease.partition, message, send_id),
            [
                lease.fence, _GROUP, turn.entry_id, message.id, message.shopper_id, to_ms(now),
                seconds(SEEN_FOR), seconds(TALK_FOR), seconds(RECORD_FOR),
                int(talk is not None), (talk and talk.tracker) or b"", int(bool(talk and talk.with_person)),
                write_record(ending.record, send_id),
                send_id, text, created, text_mark(text), ending.buried_for, seconds(DEAD_FOR),
                _json(ending.interactions), MOST_INTERACTIONS,
            ],
        )  # fmt: skip
        if said == b"STALE":
            raise self._stale(lease)
        if send is not None and said == b"COMMITTED":
            await self._wire.ring()
        return bool(said == b"COMMITTED")

    def _keys_of_end(self, partition: int, message: InboundMessage, send_id: str) -> list[str]:
        keys = self._wire.keys
        return [
            *self._of(partition, "fence", "turns"),
            keys.done(partition, message.id),
            keys.shopper("talk", message.shopper_id),
            keys.record(partition, message.id),
            keys.send(partition, send_id),
            keys.shopper("sends", message.shopper_id),
            *self._of(partition, "due", "dead"),
            keys.tries(partition, message.id),
            keys.of(partition, "interactions"),
        ]

    def _of(self, partition: int, *names: str) -> list[str]:
        return [self._wire.keys.of(partition, name) for name in names]

    def _stale(self, lease: Lease) -> StaleLease:
        STALE_LEASES.inc()
        return StaleLease(f"partition {lease.partition} has another owner than fence {lease.fence}")


def _json(interactions: Sequence[Mapping[str, Any]]) -> str:
    """What the commit keeps of a turn's interactions; nothing where there were none."""
    return json.dumps([dict(one) for one in interactions], separators=(",", ":")) if interactions else ""
