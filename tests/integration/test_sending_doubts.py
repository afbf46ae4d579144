"""Where nobody knows whether X has a message: the sender looks, and never sends it again blindly."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from typing import Any

import pytest

from bot.errors import InDoubt, Retryable, Unavailable
from bot.model import Pictured, Send, SendState, ShopperId
from bot.sending.delivery import Deliveries
from bot.sending.pace import Pace
from bot.sending.words import Words
from bot.store.connection import Store
from bot.store.outbound.outbox import Claim, Outbox
from tests.integration.sending_talk import (
    SETTINGS,
    Driven,
    FakeX,
    MovedClock,
    comes_round,
    not_found,
    reaches,
    sending,
    state_of,
    until,
    until_empty,
)
from tests.integration.store_talk import answered, claim, message


@pytest.fixture
def x() -> FakeX:
    return FakeX(MovedClock())


async def test_an_answer_lost_on_the_way_is_looked_for_and_not_sent_again(store: Store, x: FakeX) -> None:
    """X took it and we were not told: the look finds it."""
    send = await answered(store, message())
    x.after = [InDoubt("timeout")]
    async with sending(store, x):
        await reaches(store, send, SendState.IN_DOUBT)
        x.clock.move(120)
        await until_empty(store)
    assert (await state_of(store, send))[0] is SendState.SENT
    assert (x.calls, x.looks, len(x.taken)) == (1, 1, 1)


async def test_a_message_x_never_got_is_sent_again_after_the_look(store: Store, x: FakeX) -> None:
    """Not found after the settle delay: then, and only then, it goes out again."""
    send = await answered(store, message())
    x.before = [InDoubt("reset")]
    x.unread = [Retryable("read_http_503")]
    async with sending(store, x):
        for reason in ("reset", "read_http_503"):

            async def in_doubt(reason: str = reason) -> bool:
                return await state_of(store, send) == (SendState.IN_DOUBT, reason)

            await until(in_doubt, store)
            x.clock.move(120)
        await not_found(store, send)
        x.clock.move(2)
        await until_empty(store)
    assert (x.calls, x.looks, len(x.taken)) == (2, 2, 1)


async def test_a_send_whose_sender_was_killed_is_looked_for_first(store: Store, x: FakeX) -> None:
    """The next sender cannot know whether the call was made."""
    send = await answered(store, message())
    killed = await claim(store, "killed")
    assert killed is not None
    await x.send_dm(send.shopper_id, send.text)
    x.clock.move(120)
    async with sending(store, x):
        await until_empty(store)
    assert (x.calls, x.looks, (await state_of(store, send))[0]) == (1, 1, SendState.SENT)


async def test_an_earlier_answer_with_the_same_words_is_not_taken_for_this_one(store: Store, x: FakeX) -> None:
    """Two goodbyes: the first is at X, the second got lost; the look must not find the first."""
    await answered(store, message(1), "Goodbye")
    async with sending(store, x):
        await until_empty(store)
        x.before = [InDoubt("reset")]
        second = await answered(store, message(2), "Goodbye")
        await reaches(store, second, SendState.IN_DOUBT)
        x.clock.move(120)
        await not_found(store, second)
        x.clock.move(2)
        await until_empty(store)
    assert [one.text for one in x.taken] == ["Goodbye", "Goodbye"]
    assert (await state_of(store, second))[0] is SendState.SENT


async def test_x_is_not_read_more_often_than_it_allows(store: Store, x: FakeX) -> None:
    """X counts each call, and a look may take several; one that cannot be made waits, and is no reason to send."""
    sends = [await answered(store, message(1, ShopperId(str(3000 + n)))) for n in range(2)]
    x.after = [InDoubt("timeout") for _ in sends]
    x.pages = 3
    async with sending(store, x, dataclasses.replace(SETTINGS, reads_per_15_min=5)):
        for send in sends:
            await reaches(store, send, SendState.IN_DOUBT)
        x.clock.move(120)

        async def one_waits() -> bool:
            told = [await state_of(store, send) for send in sends]
            return (SendState.IN_DOUBT, "read_quota") in told and await store.outbox.waiting() == 1

        await until(one_waits, store)
        assert (x.calls, x.looks, x.reads) == (2, 2, 5)
        x.clock.move(901)
        await until_empty(store)
    assert (x.calls, x.looks, x.reads) == (2, 3, 8)


async def test_what_x_answered_is_told_again_when_redis_was_away(
    store: Store, x: FakeX, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only this process knows; it must not forget at the first failure."""
    send = await answered(store, message())
    settle, failures = store.outbox.settle_sent, iter((True, True, False))

    async def flaky(made: Claim, **told: object) -> bool:
        if next(failures):
            raise Unavailable("away")
        return await settle(made, **told)  # type: ignore[arg-type]

    monkeypatch.setattr(store.outbox, "settle_sent", flaky)
    async with sending(store, x):
        await until_empty(store)
    assert ((await state_of(store, send))[0], x.looks) == (SendState.SENT, 0)


