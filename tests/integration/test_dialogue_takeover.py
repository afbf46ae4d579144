"""A colleague who writes in X's app has the talk; our own echoes mute nobody; bots in conversation are parted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from prometheus_client import REGISTRY

from bot.clock import utc_now
from bot.dialogue.agent import Handled
from bot.dialogue.replies import Folded
from bot.errors import Changed
from bot.model import Echo, InboundMessage, MessageId, SendId
from bot.settings import DialogueSettings, StoreSettings
from bot.store.connection import Store
from bot.store.inbound.door import EchoOutcome
from bot.store.inbound.queued import Talk
from tests.integration.store_talk import ANN, answered, claimed, echo, end_turn, handed_out, message, own, record, say
from tests.integration.worker_talk import Thinking, dialogue_settings, done, working


class Silent(Thinking):
    """As Rasa's agent does: while a person has the talk it says nothing, unless asked back."""

    async def handle(self, message: InboundMessage, *, tracker: bytes | None, with_person: bool) -> Handled:
        if with_person and message.text != "start over":
            self.heard.append((message, tracker, with_person))
            return Handled(Folded("", {}, (), False, ()), tracker, True)
        return await super().handle(message, tracker=tracker, with_person=with_person)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    return dialogue_settings(monkeypatch)


async def colleague_writes(store: Store, at: datetime, number: int = 1) -> EchoOutcome:
    typed = Echo(MessageId(f"9{number}"), ANN, "Hi, Jo from the shop here.", at)
    return await store.door.accept_echo(typed, now=at)


async def outcome(store: Store, settings: DialogueSettings, number: int, **more: Any) -> str:
    async with working(store, settings, Silent(), **more):
        return (await done(store, message(number))).outcome


async def test_after_a_colleagues_message_the_bot_is_silent_for_some_hours(
    store: Store, settings: DialogueSettings
) -> None:
    """Nothing is worse than a bot that talks over a colleague; but nobody must be left alone for ever."""
    now = utc_now()
    assert await colleague_writes(store, now) is EchoOutcome.FOREIGN
    for number in (1, 2, 3):
        await say(store, message(number))
    hours: Callable[[float], Callable[[], datetime]] = lambda h: lambda: now + timedelta(hours=h)  # noqa: E731

    assert await outcome(store, settings, 3, clock=hours(11.9)) == "silent"
    assert await store.outbox.waiting() == 0
    await say(store, message(4))
    assert await outcome(store, settings, 4, clock=hours(12.1)) == "answered"


async def test_each_further_message_of_the_colleague_keeps_the_talk_theirs(
    store: Store, settings: DialogueSettings
) -> None:
    """Also when X reports the later one first."""
    now = utc_now()
    await colleague_writes(store, now, 2)
    await colleague_writes(store, now - timedelta(hours=20), 1)
    talk = await store.talks.get(ANN)

    assert talk is not None
    assert talk.colleague_at is not None
    assert abs(talk.colleague_at - now) < timedelta(milliseconds=2)


async def test_the_shopper_can_have_the_bot_back_and_so_can_a_person_at_the_desk(
    store: Store, settings: DialogueSettings
) -> None:
    """With “start over”, or `giftbot talks release`."""
    await colleague_writes(store, utc_now())
    await say(store, message(1, text="start over"))
    assert await outcome(store, settings, 1) == "answered"
    await colleague_writes(store, utc_now(), 2)
    assert await store.talks.release(ANN) == ("colleague",)
    await say(store, message(2))
    assert await outcome(store, settings, 2) == "answered"
    assert await store.talks.release(ANN) == ()


async def test_an_answer_thought_of_while_the_colleague_wrote_is_not_given(
    store: Store, settings: DialogueSettings
) -> None:
    """The turn is thought again, and knows then that the talk is theirs."""
    await say(store, message(1))
    lease = await own(store)
    turn = await handed_out(store, lease)
    await colleague_writes(store, utc_now())
    with pytest.raises(Changed):
        await end_turn(store, lease, turn)
    assert await store.outbox.waiting() == 0
    await store.turns.release_lease(lease)

    assert await outcome(store, settings, 1) == "silent"


