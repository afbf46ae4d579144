"""What shoppers did with what was shown, committed with its turn, on its way to the interactions ledger."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import structlog

from bot.clock import from_ms
from bot.model import MessageId, ShopperId
from bot.store.access.keys import DEAD_FOR
from bot.store.access.wire import Wire, unavailable_if_redis_fails

log = structlog.get_logger()

MOST_SPOILT = 1000
"""Entries set aside in one partition; beyond, the oldest go."""


@dataclass(frozen=True, slots=True)
class TurnsInteractions:
    """The interactions of one turn, as they wait."""

    entry_id: str
    message_id: MessageId
    shopper_id: ShopperId
    at: datetime
    rows: tuple[Mapping[str, Any], ...] = field(repr=False)
    """As the actions proposed them: ``kind``, ``product_id`` and, of what was shown, ``rank`` and ``propensity``."""


class Interactions:
    """A stream a partition. They leave it only once the ledger has them, so none is lost; the ledger drops doubles."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def waiting(self, partition: int, count: int = 500) -> list[TurnsInteractions]:
        """The oldest that wait, at most ``count`` turns."""
        with unavailable_if_redis_fails():
            read = await self._wire.commands.xrange(self._key(partition), count=count)
        found = cast("list[tuple[bytes, dict[bytes, bytes]]]", read)
        turns: list[TurnsInteractions] = []
        spoilt: list[str] = []
        for entry, fields in found:
            try:
                turns.append(_turns(entry.decode(), fields))
            except (LookupError, TypeError, ValueError, OverflowError):
                spoilt.append(entry.decode())
        if spoilt:
            log.error("interactions_set_aside", partition=partition, entry=spoilt[0], count=len(spoilt))
            await self.set_aside(partition, spoilt)
        return turns

    async def kept(self, partition: int, entries: Sequence[str]) -> None:
        """The ledger has these: they leave the store."""
        if entries:
            with unavailable_if_redis_fails():
                await self._wire.commands.xdel(self._key(partition), *entries)

    async def set_aside(self, partition: int, entries: Collection[str]) -> None:
        """Move entries nobody understands out of the way: to be looked at, for as long as dead messages are."""
        waiting, aside = self._key(partition), self._wire.keys.of(partition, "spoilt")
        with unavailable_if_redis_fails():
            for entry in entries:
                found = await self._wire.commands.xrange(waiting, entry, entry)
                for _, fields in cast("list[tuple[bytes, dict[Any, Any]]]", found):
                    async with self._wire.commands.pipeline(transaction=True) as both:
                        both.xadd(aside, fields, maxlen=MOST_SPOILT)
                        both.expire(aside, DEAD_FOR)
                        both.xdel(waiting, entry)
                        await both.execute()

    def _key(self, partition: int) -> str:
        return self._wire.keys.of(partition, "interactions")


def _turns(entry_id: str, fields: dict[bytes, bytes]) -> TurnsInteractions:
    return TurnsInteractions(
        entry_id,
        MessageId(fields[b"message"].decode()),
        ShopperId(fields[b"shopper"].decode()),
        from_ms(fields[b"at"]),
        tuple(json.loads(fields[b"rows"])),
    )
