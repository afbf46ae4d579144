"""X's allowance, shared: never passed in any window, answers first, the newest of a talk, every drop counted."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from bot.metrics import SENDS
from bot.model import GIFTBOT, Purpose, Send, SendId, SendState, ShopperId
from bot.store.connection import Store
from tests.integration.sending_talk import SETTINGS, Driven, FakeX, MovedClock
from tests.integration.store_talk import after, message, say

SELF_SERVE = dataclasses.replace(SETTINGS, per_15_min=15, per_24_h=1440, reads_per_15_min=15)


@pytest.fixture
def x() -> FakeX:
    return FakeX(MovedClock())


async def wants(
    store: Store, name: str, shopper_id: ShopperId, at: float = 0, purpose: Purpose = Purpose.ANSWER
) -> Send:
    """A Send in the outbox, of a turn or of a department, to somebody who wrote."""
    department = GIFTBOT if purpose is Purpose.ANSWER else "support"
    send = Send(
        SendId(f"{name}-{shopper_id}"), shopper_id, f"{name} for {shopper_id}", message(1).id, after(at),
        purpose=purpose, department=department,
    )  # fmt: skip
    await store.outbox.propose(send, after(at))
    return send


def most_in(calls: list[float], window_s: float) -> int:
    """The most calls in any stretch as long as the window."""
    return max((sum(at <= other < at + window_s for other in calls) for at in calls), default=0)


def dropped() -> Counter[tuple[str, str]]:
    """What the metric counts as ended unsent, by state and reason."""
    found: Counter[tuple[str, str]] = Counter()
    for sample in next(iter(SENDS.collect())).samples:
        if sample.name.endswith("_total") and sample.labels["state"] in ("refused", "expired"):
            found[sample.labels["state"], sample.labels["reason"]] = int(sample.value)
    return found


@pytest.mark.parametrize("count", [150, pytest.param(500, marks=pytest.mark.chaos)])
async def test_thousands_of_turns_in_an_hour_never_pass_what_x_allows(store: Store, x: FakeX, count: int) -> None:
    """Fifteen of 15 minutes in every sliding window; answers first; the newest of a talk; every drop counted."""
    shoppers = [ShopperId(str(3000 + n)) for n in range(count)]
    await asyncio.gather(*(say(store, message(1, shopper)) for shopper in shoppers))
    news = [await wants(store, "news", shopper, purpose=Purpose.SERVICE) for shopper in shoppers[:30]]
    turns = [
        (900 * turn + n * 900 / count, turn, shopper)
        for turn, (n, shopper) in itertools.product(range(4), enumerate(shoppers))
    ]
    sends: list[Send] = []
    before = dropped()
    driven = Driven(store, x, x.clock, SELF_SERVE)
    for minute in range(61):
        due = [turn for turn in turns if minute * 60 <= turn[0] < minute * 60 + 60]
        sends += await asyncio.gather(*(wants(store, f"answer {turn}", shopper, at) for at, turn, shopper in due))
        await driven.run_for(60, step=60)
    for _ in range(13 * 30):
        await driven.run_for(120, step=120)
        if not await store.outbox.waiting():
            break

    assert len(sends) == 4 * count
    calls = [(one.created_at - after(0)).total_seconds() for one in x.taken]
    assert most_in(calls, 900) <= 15
    others = [at for at, one in zip(calls, x.taken, strict=True) if one.text.startswith("news")]
    assert len(others) == len(news), "a small share is theirs though answers queue for hours"
    assert most_in(others, 900) <= 3
    busy = [one.text for at, one in zip(calls, x.taken, strict=True) if at < 3600]
    assert sum(text.startswith("answer") for text in busy) >= 0.8 * len(busy), "answers go before all else"

    said = defaultdict(list)
    for send in sends:
        said[send.shopper_id].append(send)
    by_text = {send.text: send for send in sends}
    for one in x.taken:
        send = by_text.get(one.text)
        if send is not None and one.created_at - send.created_at > timedelta(minutes=30):
            newer = [other for other in said[send.shopper_id] if send.created_at < other.created_at <= one.created_at]
            assert newer == [], "an old answer went though a newer one was there"

    states = Counter([(await store.outbox.get(send.shopper_id, send.id)).state for send in sends])  # type: ignore[union-attr]
    ended = dropped() - before
    assert set(states) <= {SendState.SENT, SendState.REFUSED, SendState.EXPIRED}
    assert states[SendState.SENT] + sum(ended.values()) == 4 * count
    assert {reason for _, reason in ended} <= {"newer_answer", "expired"}
    assert ended["refused", "newer_answer"] > count


async def test_answers_have_all_of_the_window_where_nobody_else_waits(store: Store, x: FakeX) -> None:
    """The others' share is theirs only when they use it."""
    for n in range(20):
        await say(store, message(1, ShopperId(str(3000 + n))))
        await wants(store, "answer", ShopperId(str(3000 + n)))
    driven = Driven(store, x, x.clock, SELF_SERVE)
    await driven.settle()
    assert len(x.taken) == 15


async def test_the_last_messages_of_a_day_are_kept_for_answers(store: Store, x: FakeX) -> None:
    """With 36 a day one is in reserve: news end at 35, the answer still goes."""
    few = dataclasses.replace(SETTINGS, per_15_min=1000, per_24_h=36)
    for n in range(36):
        await say(store, message(1, ShopperId(str(3000 + n))))
        await wants(store, "answer", ShopperId(str(3000 + n)))
    driven = Driven(store, x, x.clock, few)
    limits = driven.sender._pace.limits
    assert (limits.others_end_at, limits.others_per_24_h) == (35, 5)
    await driven.settle()
    assert len(x.taken) == 36
    await say(store, message(1, ShopperId("4000")))
    await wants(store, "news", ShopperId("4000"), purpose=Purpose.SERVICE)
    x.clock.move(86_399)
    await driven.settle()
    assert len(x.taken) == 36


async def test_one_shopper_with_fifty_messages_delays_nobody(store: Store, x: FakeX) -> None:
    """Who was served goes behind who waits: eleven others come in the first 22 calls."""
    await say(store, message(1))
    loud = message(1).shopper_id
    for number in range(50):
        await wants(store, f"answer {number}", loud, at=number / 100)
    others = [ShopperId(str(3000 + n)) for n in range(11)]
    for n, shopper in enumerate(others):
        await say(store, message(1, shopper))
        await wants(store, "answer", shopper, at=1 + n / 100)
    x.clock.move(2)
    one_at_a_time = dataclasses.replace(SETTINGS, per_15_min=1)
    driven = Driven(store, x, x.clock, one_at_a_time)
    for _ in range(22):
        await driven.settle()
        x.clock.move(900)
    served = [one.shopper_id for one in x.taken]
    assert set(others) <= set(served[:22])
    assert [one.text for one in x.taken if one.shopper_id == loud] == sorted(
        (one.text for one in x.taken if one.shopper_id == loud), key=lambda text: int(text.split()[1])
    )