async def test_a_talk_released_while_a_turn_is_silent_is_not_silenced_again(store: Store) -> None:
    """The command would otherwise be undone by whoever was thinking just then."""
    await say(store, message(1))
    await colleague_writes(store, utc_now())
    lease = await own(store)
    turn = await handed_out(store, lease)
    await store.talks.release(ANN)
    with pytest.raises(Changed):
        await store.turns.commit(
            lease, turn, talk=turn.talk, send=None, record=record(turn.message), now=message(1).sent_at
        )
    assert (await handed_out(store, lease)).talk == Talk()


async def test_our_own_echo_that_comes_before_the_call_returned_mutes_nobody(
    store: Store, settings: DialogueSettings
) -> None:
    """X may report a message before it answers the call that made it: the Send was `sending` before."""
    send = await answered(store, message(1))
    claim = await claimed(store)
    assert await store.door.accept_echo(echo(send, "900"), now=send.created_at) is EchoOutcome.SETTLED
    await store.outbox.settle_sent(claim, dm_event_id="900", now=send.created_at)
    assert await store.door.accept_echo(echo(send, "900"), now=send.created_at) is EchoOutcome.KNOWN
    talk = await store.talks.get(ANN)

    assert talk is not None
    assert talk.colleague_at is None


async def test_a_talk_with_too_many_answers_is_paused_and_rings(store: Store, settings: DialogueSettings) -> None:
    """Two bots that thank each other stop after the limit, not after the account's allowance."""

    def rung() -> float:
        return REGISTRY.get_sample_value("giftbot_talks_paused_total") or 0.0

    before, few = rung(), replace(settings, loop_turns=3)
    now = utc_now()
    for number in range(1, 7):
        await say(store, message(number))
    async with working(store, few, Silent(), clock=lambda: now):
        outcomes = [(await done(store, message(number))).outcome for number in range(1, 7)]
    await say(store, message(7))

    assert outcomes == ["answered"] * 3 + ["paused"] + ["silent"] * 2
    assert rung() == before + 1
    assert await outcome(store, few, 7, clock=lambda: now + timedelta(minutes=61)) == "answered"


async def test_a_message_that_fails_while_a_colleague_has_the_talk_is_buried_in_silence(
    store: Store, settings: DialogueSettings
) -> None:
    """An apology would talk over them."""
    await colleague_writes(store, utc_now())
    await say(store, message(1))
    async with working(store, settings, Thinking(lambda *_: ValueError("poison"))):
        assert (await done(store, message(1))).outcome == "buried"

    assert await store.outbox.get(ANN, SendId(f"re-{message(1).id}")) is None


def test_who_has_a_talk_is_told_and_changed_by_command(
    store_settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words say until when, and how to end it."""
    from bot.cli import giftbot
    from tests.integration.conftest import PRIVACY_KEY

    for name, value in (
        ("X_ACCOUNT_ID", "1"),
        ("X_CONSUMER_SECRET", "only-for-this-test"),
        ("STORE_REDIS_URL", store_settings.redis_url),
        ("STORE_PARTITIONS", str(store_settings.partitions)),
        ("STORE_KEY_PREFIX", store_settings.key_prefix),
    ):
        monkeypatch.setenv(f"GIFTBOT_{name}", value)

    async def colleague() -> None:
        async with Store(store_settings, PRIVACY_KEY) as store:
            await colleague_writes(store, utc_now())

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(giftbot, ("talks", *arguments))
        return done.exit_code, done.output

    assert run("show", ANN)[0] == 1
    asyncio.run(colleague())
    assert "colleague" in run("show", ANN)[1]
    assert "talks release" in run("show", ANN)[1]
    assert run("release", ANN) == (0, f"the bot answers {ANN} again (a colleague wrote in X's app)\n")
    assert run("show", ANN)[1].startswith("the bot answers")
