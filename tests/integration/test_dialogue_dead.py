"""Dead messages: listed, shown, brought back, dropped; an answer brought back is one Send, beside the apology."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.clock import to_ms
from bot.errors import GiftbotError
from bot.model import MessageId, SendId, ShopperId
from bot.settings import DialogueSettings, StoreSettings
from bot.store.connection import Store
from bot.store.inbound.dead import Dead, Replayed
from nlu.optout.wishes import OptWish
from tests.integration.store_talk import ANN, after, message, own, say
from tests.integration.worker_talk import Thinking, dialogue_settings, done, working


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    return dialogue_settings(monkeypatch)


async def buried(store: Store, settings: DialogueSettings, number: int = 1) -> Dead:
    await say(store, message(number))
    async with working(store, settings, Thinking(lambda *_: ValueError("poison"))):
        await done(store, message(number))
    return (await store.dead.listed())[-1]


async def put_back(store: Store, dead: Dead) -> Replayed:
    """And its record gone, so that the next one is told from it."""
    said = await store.dead.replay(dead.id, oldest=None)
    await store._wire.commands.delete(store._wire.keys.record(store.partition_of(ANN), dead.message_id))
    return said


async def test_a_replayed_message_is_answered_beside_its_apology(store: Store, settings: DialogueSettings) -> None:
    """A new try of the same message: the done mark is lifted, X's repeats of it stay duplicates."""
    dead = await buried(store, settings)
    assert await put_back(store, dead) is Replayed.REPLAYED
    async with working(store, settings, Thinking(lambda *_: "mended")):
        assert (await done(store, message(1))).outcome == "answered"
    apology = await store.outbox.get(ANN, SendId(f"re-{message(1).id}"))
    answer = await store.outbox.get(ANN, SendId(f"re-{message(1).id}-2"))

    assert apology is not None
    assert answer is not None
    assert answer.text == "mended"
    assert await store.dead.count() == 0
    assert (dead.reason, dead.shopper_id, dead.message_id) == ("ValueError", ANN, message(1).id)


async def test_a_replay_asked_for_twice_or_repeated_after_a_crash_makes_one_answer(
    store: Store, settings: DialogueSettings
) -> None:
    """The number of the try travels with the message, not with who thinks it through."""
    dead = await buried(store, settings)
    assert await put_back(store, dead) is Replayed.REPLAYED
    assert await store.dead.replay(dead.id, oldest=None) is Replayed.GONE
    lease = await own(store)
    first = await store.turns.next(lease, 0)  # and the worker dies
    heir = await own(store)
    again = await store.turns.next(heir, 0)

    assert first is not None
    assert again is not None
    assert (first.replay, again.replay) == (1, 1)
    assert await store.turns.waiting() == 1


async def test_what_dies_again_tells_what_it_died_of_before(store: Store, settings: DialogueSettings) -> None:
    dead = await buried(store, settings)
    await put_back(store, dead)
    async with working(store, settings, Thinking(lambda *_: KeyError("other"))):
        await done(store, message(1))
    again = (await store.dead.listed())[0]

    assert (again.reason, again.earlier, again.replays) == ("KeyError", ("ValueError",), 1)


async def test_what_was_written_too_long_ago_or_before_a_stop_is_not_brought_back(
    store: Store, settings: DialogueSettings
) -> None:
    """Nobody waits for it; or nothing may be sent to them."""
    dead = await buried(store, settings)
    assert await store.dead.replay(dead.id, oldest=after(1)) is Replayed.OLD
    await say(store, message(2, sent=5), OptWish.STOP)
    assert await store.dead.replay(dead.id, oldest=None) is Replayed.STOPPED
    assert await store.dead.count() == 1
    assert await store.turns.waiting() == 0


async def test_what_was_dead_before_a_stop_is_refused_also_after_a_later_start(
    store: Store, settings: DialogueSettings
) -> None:
    """It carries the number of stops it was accepted under."""
    dead = await buried(store, settings)
    await say(store, message(2, sent=5), OptWish.STOP)
    await say(store, message(3, sent=6), OptWish.START)
    await put_back(store, dead)
    lease = await own(store)
    turns = []
    while (turn := await store.turns.next(lease, 0)) is not None:
        turns.append(turn.waiting[0])
        store.turns._window(lease).drop(turn.waiting)

    assert [(one.message.id, one.stops) for one in turns] == [(message(3).id, 1), (message(1).id, 0)]


