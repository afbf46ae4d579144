"""The sender: what is due goes out once, in order, and never blindly again."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.errors import InDoubt, Refused, Retryable
from bot.model import Send, SendState, ShopperId
from bot.sending.sender import IN_FLIGHT
from bot.store.connection import Store
from nlu.optout import OptWish
from tests.integration.sending_talk import SETTINGS, FakeX, MovedClock, sending, until, until_empty
from tests.integration.store_talk import ANN, answered, message, say


@pytest.fixture
def x() -> FakeX:
    return FakeX(MovedClock())


async def _state(store: Store, send: Send) -> tuple[SendState, str]:
    kept = await store.outbox.get(send.shopper_id, send.id)
    assert kept is not None
    return kept.state, kept.reason


async def _reaches(store: Store, send: Send, state: SendState) -> None:
    async def reached() -> bool:
        return (await _state(store, send))[0] is state

    await until(reached, store)


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
    assert min(times) < 0.25
    assert [one.text for one in x.taken] == [f"answer to said {n}" for n in range(1, 6)]


async def test_shoppers_are_served_side_by_side_and_each_in_order(store: Store, x: FakeX) -> None:
    """A slow call for one shopper must not hold up others; one shopper's answers never overtake."""
    shoppers = [ShopperId(str(3000 + n)) for n in range(12)]
    for number, shopper in itertools.product((1, 2, 3), shoppers):
        await answered(store, message(number, shopper))
    gate = asyncio.Event()
    x.hold = gate.wait
    async with sending(store, x):

        async def full() -> bool:
            return x.busy == IN_FLIGHT

        await until(full, store)
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


async def test_an_answer_lost_on_the_way_is_looked_for_and_not_sent_again(store: Store, x: FakeX) -> None:
    """X took it and we were not told: the look finds it."""
    send = await answered(store, message())
    x.after = [InDoubt("timeout")]
    async with sending(store, x):
        await _reaches(store, send, SendState.IN_DOUBT)
        x.clock.move(120)
        await until_empty(store)
    assert (await _state(store, send))[0] is SendState.SENT
    assert (x.calls, x.looks, len(x.taken)) == (1, 1, 1)


async def test_a_message_x_never_got_is_sent_again_after_the_look(store: Store, x: FakeX) -> None:
    """Not found after the settle delay: then, and only then, it goes out again."""
    send = await answered(store, message())
    x.before = [InDoubt("reset")]
    x.unread = [Retryable("read_http_503")]
    async with sending(store, x):
        for reason in ("reset", "read_http_503"):

            async def in_doubt(reason: str = reason) -> bool:
                return await _state(store, send) == (SendState.IN_DOUBT, reason)

            await until(in_doubt, store)
            x.clock.move(120)
        await until_empty(store)
    assert (x.calls, x.looks, len(x.taken)) == (2, 2, 1)


async def test_a_stop_while_the_answer_waits_for_a_second_try_wins(store: Store, x: FakeX) -> None:
    """Obeyed at once, however far the Send had come."""
    send = await answered(store, message(1))
    x.before = [Retryable("could_not_connect")]
    async with sending(store, x):
        await _reaches(store, send, SendState.PENDING)

        async def tried() -> bool:
            return x.calls == 1 and (await _state(store, send))[1] == "could_not_connect"

        await until(tried, store)
        await say(store, message(2), OptWish.STOP)
        x.clock.move(60)
        await until_empty(store)
    assert await _state(store, send) == (SendState.REFUSED, "opted_out")
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
        await until(_bell_heard(store), store)
        assert x.calls == 1
        x.clock.move(10)
        await until_empty(store)
    assert len(x.taken) == 20


def _bell_heard(store: Store) -> Callable[[], Awaitable[bool]]:
    """Whether the sender has come round a few times: it takes each ring off the bell."""
    empty = 0

    async def heard() -> bool:
        nonlocal empty
        empty += not await store._wire.commands.llen(store._wire.keys.account("bell"))
        return empty > 5

    return heard


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


async def test_a_sender_that_stood_still_does_not_call_with_an_old_claim(store: Store, x: FakeX) -> None:
    """Stopped between claim and call, it wakes up when another may have sent the message already."""
    send = await answered(store, message())
    readings = itertools.chain([0.0, 31.0], itertools.repeat(0.0))
    async with sending(store, x, monotonic=lambda: next(readings)):
        await until_empty(store)
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert (kept.state, kept.attempts, x.calls) == (SendState.SENT, 1, 1)


async def test_what_x_refuses_makes_way_for_the_next(store: Store, x: FakeX) -> None:
    """One message X will not take must not block the talk."""
    first, second = await answered(store, message(1)), await answered(store, message(2))
    x.before = [Refused("forbidden")]
    async with sending(store, x):
        await until_empty(store)
    assert await _state(store, first) == (SendState.REFUSED, "forbidden")
    assert (await _state(store, second))[0] is SendState.SENT


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
    assert (await _state(store, send))[0] is SendState.SENT
