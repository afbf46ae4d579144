"""Short messages in a row are one turn and one answer, whatever crashes in between."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import Changed
from bot.model import InboundMessage, SendId, ShopperId
from bot.settings import DialogueSettings
from bot.store.connection import Store
from bot.store.inbound.queued import Choice, QueuedTurn, Talk, Waiting
from bot.store.inbound.turns import Lease
from nlu.optout.wishes import OptWish
from tests.integration.store_talk import ANN, after, answer, claim, message, own, record, say
from tests.integration.worker_talk import Thinking, dialogue_settings, done, working

BOB = ShopperId("1003")  # in Ann's partition


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    return replace(dialogue_settings(monkeypatch), burst_gap_s=10.0)


def together(waiting: Sequence[Waiting], now_ms: int) -> Choice:
    """Everything that waits in one turn; these tests have one shopper."""
    return Choice(tuple(waiting))


async def bundle(store: Store, lease: Lease) -> QueuedTurn:
    turn = await store.turns.next(lease, 0, together)
    assert turn is not None
    return turn


async def end(store: Store, lease: Lease, turn: QueuedTurn, text: str = "one answer") -> bool:
    return await store.turns.commit(
        lease,
        turn,
        talk=Talk(b"t"),
        send=answer(turn.message, text, at=5),
        record=record(turn.message),
        now=after(5),
    )


async def test_three_messages_within_seconds_are_understood_as_one_and_answered_once(
    store: Store, settings: DialogueSettings
) -> None:
    """In reply to the last; each of them is done, and says which Send answered it."""
    for number, text in enumerate(("hi", "gift for my mum", "under £30"), 1):
        await say(store, message(number, text=text, sent=number))
    thinking = Thinking()
    async with working(store, settings, thinking):
        last = await done(store, message(3))
    sends = [await store.records.send_for(ANN, message(number).id) for number in (1, 2, 3)]

    assert [heard.text for heard, _, _ in thinking.heard] == ["hi\ngift for my mum\nunder £30"]
    assert {send.id for send in sends if send} == {f"re-{message(3).id}"}
    assert all(sends)
    assert last.outcome == "answered"
    assert (await done(store, message(1))).outcome == "bundled"
    assert await store.turns.waiting() == 0
    assert await store.outbox.waiting() == 1


async def test_a_short_message_is_answered_only_when_the_shopper_is_quiet_and_holds_nobody_else(
    store: Store, settings: DialogueSettings
) -> None:
    """Who waits for Ann's next words answers Bob meanwhile."""
    assert store.partition_of(ANN) == store.partition_of(BOB)
    order: list[str] = []

    def plan(one: InboundMessage, _: int) -> str:
        order.append(one.text)
        return "fine"

    await say(store, message(1, text="hi"))
    async with working(store, replace(settings, burst_s=1.0), Thinking(plan)):
        await say(store, message(1, BOB, text="a whole question that is longer than forty characters"))
        await done(store, message(1, BOB))
        await say(store, message(2, text="gift for my mum"))
        await done(store, message(2))

    assert order == ["a whole question that is longer than forty characters", "hi\ngift for my mum"]


@pytest.mark.parametrize("late", [1, 2], ids=["the same messages", "one more came meanwhile"])
async def test_a_worker_that_dies_before_the_commit_leaves_one_answer_also_when_more_is_bundled_then(
    store: Store, late: int
) -> None:
    """The Send exists only from the commit on, and the commit takes all its messages out of the queue: a larger
    bundle can only be made of messages no Send was made for."""
    await say(store, message(1))
    dead = await own(store)
    turn = await bundle(store, dead)
    if late == 2:
        await say(store, message(2))
    heir = await own(store)
    again = await bundle(store, heir)
    assert await end(store, heir, again)

    assert [one.id for one in again.messages] == [message(number).id for number in range(1, late + 1)]
    assert await store.outbox.waiting() == 1
    assert await store.outbox.get(ANN, answer(message(late)).id) is not None
    assert await store.turns.waiting() == 0
    assert turn.message == message(1)


async def test_a_bundle_some_of_which_was_answered_before_commits_nothing(store: Store) -> None:
    """What was answered is not understood a second time beside what was not."""
    await say(store, message(1))
    lease = await own(store)
    await end(store, lease, await bundle(store, lease))
    await store._wire.commands.delete(store._wire.keys.seen(lease.partition, message(1).id))
    await say(store, message(1))
    await say(store, message(2))
    turn = await bundle(store, lease)
    with pytest.raises(Changed):
        await end(store, lease, turn)

    left = await bundle(store, lease)
    assert [one.id for one in left.messages] == [message(2).id]
    assert await store.outbox.get(ANN, answer(message(2)).id) is None


