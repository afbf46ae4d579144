"""The sandbox delivers as X does: signed, in X's shape, repeated until taken, doubled and reordered on demand."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest

from bot.errors import GiftbotError
from bot.model import ShopperId
from bot.x.client import XClient
from tests.fakes.fake_door import FakeDoor
from tests.fakes.x_side import SHOPPER, SandboxHand, intake, sandbox, x_settings


async def test_what_a_shopper_writes_reaches_the_door():
    """The whole way in: shape, signature, strict reading."""
    door = FakeDoor()
    text = "gift for mum & dad <3 https://example.org/?a=1&b=2"
    async with intake(door) as hook, sandbox(webhook_url=hook) as url, aiohttp.ClientSession() as session:
        id_ = await SandboxHand(session, url).says(text)
        await door.until(1)
    assert door.taken[id_].text == text
    assert door.taken[id_].shopper_id == SHOPPER


async def test_an_echo_can_come_before_the_post_is_answered():
    """Seen at X: the report of a message overtakes the answer to its own call."""
    door = FakeDoor()
    async with intake(door) as hook, sandbox(webhook_url=hook) as url, aiohttp.ClientSession() as session:
        await SandboxHand(session, url).faults(delivery={"echo": "before"})
        async with XClient(x_settings(url)) as x:
            sent = await x.send_dm(ShopperId(SHOPPER), "here are three ideas")
            assert [echo.id for echo in door.echoes] == [sent.dm_event_id]
    assert door.echoes[0].text == "here are three ideas"
    assert door.echoes[0].shopper_id == SHOPPER


async def test_an_echo_comes_for_what_x_took_and_failed_to_say():
    """The first and cheapest way out of a doubt."""
    door = FakeDoor()
    async with intake(door) as hook, sandbox(webhook_url=hook) as url, aiohttp.ClientSession() as session:
        await SandboxHand(session, url).faults(send=[{"kind": "reset_after"}])
        async with XClient(x_settings(url)) as x:
            with pytest.raises(GiftbotError):
                await x.send_dm(ShopperId(SHOPPER), "taken all the same")
        await door.until(0, echoes=1)


async def test_a_delivery_is_repeated_until_intake_is_back_and_order_holds():
    """A restart of intake loses nothing and turns no talk around."""
    door = FakeDoor(down=True)
    async with intake(door) as hook, sandbox(webhook_url=hook) as url, aiohttp.ClientSession() as session:
        hand = SandboxHand(session, url)
        ids = [await hand.says(f"message {number}") for number in range(5)]
        await asyncio.wait_for(door.called.wait(), 5)
        door.down = False
        await door.until(5)
        assert list(door.taken) == ids
        statuses = [entry["status"] for entry in (await hand.get("/sandbox/ledger"))["delivered"]]
    assert 503 in statuses


async def test_duplicates_and_reordering_are_real_and_every_message_still_arrives():
    """The door must see twice what it takes once."""
    door = FakeDoor()
    async with intake(door) as hook, sandbox(webhook_url=hook) as url, aiohttp.ClientSession() as session:
        hand = SandboxHand(session, url)
        await hand.faults(seed=3, delivery={"duplicate_rate": 0.5, "reorder_rate": 0.3, "reorder_s": 0.1})
        ids = [await hand.says(f"message {number}") for number in range(30)]
        await door.until(30)
        arrived = list(door.taken)
    assert sorted(arrived) == sorted(ids)
    assert arrived != ids
    assert door.calls > 30


async def test_the_challenge_is_run_against_the_webhook_and_tells_the_truth():
    """The demo shows with it whether X would let this webhook be registered."""
    async with intake(FakeDoor()) as hook, sandbox(webhook_url=hook) as url, aiohttp.ClientSession() as session:
        async with session.post(f"{url}/sandbox/crc") as answer:
            assert await answer.json() == {"valid": True, "status": 200, "reason": ""}
        hostile = {"token": '{"data": 1, "padding": "aaaaaaaaaaaaaaaa"}'}
        async with session.post(f"{url}/sandbox/crc", json=hostile) as answer:
            assert await answer.json() == {"valid": False, "status": 400, "reason": "CrcValidationFailed"}
    async with (
        sandbox(webhook_url="http://127.0.0.1:1/") as url,
        aiohttp.ClientSession() as session,
        session.post(f"{url}/sandbox/crc") as answer,
    ):
        assert (await answer.json())["valid"] is False


async def test_a_talk_is_watched_without_polling():
    """The chat page waits at the sandbox, and gets each message when it is there."""
    async with sandbox() as url, aiohttp.ClientSession() as session, XClient(x_settings(url)) as x:
        hand = SandboxHand(session, url)
        await hand.says("hi")
        waiting = asyncio.create_task(hand.get(f"/sandbox/talks/{SHOPPER}?after=1&wait=10"))
        await x.send_dm(ShopperId(SHOPPER), "hello")
        (message,) = (await asyncio.wait_for(waiting, 2))["messages"]
        assert (message["n"], message["from"], message["text"]) == (2, "brand", "hello")
        assert (await hand.get(f"/sandbox/talks/{SHOPPER}?after=2"))["messages"] == []


async def test_the_sandbox_stops_at_once_whatever_hangs():
    """Ctrl-C in the demo must not wait for a switched-on failure."""
    async with sandbox() as url, aiohttp.ClientSession() as session, XClient(x_settings(url)) as x:
        await SandboxHand(session, url).faults(send=[{"kind": "hang_before", "seconds": 60}])
        hanging = asyncio.create_task(x.send_dm(ShopperId(SHOPPER), "hello"))
        waiting = asyncio.create_task(SandboxHand(session, url).get(f"/sandbox/talks/{SHOPPER}?wait=30"))
        await asyncio.wait({hanging, waiting}, timeout=0.2)
        before = time.monotonic()
    assert time.monotonic() - before < 2.5
    await asyncio.gather(hanging, waiting, return_exceptions=True)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"shopper_id": "abc", "text": "x"}',
        b'{"shopper_id": "1001", "text": "x"}',
        b'{"shopper_id": "5", "text": 1}',
        b'{"shopper_id": "5", "text": "x", "id": "y"}',
    ],
)
async def test_control_refuses_what_it_does_not_understand(body):
    """A test that asks for nonsense must not pass by accident."""
    async with sandbox() as url, aiohttp.ClientSession() as session:
        async with session.post(f"{url}/sandbox/messages", data=body) as answer:
            assert answer.status == 400
        for plan in ({"send": [{"kind": "nonsense"}]}, {"sendd": []}, {"delivery": {"echo_": 1}}, {"send": [3]}):
            async with session.put(f"{url}/sandbox/faults", json=plan) as answer:
                assert answer.status == 400, plan


async def test_a_page_from_elsewhere_cannot_write_as_a_shopper():
    """The sandbox stands open on loopback, and a browser on this computer sends what any page asks for."""
    async with sandbox() as url, aiohttp.ClientSession() as session:
        body = {"shopper_id": SHOPPER, "text": "x"}
        for origin, status in (("https://elsewhere.example", 403), ("null", 403), (url, 200)):
            async with session.post(f"{url}/sandbox/messages", json=body, headers={"Origin": origin}) as answer:
                assert answer.status == status
