"""Redis killed under load: what was accepted is there afterwards, and the store finds its way back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.errors import Unavailable
from bot.model import InboundMessage
from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.redis_server import RedisServer
from tests.integration.store_talk import end_turn, handed_out, message, own, say


@pytest.fixture
def server() -> Iterator[RedisServer]:
    with RedisServer("always") as server:
        yield server


def _settings(url: str, timeout_s: float = 2.0) -> StoreSettings:
    return StoreSettings(redis_url=url, partitions=1, timeout_s=timeout_s, key_prefix="gb")


async def test_every_message_accepted_survives_the_kill_of_redis(server: RedisServer) -> None:
    """Intake says 200 only for these; for the rest X delivers again."""
    stored: list[InboundMessage] = []

    async def accept(inbound: InboundMessage) -> None:
        while True:
            try:
                told = await say(store, inbound)
            except Unavailable:
                continue
            assert told in (Accepted.QUEUED, Accepted.DUPLICATE)
            return stored.append(inbound)

    async with Store(_settings(server.url), PRIVACY_KEY) as store:
        for round_number in range(3):
            writing = [asyncio.create_task(accept(message(100 * round_number + n, sent=n))) for n in range(1, 51)]
            await asyncio.wait(writing, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
            await asyncio.wait_for(asyncio.gather(*writing), 20)
        lease = await own(store)
        answered = []
        while await store.turns.waiting():
            turn = await handed_out(store, lease)
            assert await end_turn(store, lease, turn)
            answered.append(turn.message)
    assert sorted(one.id for one in answered) == sorted(one.id for one in stored)
    assert len(answered) == 150


async def test_a_waiting_worker_is_told_that_redis_went_and_waits_again(server: RedisServer) -> None:
    """It must neither hang for ever nor need a restart of its own."""
    async with Store(_settings(server.url), PRIVACY_KEY) as store:
        lease = await own(store)
        waiting = asyncio.create_task(store.turns.next(lease, 20_000))
        await asyncio.wait({waiting}, timeout=0.05)
        await asyncio.to_thread(server.kill)
        with pytest.raises(Unavailable):
            await asyncio.wait_for(waiting, 10)
        await asyncio.to_thread(server.start)
        await say(store, message())
        assert (await handed_out(store, lease)).message == message()


async def test_a_redis_that_accepts_and_never_answers_is_given_up_in_time() -> None:
    """A hung Redis must become a 503 while X still listens."""
    listening = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        async with Store(_settings(f"redis://127.0.0.1:{port}/0", timeout_s=0.2), PRIVACY_KEY) as store:
            with pytest.raises(Unavailable):
                await asyncio.wait_for(say(store, message()), 1.5)
