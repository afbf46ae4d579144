"""What one caller hands over wrongly, or what breaks on the way, holds up no other; closing leaves none waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import Unavailable
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from tests.integration.store_talk import message, say

BROKEN = "half a \ud800"
"""Half a surrogate pair: no UTF-8 can hold it."""


async def soon(doing: Awaitable[Any]) -> Any:
    """How it ended, as long as it does."""
    return (await asyncio.wait_for(asyncio.gather(doing, return_exceptions=True), 5))[0]


async def test_a_text_that_cannot_be_sent_fails_alone(store: Store) -> None:
    """Its neighbours of the same moment are stored, and all that come after."""
    for number in range(1, 5):
        bad = replace(message(100 + number), text=BROKEN)
        failed, taken = await asyncio.gather(soon(say(store, bad)), soon(say(store, message(number))))
        assert isinstance(failed, UnicodeEncodeError)
        assert taken is Accepted.QUEUED


async def test_a_fault_nobody_knows_is_told_to_all_it_met_and_is_over_then(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever breaks in a client library, the way to Redis must not stay shut for the life of the process."""
    await say(store, message(1))
    batches = store._wire._batches
    with monkeypatch.context() as broken:

        async def breaks(*_: object) -> None:
            raise RuntimeError("dictionary changed size during iteration")

        broken.setattr(batches, "_told", breaks)
        ends = await asyncio.gather(*(soon(say(store, message(n))) for n in range(2, 5)), soon(store.ping()))
    assert [type(end) for end in ends] == [Unavailable] * 4, "ping must not say that all is well"
    assert await soon(say(store, message(5))) is Accepted.QUEUED
    await store.ping()


@pytest.mark.parametrize("turns_of_the_loop", range(5))
async def test_closing_leaves_nobody_waiting(new_store: Callable[[], Store], turns_of_the_loop: int) -> None:
    """At whatever point their asking is."""
    store = new_store()
    await say(store, message(1))
    asking = [asyncio.create_task(say(store, message(number))) for number in range(2, 200)]
    for _ in range(turns_of_the_loop):
        await asyncio.sleep(0)
    await store.close()
    ends = await asyncio.wait_for(asyncio.gather(*asking, return_exceptions=True), 5)
    assert {end if isinstance(end, Accepted) else type(end) for end in ends} <= {Accepted.QUEUED, Unavailable}
    assert isinstance(await soon(say(store, message(300))), Unavailable)
