"""An honest word where the queue is long: who waits longest is told once, before their answer, from a small share."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from collections import Counter
from datetime import timedelta

import pytest

from bot.errors import InDoubt, Retryable
from bot.model import InboundMessage, SendState, ShopperId
from bot.sending.judge import Governing
from bot.sending.queue_word import word_for, word_id
from bot.sending.sender import Sender
from bot.store.connection import Store
from bot.x.limits import limits_of
from nlu.optout.wishes import OptWish
from tests.integration.sending_talk import RULES, SETTINGS, Driven, FakeX, MovedClock, comes_round, until
from tests.integration.store_talk import answer, message, say

TELLS = dataclasses.replace(SETTINGS, per_15_min=15, per_24_h=1440, word_after_min=15)


@pytest.fixture
def x() -> FakeX:
    return FakeX(MovedClock())


def driven_by(store: Store, x: FakeX, name: str = "d") -> Driven:
    return Driven(store, x, x.clock, TELLS, word=lambda minutes: f"In about {minutes} minutes.", name=name)


def shopper(number: int) -> ShopperId:
    return ShopperId(str(3000 + number))


async def queue_of(store: Store, x: FakeX, count: int) -> None:
    """So many shoppers whose answers are due, the first one first."""
    for number in range(count):
        await asks(store, x, message(1, shopper(number)))


async def asks(store: Store, x: FakeX, inbound: InboundMessage) -> None:
    """A shopper writes, and the answer is in the outbox a moment later."""
    x.clock.move(0.01)
    inbound = dataclasses.replace(inbound, sent_at=x.clock())
    await say(store, inbound)
    await store.outbox.propose(dataclasses.replace(answer(inbound), created_at=x.clock()), x.clock())


def words(x: FakeX) -> list[tuple[str, str]]:
    """To whom, and what."""
    return [(one.shopper_id, one.text) for one in x.taken if one.text.startswith("In about")]


async def test_the_last_of_a_long_queue_is_told_about_how_long_it_takes(store: Store, x: FakeX) -> None:
    """Forty wait, 15 of 15 minutes are gone: the last one's answer takes two windows and more."""
    await queue_of(store, x, 40)
    driven = driven_by(store, x)
    await driven.settle()
    assert words(x) == []
    await driven.run_for(15 * 60, step=30)
    told = words(x)
    assert len(told) == 3, "one in five of a window at most"
    assert {name for name, _ in told} == {shopper(39), shopper(38), shopper(37)}
    assert {text for _, text in told} == {"In about 30 minutes."}


async def test_everybody_is_answered_in_their_old_order_and_told_at_most_once(store: Store, x: FakeX) -> None:
    """Being told costs no place; nobody hears a word after their answer."""
    await queue_of(store, x, 40)
    driven = driven_by(store, x)
    await driven.run_for(3600, step=30)
    answered_at = {one.shopper_id: one.created_at for one in x.taken if not one.text.startswith("In about")}
    times = [answered_at[shopper(number)] for number in range(40)]
    assert times == sorted(times)
    assert set(Counter(name for name, _ in words(x)).values()) == {1}
    texts = {name: [one.text for one in x.taken if one.shopper_id == name] for name, _ in words(x)}
    assert all(of[0].startswith("In about") and len(of) == 2 for of in texts.values())


async def test_what_is_told_comes_true(store: Store, x: FakeX) -> None:
    """The answer is there within a few minutes of the time told, and not earlier by a window."""
    await queue_of(store, x, 60)
    driven = driven_by(store, x)
    await driven.run_for(2 * 3600, step=30)
    assert len(words(x)) >= 5
    for name, text in words(x):
        at, answer = (one.created_at for one in x.taken if one.shopper_id == name)
        waited = (answer - at).total_seconds() / 60
        assert waited <= int(text.split()[2]) <= waited + 20


async def test_a_short_wait_is_not_told_and_a_word_costs_answers_nothing_of_their_share(store: Store, x: FakeX) -> None:
    """Sixteen wait for 15 places: one has to wait 15 minutes at most, and of the window 12 are answers in any case."""
    await queue_of(store, x, 26)
    driven = driven_by(store, x)
    await driven.run_for(14 * 60, step=30)
    assert words(x) == []
    await driven.run_for(1800, step=30)
    assert words(x) == []


