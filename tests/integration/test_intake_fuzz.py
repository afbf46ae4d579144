"""Whatever comes in, the door never answers 5xx, and takes nothing that X did not sign."""

from __future__ import annotations

import asyncio
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.x.signature import SIGNATURE_HEADER, sign
from tests.fakes.fake_door import FakeDoor
from tests.fakes.x_side import BRAND, SECRET, SHOPPER, delivery, intake
from tests.fakes.x_side import settings as configured

TRUE = delivery(("1", "a gift for mum"), ("2", "about £20"), sent_ms=1_790_000_000_000)
NAMES = st.sampled_from(
    [SIGNATURE_HEADER, "Content-Type", "Content-Encoding", "Transfer-Encoding", "Expect", "Connection", "Upgrade", "X"]
)
VALUES = st.binary(max_size=60).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b"")) | st.sampled_from(
    [b"chunked", b"100-continue", b"websocket", b"h2c", b"close", b"Upgrade", b"gzip", b"application/json"]
)
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=5)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A true delivery with a few bytes exchanged, cut out or put in."""
    body = bytearray(TRUE)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(body)))
        body[at : at + draw(st.integers(0, 6))] = draw(st.binary(max_size=6))
    return bytes(body)


KEYS = ["data", "filter", "event_type", "payload", "direct_message_events", "for_user_id"]
PIECES = st.sampled_from(
    ["data", "payload", "direct_message_events", "for_user_id", BRAND, SHOPPER, "dm.received", 1, None, [], {}]
)
SHAPED = st.recursive(
    PIECES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
).map(lambda value: json.dumps(value).encode())
BODIES = st.binary(max_size=200) | mutated() | SHAPED


async def statuses(raw: bytes, door: FakeDoor) -> list[int]:
    """The statuses of all answers to these bytes on one connection."""
    async with intake(door, configured(header_timeout_s=0.3)) as url:
        host, port = url.split("/")[2].split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(raw)
        try:
            answer = await asyncio.wait_for(reader.read(), 10)
        except ConnectionError:
            answer = b""
        writer.close()
    return [int(part.split()[0]) for part in answer.split(b"HTTP/1.1 ")[1:]]


def request(body: bytes, headers: list[tuple[str, bytes]]) -> bytes:
    lines = [f"{name}: ".encode() + value for name, value in headers]
    lines += [b"Host: shop.example", b"Connection: close", b"Content-Length: %d" % len(body)]
    return b"POST /webhooks/x HTTP/1.1\r\n" + b"\r\n".join(lines) + b"\r\n\r\n" + body


@settings(max_examples=150, deadline=None)
@given(body=BODIES, headers=HEADERS)
def test_unsigned_bytes_are_refused_and_reach_nothing(body, headers):
    """Most of what the public side of a webhook ever sees."""
    door = FakeDoor()
    answered = asyncio.run(statuses(request(body, headers), door))
    assert all(status in (100, 101) or 400 <= status < 500 for status in answered), answered
    assert 101 not in answered
    assert door.calls == 0


@settings(max_examples=150, deadline=None)
@given(body=BODIES)
def test_signed_bytes_are_taken_or_refused_but_never_break_the_door(body):
    """X changes its shapes without notice; a 500 would make it repeat for ever."""
    answered = asyncio.run(statuses(request(body, [(SIGNATURE_HEADER, sign(SECRET, body))]), FakeDoor()))
    assert answered in ([200], [400])


@settings(max_examples=100, deadline=None)
@given(query=st.binary(max_size=100).map(lambda q: q.replace(b" ", b"").replace(b"\r", b"").replace(b"\n", b"")))
def test_no_query_breaks_the_challenge(query):
    """The challenge is open to everybody."""
    answered = asyncio.run(
        statuses(b"GET /webhooks/x?" + query + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", FakeDoor())
    )
    assert all(400 <= status < 500 for status in answered), answered
