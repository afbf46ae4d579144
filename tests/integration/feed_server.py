"""A merchant's server: https with a certificate of its own making, which tells what reached it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from catalog.pulling.addresses import why_inside
from catalog.pulling.network import Network

NAME, OTHER = "shop.example", "cdn.example"
HERE = "127.0.0.1"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def certify(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for shop.example and cdn.example; return the server's side and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME), x509.DNSName(OTHER)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, none = serialization.Encoding.PEM, serialization.NoEncryption()
    pem = folder / "server.pem"
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, none)
    pem.write_bytes(private + certificate.public_bytes(encoding))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    client = ssl.create_default_context(cadata=certificate.public_bytes(encoding).decode())
    return server, client


@dataclass
class FeedServer:
    """A server at 127.0.0.1; ``answer`` decides what it says."""

    port: int
    network: Network
    """A way to it: the two names lead to 127.0.0.1, which alone is allowed beside what is public."""
    answer: Answer = field(repr=False)
    requests: list[web.Request] = field(default_factory=list, repr=False)
    names: dict[str, list[str]] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)

    def url(self, path: str = "/feed.csv", host: str = NAME) -> str:
        return f"https://{host}:{self.port}{path}"

    async def look_up(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        if host not in self.names:
            raise OSError("unknown name")
        return self.names[host]


def only_here(address: str) -> str | None:
    """The rule of production, but for the test's own server."""
    return None if address == HERE else why_inside(address)


@contextlib.asynccontextmanager
async def serving(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> AsyncIterator[FeedServer]:
    """Run a merchant's server."""
    inside, outside = contexts

    async def not_found(_: web.Request) -> web.StreamResponse:
        return web.Response(status=404)

    async def handle(request: web.Request) -> web.StreamResponse:
        server.requests.append(request)
        return await server.answer(request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    listening = socket.create_server((HERE, 0))
    await web.SockSite(runner, listening, ssl_context=inside).start()
    server = FeedServer(listening.getsockname()[1], Network(), not_found, names={NAME: [HERE], OTHER: [HERE]})
    server.network = Network(look_up=server.look_up, why_inside=only_here, tls=outside)
    try:
        yield server
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def listening_inside() -> AsyncIterator[tuple[int, list[str]]]:
    """Listen at every inner address of this machine, v4 and v6; yield the port and who connected."""
    met: list[str] = []

    async def note(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.append(str(writer.get_extra_info("peername")))
        writer.close()

    four = await asyncio.start_server(note, "0.0.0.0", 0)
    port = four.sockets[0].getsockname()[1]
    servers = [four]
    with contextlib.suppress(OSError):  # a machine without v6 has nothing to listen at
        servers.append(await asyncio.start_server(note, "::", port, family=socket.AF_INET6))
    try:
        yield port, met
    finally:
        for server in servers:
            server.close()
            await server.wait_closed()
