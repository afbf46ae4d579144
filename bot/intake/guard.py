"""Keeps the door open for who comes with a whole request: time for headers, and a bound on connections.

aiohttp waits for headers as long as the other side likes. Here a connection has so many seconds to show a
whole header; when the door is full, the one that has waited longest without a request in work goes first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.metrics import CONNECTIONS_CLOSED

KEEP_ALIVE_S = 60.0
"""Seconds a connection may rest between two requests; it makes room earlier where the door is full."""


class ConnectionGuard:
    """Watches every connection of one server."""

    def __init__(self, max_connections: int, header_timeout_s: float) -> None:
        self._max = max_connections
        self.header_timeout_s = header_timeout_s
        self._open: dict[asyncio.BaseTransport, _Watched] = {}
        # waiting for a request, longest first; a dictionary because it keeps order and forgets cheaply
        self._waiting: dict[asyncio.BaseTransport, None] = {}

    def watch(self, make: Callable[[], asyncio.Protocol]) -> Callable[[], asyncio.Protocol]:
        """A protocol factory whose connections are guarded; ``make`` is the server's own factory."""
        return lambda: _Watched(self, make())

    def begins(self, transport: asyncio.BaseTransport | None) -> None:
        """A whole header came on this connection: it is in work until `ends`."""
        if transport in self._open:
            self._open[transport].begins()
            self._waiting.pop(transport, None)

    def ends(self, transport: asyncio.BaseTransport | None) -> None:
        """The request in work on this connection is answered."""
        if transport in self._open:
            self._open[transport].ends()
            self._waiting[transport] = None

    def admits(self, transport: asyncio.BaseTransport, connection: _Watched) -> bool:
        """Whether a new connection may stay; makes room for it where one that waits can go."""
        if len(self._open) >= self._max:
            longest = next(iter(self._waiting), None)
            if longest is None:
                CONNECTIONS_CLOSED.labels("full").inc()
                return False
            self._open[longest].cut("made_room")
        self._open[transport] = connection
        self._waiting[transport] = None
        return True

    def gone(self, transport: asyncio.BaseTransport) -> None:
        """Forget a connection; its place is free."""
        self._open.pop(transport, None)
        self._waiting.pop(transport, None)


class _Watched(asyncio.Protocol):
    """One connection: hands everything to aiohttp's handler, and is cut when a header takes too long."""

    def __init__(self, guard: ConnectionGuard, inner: asyncio.Protocol) -> None:
        self._guard = guard
        self._inner = inner
        self._transport: asyncio.Transport | None = None
        # one timer a connection, set anew only when it comes or is too late: two a request would be dear
        self._timer: asyncio.TimerHandle | None = None
        self._cut_at: float | None = None
        self._cut_for = ""
        self._in_work = False
        self._resting = False
        self._taken = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if not self._guard.admits(transport, self):
            transport.abort()
            return
        self._taken = True
        self._cut_after(self._guard.header_timeout_s, "slow_header")
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if self._resting and not self._in_work:
            self._resting = False
            self._cut_after(self._guard.header_timeout_s, "slow_header")
        if self._taken:
            self._inner.data_received(data)

    def begins(self) -> None:
        self._in_work = True
        self._cut_at = None

    def ends(self) -> None:
        self._in_work, self._resting = False, True
        self._cut_after(KEEP_ALIVE_S, "rested")

    def cut(self, reason: str) -> None:
        """Close at once, without waiting for the other side to read."""
        CONNECTIONS_CLOSED.labels(reason).inc()
        if self._transport is not None:
            self._guard.gone(self._transport)
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._transport is not None:
            self._guard.gone(self._transport)
        if self._taken:
            self._inner.connection_lost(exc)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received() if self._taken else None

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def _cut_after(self, seconds: float, reason: str) -> None:
        loop = asyncio.get_running_loop()
        self._cut_at, self._cut_for = loop.time() + seconds, reason
        if self._timer is not None and self._timer.when() > self._cut_at:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = loop.call_at(self._cut_at, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._cut_at is None:
            return
        loop = asyncio.get_running_loop()
        if loop.time() >= self._cut_at:
            self.cut(self._cut_for)
        else:
            self._timer = loop.call_at(self._cut_at, self._look)
