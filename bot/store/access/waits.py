"""Waiting at Redis for something to come: each wait holds a connection until then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redis.asyncio import Redis

from bot.settings import StoreSettings
from bot.store.access.clients import close_client, is_cluster, open_client
from bot.store.access.line import Lines

Entries = list[tuple[str, Mapping[bytes, bytes]]]
"""Of a stream: ids and fields, oldest first."""
_OTHERS = 4  # who waits besides one for each partition: senders for the bell


class Waits:
    """Waits on one server by lines, on a cluster by its client: there a wait ends well before the socket's time-out."""

    def __init__(self, settings: StoreSettings, lines: Lines | None) -> None:
        self._lines = lines
        self._timeout_s = settings.timeout_s
        self._client: Redis | None = None
        if is_cluster(settings.redis_url):
            self._client = open_client(settings, settings.partitions + _OTHERS)

    async def for_entries(self, stream: str, after: str, most: int, at_most_ms: int) -> Entries:
        """What a stream has behind ``after``, as soon as there is something; nothing after a while."""
        if self._client is not None:
            block = max(1, min(at_most_ms, int(self._timeout_s * 500)))
            told: Any = await self._client.xread({stream: after}, count=most, block=block)
            return [(entry.decode(), fields) for _, entries in told for entry, fields in entries]
        raw = await self._asked(
            at_most_ms, "XREAD", "COUNT", most, "BLOCK", max(1, at_most_ms), "STREAMS", stream, after
        )
        return [
            (entry.decode(), dict(zip(flat[::2], flat[1::2], strict=True)))
            for _, entries in raw or ()
            for entry, flat in entries
        ]

    async def for_item(self, name: str, at_most_ms: int) -> bool:
        """Take an item off a list as soon as there is one; False after a while."""
        # Redis 6.2 rounds 0.001 down to 0, which means for ever
        wait_s = max(10, min(at_most_ms, int(self._timeout_s * 500))) / 1000
        if self._client is not None:
            return await self._client.blpop([name], timeout=wait_s) is not None
        return await self._asked(at_most_ms, "BLPOP", name, wait_s) is not None

    async def close(self) -> None:
        """Close every connection of its own."""
        if self._client is not None:
            await close_client(self._client)

    async def _asked(self, at_most_ms: int, *command: str | int | float) -> Any:
        assert self._lines is not None
        (answer,) = await self._lines.ask([command], at_most_ms / 1000 + self._timeout_s)
        if isinstance(answer, Exception):
            raise answer
        return answer
