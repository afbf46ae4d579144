"""Answers no API should give: the client still says refused, retryable or in doubt, within its time and memory."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timezone

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.errors import GiftbotError, InDoubt, Refused, Retryable
from bot.model import ShopperId
from bot.x.client import XClient
from tests.fakes.x_side import SHOPPER, x_settings

TO = ShopperId(SHOPPER)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


async def freely() -> None:
    """Every read is allowed."""


@asynccontextmanager
async def answering(raw: bytes, *, endless: bytes = b""):
    """A server that reads a request and answers with exactly these bytes, then ``endless`` for ever."""

    async def answer(reader, writer):
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(raw)
            while endless:
                writer.write(endless)
                await writer.drain()
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def http(status: int, body: bytes, headers: str = "") -> bytes:
    """An HTTP answer with this status and body."""
    return f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


UNCLEAR = [
    b"{}",
    b'{"data": 5}',
    b'{"errors": [{"title": "degraded"}]}',
    b'{"data": [], "errors": [{"title": "partly"}], "meta": {"result_count": 0}}',
    b'{"data": [{"id": "7", "text": "hello", "sender_id": "1001"}], "meta": {"result_count": 1}}',
    b'{"data": [{"id": "7", "text": "hello", "created_at": "2026-05-04T12:00:00Z"}], "meta": {"result_count": 1}}',
]


@pytest.mark.parametrize("body", UNCLEAR)
async def test_a_look_that_tells_nothing_is_never_not_there(body):
    """Each of these made the sender send the same answer again."""
    async with answering(http(200, body)) as url, XClient(x_settings(url, timeout_s=2)) as x:
        with pytest.raises(Retryable, match="read_unclear_answer"):
            await x.find_sent(TO, since=EPOCH, may_read=freely)


ODD = [
    (http(301, b"{}", "Location: http://127.0.0.1:1/\r\n"), InDoubt),
    (http(200, b"[]"), InDoubt),
    (http(201, b'{"data": {"dm_event_id": 12}}'), InDoubt),
    (http(201, b'{"errors": [{"title": "x"}]}'), InDoubt),
    (http(201, b"[" * 100_000), InDoubt),
    (http(201, b"\xff\xfe\x00"), InDoubt),
    (http(408, b"{}"), InDoubt),
    (http(403, b"<html>a firewall's page</html>"), InDoubt),
    (http(400, b'{"errors": 5, "error": 7, "detail": []}'), Refused),
    (http(403, b'{"errors": [1, null, {"code": {}}]}'), Refused),
    (http(422, b"{}"), Refused),
    (http(429, b"<html>slow down</html>", "x-rate-limit-reset: soon\r\n"), Retryable),
    (http(429, b"{}", "x-rate-limit-reset: 99999999999999999999\r\n"), Retryable),
    (b"\x00\x01garbage\r\n\r\n", InDoubt),
    (b"HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{", InDoubt),
    (b"", InDoubt),
]


@pytest.mark.parametrize(("raw", "family"), ODD)
async def test_an_odd_answer_has_a_family(raw, family):
    """An unexpected exception would stop the sender for everybody."""
    async with answering(raw) as url, XClient(x_settings(url, timeout_s=2)) as x:
        with pytest.raises(family):
            await x.send_dm(TO, "hello")


async def test_an_endless_answer_is_cut_by_size():
    """A gateway gone mad must not eat the sender's memory."""
    head = b"HTTP/1.1 201 Created\r\n\r\n"
    async with answering(head, endless=b"x" * 65536) as url, XClient(x_settings(url, timeout_s=5)) as x:
        with pytest.raises(InDoubt, match="connection_lost"):
            await x.send_dm(TO, "hello")


async def test_an_answer_that_trickles_is_cut_by_the_total_time():
    """A time-out between two bytes would never end a trickle."""
    release = asyncio.Event()

    async def trickle(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 201 Created\r\n\r\n{")
        await release.wait()
        writer.close()

    async with await asyncio.start_server(trickle, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with XClient(x_settings(url, timeout_s=0.3)) as x:
            with pytest.raises(InDoubt, match="timeout"):
                await x.send_dm(TO, "hello")
        release.set()


@pytest.mark.parametrize("url", ["https://127.0.0.1:{port}", "http://no-such-host.invalid"])
async def test_a_failed_handshake_or_name_means_nothing_was_sent(url):
    """The request is written only after name, connection and TLS stand."""
    async with answering(b"not TLS") as plain:
        configured = x_settings(url.format(port=plain.rsplit(":", 1)[1]), timeout_s=3)
        x = XClient(configured)
        with pytest.raises(Retryable, match="could_not_connect"):
            async with x:
                await x.send_dm(TO, "hello")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "data",
                    "errors",
                    "error",
                    "detail",
                    "dm_event_id",
                    "meta",
                    "id",
                    "created_at",
                    "next_token",
                    "result_count",
                    "sender_id",
                    "text",
                    "entities",
                    "urls",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(status=st.sampled_from([200, 201, 302, 400, 401, 402, 403, 404, 429, 500, 503]), body=JSON)
def test_any_json_answer_ends_in_a_success_or_a_named_error(status, body):
    """Whatever X puts into its JSON, no other exception comes out of the client."""

    async def talk() -> None:
        async with answering(http(status, json.dumps(body).encode())) as url, XClient(x_settings(url)) as x:
            for call in (x.send_dm(TO, "hello"), x.find_sent(TO, since=EPOCH, may_read=freely), x.check()):
                with suppress(GiftbotError):
                    await call

    asyncio.run(talk())
