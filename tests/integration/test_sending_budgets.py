"""Limits that many Sends share: a department's day, the same words to many, tries after the first, an ill X."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest

from bot.errors import InDoubt, Refused, Retryable
from bot.model import Purpose, Send, SendId, SendState, ShopperId
from bot.sending.breaker import OPENS_AFTER
from bot.store.connection import Store
from tests.integration.sending_talk import SETTINGS, Driven, FakeX, MovedClock, state_of
from tests.integration.store_talk import NOON, answered, message, say


@pytest.fixture
def x() -> FakeX:
    return FakeX(MovedClock())


def shopper(number: int) -> ShopperId:
    return ShopperId(str(3000 + number))


async def news(store: Store, number: int, text: str = "") -> Send:
    """News of an order to somebody who wrote."""
    await say(store, message(1, shopper(number)))
    send = Send(
        SendId(f"news-{number}"), shopper(number), text or f"Order {number} left us.", message(1).id, NOON,
        purpose=Purpose.SERVICE, department="support",
    )  # fmt: skip
    await store.outbox.propose(send, NOON)
    return send


async def test_a_departments_day_is_never_passed_by_two_senders(store: Store, x: FakeX) -> None:
    """Fifty a day for support, sixty wanted: ten wait for tomorrow, with the reason."""
    sends = [await news(store, number) for number in range(60)]
    wide = dataclasses.replace(SETTINGS, per_15_min=5000, per_24_h=50_000)
    senders = [Driven(store, x, x.clock, wide, name=name) for name in "ab"]
    for _ in range(10):
        for sender in senders:
            await sender.settle()
        x.clock.move(11)
    states = Counter([await state_of(store, send) for send in sends])
    assert len(x.taken) == 50
    assert states == {(SendState.SENT, ""): 50, (SendState.PENDING, "department_budget"): 10}


async def test_the_same_words_to_the_fifty_first_shopper_are_refused(store: Store, x: FakeX) -> None:
    """Bulk is what X bans accounts for."""
    for number in range(51):
        await news(store, number, "We are moving house!")
    wide = dataclasses.replace(SETTINGS, per_15_min=5000, per_24_h=50_000)
    await Driven(store, x, x.clock, wide).settle()
    assert len(x.taken) == 50


async def test_what_x_refuses_gives_the_budget_back(store: Store, x: FakeX) -> None:
    """One who blocked us must not cost another their news."""
    x.before = [Refused("recipient_closed")]
    sends = [await news(store, number) for number in range(51)]
    wide = dataclasses.replace(SETTINGS, per_15_min=5000, per_24_h=50_000)
    await Driven(store, x, x.clock, wide).settle()
    assert len(x.taken) == 50
    assert (await state_of(store, sends[0]))[0] in (SendState.SENT, SendState.REFUSED)


async def test_repeats_are_a_small_part_of_the_calls(store: Store, x: FakeX) -> None:
    """Twenty in doubt after an outage: three repeats in 15 minutes of 15 calls, so that new answers find room."""
    sends = [await answered(store, message(1, shopper(number))) for number in range(20)]
    x.before = [InDoubt("timeout") for _ in sends]
    late = dataclasses.replace(SETTINGS, per_15_min=30, per_24_h=5000, settle_delay_s=3000)
    driven = Driven(store, x, x.clock, late)
    while x.calls < 20:
        await driven.run_for(60, step=60)
    assert len(x.taken) == 0
    began = x.clock()
    await driven.run_for(6600, step=60)
    at = sorted((one.created_at - began).total_seconds() for one in x.taken)
    assert len(at) > 6
    assert max(sum(one <= other < one + 900 for other in at) for one in at) <= 3


async def test_an_ill_x_is_left_alone_and_nothing_gets_into_doubt(store: Store, x: FakeX) -> None:
    """Five failures, then one probe a minute: of forty answers a few are in doubt, the others wait untried."""
    sends = [await answered(store, message(1, shopper(number))) for number in range(40)]
    x.before = [InDoubt("server_error") for _ in range(1000)]
    driven = Driven(store, x, x.clock)
    await driven.settle()
    assert x.calls == OPENS_AFTER
    await driven.run_for(600, step=5)
    assert x.calls <= OPENS_AFTER + 11, "one probe a minute"
    states = Counter([(await state_of(store, send))[0] for send in sends])
    assert states[SendState.PENDING] >= 40 - OPENS_AFTER - 11
    x.before.clear()
    await driven.run_for(3600, step=30)
    assert Counter([(await state_of(store, send))[0] for send in sends]) == {SendState.SENT: 40}
    assert len(x.taken) == 40


async def test_the_network_away_is_no_illness_that_outlasts_it(store: Store, x: FakeX) -> None:
    """After the first call that gets through everything goes."""
    for number in range(12):
        await answered(store, message(1, shopper(number)))
    x.before = [Retryable("could_not_connect") for _ in range(7)]
    driven = Driven(store, x, x.clock)
    await driven.run_for(900, step=10)
    assert len(x.taken) == 12


async def test_403s_everywhere_pause_the_account(store: Store, x: FakeX) -> None:
    """The fifth shopper in a row is not refused for good: it is the account, and a person is told."""
    sends = [await answered(store, message(1, shopper(number))) for number in range(12)]
    x.before = [Refused("forbidden") for _ in range(1000)]
    driven = Driven(store, x, x.clock)
    await driven.settle()
    states = Counter([(await state_of(store, send))[0] for send in sends])
    assert states[SendState.PENDING] >= 12 - 8
    assert (await store.quotas.pause())[1] == "forbidden_everywhere"
    calls = x.calls
    await driven.run_for(1700, step=100)
    assert x.calls == calls
    x.before.clear()
    await driven.run_for(600, step=60)
    assert len(x.taken) == states[SendState.PENDING]


@pytest.mark.parametrize("purpose", [Purpose.SERVICE, Purpose.ANSWER])
async def test_urgent_messages_in_doubt_are_repeated_once_looked_for(store: Store, x: FakeX, purpose: Purpose) -> None:
    """News of an order is not dropped as a reminder is."""
    send = await (answered(store, message(1, shopper(1))) if purpose is Purpose.ANSWER else news(store, 1))
    x.before = [InDoubt("timeout")]
    driven = Driven(store, x, x.clock)
    await driven.settle()
    await driven.run_for(300, step=30)
    assert (await state_of(store, send))[0] is SendState.SENT
    assert len(x.taken) == 1


async def test_who_blocked_us_is_not_tried_again_until_they_write(store: Store, x: FakeX) -> None:
    """Every further 403 is a call wasted, and a mark against the account; others go on."""
    inbound = message(1, shopper(1))
    first, second = await answered(store, inbound), await answered(store, message(2, shopper(1)))
    x.before = [Refused("recipient_closed")]
    driven = Driven(store, x, x.clock)
    await driven.settle()
    assert (await state_of(store, first))[1] == (await state_of(store, second))[1] == "recipient_closed"
    assert x.calls == 1
    x.clock.move(60)
    third = await answered(store, message(3, shopper(1), sent=30))
    await driven.run_for(20)
    assert (await state_of(store, third))[0] is SendState.SENT