@pytest.mark.parametrize("where", ["budget", "not_an_answer", "facts"])
async def test_what_x_was_never_asked_is_in_no_doubt_though_redis_failed(
    store: Store, x: FakeX, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Between claim and call. A look would find nothing; a reminder that is not found is given up."""
    send = await answered(store, message())
    failures = iter((True, True, False, False))
    holder: type = {"budget": Pace, "not_an_answer": Words, "facts": Deliveries}[where]
    name = {"budget": "budget", "not_an_answer": "claimed", "facts": "_stopped"}[where]
    real = getattr(holder, name)

    async def fails(*given: Any) -> Any:
        if next(failures, False):
            raise Unavailable("away")
        return await real(*given)

    monkeypatch.setattr(holder, name, fails)
    monkeypatch.setattr(Outbox, "claim", _with_a_picture())
    async with sending(store, x, pictures=_no_picture):
        await until_empty(store)
    assert ((await state_of(store, send))[0], x.calls, x.looks) == (SendState.SENT, 1, 0)
    counted = await store.quotas.spent(("dm_15_min", 0, 900), x.clock())
    assert len(counted) == 1, "a call never made is given back"


def _with_a_picture() -> Any:
    """Claims whose Sends have one."""
    idea = Pictured(1, "Tea", "9.99", "https://shop.example/tea.jpg")
    real = Outbox.claim

    async def claim(*given: Any, **more: Any) -> Claim | None:
        made = await real(*given, **more)
        return made and dataclasses.replace(made, send=dataclasses.replace(made.send, pictures=(idea,)))

    return claim


async def _no_picture(_: Send) -> str:
    return ""


async def test_a_call_that_never_ends_is_cut_before_anybody_looks(store: Store, x: FakeX) -> None:
    """A call still under way after the look could deliver what the look did not find."""
    send = await answered(store, message())
    x.hold = asyncio.Event().wait
    async with sending(store, x, dataclasses.replace(SETTINGS, settle_delay_s=0.2)):
        await reaches(store, send, SendState.IN_DOUBT)
    assert ((await state_of(store, send))[1], x.busy) == ("timeout", 0)


async def test_a_sender_that_stood_still_does_not_call_with_an_old_claim(store: Store, x: FakeX) -> None:
    """Stopped between claim and call, it wakes up when another may have sent the message already."""
    send = await answered(store, message())
    stands_still = itertools.count(0.0, 31.0)
    async with sending(store, x, monotonic=lambda: next(stands_still)):

        async def given_back() -> bool:
            return await state_of(store, send) == (SendState.PENDING, "claim_too_old")

        await until(given_back, store)
        await until(comes_round(store), store)
    assert x.calls == 0
    async with sending(store, x):
        await until_empty(store)
    assert x.calls == 1


async def test_a_doubt_is_looked_after_in_time_though_a_long_queue_waits_for_the_allowance(
    store: Store, x: FakeX
) -> None:
    """A look is no Send: behind hours of answers its shopper would wait for nothing."""
    x.after = [InDoubt("timeout")]
    send = await answered(store, message())
    driven = Driven(store, x, x.clock, dataclasses.replace(SETTINGS, per_15_min=1))
    await driven.settle()
    for n in range(5):
        await answered(store, message(1, ShopperId(str(3000 + n))))
    await driven.run_for(130)
    assert (await state_of(store, send))[0] is SendState.SENT
    assert (x.calls, x.looks) == (1, 1)
