"""X or the way to it is away for a while: every answer waits and goes out once, as long as it may live."""

from __future__ import annotations

import dataclasses

import pytest

from bot.errors import InDoubt, Retryable
from bot.model import SendState, ShopperId
from bot.store.connection import Store
from tests.integration.sending_talk import (
    SETTINGS,
    FakeX,
    MovedClock,
    not_found,
    reaches,
    sending,
    state_of,
    until,
    until_empty,
)
from tests.integration.store_talk import answered, message

MINUTES = 40


@pytest.fixture
def x() -> FakeX:
    return FakeX(MovedClock())


async def test_answers_outlive_our_own_network_being_away(store: Store, x: FakeX) -> None:
    """No try is used up, none of X's allowance either, and the whole account asks once a wait."""
    sends = [await answered(store, message(1, ShopperId(str(3000 + n)))) for n in range(3)]
    few = dataclasses.replace(SETTINGS, per_15_min=6)  # two of each may be spent and not yet given back
    x.before = [Retryable("could_not_connect") for _ in range(10_000)]
    async with sending(store, x, few):
        for _ in range(MINUTES):
            calls = x.calls

            async def asked_and_waits(calls: int = calls) -> bool:
                paused = await store.quotas.paused_until()
                states = {(await state_of(store, send))[0] for send in sends}
                waits = paused is not None and paused > x.clock()
                return x.calls > calls and waits and states == {SendState.PENDING}

            await until(asked_and_waits, store)
            x.clock.move(61)
        assert x.calls <= 3 * (MINUTES + 1), "each wait is one of the account"
        x.before.clear()
        x.clock.move(61)
        await until_empty(store)
    assert len(x.taken) == 3
    assert [(await state_of(store, send))[0] for send in sends] == [SendState.SENT] * 3


async def test_an_answer_outlives_x_being_broken(store: Store, x: FakeX) -> None:
    """503 after 503, each looked after: six of them were the end, within 12 minutes."""
    send = await answered(store, message())
    async with sending(store, x):
        for _ in range(12):
            x.before = [InDoubt("server_error")]
            await reaches(store, send, SendState.IN_DOUBT)
            x.clock.move(120)
            await not_found(store, send)
            assert x.calls == x.looks
            x.clock.move(1800)
        await until_empty(store)
    assert ((await state_of(store, send))[0], len(x.taken)) == (SendState.SENT, 1)


async def test_an_answer_expires_at_the_end_of_its_life_and_not_before(store: Store, x: FakeX) -> None:
    """Half a day late an answer is no answer."""
    send = await answered(store, message())
    x.before = [InDoubt("server_error")]
    async with sending(store, x):
        await reaches(store, send, SendState.IN_DOUBT)
        x.clock.move(120)
        await not_found(store, send)
        x.clock.move(720 * 60)
        await until_empty(store)
    assert (await state_of(store, send), x.calls) == ((SendState.EXPIRED, "expired"), 1)
