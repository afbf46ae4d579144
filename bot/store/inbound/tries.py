"""Tries at an answer: counted before the thinking begins, taken back where they ended for no fault of the message."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from itertools import count

from bot.errors import Unavailable
from bot.model import InboundMessage
from bot.store.access.keys import RECORD_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.inbound.queued import Lease, Try
from bot.store.outbound.sends import fields_of


class Tries:
    """Counts the tries of messages. What could not be taken back is made up for when the message is read again here."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._numbers = count(1)
        self._owed: defaultdict[str, set[str]] = defaultdict(set)  # taken back while Redis was away, by key

    def new(self, lease: Lease, message: InboundMessage) -> Try:
        """A try at a message that has not begun."""
        return Try(self._wire.keys.tries(lease.partition, message.id), f"{lease.fence}.{next(self._numbers)}")

    async def read(self, lease: Lease, one: Try, talk: str, *, begin: bool) -> tuple[int, dict[bytes, bytes]] | None:
        """Earlier tries and the fields of the talk (a key), this try counted in the same step if it is to ``begin``.

        None where another owns the partition; then nothing was counted.

        Raises:
            Unavailable: not counted, or taken back as soon as Redis answers again.
        """
        owed = set(self._owed.get(one.key, ()))
        keys = [self._wire.keys.of(lease.partition, "fence"), one.key, talk]
        token = one.token if begin else ""
        try:
            said = await self._wire.run("begin_try", keys, [lease.fence, token, seconds(RECORD_FOR), *owed])
        except Unavailable:
            if begin:
                self._owed[one.key].add(one.token)
            raise
        if said[0] == b"STALE":
            return None
        if owed:
            self._paid(one.key, owed)
        return int(said[1]), fields_of(said[2])

    async def take_back(self, one: Try) -> None:
        """Uncount a try. Needs no lease: it is this try's token that goes."""
        self._owed[one.key].add(one.token)
        with suppress(Unavailable), unavailable_if_redis_fails():
            await self._wire.commands.srem(one.key, one.token)
            self._paid(one.key, {one.token})

    def _paid(self, key: str, tokens: set[str]) -> None:
        left = self._owed.pop(key, set()) - tokens
        if left:
            self._owed[key] = left
