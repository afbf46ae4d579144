"""Messages waiting for the dialogue worker: one owner a partition, one commit a turn."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from typing import Any

import structlog

from bot.errors import Changed, StaleLease, Unavailable
from bot.metrics import STALE_LEASES, TURNS_SET_ASIDE
from bot.model import Send, TurnRecord
from bot.store.ending import Ending, arguments_of, keys_of
from bot.store.keys import DEAD_FOR, RECORD_FOR, seconds
from bot.store.queued import (
    Choose,
    Lease,
    QueuedTurn,
    Talk,
    Try,
    Unreadable,
    Waiting,
    oldest,
    read_entry,
    read_talk,
)
from bot.store.sends import fields_of
from bot.store.wire import Wire, unavailable_if_redis_fails

log = structlog.get_logger()

__all__ = ["Lease", "QueuedTurn", "Talk", "Try", "Turns", "Waiting"]

GROUP = "dialogue"
"""Consumer group of the release before, which may own partitions during an upgrade: what it read is acknowledged
in its name. This release reads the stream as it is: an entry that is there has no committed turn."""
SEEN_AT_ONCE = 100
"""Messages of a partition looked at together: so many shoppers can be waited for without holding the others."""


class _Window:
    """What one owner knows of its queue: only new messages come over the line."""

    def __init__(self, fence: int) -> None:
        self.fence = fence
        self.waiting: list[Waiting] = []
        self.last = ""

    @property
    def room(self) -> int:
        return SEEN_AT_ONCE - len(self.waiting)

    def drop(self, gone: Sequence[Waiting]) -> None:
        ids = {one.entry_id for one in gone}
        self.waiting = [one for one in self.waiting if one.entry_id not in ids]


class Turns:
    """The queue of each partition, its lease, and the end of a turn."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._numbers = count(1)
        self._owed: defaultdict[str, set[str]] = defaultdict(set)  # taken back while Redis was away, by key
        self._windows: dict[int, _Window] = {}

    async def take_lease(self, partition: int, owner: str, lease_ms: int) -> Lease | None:
        """Own a partition, or None where another owner holds it.

        ``owner`` is one process's own name. Taking what one holds already counts as a new ownership.
        """
        fence = await self._wire.run("take_lease", self._of(partition, "lease", "fence"), [owner, lease_ms])
        return None if fence is None else Lease(partition, owner, int(fence))

    async def renew_lease(self, lease: Lease, lease_ms: int) -> bool:
        """Keep a partition for ``lease_ms`` from now; False where another took it."""
        keys = self._of(lease.partition, "lease", "fence")
        return bool(await self._wire.run("renew_lease", keys, [lease.owner, lease_ms, lease.fence]))

    async def release_lease(self, lease: Lease) -> None:
        """Give a partition up, so that another can have it at once. Nothing when it was lost before."""
        keys = self._of(lease.partition, "lease", "fence")
        await self._wire.run("release_lease", keys, [lease.owner, lease.fence])

    async def next(self, lease: Lease, block_ms: int, choose: Choose = oldest) -> QueuedTurn | None:
        """What ``choose`` takes of the messages without a committed turn; waits up to ``block_ms`` (0: not at all).

        The same messages come again until they are committed or buried. What this release cannot read is set
        aside in ``dead``, with the reason.

        Raises:
            StaleLease: another owns the partition.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + block_ms / 1000
        while True:
            window = self._window(lease)
            now_ms = await self._read(lease, window)
            choice = choose(window.waiting, now_ms)
            if choice.taken:
                turn = await self._queued(lease, choice.taken)
                if turn is not None:
                    return turn
                continue
            left_ms = int((until - loop.time()) * 1000)
            if left_ms <= 0:
                return None
            wait_ms = left_ms if choice.wait_ms is None else max(1, min(left_ms, choice.wait_ms))
            if window.room > 0:
                stream = self._wire.keys.of(lease.partition, "turns")
                await self._wire.wait_for_entry(stream, window.last or "0-0", wait_ms)
            else:  # more may be there than is looked at: it would return at once
                await asyncio.sleep(wait_ms / 1000)

    async def begin_try(self, lease: Lease, turn: QueuedTurn) -> Try:
        """Count a try before the thinking begins, so that one that takes the process down has been counted.

        Raises:
            StaleLease: another owns the partition; nothing was counted.
            Unavailable: not counted, or taken back as soon as Redis answers again.
        """
        key = self._wire.keys.tries(lease.partition, turn.messages[0].id)
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
        opted_out: str = "",
        forget: bool = False,
    ) -> bool:
        """End a turn, all or nothing: talk, Send, records, done marks, and its messages leave the queue.

        Args:
            lease: the partition's, still held.
            turn: as `next` gave it.
            talk: what to keep.
            send: the answer, a reply to the turn's message; None for silence.
            record: what the turn came to; kept under each message of the turn.
            now: time of the turn's end.
            interactions: plain JSON, as the actions proposed them; they wait in the store for the ledger.
            opted_out: how a wish to stop was understood: consent closes in the same instant. Empty: none was.
            forget: they ask to be forgotten: the talk goes in the same instant, the rest is queued to be deleted.

        Returns:
            False where the messages had been done before; then they only left the queue.

        Raises:
            StaleLease: another owns the partition; nothing was changed.
            Changed: somebody took the talk over meanwhile, or some of the messages were done before; read again.
            ValueError: the Send is for another shopper than the message.
        """
        return await self._end(lease, turn, Ending(talk, send, record, "", interactions, opted_out, forget), now)

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
            Changed: somebody took the talk over meanwhile; read again.
            ValueError: no reason, several messages, or the Send is for another shopper than the message.
        """
        if not reason or len(turn.waiting) != 1:
            raise ValueError("one message is buried, for a reason")
        await self._end(lease, turn, Ending(None, send, record, reason), now)

    async def waiting(self) -> int:
        """Messages without a committed turn, in all partitions."""
        keys = self._wire.keys
        return await self._wire.lengths("XLEN", [keys.of(n, "turns") for n in range(keys.partitions)])

    def _window(self, lease: Lease) -> _Window:
        window = self._windows.get(lease.partition)
        if window is None or window.fence != lease.fence:
            window = self._windows[lease.partition] = _Window(lease.fence)
        return window

    async def _read(self, lease: Lease, window: _Window) -> int:
        """Take up what is new, as far as there is room. Gives the time (ms) by Redis' clock."""
        start = f"({window.last}" if window.last else "-"
        said = await self._wire.run(
            "next_turn", self._of(lease.partition, "fence", "turns"), [lease.fence, start, max(1, window.room)]
        )
        if said[0] == b"STALE":
            raise self._stale(lease)
        for entry, flat in said[2] if window.room > 0 else ():
            window.last = entry.decode()
            try:
                window.waiting.append(read_entry(window.last, fields_of(flat)))
            except Unreadable as unreadable:
                await self._set_aside(lease, window.last, str(unreadable))
        return int(said[1])

    async def _set_aside(self, lease: Lease, entry_id: str, reason: str) -> None:
        said = await self._wire.run(
            "set_aside_turn",
            self._of(lease.partition, "fence", "turns", "dead"),
            [lease.fence, GROUP, entry_id, reason, seconds(DEAD_FOR)],
        )
        if said == b"STALE":
            raise self._stale(lease)
        TURNS_SET_ASIDE.labels(reason=reason).inc()
        log.error("message_set_aside", partition=lease.partition, reason=reason)

    async def _queued(self, lease: Lease, taken: tuple[Waiting, ...]) -> QueuedTurn | None:
        keys = self._wire.keys
        shopper_id = taken[0].message.shopper_id
        # read outside the script, whose keys must be known before: should another owner commit in between,
        # then our own commit is stale and this talk is dropped
        tries = keys.tries(lease.partition, taken[0].message.id)
        owed = set(self._owed.get(tries, ()))
        with unavailable_if_redis_fails():
            async with self._wire.commands.pipeline(transaction=False) as pipe:
                if owed:
                    pipe.srem(tries, *owed)
                pipe.scard(tries)
                pipe.hgetall(keys.shopper("talk", shopper_id))
                begun, kept = (await pipe.execute())[-2:]
        self._paid(tries, owed)
        try:
            return QueuedTurn(taken, begun, read_talk(kept))
        except Unreadable as unreadable:
            for one in taken:
                await self._set_aside(lease, one.entry_id, str(unreadable))
            self._window(lease).drop(taken)
            return None

    def _paid(self, key: str, tokens: set[str]) -> None:
        left = self._owed.pop(key, set()) - tokens
        if left:
            self._owed[key] = left

    async def _end(self, lease: Lease, turn: QueuedTurn, ending: Ending, now: datetime) -> bool:
        message, send = turn.message, ending.send
        if send is not None and (send.shopper_id, send.in_reply_to) != (message.shopper_id, message.id):
            raise ValueError("a turn's Send answers the turn's own message")
        window = self._windows.pop(lease.partition, None)  # until it is known what became of these messages
        said = await self._wire.run(
            "commit_turn",
            keys_of(self._wire.keys, turn, ending),
            arguments_of(lease, turn, ending, now, group=GROUP),
        )
        if said == b"STALE":
            raise self._stale(lease)
        if said == b"CHANGED":
            raise Changed("the talk, or what waits in it, changed while it was thought about")
        if window is not None:
            window.drop(turn.waiting)
            self._windows[lease.partition] = window
        if send is not None and said == b"COMMITTED":
            await self._wire.ring()
        return bool(said == b"COMMITTED")

    def _of(self, partition: int, *names: str) -> list[str]:
        return [self._wire.keys.of(partition, name) for name in names]

    def _stale(self, lease: Lease) -> StaleLease:
        STALE_LEASES.inc()
        return StaleLease(f"partition {lease.partition} has another owner than fence {lease.fence}")