async def test_a_commit_whose_answer_was_lost_is_not_made_again(store: Store) -> None:
    """Redis did it and the connection broke: the same words again change nothing."""
    await say(store, message(1))
    await say(store, message(2))
    lease = await own(store)
    turn = await bundle(store, lease)
    assert await end(store, lease, turn)
    assert not await end(store, lease, turn)
    assert await store.outbox.waiting() == 1


async def test_of_messages_in_a_row_the_one_that_cannot_be_answered_is_found_and_buried_alone(
    store: Store, settings: DialogueSettings
) -> None:
    """The others are answered; no try of theirs is used up for it."""
    for number in (1, 2, 3):
        await say(store, message(number, sent=number))
    thinking = Thinking(lambda one, _: ValueError("poison") if message(2).text in one.text else "fine")
    async with working(store, settings, thinking):
        outcomes = [(await done(store, message(number))).outcome for number in (1, 2, 3)]

    assert outcomes == ["answered", "buried", "answered"]


@pytest.mark.parametrize("stop_at", [1, 2, 3])
async def test_what_was_written_before_a_stop_is_never_answered_what_came_after_the_start_is(
    store: Store, settings: DialogueSettings, stop_at: int
) -> None:
    """A bundle carries one number of stops, so no stop is overridden by a later start and no later question lost."""
    for number in (1, 2, 3):
        if number == stop_at:
            await say(store, message(90, sent=number), OptWish.STOP)
            await say(store, message(91, sent=number + 0.5), OptWish.START)
        await say(store, message(number, sent=number))
    async with working(store, settings, Thinking()):
        await done(store, message(3))
    claims = []
    for number in range(6):
        claims.append(await claim(store, f"t{number}", at=1e8, expires=-1))
        if claims[-1] is not None:
            await store.outbox.settle_sent(claims[-1], dm_event_id=str(number), now=after(1e8))
    went = [one.send.text for one in claims if one is not None]

    assert len(went) == 1
    assert all(f"said {number}" in went[0] for number in range(stop_at, 4))
    assert not any(f"said {number}" in went[0] for number in range(1, stop_at))


async def test_late_deliveries_are_taken_in_the_order_they_were_written(
    store: Store, settings: DialogueSettings
) -> None:
    """X may deliver the second message first."""
    await say(store, message(2, sent=2))
    await say(store, message(1, sent=1))
    thinking = Thinking()
    async with working(store, settings, thinking):
        await done(store, message(2))

    assert [one.text for one, _, _ in thinking.heard] == ["said 1\nsaid 2"]


async def test_while_a_person_has_the_talk_a_wish_for_the_bot_stands_by_itself(
    store: Store, settings: DialogueSettings
) -> None:
    """Understood together with what was meant for the colleague it would be lost."""
    thinking = Thinking(lambda one, _: "hand over" if one.id == message(1).id else "")
    await say(store, message(1))
    async with working(store, settings, thinking):
        await done(store, message(1))
    for number in (2, 3):
        await say(store, message(number, sent=number))
    async with working(store, settings, thinking):
        await done(store, message(3))

    assert [one.text for one, _, _ in thinking.heard] == ["said 1", "said 2", "said 3"]


async def test_more_shoppers_than_are_looked_at_can_be_held_without_asking_redis_all_the_time(
    store: Store, settings: DialogueSettings
) -> None:
    """A hundred who just wrote "hi" must not make the worker spin."""
    shoppers = [one for number in range(5000, 5600) if store.partition_of(one := ShopperId(str(number))) == 0][:150]
    for shopper in shoppers:
        await say(store, message(1, shopper, text="hi"))
    lease = await own(store, shoppers[0])
    asked = 0
    run = store._wire.run

    async def counted(*args: Any, **more: Any) -> Any:
        nonlocal asked
        asked += 1
        return await run(*args, **more)

    store._wire.run = counted  # type: ignore[method-assign]
    assert await asyncio.wait_for(store.turns.next(lease, 300, lambda *_: Choice(wait_ms=100)), 5) is None
    assert asked < 12


async def test_the_send_of_a_bundle_is_a_reply_to_its_last_message(store: Store) -> None:
    """Any other would be the id of a message that may be answered by itself."""
    await say(store, message(1))
    await say(store, message(2))
    lease = await own(store)
    turn = await bundle(store, lease)
    with pytest.raises(ValueError, match="own message"):
        await store.turns.commit(
            lease, turn, talk=Talk(), send=answer(message(1)), record=record(message(1)), now=after(1)
        )
    assert await store.outbox.get(ANN, SendId(f"re-{message(1).id}")) is None
