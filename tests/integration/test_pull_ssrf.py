"""T13: no address, however written, named, rebound or redirected to, makes giftbot connect inside.

Seen at sockets that really listen at every inner address of this machine, not only in the errors raised.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from feed_server import HERE, NAME, OTHER, FeedServer, certify, listening_inside, only_here, serving

from catalog.pulling.addresses import why_inside
from catalog.pulling.errors import AddressRefused, NotDelivered, PullError
from catalog.pulling.fetching import Known, Order, fetch
from catalog.pulling.network import Network

WRITTEN = [
    "127.0.0.1", "127.1", "127.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "0", "0177.0.0.1", "0177.0.0.01",
    "017700000001", "0x7f.0.0.1", "0x7f000001", "0x7F.1", "2130706433", "127.0.0.1.", "0000127.0.0.1",
    "127.0.0.1%00", "%31%32%37%2e%30%2e%30%2e%31", "127。0。0。1", "127．0．0．1", "１２７.0.0.1", "①②⑦.0.0.1",
    "10.0.0.1",
    "172.16.0.1", "192.168.0.1", "169.254.169.254", "2852039166", "0xA9FEA9FE", "0251.0376.0251.0376", "100.64.0.1",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]",
    "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[fe80::1%25lo]", "[::1%25lo]", "[fd00:ec2::254]",
    "[v1.x]", "localhost", "LOCALHOST", "localhost.", "loc%61lhost", "ip6-localhost", "anna:pw@127.0.0.1",
    "shop.example@127.0.0.1", "shop.example\\@127.0.0.1", "127.0.0.1#@shop.example", "127.0.0.1?@shop.example",
]  # fmt: skip
"""As the host of an address."""
LED_TO = [
    "127.0.0.1", "127.0.0.2", "127.255.255.255", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1",
    "100.100.100.200", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.192",
    "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::1", "::",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
    "2002:7f00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%lo",
    "fec0::1", "ff02::1", "2001:db8::1",
]  # fmt: skip
"""As the answer of a name's server."""
NAMED = ["localhost.localdomain", "localtest.localhost", "ip6-loopback.localhost", socket.getfqdn()]
"""Names of this machine that its own resolver knows (or not)."""


def _order(url: str, port: int) -> Order:
    return Order(url, ports=(port,), seconds=5.0)


async def test_eighty_addresses_and_more_reach_nothing_inside(tmp_path: Path) -> None:
    """Each is refused (or has no address), and no listening socket hears of any."""
    assert len(WRITTEN) + len(LED_TO) + len(NAMED) >= 80
    usual = Network()
    async with listening_inside() as (port, met):
        for host in WRITTEN:
            with pytest.raises(AddressRefused):
                await fetch(_order(f"https://{host}:{port}/", port), tmp_path / "feed", Known(), usual)
        for address in LED_TO:

            async def answered(_host: str, _port: int, address: str = address) -> list[str]:
                return [address]

            order = _order(f"https://shop.example:{port}/", port)
            with pytest.raises(AddressRefused, match="may not be connected to"):
                await fetch(order, tmp_path / "feed", Known(), replace(usual, look_up=answered))
        for host in NAMED:
            with pytest.raises(PullError):
                await fetch(_order(f"https://{host}:{port}/", port), tmp_path / "feed", Known(), usual)

        assert met == []


async def test_the_listening_sockets_do_hear_what_is_let_through(tmp_path: Path) -> None:
    """The test above could fail: with the rule taken away, the same addresses are connected to."""
    async with listening_inside() as (port, met):
        for address in (HERE, "127.0.0.2"):

            async def answered(_host: str, _port: int, address: str = address) -> list[str]:
                return [address]

            network = Network(look_up=answered, why_inside=lambda _: None)
            with pytest.raises(NotDelivered):
                await fetch(_order(f"https://shop.example:{port}/", port), tmp_path / "feed", Known(), network)

        assert len(met) == 2


async def test_a_name_that_is_public_and_inside_at_once_is_refused(tmp_path: Path) -> None:
    """Trying the public one first would be luck."""

    async def both(_host: str, _port: int) -> list[str]:
        return ["1.1.1.1", "127.0.0.1"]

    async with listening_inside() as (port, met):
        order = _order(f"https://shop.example:{port}/", port)
        with pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
            await fetch(order, tmp_path / "feed", Known(), Network(look_up=both))
        assert met == []


