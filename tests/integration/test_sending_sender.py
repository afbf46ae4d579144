"""The sender: what is due goes out once, in order, and never blindly again."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from datetime import timedelta

import pytest

from bot.errors import Refused, Retryable
from bot.metrics import QUOTA_WAITS
from bot.model import SendState, ShopperId
from bot.sending.health import IN_FLIGHT
from bot.store.connection import Store
from nlu.optout.wishes import OptWish
from tests.integration.sending_talk import (
    SETTINGS,
    FakeX,
    MovedClock,
    comes_round,
    reaches,
    sending,
    state_of,
    until,
    until_empty,
)
from tests.integration.store_talk import answered, message, say


@pytest.fixture
def x() -> FakeX:
    return FakeX(MovedClock())


async def test_an_answer_goes_out_as_soon_as_its_turn_is_committed(store: Store, x: FakeX) -> None:
    """The sender rests on a bell, not on a clock: its own rest of a second is never waited for."""
    async with sending(store, x):
        loop = asyncio.get_running_loop()
        times = []
        for number in range(1, 6):
            began = loop.time()
            x.took.clear()
            await answered(store, message(number))
            await asyncio.wait_for(x.took.wait(), 5)
            times.append(loop.time() - began)
            while await store.outbox.waiting():  # settled: the next one finds the sender at rest
                pass
            await asyncio.gather(*(store.ping() for _ in range(20)))
    assert sorted(times)[2] < 0.3
    assert [one.text for one in x.taken] == [f"answer to said {n}" for n in range(1, 6)]


async def test_shoppers_are_served_side_by_side_and_each_in_order(store: Store, x: FakeX) -> None:
    """A slow call for one shopper must not hold up others; one shopper's answers never overtake."""
    shoppers = [ShopperId(str(3000 + n)) for n in range(12)]
    for number, shopper in itertools.product((1, 2, 3), shoppers):
        await answered(store, message(number, shopper))
    gate = asyncio.Event()

    async def after_the_first() -> None:
        if x.taken:
            await gate.wait()

    x.hold = after_the_first
    async with sending(store, x):

        async def full() -> bool:
            return x.busy == IN_FLIGHT

        await until(full, store)
        await until(comes_round(store), store)
        gate.set()
        await until_empty(store)
    assert x.most_busy == IN_FLIGHT
    for shopper in shoppers:
        texts = [one.text for one in x.taken if one.shopper_id == shopper]
        assert texts == [f"answer to said {n}" for n in (1, 2, 3)]


async def test_several_senders_send_each_message_once(store: Store, x: FakeX) -> None:
    """A second process started by mistake, or for a moment during a release, does no harm."""
    for n in range(20):
        await answered(store, message(1, ShopperId(str(3000 + n))))
    async with sending(store, x, name="a"), sending(store, x, name="b"), sending(store, x, name="c"):
        await until_empty(store)
    assert len(x.taken) == len({one.shopper_id for one in x.taken}) == 20


async def test_a_stop_while_the_answer_waits_for_a_second_try_wins(store: Store, x: FakeX) -> None:
    """Obeyed at once, however far the Send had come."""
    send = await answered(store, message(1))
    x.before = [Retryable("could_not_connect")]
    async with sending(store, x):
        await reaches(store, send, SendState.PENDING)

        async def tried() -> bool:
            return x.calls == 1 and (await state_of(store, send))[1] == "could_not_connect"

        await until(tried, store)
        await say(store, message(2), OptWish.STOP)
        x.clock.move(60)
        await until_empty(store)
    assert await state_of(store, send) == (SendState.REFUSED, "opted_out")
    assert x.calls == 1


async def test_a_limit_of_the_account_stops_every_send_until_x_says(store: Store, x: FakeX) -> None:
    """Twenty Sends waiting, one call made: a storm of 429s would only prolong the limit."""
    for n in range(20):
        await answered(store, message(1, ShopperId(str(3000 + n))))
    resets = x.clock() + timedelta(seconds=300)
    x.before = [Retryable("rate_limited", at=resets, whole_account=True)]
    one_call = dataclasses.replace(SETTINGS, per_15_min=1)
    async with sending(store, x, one_call):

        async def paused() -> bool:
            return await store.quotas.paused_until() is not None

        await until(paused, store)
    x.clock.move(299)
    async with sending(store, x):
        await until(comes_round(store), store)
        assert x.calls == 1
        x.clock.move(10)
        await until_empty(store)
    assert len(x.taken) == 20


async def test_an_allowance_used_up_is_not_asked_for_again_and_again(store: Store, x: FakeX) -> None:
    """Other shoppers' new answers ring the bell meanwhile; the sender knows that none can go."""
    for n in range(2):
        await answered(store, message(1, ShopperId(str(3000 + n))))
    waits = QUOTA_WAITS.labels("dm_15_min")._value
    before = waits.get()
    async with sending(store, x, dataclasses.replace(SETTINGS, per_15_min=1)):

        async def refused() -> bool:
            return bool(waits.get() > before)

        await until(refused, store)
        await until(comes_round(store), store)
    assert waits.get() == before + 1


async def test_a_shoppers_next_answer_follows_as_soon_as_the_last_is_settled(store: Store, x: FakeX) -> None:
    """Not only after the sender's own rest."""
    for number in (1, 2, 3, 4):
        await answered(store, message(number))
    while await store.outbox.wait(1):
        pass
    began = asyncio.get_running_loop().time()
    async with sending(store, x):
        while len(x.taken) < 4:
            x.took.clear()
            await asyncio.wait_for(x.took.wait(), 5)
    assert asyncio.get_running_loop().time() - began < 1.5, "three rests would be three seconds"


async def test_xs_allowance_is_never_passed(store: Store, x: FakeX) -> None:
    """Spent before the call, by all senders together."""
    for n in range(12):
        await answered(store, message(1, ShopperId(str(3000 + n))))
    few = dataclasses.replace(SETTINGS, per_15_min=5)
    for total in (5, 10, 12):
        async with sending(store, x, few, name=f"a{total}"), sending(store, x, few, name=f"b{total}"):

            async def spent(total: int = total) -> bool:
                return len(x.taken) == total

            await until(spent, store)
        assert len(x.taken) == total
        x.clock.move(901)
    assert await store.outbox.waiting() == 0


async def test_what_x_refuses_makes_way_for_the_next(store: Store, x: FakeX) -> None:
    """One message X will not take must not block the talk."""
    first, second = await answered(store, message(1)), await answered(store, message(2))
    x.before = [Refused("forbidden")]
    async with sending(store, x):
        await until_empty(store)
    assert await state_of(store, first) == (SendState.REFUSED, "forbidden")
    assert (await state_of(store, second))[0] is SendState.SENT


async def test_a_stopping_sender_finishes_the_call_under_way(store: Store, x: FakeX) -> None:
    """A release must not leave Sends in doubt."""
    send = await answered(store, message())
    gate = asyncio.Event()
    x.hold = gate.wait
    async with sending(store, x):

        async def busy() -> bool:
            return x.busy == 1

        await until(busy, store)
        asyncio.get_running_loop().call_later(0.05, gate.set)
    assert (await state_of(store, send))[0] is SendState.SENT