async def test_an_id_that_is_none_is_told(store: Store) -> None:
    for wrong in ("", "7", "9:1-0", "0:1", "0:x-1", "0:1-"):
        with pytest.raises(GiftbotError, match="giftbot dead list"):
            await store.dead.get(wrong)
    assert await store.dead.get("0:1-0") is None
    assert await store.dead.replay("0:1-0", oldest=None) is Replayed.GONE
    assert not await store.dead.drop("0:1-0")


# ------------------------------------------------------------ the commands


@pytest.fixture
def giftbot(store_settings: StoreSettings, monkeypatch: pytest.MonkeyPatch) -> Any:
    from bot.cli import giftbot

    for name, value in (
        ("X_ACCOUNT_ID", "1"),
        ("X_CONSUMER_SECRET", "only-for-this-test"),
        ("STORE_REDIS_URL", store_settings.redis_url),
        ("STORE_PARTITIONS", str(store_settings.partitions)),
        ("STORE_KEY_PREFIX", store_settings.key_prefix),
    ):
        monkeypatch.setenv(f"GIFTBOT_{name}", value)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(giftbot, arguments)

    return run


def put_dead(store_settings: StoreSettings, number: int, reason: str, hours_ago: float) -> str:
    """Straight into Redis: the command's own loop is the only one here."""
    import redis

    sent = to_ms(datetime.now(timezone.utc) - timedelta(hours=hours_ago))
    key = f"{{{store_settings.key_prefix}:0}}:dead"
    with redis.Redis.from_url(store_settings.redis_url) as client:
        entry = client.xadd(
            key,
            {"message": number, "shopper": "1001", "text": "my words", "sent": sent, "stops": 0, "reason": reason},
        )
    return f"0:{entry.decode()}"


def test_dead_messages_are_listed_shown_replayed_and_dropped_by_command(
    giftbot: Any, store_settings: StoreSettings
) -> None:
    """Their words only where asked for; the exit code tells a program."""
    young = put_dead(store_settings, 1, "KeyError", 1)
    old = put_dead(store_settings, 2, "crashed", 30)
    listed = [json.loads(line) for line in giftbot("dead", "list", "--json").output.splitlines()]

    assert [one["id"] for one in listed] == [young, old]
    assert "my words" not in giftbot("dead", "list").output + giftbot("dead", "show", young).output
    assert "my words" in giftbot("dead", "show", young, "--text").output
    assert giftbot("dead", "list", "--reason", "crashed").output.count("\n") == 1
    assert giftbot("dead", "replay").exit_code == 2
    refused = giftbot("dead", "replay", old)
    assert refused.exit_code == 1
    assert "--old" in refused.output
    assert giftbot("dead", "replay", "--all").exit_code == 1, "one of the two was refused"
    assert giftbot("dead", "replay", old, "--old").exit_code == 0
    assert "no dead messages" in giftbot("dead", "list").output
    third = put_dead(store_settings, 3, "KeyError", 1)
    assert giftbot("dead", "drop", third).exit_code == 0
    assert giftbot("dead", "drop", third).exit_code == 2
    assert giftbot("dead", "show", "nonsense").exit_code == 2


def test_all_brings_back_no_message_that_may_have_been_answered(giftbot: Any, store_settings: StoreSettings) -> None:
    """Else one command after a restore would answer many a shopper twice."""
    perhaps = put_dead(store_settings, 6, "perhaps_answered", 1)
    failed = put_dead(store_settings, 7, "KeyError", 1)
    everything = giftbot("dead", "replay", "--all")
    assert (everything.exit_code, failed in everything.output) == (0, True)
    assert perhaps in giftbot("dead", "list").output
    assert "1 more" in everything.output
    assert giftbot("dead", "replay", "--all", "--reason", "perhaps_answered").exit_code == 0
    assert "no dead messages" in giftbot("dead", "list").output


def test_ids_of_shoppers_and_messages_read_back(giftbot: Any, store_settings: StoreSettings) -> None:
    one = put_dead(store_settings, 5, "newer_entry", 1)
    shown = json.loads(giftbot("dead", "show", one, "--json").output)

    assert (shown["shopper_id"], shown["message_id"], shown["reason"]) == (
        ShopperId("1001"),
        MessageId("5"),
        "newer_entry",
    )
