"""The dialogue worker on a real store: each message to one commit, whatever its thinking does."""

from __future__ import annotations

import asyncio

import pytest

from bot.dialogue.agent import Handled
from bot.errors import Unavailable
from bot.model import InboundMessage, SendId
from bot.settings import DialogueSettings
from bot.store.connection import Store
from tests.integration.store_talk import ANN, message, own, say
from tests.integration.worker_talk import LIMIT_S, Thinking, dialogue_settings, done, working


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    return dialogue_settings(monkeypatch)


async def test_messages_of_a_shopper_are_thought_through_in_order_each_from_the_talk_before(
    store: Store, settings: DialogueSettings
) -> None:
    """What one turn understood is there for the next."""
    thinking = Thinking()
    for number in (1, 2, 3):
        await say(store, message(number))
    async with working(store, settings, thinking):
        await done(store, message(3))

    assert [(heard.id, talk) for heard, talk, _ in thinking.heard] == [
        (message(1).id, None),
        (message(2).id, f"after {message(1).id}".encode()),
        (message(3).id, f"after {message(2).id}".encode()),
    ]


async def test_an_answer_waits_in_the_outbox_under_the_id_of_its_message(
    store: Store, settings: DialogueSettings
) -> None:
    """A repeated turn makes the same Send, so it cannot become two."""
    await say(store, message(1))
    async with working(store, settings, Thinking()):
        record = await done(store, message(1))
    send = await store.outbox.get(ANN, SendId(f"re-{message(1).id}"))

    assert record.outcome == "answered"
    assert send is not None
    assert send.text == "answer to said 1"


async def test_a_turn_without_words_sends_nothing(store: Store, settings: DialogueSettings) -> None:
    """Silence is a turn like any other, only without a Send."""
    await say(store, message(1))
    async with working(store, settings, Thinking(lambda *_: "")):
        record = await done(store, message(1))

    assert record.outcome == "silent"
    assert await store.outbox.waiting() == 0


async def test_a_message_that_fails_for_its_own_reason_is_buried_with_an_apology_and_the_talk_goes_on(
    store: Store, settings: DialogueSettings
) -> None:
    """One poisoned message must not silence a shopper for good."""
    thinking = Thinking(lambda one, _: ValueError("poison") if one.id == message(1).id else "fine")
    await say(store, message(1))
    await say(store, message(2))
    async with working(store, settings, thinking):
        second = await done(store, message(2))
    first = await done(store, message(1))

    assert first.outcome == "buried"
    assert first.replies == ("(utter_trouble)\n\n(utter_intro)",), "the first words of a talk tell how to stop"
    assert second.outcome == "answered"
    assert sum(one.id == message(1).id for one, _, _ in thinking.heard) == settings.max_tries


async def test_a_turn_that_takes_too_long_is_tried_again(store: Store, settings: DialogueSettings) -> None:
    """A hang must not hold the partition."""
    hung = asyncio.Event()

    class Hanging(Thinking):
        async def handle(self, message: InboundMessage, *, tracker: bytes | None, with_person: bool) -> Handled:
            handled = await super().handle(message, tracker=tracker, with_person=with_person)
            if len(self.heard) == 1:
                await hung.wait()
            return handled

    await say(store, message(1))
    async with working(store, settings, Hanging()):
        assert (await done(store, message(1))).outcome == "answered"


async def test_while_the_action_server_is_away_a_message_waits_and_is_not_buried(
    store: Store, settings: DialogueSettings
) -> None:
    """An outage is nobody's poison: more failures than a bug would be allowed, and still answered."""
    outage = settings.max_tries + 1
    thinking = Thinking(lambda _, tries: Unavailable("away") if tries <= outage else "back")
    await say(store, message(1))
    async with working(store, settings, thinking):
        record = await done(store, message(1))

    assert record.outcome == "answered"
    assert len(thinking.heard) == outage + 1


async def test_a_talk_handed_over_reaches_the_next_turn_as_such(store: Store, settings: DialogueSettings) -> None:
    """The bot must know to stay silent, also after a restart."""
    thinking = Thinking(lambda one, _: "hand over" if one.id == message(1).id else "")
    await say(store, message(1))
    await say(store, message(2))
    async with working(store, settings, thinking):
        await done(store, message(2))

    assert [with_person for _, _, with_person in thinking.heard] == [False, True]


async def test_a_message_that_fails_while_a_person_has_the_talk_is_buried_in_silence(
    store: Store, settings: DialogueSettings
) -> None:
    """An apology would talk over the colleague."""
    thinking = Thinking(lambda one, _: "hand over" if one.id == message(1).id else ValueError("poison"))
    await say(store, message(1))
    await say(store, message(2))
    async with working(store, settings, thinking):
        record = await done(store, message(2))

    assert (record.outcome, record.replies) == ("buried", ())
    assert await store.outbox.get(ANN, SendId(f"re-{message(2).id}")) is None


async def test_a_worker_that_lost_its_partition_commits_nothing(store: Store, settings: DialogueSettings) -> None:
    """A zombie that wakes up late must not answer what its successor answers."""
    entered, release = asyncio.Event(), asyncio.Event()

    class Slow(Thinking):
        async def handle(self, message: InboundMessage, *, tracker: bytes | None, with_person: bool) -> Handled:
            handled = await super().handle(message, tracker=tracker, with_person=with_person)
            if len(self.heard) == 1:
                entered.set()
                await release.wait()
            return handled

    slow = Slow(lambda _, tries: f"answer {tries}")
    await say(store, message(1))
    async with working(store, settings, slow):
        await asyncio.wait_for(entered.wait(), LIMIT_S)
        successor = await store.turns.take_lease(store.partition_of(ANN), "one", 60_000)  # its restart elsewhere
        assert successor is not None
        release.set()
        record = await done(store, message(1))  # taken again with a lease of its own

    assert record.replies == ("answer 2",)


async def test_stopping_lets_the_partitions_go_at_once(store: Store, settings: DialogueSettings) -> None:
    """A rolling restart must not leave talks waiting for a lease to run out."""
    async with working(store, settings, Thinking(), owner="old"):
        await say(store, message(1))
        await done(store, message(1))

    assert (await own(store, owner="new")).owner == "new"