async def test_what_a_later_release_wrote_ends_no_sender_and_costs_nobody_a_word(store: Store, x: FakeX) -> None:
    """The last of the queue is what this release cannot read, after a roll back: the others are told and answered."""
    await queue_of(store, x, 40)
    keys = store._wire.keys
    last = message(1, shopper(39))
    at = keys.send(keys.partition_of(last.shopper_id), answer(last).id)
    await store._wire.commands.hset(at, "purpose", "of_a_later_release")
    numbers = itertools.count()
    sender = Sender(
        store, x, TELLS, limits_of("self-serve", TELLS), Governing(lambda: RULES), x.clock,
        lambda: f"u{next(numbers)}", lambda: 0.5, word=lambda minutes: f"In about {minutes} minutes.",
        monotonic=lambda: 0.0, quota_clock=x.clock,
    )  # fmt: skip
    stop = asyncio.Event()
    running = asyncio.create_task(sender.run(stop))

    while not running.done() and len(x.taken) < 39 + len(words(x)):
        await until(comes_round(store), store)
        x.clock.move(30)
    stop.set()
    await asyncio.wait_for(running, 10)
    assert shopper(38) in {name for name, _ in words(x)}
    assert shopper(39) not in {one.shopper_id for one in x.taken}
    assert await store.outbox.get(last.shopper_id, answer(last).id) is None
    assert await store.outbox.lives(answer(last).id) == ()


async def test_no_word_to_who_stopped_while_waiting(store: Store, x: FakeX) -> None:
    """They asked for silence: also before the word is due, and while it waits to go out."""
    await queue_of(store, x, 40)
    await say(store, message(2, shopper(39), sent=1), OptWish.STOP)
    driven = driven_by(store, x)
    await driven.settle()
    x.clock.move(10)
    await driven.settle()
    word = await store.outbox.get(shopper(38), word_id(message(1, shopper(38)).id))
    assert word is not None
    assert word.state is SendState.PENDING, "it waits for the next place"
    await say(store, message(2, shopper(38), sent=2), OptWish.STOP)
    await driven.run_for(3600, step=60)
    assert not {name for name, _ in words(x)} & {shopper(39), shopper(38)}


async def test_two_senders_and_a_restart_tell_nobody_twice(store: Store, x: FakeX) -> None:
    """The queue is known to the store, not to a process; a word is one a message."""
    await queue_of(store, x, 40)
    first, second = driven_by(store, x, "a"), driven_by(store, x, "b")
    for _ in range(20):
        for driven in (first, second):
            x.clock.move(30)
            await driven.settle()
    third = driven_by(store, x, "c")
    await third.run_for(3600, step=60)
    assert set(Counter(name for name, _ in words(x)).values()) == {1}


async def test_in_the_next_queue_they_may_be_told_again(store: Store, x: FakeX) -> None:
    """Once a queue, not once a life."""
    await queue_of(store, x, 40)
    driven = driven_by(store, x)
    await driven.run_for(7200, step=60)
    assert not await store.outbox.waiting()
    for number in range(40):
        await asks(store, x, message(2, shopper(number)))
    await driven.run_for(1200, step=60)
    told = Counter(name for name, _ in words(x))
    assert told[shopper(39)] == 2


async def test_an_answer_never_passes_its_word_so_nobody_is_told_to_wait_after_it(store: Store, x: FakeX) -> None:
    """A word X puts off holds its answer: the queue's order alone keeps them apart."""
    inbound = message(1)
    await asks(store, x, inbound)
    sent = dataclasses.replace(answer(inbound), created_at=x.clock())
    told = word_for(sent, "In about 20 minutes.", expected=x.clock() + timedelta(minutes=20), now=x.clock())
    assert await store.words.add(sent, told, x.clock())
    x.before = [Retryable("rate_limited", whole_account=True), Retryable("http_503"), InDoubt("timeout")]
    await driven_by(store, x).run_for(1800)
    texts = [one.text for one in x.taken]
    assert texts.count("answer to said 1") == 1
    assert texts[-1] == "answer to said 1"
