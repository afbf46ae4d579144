"""What the door takes, what it refuses, and with which status; always over real HTTP."""

from __future__ import annotations

import asyncio
import dataclasses
from datetime import timedelta

import aiohttp
import pytest
from prometheus_client import REGISTRY

from bot.clock import to_ms, utc_now
from bot.x.signature import SIGNATURE_HEADER, sign
from nlu.optout.wishes import OptWish
from tests.fakes.fake_door import FakeDoor
from tests.fakes.x_side import SECRET, delivery, intake, settings, signed


async def post(url: str, body: bytes, headers: dict[str, str] | None = None) -> int:
    headers = signed(body) if headers is None else headers
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        assert await answer.read() == b"", "an answer tells nothing but its status"
        return answer.status


async def test_a_signed_message_is_stored_before_it_is_answered():
    """X forgets a delivery that was answered 200."""
    door = FakeDoor()
    async with intake(door) as url:
        assert await post(url, delivery(("1", "a gift for mum"), ("2", "STOP"))) == 200
    assert [door.taken["1"].text, door.taken["2"].text] == ["a gift for mum", "STOP"]
    assert door.wishes == {"1": OptWish.NONE, "2": OptWish.STOP}


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        "sha256=AAAA",
        sign("another-secret", delivery(("1", "x"), sent_ms=9)).decode(),
        "\udcff\udcfe",
        "é" * 44,
    ],
)
async def test_a_forged_signature_is_401_and_reaches_nothing(header):
    """Without this anybody writes in any shopper's name."""
    door = FakeDoor()
    headers = {} if header is None else {SIGNATURE_HEADER: header.encode("utf-8", "surrogateescape").decode("latin-1")}
    async with intake(door) as url:
        assert await post(url, delivery(("1", "x"), sent_ms=9), headers) == 401
    assert door.calls == 0


async def test_a_replayed_body_is_answered_200_and_accepted_once():
    """X signs no time: whoever holds a body can post it again, and X itself does."""
    door = FakeDoor()
    body = delivery(("1", "once"))
    async with intake(door) as url:
        assert {await post(url, body) for _ in range(5)} == {200}
    assert list(door.taken) == ["1"]
    assert door.calls == 5


async def test_the_secret_before_a_rotation_still_passes_and_the_challenge_uses_the_new_one():
    """X goes over to the new secret when it likes."""
    configured = settings()
    x = dataclasses.replace(configured.x, consumer_secret_previous="the-secret-before-0123")
    configured = dataclasses.replace(configured, x=x)
    body = delivery(("1", "x"))
    token = "challenge-token-0123"
    async with intake(FakeDoor(), configured) as url, aiohttp.ClientSession() as session:
        assert await post(url, body, signed(body, "the-secret-before-0123")) == 200
        assert await post(url, body) == 200
        async with session.get(url, params={"crc_token": token}) as answer:
            assert (await answer.json())["response_token"] == sign(SECRET, token.encode()).decode()


async def test_the_challenge_is_no_signing_oracle():
    """A body passed as the challenge must not come back signed."""
    async with intake(FakeDoor()) as url, aiohttp.ClientSession() as session:
        for token in (delivery(("1", "forged")).decode(), "", "short", "x" * 500):
            async with session.get(url, params={"crc_token": token}) as answer:
                assert answer.status == 400
                assert await answer.read() == b""
        async with session.get(url) as answer:
            assert answer.status == 400


@pytest.mark.parametrize("trouble", ["down", "hangs"])
async def test_what_could_not_be_stored_is_503_so_that_x_tries_again_and_the_challenge_still_works(trouble):
    """X switches a webhook off whose challenge fails; Redis being down is no reason."""
    door = FakeDoor()
    setattr(door, trouble, True)
    body = delivery(("1", "x"))
    async with intake(door) as url, aiohttp.ClientSession() as session:
        assert await post(url, body) == 503
        async with session.get(url, params={"crc_token": "challenge-token-0123"}) as answer:
            assert answer.status == 200
        setattr(door, trouble, False)
        assert await post(url, body) == 200
    assert list(door.taken) == ["1"]


async def test_the_store_has_two_and_a_half_seconds():
    """X's older pages count a webhook as failed after three."""
    door = FakeDoor(hangs=True)
    async with intake(door) as url:
        before = asyncio.get_running_loop().time()
        assert await post(url, delivery(("1", "x"))) == 503
        assert 2.0 < asyncio.get_running_loop().time() - before < 3.0


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"[" * 60_000, b'{"data": 1}'])
async def test_signed_rubbish_is_400(body):
    """A recursion error is no value error, and neither is a reason for a 500."""
    async with intake(FakeDoor()) as url:
        assert await post(url, body) == 400


async def test_signed_and_unknown_is_200_and_counted():
    """X adds event types; refusing them would switch the webhook off."""

    def count(name: str, **labels: str) -> float:
        return REGISTRY.get_sample_value(name, labels) or 0

    unknown = count("giftbot_intake_unknown_types_total")
    encrypted = count("giftbot_intake_events_total", outcome="unreadable_encrypted")
    async with intake(FakeDoor()) as url:
        assert await post(url, delivery(event_type="follow.follow")) == 200
        assert await post(url, delivery(event_type="chat.received")) == 200
    assert count("giftbot_intake_unknown_types_total") == unknown + 1
    assert count("giftbot_intake_events_total", outcome="unreadable_encrypted") == encrypted + 1


@pytest.mark.parametrize(
    ("age", "taken", "old"), [(timedelta(hours=23), 1, 0), (timedelta(hours=25), 1, 1), (timedelta(days=31), 0, 0)]
)
async def test_age_decides_whether_a_message_is_answered_or_even_kept(age, taken, old):
    """Ids are remembered for 35 days: an older replay must not pass as a new message."""
    door = FakeDoor()
    async with intake(door) as url:
        assert await post(url, delivery(("1", "x"), sent_ms=to_ms(utc_now() - age))) == 200
    assert (len(door.taken), len(door.old)) == (taken, old)


async def test_other_paths_and_methods_are_4xx():
    """Scanners knock all day."""
    async with intake(FakeDoor()) as url, aiohttp.ClientSession() as session:
        for method, address in (("GET", url + "/x"), ("PUT", url), ("HEAD", url), ("OPTIONS", url), ("TRACE", url)):
            async with session.request(method, address) as answer:
                assert 400 <= answer.status < 500
