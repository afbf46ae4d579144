"""What turns came to, for the people who look after the bot. Kept for three days."""

from __future__ import annotations

import json
from typing import Any

from bot.errors import Unavailable
from bot.model import MessageId, Send, ShopperId, TurnRecord
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.outbound.sends import readable_send


class Records:
    """Reads turn records, and the Send that answered a message."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def get(self, shopper_id: ShopperId, message_id: MessageId) -> TurnRecord | None:
        """What the turn of this message came to; None while it has no commit, and after three days."""
        kept = await self._read(shopper_id, message_id)
        if kept is None:
            return None
        return TurnRecord(
            message_id=MessageId(kept["message_id"]),
            shopper_id=ShopperId(kept["shopper_id"]),
            replies=tuple(kept["replies"]),
            brief=kept["brief"],
            suggestions=tuple(kept["suggestions"]),
            ms=kept["ms"],
            outcome=kept["outcome"],
        )

    async def send_for(self, shopper_id: ShopperId, message_id: MessageId) -> Send | None:
        """The Send that answers this message; None where there is none, it is long past, or of a later release."""
        kept = await self._read(shopper_id, message_id)
        if kept is None or not kept["send_id"]:
            return None
        keys = self._wire.keys
        fields = await self._wire.hash_at(keys.send(keys.partition_of(shopper_id), kept["send_id"]))
        return readable_send(fields)

    async def send_to(self, message_id: MessageId) -> Send | None:
        """The same, where it is not known who wrote the message."""
        keys = self._wire.keys
        told = await self._wire.of_all(lambda pipe, n: pipe.get(keys.record(n, message_id)))
        found = [kept for (kept,) in told.values() if kept]
        if not found and len(told) < keys.partitions:
            raise Unavailable("part of Redis is away, and it may be there")
        return await self.send_for(ShopperId(json.loads(found[0])["shopper_id"]), message_id) if found else None

    async def _read(self, shopper_id: ShopperId, message_id: MessageId) -> dict[str, Any] | None:
        keys = self._wire.keys
        with unavailable_if_redis_fails():
            kept = await self._wire.commands.get(keys.record(keys.partition_of(shopper_id), message_id))
        return None if kept is None else json.loads(kept)


def write_record(record: TurnRecord, send_id: str) -> str:
    """A record as its key holds it, with the id of the turn's Send ('' for none)."""
    return json.dumps(
        {
            "message_id": record.message_id,
            "shopper_id": record.shopper_id,
            "replies": record.replies,
            "brief": dict(record.brief),
            "suggestions": [dict(suggestion) for suggestion in record.suggestions],
            "ms": record.ms,
            "outcome": record.outcome,
            "send_id": send_id,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