async def test_a_name_that_turns_inside_after_the_check_is_not_asked_again(tmp_path: Path) -> None:
    """What was checked is what is connected to, however often the name's server changes its mind."""
    answers: list[str] = []

    async def rebinding(_host: str, _port: int) -> list[str]:
        answers.append(HERE if answers else "127.0.0.3")
        return [answers[-1]]

    def first_is_public(address: str) -> str | None:  # an address of this machine where nobody listens
        return None if address == "127.0.0.3" else why_inside(address)

    async with listening_inside() as (port, met):
        closed = port - 1 if port > 40000 else port + 1
        with pytest.raises(NotDelivered):
            await fetch(
                _order(f"https://shop.example:{closed}/", closed),
                tmp_path / "feed",
                Known(),
                Network(look_up=rebinding, why_inside=first_is_public),
            )
        assert answers == ["127.0.0.3"]
        assert met == []


async def test_the_socket_itself_refuses_an_inner_address() -> None:
    """Should ever an address come by another way, the last gate is at the connection."""
    gate = Network()._socket
    with pytest.raises(AddressRefused):
        gate((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 443)))


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for the merchant's server."""
    return certify(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize(
    "location",
    [
        "https://127.0.0.2:{port}/",
        "https://[::1]:{port}/",
        "https://0x7f000002:{port}/",
        "https://inside.example:{port}/",
        "https://localhost:{port}/",
        "http://127.0.0.2:{port}/",
        "//127.0.0.2:{port}/",
    ],
)
async def test_a_trusted_server_cannot_lead_inside(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext], tmp_path: Path, location: str
) -> None:
    """Every step is checked like the first."""

    async def leads_on(_: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": location.format(port=port)})

    async with listening_inside() as (port, met), serving(contexts) as server:
        server.answer = leads_on
        server.names["inside.example"] = ["127.0.0.2"]
        order = Order(server.url(), ports=(server.port, port), seconds=5.0)
        with pytest.raises(AddressRefused):
            await fetch(order, tmp_path / "feed", Known(), server.network)
        assert len(server.requests) == 1
        assert met == []


async def test_a_fourth_redirect_is_not_followed(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext], tmp_path: Path
) -> None:
    """Nor a circle."""

    async def around(request: web.Request) -> web.StreamResponse:
        return web.Response(status=307, headers={"Location": request.path + "x"})

    async with serving(contexts) as server:
        server.answer = around
        with pytest.raises(AddressRefused, match="more than 3 times"):
            await fetch(_order(server.url(), server.port), tmp_path / "feed", Known(), server.network)
        assert len(server.requests) == 4


async def test_credentials_stay_with_the_server_they_are_for(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext], tmp_path: Path
) -> None:
    """Another host is led to without them; the name is looked up once for each."""

    async def leads_on(request: web.Request) -> web.StreamResponse:
        if request.host.startswith(NAME) and request.path == "/feed.csv":
            return web.Response(status=302, headers={"Location": "/second"})
        if request.host.startswith(NAME):
            return web.Response(status=302, headers={"Location": server.url("/third", OTHER)})
        return web.Response(text="id,title\n")

    async with serving(contexts) as server:
        server.answer = leads_on
        order = Order(server.url(), (server.port,), seconds=5.0, headers={"Authorization": "Basic c2VjcmV0"})
        assert await fetch(order, tmp_path / "feed", Known(), server.network)

        sent = [request.headers.get("Authorization") for request in server.requests]
        assert sent == ["Basic c2VjcmV0", "Basic c2VjcmV0", None]
        assert not any("Cookie" in request.headers for request in server.requests)


async def test_a_certificate_must_be_of_the_name_asked_for(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext], tmp_path: Path
) -> None:
    """Connecting to a checked address never loosens the check of the name."""
    async with serving(contexts) as server:
        server.names["other.example"] = [HERE]
        for url, network in (
            (server.url(host="other.example"), server.network),
            (server.url(), Network(look_up=server.look_up, why_inside=only_here)),  # a maker nobody trusts
        ):
            with pytest.raises(NotDelivered, match="certificate"):
                await fetch(_order(url, server.port), tmp_path / "feed", Known(), network)
        assert server.requests == []


async def test_proxies_of_the_environment_are_not_used(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would look names up itself, past every check."""

    async def feed(_: web.Request) -> web.StreamResponse:
        return web.Response(text="id,title\n")

    async with listening_inside() as (port, met), serving(contexts) as server:
        server.answer = feed
        for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        assert await fetch(_order(server.url(), server.port), tmp_path / "feed", Known(), server.network)
        assert met == []
        assert _connected_to(server)


def _connected_to(server: FeedServer) -> bool:
    return len(server.requests) == 1 and server.looked_up == [NAME]
