"""The door on the real store: what was answered 200 is in Redis, once; and 503 when Redis is not there."""

from __future__ import annotations

import asyncio
import dataclasses

import aiohttp

from bot.model import ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from tests.fakes.x_side import SHOPPER, SandboxHand, delivery, intake, sandbox, signed
from tests.integration.conftest import PRIVACY_KEY


async def post(url: str, body: bytes) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=signed(body)) as answer:
        return answer.status


async def test_a_replayed_delivery_is_one_turn(store: Store):
    """X repeats what it is not sure of; the shopper gets one answer."""
    body = delivery(("71", "a gift for mum"), ("72", "about £20"))
    async with intake(store.door) as url:
        assert [await post(url, body) for _ in range(3)] == [200, 200, 200]
    assert await store.turns.waiting() == 2


async def test_a_stop_closes_consent_at_the_door(store: Store):
    """Before any model, whatever else waits."""
    async with intake(store.door) as url:
        assert await post(url, delivery(("81", "hello"))) == 200
        assert await post(url, delivery(("82", "STOP"))) == 200
        assert await post(url, delivery(("83", "one more thing"))) == 200
    consent = await store.door.consent(ShopperId(SHOPPER))
    assert consent is not None
    assert not consent.open
    assert await store.turns.waiting() == 1


async def test_doubled_and_reordered_deliveries_are_as_many_turns_as_messages(store: Store):
    """What the sandbox does on purpose, X does by accident."""
    async with intake(store.door) as hook, sandbox(webhook_url=hook) as url, aiohttp.ClientSession() as session:
        hand = SandboxHand(session, url)
        await hand.faults(seed=5, delivery={"duplicate_rate": 0.5, "reorder_rate": 0.5, "reorder_s": 0.02})
        ids = {await hand.says(f"message {number}", str(3000 + number % 4)) for number in range(40)}

        async def all_taken() -> None:
            taken: set[str] = set()
            while not taken >= ids:
                delivered = (await hand.get("/sandbox/ledger"))["delivered"]
                taken = {str(entry["message_id"]) for entry in delivered if entry["status"] == 200}

        await asyncio.wait_for(all_taken(), 10)
    assert await store.turns.waiting() == 40


async def test_without_redis_nothing_is_answered_200(store_settings: StoreSettings):
    """A 200 without Redis would be a lost message."""
    nowhere = dataclasses.replace(store_settings, redis_url="redis://127.0.0.1:1/0", timeout_s=0.3)
    async with Store(nowhere, PRIVACY_KEY) as store, intake(store.door) as url:
        assert await post(url, delivery(("91", "x"))) == 503
