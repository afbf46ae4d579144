"""Photos kept in memory for a while: the products of a day are asked for again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

MOST_KEPT_BYTES = 32 << 20
KEPT_SECONDS = 6 * 3600
"""A photo that the shop changed at its address is seen after this."""


class KeptPhotos:
    """Files by address, the least lately used leaving first; never more than ``most_bytes`` of them."""

    def __init__(self, monotonic: Callable[[], float], most_bytes: int = MOST_KEPT_BYTES) -> None:
        self._monotonic = monotonic
        self._most_bytes = most_bytes
        self._bytes = 0
        self._files: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    def get(self, url: str) -> bytes | None:
        """The file of this address, if it is kept and young enough."""
        if url not in self._files:
            return None
        since, data = self._files[url]
        if self._monotonic() - since > KEPT_SECONDS:
            self._drop(url)
            return None
        self._files.move_to_end(url)
        return data

    def keep(self, url: str, data: bytes) -> None:
        """Keep a file just fetched; one larger than all the room is not kept."""
        if url in self._files:
            self._drop(url)
        if len(data) > self._most_bytes:
            return
        self._files[url] = (self._monotonic(), data)
        self._bytes += len(data)
        while self._bytes > self._most_bytes:
            self._drop(next(iter(self._files)))

    def _drop(self, url: str) -> None:
        self._bytes -= len(self._files.pop(url)[1])
