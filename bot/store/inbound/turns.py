"""Messages waiting for the dialogue worker: one owner a partition, one commit a turn."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog

from bot.errors import Changed
from bot.metrics import TURNS_SET_ASIDE
from bot.model import Send, TurnRecord
from bot.store.access.keys import DEAD_FOR, seconds
from bot.store.access.wire import Wire
from bot.store.inbound.ending import Ending, arguments_of, keys_of
from bot.store.inbound.leases import Leases
from bot.store.inbound.queued import (
    Choose,
    Lease,
    QueuedTurn,
    Talk,
    Try,
    Unreadable,
    Waiting,
    oldest,
    read_talk,
)
from bot.store.inbound.tries import Tries
from bot.store.inbound.windows import Window
from bot.store.outbound.sends import fields_of

log = structlog.get_logger()

__all__ = ["Lease", "QueuedTurn", "Talk", "Try", "Turns", "Waiting"]

GROUP = "dialogue"
"""Consumer group of the release before, which may own partitions during an upgrade: what it read is acknowledged
in its name. This release reads the stream as it is: an entry that is there has no committed turn."""


class Turns(Leases):
    """The queue of each partition, its lease, and the end of a turn."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self._tries = Tries(wire)
        self._windows: dict[int, Window] = {}

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
            choice = choose(window.waiting, await self._read(lease, window))
            if choice.taken:
                turn = await self._taken(lease, choice.taken, begin=False)
                if turn is not None:
                    return turn
                continue
            left_ms = int((until - loop.time()) * 1000)
            if left_ms <= 0:
                return None
            window.wait_ms = choice.wait_ms
            await self.wait(lease, left_ms)

    async def begin(self, lease: Lease, choose: Choose = oldest) -> QueuedTurn | None:
        """The same for who thinks about it at once: its try is counted in the step that reads the talk.

        So one that takes the process down has been counted. None where nothing is to be taken yet: `wait`, and ask
        again. What the last commit or `wait` told of the queue is not asked for once more.

        Raises:
            StaleLease: another owns the partition; nothing was counted.
            Unavailable: not counted, or taken back as soon as Redis answers again.
        """
        while True:
            window = self._window(lease)
            now_ms = await self._read(lease, window) if window.told_ms is None else window.told_ms
            window.told_ms = None
            choice = choose(window.waiting, now_ms)
            window.wait_ms = choice.wait_ms
            if not choice.taken:
                return None
            turn = await self._taken(lease, choice.taken, begin=True)
            if turn is not None:
                return turn

    async def wait(self, lease: Lease, at_most_ms: int) -> None:
        """Return when more has come, when what waits has waited long enough, or after ``at_most_ms``."""
        window = self._window(lease)
        wait_ms = at_most_ms if window.wait_ms is None else max(1, min(at_most_ms, window.wait_ms))
        if window.room <= 0:  # more may be there than is looked at: it would return at once
            return await asyncio.sleep(wait_ms / 1000)
        stream = self._wire.keys.of(lease.partition, "turns")
        come = await self._wire.wait_for_entries(stream, window.last or "0-0", window.room, wait_ms)
        # they came this instant; where nothing came, the fence is looked at again
        window.heard(come, int(come[-1][0].split("-")[0]) if come else None)
        return None

    async def take_try_back(self, one: Try) -> None:
        """Uncount a try that ended for no fault of the message. Needs no lease: it is this try's token that goes.

        Where Redis does not answer, this is made up for when the message is read the next time here.
        """
        await self._tries.take_back(one)

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
        return await self._wire.lengths("XLEN", "turns")

    def _window(self, lease: Lease) -> Window:
        window = self._windows.get(lease.partition)
        if window is None or window.fence != lease.fence:
            window = self._windows[lease.partition] = Window(lease.fence)
        return window

    async def _read(self, lease: Lease, window: Window) -> int:
        """Take up what is new, as far as there is room. Gives the time (ms) by Redis' clock."""
        said = await self._wire.run(
            "next_turn", self._of(lease.partition, "fence", "turns"), [lease.fence, window.start, max(1, window.room)]
        )
        if said[0] == b"STALE":
            raise self._stale(lease)
        for entry_id, fields in _entries(said[2]) if window.room > 0 else ():
            try:
                window.add(entry_id, fields)
            except Unreadable as unreadable:
                await self._set_aside(lease, entry_id, str(unreadable))
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

    async def _taken(self, lease: Lease, taken: tuple[Waiting, ...], *, begin: bool) -> QueuedTurn | None:
        # read in a script of its own, whose keys must be known before: should another owner commit in between,
        # then our own commit is stale and this talk is dropped
        one = self._tries.new(lease, taken[0].message)
        talk = self._wire.keys.shopper("talk", taken[0].message.shopper_id)
        told = await self._tries.read(lease, one, talk, begin=begin)
        if told is None:
            raise self._stale(lease)
        try:
            return QueuedTurn(taken, told[0], read_talk(told[1]), one if begin else None)
        except Unreadable as unreadable:
            for each in taken:
                await self._set_aside(lease, each.entry_id, str(unreadable))
            self._window(lease).drop(taken)
            return None

    async def _end(self, lease: Lease, turn: QueuedTurn, ending: Ending, now: datetime) -> bool:
        message, send = turn.message, ending.send
        if send is not None and (send.shopper_id, send.in_reply_to) != (message.shopper_id, message.id):
            raise ValueError("a turn's Send answers the turn's own message")
        window = self._windows.pop(lease.partition, None)  # until it is known what became of these messages
        if window is not None and window.fence != lease.fence:
            window = None
        more = (window.start, window.room + len(turn.waiting)) if window is not None else ("-", 0)
        said = await self._wire.run(
            "commit_turn",
            keys_of(self._wire.keys, turn, ending),
            arguments_of(lease, turn, ending, self._wire.moment(now), group=GROUP, more=more),
            ring=send is not None,
        )
        if said[0] == b"STALE":
            raise self._stale(lease)
        if said[0] == b"CHANGED":
            raise Changed("the talk, or what waits in it, changed while it was thought about")
        if window is not None:
            window.drop(turn.waiting)
            window.heard(_entries(said[2]), int(said[1]))
            self._windows[lease.partition] = window
        return bool(said[0] == b"COMMITTED")


def _entries(told: Sequence[Any]) -> list[tuple[str, Mapping[bytes, bytes]]]:
    """Stream entries as a script tells them."""
    return [(entry.decode(), fields_of(flat)) for entry, flat in told]
