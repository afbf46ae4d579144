"""Everything Redis keeps of one shopper, looked for place by place."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, cast

from bot.model import ShopperId
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.shoppers.shopper_data import ENTRY, FIELD, MEMBER, OWN, places

_SCANNED_AT_ONCE = 5000
_RECORDS_AND_SENDS = "[rs]e[cn][od]*"
"""A pattern that lets ``record:`` and ``send:`` through and little else, so that one walk over the keys finds both."""


@dataclass(slots=True)
class Held:
    """What was found of a shopper: by place, readable values."""

    by_place: dict[str, list[Any]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many things lie in each place; every place is named, also the empty ones."""
        return {name: len(self.by_place.get(name, ())) for name in places()}


class Finding:
    """Looks through whole partitions, which nothing else of the store does."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def held(self, shopper_id: ShopperId) -> Held:
        """Everything Redis keeps of a shopper, place by place, as plain values."""
        await self._wire.check_layout()
        found = Held()
        with unavailable_if_redis_fails():
            for name in OWN:
                value = await self._value(self.own(name, shopper_id))
                if value not in (None, {}, []):
                    found.by_place[name] = [value]
            for name in MEMBER:
                found.by_place[name] = [one async for one in self.members(name, shopper_id)]
            for name in FIELD:
                asked = await self._wire.commands.hget(self.of(name, shopper_id), shopper_id)
                found.by_place[name] = [] if asked is None else [readable(cast("bytes", asked))]
            for name in ENTRY:
                found.by_place[name] = [one async for one in self.entries(name, shopper_id)]
            async for name, _, value in self.inside(shopper_id):
                found.by_place.setdefault(name, []).append(value)
        return found

    def own(self, kind: str, shopper_id: ShopperId) -> str:
        """The key of one of their own kinds."""
        return self._wire.keys.shopper(kind.partition(":")[0], shopper_id)

    def of(self, name: str, shopper_id: ShopperId) -> str:
        """A key of their partition."""
        return self._wire.keys.of(self._wire.keys.partition_of(shopper_id), name)

    async def _value(self, key: str) -> Any:
        kind = cast("bytes", await self._wire.commands.type(key)).decode()
        if kind == "hash":
            kept = cast("dict[bytes, bytes]", await self._wire.commands.hgetall(key))
            return {text_of(name): readable(value) for name, value in kept.items()}
        if kind == "list":
            return [readable(one) for one in cast("list[bytes]", await self._wire.commands.lrange(key, 0, -1))]
        if kind == "zset":
            scored = await self._wire.commands.zrange(key, 0, -1, withscores=True)
            return {text_of(one): score for one, score in cast("list[tuple[bytes, float]]", scored)}
        if kind == "string":
            return readable(cast("bytes | None", await self._wire.commands.get(key)) or b"")
        return None

    async def members(self, name: str, shopper_id: ShopperId) -> AsyncIterator[str]:
        """Theirs in one of the sorted sets."""
        key = self.of(name, shopper_id)
        # a member is the id alone, or an id of a Send, a space, and this
        async for member, _ in self._wire.commands.zscan_iter(key, match=f"*{shopper_id}", count=_SCANNED_AT_ONCE):
            if member.decode().rpartition(" ")[2] == shopper_id:
                yield member.decode()

    async def entries(self, name: str, shopper_id: ShopperId) -> AsyncIterator[dict[str, Any]]:
        """Theirs in one of the streams."""
        key, since = self.of(name, shopper_id), "-"
        while True:
            read = await self._wire.commands.xrange(key, min=since, count=_SCANNED_AT_ONCE)
            found = cast("list[tuple[bytes, dict[bytes, bytes]]]", read)
            for entry, fields in found:
                if fields.get(b"shopper") == shopper_id.encode():
                    yield {"entry": text_of(entry), **{text_of(one): readable(value) for one, value in fields.items()}}
            if len(found) < _SCANNED_AT_ONCE:
                return
            since = f"({text_of(found[-1][0])}"

    async def inside(self, shopper_id: ShopperId) -> AsyncIterator[tuple[str, str, dict[str, Any]]]:
        """Keys that name them inside: the kind, the key, and what it holds. Walks over all of the node's keys, once."""
        pattern = self.of(_RECORDS_AND_SENDS, shopper_id)
        batch: list[str] = []
        async for key in self._wire.commands.scan_iter(match=pattern, count=_SCANNED_AT_ONCE):
            batch.append(key.decode())
            if len(batch) >= _SCANNED_AT_ONCE:
                async for one in self._theirs(batch, shopper_id):
                    yield one
                batch = []
        async for one in self._theirs(batch, shopper_id):
            yield one

    async def _theirs(self, batch: list[str], shopper_id: ShopperId) -> AsyncIterator[tuple[str, str, dict[str, Any]]]:
        records = [key for key in batch if "}:record:" in key]
        sends = [key for key in batch if "}:send:" in key]
        async with self._wire.commands.pipeline(transaction=False) as pipe:
            for key in records:
                pipe.get(key)
            for key in sends:
                pipe.hget(key, "shopper")
            said = await pipe.execute() if records or sends else []
        for key, raw in zip(records, said[: len(records)], strict=True):
            if raw and shopper_id.encode() in raw and (record := json.loads(raw)).get("shopper_id") == shopper_id:
                yield "record:<message>", key, record
        for key, owner in zip(sends, said[len(records) :], strict=True):
            if owner == shopper_id.encode():
                send = await self._value(key)
                yield "send:<send>", key, (send or {}) | {"id": key.partition("}:send:")[2]}


def text_of(raw: bytes) -> str:
    """What Redis holds as text; bytes that are none do not stand in the way."""
    return raw.decode("utf-8", "replace")


def readable(raw: bytes) -> Any:
    """JSON as what it means, all else as text."""
    text = text_of(raw)
    if text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
