"""Abuse at the door: refused with the right status in flat memory, while a good delivery is answered at once."""

from __future__ import annotations

import asyncio
import functools
import gzip
import struct
import zlib
from contextlib import AsyncExitStack, suppress

import aiohttp
import pytest

from bot.intake import guard
from tests.fakes.fake_door import FakeDoor
from tests.fakes.x_side import delivery, intake, settings, signed
from tests.integration.intake_process import intake_process

FLAT_MIB = 4
"""How far intake's peak of memory may rise under abuse: below any body it should not have read, above noise."""

HEAD = b"POST /webhooks/x HTTP/1.1\r\nHost: shop.example\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


async def connect(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = url.split("/")[2].split(":")
    return await asyncio.open_connection(host, int(port))


async def status_of(reader: asyncio.StreamReader) -> int:
    line = await asyncio.wait_for(reader.readline(), 8)
    return int(line.split()[1])


async def good(url: str) -> float:
    """Post a good delivery; answers the seconds it took."""
    body = delivery(("1", "hello"))
    loop = asyncio.get_running_loop()
    before = loop.time()
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=signed(body)) as answer:
        assert answer.status == 200
    return loop.time() - before


def bomb(size: int) -> bytes:
    """Gzip of so many zeros, made in a moment: one compressed MiB, repeated (a full flush makes that valid)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    mib = bytes(1 << 20)
    block = packer.compress(mib) + packer.flush(zlib.Z_FULL_FLUSH)
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    crc = functools.reduce(lambda crc, _: zlib.crc32(mib, crc), range(size >> 20), 0)
    return head + block * (size >> 20) + end + struct.pack("<II", crc, size & 0xFFFFFFFF)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity", "x"])
async def test_a_compressed_body_is_415_whatever_the_encoding(encoding):
    """Nothing X sends is compressed, so nothing is ever unpacked."""
    body = gzip.compress(delivery(("1", "x")))
    async with intake(FakeDoor()) as url, aiohttp.ClientSession() as session:
        headers = signed(body) | {"Content-Encoding": encoding}
        async with session.post(url, data=body, headers=headers) as answer:
            assert answer.status == 415


async def test_a_gzip_bomb_of_one_gib_is_415_in_flat_memory(store_settings):
    """One small request must not take a gibibyte of ours."""
    assert gzip.decompress(bomb(4 << 20)) == bytes(4 << 20), "the bomb is a true one"
    body = bomb(1 << 30)
    async with intake_process(store_settings) as door:
        await good(door.url)  # what a first delivery loads is no abuse
        before = door.peak_mib()
        reader, writer = await connect(door.url)
        writer.write(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        assert await status_of(reader) == 415
        assert await good(door.url) < 1
        assert door.peak_mib() - before < FLAT_MIB
        writer.close()


@pytest.mark.parametrize("announced", [b"Content-Length: 10485760\r\n\r\n", CHUNKED], ids=["announced", "chunked"])
async def test_a_body_of_ten_mb_is_413_in_flat_memory(store_settings, announced):
    """The announced length may be missing; the limit holds while reading too."""
    block = b"x" * 65536
    async with intake_process(store_settings) as door:
        await good(door.url)
        before = door.peak_mib()
        reader, writer = await connect(door.url)
        writer.write(HEAD + announced)
        try:
            for _ in range(160):
                writer.write(b"10000\r\n" + block + b"\r\n" if announced is CHUNKED else block)
                await writer.drain()
        except ConnectionError:
            pass
        assert await status_of(reader) == 413
        writer.close()
        assert door.peak_mib() - before < FLAT_MIB


@pytest.mark.parametrize(("size", "status"), [(65_536, 200), (65_537, 413)])
async def test_the_limit_of_a_body_is_exact(size, status):
    """A limit that is off by one somewhere is no limit anywhere."""
    body = delivery(("1", "x"))
    body += b" " * (size - len(body))
    async with (
        intake(FakeDoor()) as url,
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=signed(body)) as answer,
    ):
        assert answer.status == status


@pytest.mark.parametrize("held", [b"", HEAD, HEAD + b"X-A: b\r\n"], ids=["nothing", "head", "header"])
async def test_500_half_open_connections_leave_the_door_open_and_are_closed_in_time(held):
    """Slowloris: aiohttp alone holds such connections for longer than a minute. They are twice what the door holds."""
    configured = settings(header_timeout_s=1.0)
    assert configured.intake.max_connections < 500
    async with intake(FakeDoor(), configured) as url, AsyncExitStack() as stack:
        readers = []
        for _ in range(500):
            reader, writer = await connect(url)
            stack.callback(writer.close)
            with suppress(ConnectionError):  # closed already, to make room for the next
                writer.write(held)
            readers.append(reader)
        assert await good(url) < 1
        rests = await asyncio.wait_for(asyncio.gather(*(ended(reader) for reader in readers)), 4)
        assert len(rests) == 500


async def ended(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read()
    except ConnectionError:
        return b""


async def test_headers_that_trickle_do_not_buy_time():
    """The seconds count from the first byte, not from the last."""
    async with intake(FakeDoor(), settings(header_timeout_s=0.5)) as url:
        reader, writer = await connect(url)
        writer.write(HEAD)

        async def trickle() -> None:
            while not writer.is_closing():
                writer.write(b"X-A: b\r\n")
                await asyncio.sleep(0.1)  # the abuse itself, not a wait for anything

        abuse = asyncio.create_task(trickle())
        await asyncio.wait_for(ended(reader), 2)
        abuse.cancel()
        writer.close()


async def test_a_body_that_trickles_is_408():
    """Headers in time and then a byte a second is the same abuse."""
    async with intake(FakeDoor(), settings(header_timeout_s=0.4)) as url:
        reader, writer = await connect(url)
        writer.write(HEAD + b"Content-Length: 100\r\n\r\nab")
        assert await status_of(reader) == 408
        writer.close()


async def test_a_full_door_makes_room_for_who_comes_with_a_whole_request():
    """More half-open connections than places, and X still gets in."""
    configured = settings(max_connections=32)
    async with intake(FakeDoor(), configured) as url, AsyncExitStack() as stack:
        for _ in range(100):
            _, writer = await connect(url)
            stack.callback(writer.close)
            writer.write(HEAD)
        assert await good(url) < 1


async def test_requests_in_work_are_never_cut_to_make_room():
    """A delivery being stored goes before whoever knocks next."""
    door = FakeDoor(hangs=True)
    body = delivery(("1", "x"))
    async with intake(door, settings(max_connections=1)) as url, aiohttp.ClientSession() as session:
        first = asyncio.create_task(session.post(url, data=body, headers=signed(body)))
        await asyncio.wait_for(door.called.wait(), 5)
        reader, _ = await connect(url)
        assert await asyncio.wait_for(ended(reader), 1) == b""
        assert (await first).status == 503


async def test_a_connection_may_rest_between_requests_but_not_for_ever(monkeypatch):
    """X keeps connections; a rest ends after its time, and a second request has its own."""
    monkeypatch.setattr(guard, "KEEP_ALIVE_S", 0.6)
    body = delivery(("1", "x"))
    async with intake(FakeDoor(), settings(header_timeout_s=0.2)) as url, aiohttp.ClientSession() as session:
        async with session.post(url, data=body, headers=signed(body)) as answer:
            assert answer.status == 200
        await asyncio.sleep(0.4)  # longer than a header may take, shorter than a rest
        async with session.post(url, data=body, headers=signed(body)) as answer:
            assert answer.status == 200


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(HEAD + b"X-Big: " + b"a" * 100_000 + b"\r\n\r\n", id="long header"),
        pytest.param(HEAD + b"".join(b"X-%d: a\r\n" % n for n in range(20_000)) + b"\r\n", id="many headers"),
        pytest.param(b"POST /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", id="long address"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64, id="tls"),
        pytest.param(HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", id="smuggler"),
        pytest.param(HEAD + b"Content-Length: -1\r\n\r\n", id="negative length"),
        pytest.param(HEAD + b"Content-Length: 9" + b"9" * 40 + b"\r\n\r\n", id="endless length"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", id="chunk of no size"),
    ],
)
async def test_broken_http_is_refused_or_closed(raw):
    """Scanners, smugglers and giants."""
    async with intake(FakeDoor(), settings(header_timeout_s=0.5)) as url:
        reader, writer = await connect(url)
        try:
            writer.write(raw)
            answer = await asyncio.wait_for(ended(reader), 4)
        finally:
            writer.close()
        assert answer == b"" or answer.split()[1].startswith(b"4")
        assert await good(url) < 1


async def test_an_expect_header_is_answered_in_http_and_nothing_else():
    """aiohttp's own answer to an Expect it does not know quotes it, and is a 500 where that is no text."""
    body = delivery(("1", "x"))
    async with intake(FakeDoor()) as url, aiohttp.ClientSession() as session:
        async with session.post(url, data=body, headers=signed(body), expect100=True) as answer:
            assert answer.status == 200
        for address in (b"/webhooks/x", b"/elsewhere"):
            reader, writer = await connect(url)
            writer.write(b"POST " + address + b" HTTP/1.1\r\nHost: a\r\nExpect: \x80\r\nContent-Length: 0\r\n\r\n")
            assert await status_of(reader) == 417
            writer.close()
