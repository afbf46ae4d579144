"""The way out: every name is looked up once, every address it has is checked, and only those are connected to."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from catalog.pulling.addresses import why_inside
from catalog.pulling.errors import AddressRefused, NotDelivered

LookUp = Callable[[str, int], Awaitable[list[str]]]
"""All addresses of a host, as text; raises OSError where it has none."""
Judge = Callable[[str], "str | None"]
"""Why an address may not be connected to; None where it may."""
MOST_ADDRESSES = 32


async def system_look_up(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


@dataclass(frozen=True)
class Network:
    """What a fetch goes through. Tests hand in their own parts; nothing outside can."""

    look_up: LookUp = system_look_up
    why_inside: Judge = why_inside
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def connector(self) -> TCPConnector:
        """Return a connector for one fetch: no connection, name or cookie is shared with another."""
        return TCPConnector(
            resolver=PinnedResolver(self.look_up, self.why_inside),
            socket_factory=self._socket,
            ssl=self.tls,
            use_dns_cache=False,
            force_close=True,
            limit=1,
        )

    @staticmethod
    def cookies() -> DummyCookieJar:
        """Return a jar that keeps nothing."""
        return DummyCookieJar()

    def _socket(self, address: Any) -> socket.socket:
        """Open a socket for one address, judged once more: whatever way it came here, it is the one connected to."""
        family, kind, protocol, _, target = address
        self._judge(str(target[0]))
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    def _judge(self, address: str) -> None:
        why = self.why_inside(address)
        if why:
            raise AddressRefused(f"{address} may not be connected to: {why}")


class PinnedResolver(AbstractResolver):
    """Looks a name up once; who asks again gets the same addresses, whatever the name's server says by then."""

    def __init__(self, look_up: LookUp, why_inside: Judge) -> None:
        self._look_up, self._why_inside = look_up, why_inside
        self._pinned: dict[str, list[str]] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        if host not in self._pinned:
            self._pinned[host] = await self._checked(host, port)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in self._pinned[host]
        ]

    async def _checked(self, host: str, port: int) -> list[str]:
        try:
            found = list(dict.fromkeys(await self._look_up(host, port)))
        except (OSError, UnicodeError) as error:
            raise NotDelivered(f"{host} has no address: {error}") from error
        if not found or len(found) > MOST_ADDRESSES:
            raise NotDelivered(f"{host} has {len(found) or 'no'} addresses")
        for address in found:
            why = self._why_inside(address)
            if why:  # one is enough: a name that mixes inside and outside is a trick
                raise AddressRefused(f"{host} leads to {address}, which may not be connected to: {why}")
        return found

    async def close(self) -> None:
        """Nothing is held open."""
