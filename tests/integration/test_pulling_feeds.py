"""A pull brings what changed, whole and within limits, or leaves everything as it was and says why."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from feed_server import FeedServer, certify, serving

from catalog.pulling.errors import Denied, NotDelivered, PullError, TooMuch
from catalog.pulling.fetching import Order
from catalog.pulling.pull import Pulled, pull

FEED = b"id,title\n1,Trowel\n"


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for the merchant's server."""
    return certify(tmp_path_factory.mktemp("tls"))


@pytest.fixture
async def server(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> AsyncIterator[FeedServer]:
    """A merchant's server."""
    async with serving(contexts) as running:
        yield running


async def _pull(
    server: FeedServer,
    folder: Path,
    take: object = lambda body, _: body.read_bytes(),
    *,
    anew: bool = False,
    **limits: float,
) -> Pulled[bytes]:
    order = Order(server.url("/feed.csv?key=s3cret"), (server.port,), **{"seconds": 5.0, **limits})  # type: ignore[arg-type]
    return await pull(order, folder, take, server.network, anew=anew)  # type: ignore[arg-type]


def _with(body: bytes = FEED, status: int = 200, **headers: str) -> object:
    async def answer(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        etag = named.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(body=body, status=status, headers=named)

    return answer


async def test_a_feed_arrives_whole_and_an_unchanged_one_is_not_sent_again(server: FeedServer, tmp_path: Path) -> None:
    """The server's mark is remembered with the catalogue."""
    server.answer = _with(ETag='"one"')
    first, second = await _pull(server, tmp_path), await _pull(server, tmp_path)
    third = await _pull(server, tmp_path, anew=True)

    assert (first.report, second.report, third.report) == (FEED, None, FEED)
    assert second.fetched is None


async def test_the_day_of_change_is_used_where_the_server_has_no_mark(server: FeedServer, tmp_path: Path) -> None:
    """Plain file servers know Last-Modified only."""
    server.answer = _with(Last_Modified="Sun, 22 Nov 2026 10:00:00 GMT")
    await _pull(server, tmp_path)
    await _pull(server, tmp_path)

    asked = [request.headers.get("If-Modified-Since") for request in server.requests]
    assert asked == [None, "Sun, 22 Nov 2026 10:00:00 GMT"]


async def test_a_feed_that_was_not_imported_is_fetched_again(server: FeedServer, tmp_path: Path) -> None:
    """Else a mended importer would never see it."""
    server.answer = _with(ETag='"one"')

    def refuse(*_: object) -> bytes:
        raise ValueError("no row was sound")

    with pytest.raises(ValueError, match="no row"):
        await _pull(server, tmp_path, refuse)

    assert (await _pull(server, tmp_path)).report == FEED


async def test_what_is_remembered_holds_no_key_and_may_be_broken(server: FeedServer, tmp_path: Path) -> None:
    """The address's query is a secret; a torn file costs one whole fetch."""
    server.answer = _with(ETag='"one"')
    await _pull(server, tmp_path)
    assert "s3cret" not in (tmp_path / "pull.json").read_text()

    for broken in (b"{", b"[]", b"\xff"):
        (tmp_path / "pull.json").write_bytes(broken)
        assert (await _pull(server, tmp_path)).report == FEED


async def test_a_packed_feed_stays_packed_for_the_reader_that_counts(server: FeedServer, tmp_path: Path) -> None:
    """A megabyte of zeros that would grow a thousandfold is a kilobyte here."""
    packed = gzip.compress(b"0" * 1_000_000)
    server.answer = _with(packed, Content_Encoding="gzip")

    assert (await _pull(server, tmp_path, most_bytes=2000)).report == packed


@pytest.mark.parametrize("said", [True, False])
async def test_a_feed_beyond_the_limit_is_not_read_to_its_end(server: FeedServer, tmp_path: Path, said: bool) -> None:
    """Whether the server says its size before, or just goes on and on."""
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse(headers={"Content-Length": str(1 << 40)} if said else {})
        await answer.prepare(request)
        while sent < 1 << 28 and request.transport is not None:
            await answer.write(b"0" * 65536)
            await asyncio.sleep(0)  # the loop has to hear that the other side went
            sent += 65536
        return answer

    server.answer = endless
    with pytest.raises(TooMuch, match="larger than 1 MiB"):
        await _pull(server, tmp_path, most_bytes=1 << 20)
    assert sent < 1 << 26  # what lay in buffers on the way


async def test_a_server_that_dribbles_is_left_after_the_time_allowed(server: FeedServer, tmp_path: Path) -> None:
    """The whole pull has an end, not only each byte."""

    async def dribble(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(100):
            await answer.write(b"0")
            await asyncio.sleep(0.05)
        return answer

    server.answer = dribble
    with pytest.raises(TooMuch, match=r"longer than 0\.4 s"):
        await _pull(server, tmp_path, seconds=0.4)


async def test_a_feed_that_breaks_off_is_not_imported(server: FeedServer, tmp_path: Path) -> None:
    """Half a feed would look like half the products gone."""

    async def half(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "1000"})
        await answer.prepare(request)
        await answer.write(FEED)
        assert request.transport is not None
        request.transport.close()
        return answer

    server.answer = half
    taken: list[Path] = []
    with pytest.raises(NotDelivered):
        await _pull(server, tmp_path, taken.append)
    assert taken == []


@pytest.mark.parametrize(
    ("status", "headers", "kind", "told"),
    [
        (401, {}, Denied, "user and password"),
        (403, {}, Denied, "user and password"),
        (404, {}, Denied, "check the address"),
        (500, {}, NotDelivered, "500"),
        (503, {"Retry_After": "120"}, NotDelivered, "503"),
        (206, {}, NotDelivered, "206"),
        (304, {}, NotDelivered, "304"),
        (302, {}, NotDelivered, "without saying where"),
        (200, {"Content_Encoding": "br"}, NotDelivered, "encoding"),
    ],
)
async def test_every_other_answer_says_what_to_do(
    server: FeedServer, tmp_path: Path, status: int, headers: dict[str, str], kind: type[PullError], told: str
) -> None:
    """And tells no key."""
    server.answer = _with(status=status, **headers)
    with pytest.raises(kind, match=told) as caught:
        await _pull(server, tmp_path)

    assert "s3cret" not in str(caught.value)
    if headers.get("Retry_After"):
        assert getattr(caught.value, "retry_after_s", None) == 120


async def test_an_empty_answer_is_no_feed(server: FeedServer, tmp_path: Path) -> None:
    """An empty catalogue is never what was meant."""
    server.answer = _with(b"")
    with pytest.raises(NotDelivered, match="nothing"):
        await _pull(server, tmp_path)


async def test_a_server_that_is_not_there_is_told_without_the_key(server: FeedServer, tmp_path: Path) -> None:
    """Neither a closed port nor an unknown name ends in a stack trace."""
    server.names = {}
    with pytest.raises(NotDelivered, match="no address") as caught:
        await _pull(server, tmp_path)
    assert "s3cret" not in str(caught.value)


async def test_two_pulls_of_one_catalogue_never_overlap(server: FeedServer, tmp_path: Path) -> None:
    """The second waits in its process until the first is done, then finds nothing new."""
    server.answer = _with(ETag='"one"')
    at_work: list[int] = []

    def take(body: Path, _: object) -> bytes:
        at_work.append(len(at_work))
        return body.read_bytes()

    def pull_in_thread() -> Pulled[bytes]:
        return asyncio.run(_pull(server, tmp_path, take))

    loop = asyncio.get_running_loop()
    results = await asyncio.gather(*(loop.run_in_executor(None, pull_in_thread) for _ in range(3)))

    assert sorted(result.report is not None for result in results) == [False, False, True]
    assert at_work == [0]
