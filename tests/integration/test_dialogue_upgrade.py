"""A rolling upgrade, and one rolled back: two releases take over from each other, nothing is lost or answered twice."""

from __future__ import annotations

import pytest

from bot.errors import StaleLease
from bot.model import ShopperId
from bot.settings import DialogueSettings
from bot.store.connection import Store
from bot.store.inbound.queued import Talk
from tests.integration.old_release import OldRelease
from tests.integration.store_talk import ANN, end_turn, handed_out, message, own, say
from tests.integration.worker_talk import Thinking, dialogue_settings, done, working

BOB = ShopperId("1003")  # in Ann's partition


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    return dialogue_settings(monkeypatch)


@pytest.fixture
def old(store: Store) -> OldRelease:
    return OldRelease(store)


async def test_what_the_old_door_took_the_new_worker_answers(
    store: Store, settings: DialogueSettings, old: OldRelease
) -> None:
    """Its entries name no version."""
    assert await old.accepts(message(1)) == "QUEUED"
    async with working(store, settings, Thinking()):
        assert (await done(store, message(1))).outcome == "answered"


async def test_what_an_old_worker_had_read_and_not_ended_the_new_one_answers(store: Store, old: OldRelease) -> None:
    """It stands in the old group's list of unfinished ones; the new one does not look there."""
    for number in (1, 2):
        await say(store, message(number))
    assert await old.owns(ANN)
    assert await old.reads(ANN)
    await old.lets_go(ANN)
    lease = await own(store)
    for number in (1, 2):
        turn = await handed_out(store, lease)
        assert turn.message == message(number)
        assert await end_turn(store, lease, turn)
    await store.turns.release_lease(lease)

    assert await old.owns(ANN)
    assert await old.reads(ANN) is None, "rolled back: nothing unfinished is left for it"


async def test_what_a_new_worker_left_the_old_one_answers_and_nothing_else(store: Store, old: OldRelease) -> None:
    """Rolled back in the middle: what the new one committed never comes again."""
    for number in (1, 2, 3):
        await say(store, message(number))
    lease = await own(store)
    first = await handed_out(store, lease)
    await end_turn(store, lease, first)
    await store.turns.release_lease(lease)
    assert await old.owns(ANN)
    answered = []
    while (read := await old.reads(ANN)) is not None:
        assert await old.commits(ANN, *read, "old answer", "old tracker") == "COMMITTED"
        answered.append(read[1]["message"])

    assert answered == [message(2).id, message(3).id]
    assert await store.turns.waiting() == 0


async def test_a_talk_the_old_release_wrote_goes_on_in_the_new(store: Store, old: OldRelease) -> None:
    """Fields it did not know are missing, and that means nothing special."""
    for number in (1, 2):
        await say(store, message(number))
    assert await old.owns(ANN)
    read = await old.reads(ANN)
    assert read is not None
    await old.commits(ANN, *read, "old answer", "old tracker")
    await old.lets_go(ANN)
    turn = await handed_out(store, await own(store))

    assert turn.talk == Talk(b"old tracker")


async def test_an_old_worker_that_wakes_up_commits_nothing_over_a_new_one_and_the_reverse(
    store: Store, old: OldRelease
) -> None:
    """Both heed the same fence."""
    await say(store, message(1))
    assert await old.owns(ANN, lease_ms=1)
    read = await old.reads(ANN)
    assert read is not None
    lease = None
    while lease is None:  # until the old lease of a millisecond has run out
        lease = await store.turns.take_lease(store.partition_of(ANN), "new", 1)
    turn = await handed_out(store, lease)
    assert await old.commits(ANN, *read, "too late", "old") == "STALE"
    while not await old.owns(ANN):
        pass
    with pytest.raises(StaleLease):
        await end_turn(store, lease, turn)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [("v", "2", "newer_entry"), ("v", "two", "unreadable_entry"), ("sent", "soon", "unreadable_entry")],
)
async def test_an_entry_of_a_later_release_is_set_aside_whole_and_the_others_go_on(
    store: Store, settings: DialogueSettings, field: str, value: str, reason: str
) -> None:
    """Rolled back: it waits among the dead, with every field, to be brought back after the upgrade."""
    strange = {"message": "77", "shopper": ANN, "text": "what then?", "sent": "1", "mood": "good", field: value}
    await store._wire.commands.xadd(store._wire.keys.of(store.partition_of(ANN), "turns"), strange)
    await say(store, message(1))
    async with working(store, settings, Thinking()):
        await done(store, message(1))
    (dead,) = await store.dead.listed()
    kept = await store._wire.commands.xrange(store._wire.keys.of(store.partition_of(ANN), "dead"))

    assert dead.reason == reason
    assert {name.decode(): text.decode() for name, text in kept[0][1].items()} == {**strange, "reason": reason}
    assert await store.turns.waiting() == 0


async def test_a_talk_of_a_later_release_is_not_written_over_and_its_message_is_set_aside(
    store: Store, settings: DialogueSettings
) -> None:
    """Begun anew, what the shopper told would be lost at the next upgrade."""
    talk = store._wire.keys.shopper("talk", ANN)
    await store._wire.commands.hset(talk, mapping={"v": "2", "tracker": "of the future"})
    await say(store, message(1))
    await say(store, message(1, BOB))
    async with working(store, settings, Thinking()):
        await done(store, message(1, BOB))

        async def aside() -> None:
            while not await store.dead.count():
                pass

        await aside()
    assert [one.reason for one in await store.dead.listed()] == ["newer_talk"]
    assert await store._wire.commands.hget(talk, "tracker") == b"of the future"
    assert await store.turns.waiting() == 0


async def test_fields_a_later_release_adds_to_an_entry_do_no_harm(store: Store, settings: DialogueSettings) -> None:
    """Only the version says that it cannot be read."""
    await store._wire.commands.xadd(
        store._wire.keys.of(store.partition_of(ANN), "turns"),
        {"message": message(1).id, "shopper": ANN, "text": "hi", "sent": "1", "stops": "0", "v": "1", "mood": "good"},
    )
    async with working(store, settings, Thinking()):
        assert (await done(store, message(1))).outcome == "answered"


async def test_a_talk_says_which_model_wrote_it_and_another_model_reads_it(
    store: Store, settings: DialogueSettings
) -> None:
    """A new model comes with a restart; talks go on."""
    thinking = Thinking()
    for number, model in ((1, "20260101-old.tar.gz"), (2, "20260202-new.tar.gz")):
        await say(store, message(number))
        async with working(store, settings, thinking, model=model):
            await done(store, message(number))
        talk = await store.talks.get(ANN)
        assert talk is not None
        assert talk.model == model

    assert thinking.heard[1][1] == f"after {message(1).id}".encode()
