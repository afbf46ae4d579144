"""The door: each message once, and silence as soon as it is asked for."""

from __future__ import annotations

import dataclasses

import pytest

from bot.errors import Unavailable
from bot.model import SendState
from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from nlu.optout.wishes import OptWish
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.store_talk import (
    ANN,
    after,
    answered,
    claim,
    end_turn,
    handed_out,
    message,
    own,
    say,
)


async def test_a_message_delivered_again_is_not_queued_again(store: Store) -> None:
    """X repeats deliveries; the shopper gets one answer."""
    assert await say(store, message()) is Accepted.QUEUED
    assert await say(store, message()) is Accepted.DUPLICATE
    assert await store.turns.waiting() == 1


async def test_an_old_message_is_recorded_but_not_answered(store: Store) -> None:
    """A replayed body must not make the bot write out of nowhere."""
    assert await say(store, message(), too_old=True) is Accepted.TOO_OLD
    assert await say(store, message()) is Accepted.DUPLICATE
    assert await store.turns.waiting() == 0


async def test_a_stop_is_not_queued_and_keeps_its_evidence(store: Store) -> None:
    """Nothing is sent in answer to a stop; who asks later can see which message closed the talk."""
    assert await say(store, message(1, sent=5), OptWish.STOP) is Accepted.STOPPED
    assert await store.turns.waiting() == 0
    consent = await store.door.consent(ANN)
    assert consent is not None
    assert (consent.open, consent.wish, consent.message_id) == (False, OptWish.STOP, message(1).id)
    assert (consent.sent_at, consent.at) == (after(5), after(5))


async def test_after_a_stop_further_messages_are_silence_until_a_start(store: Store) -> None:
    """Stop means stop, and only the shopper's own start ends it."""
    await say(store, message(1), OptWish.STOP)
    assert await say(store, message(2, sent=1)) is Accepted.SILENCED
    assert await say(store, message(3, sent=2), OptWish.START) is Accepted.STARTED
    assert await say(store, message(4, sent=3)) is Accepted.QUEUED
    lease = await own(store)
    assert (await handed_out(store, lease)).message.id == message(3).id


@pytest.mark.parametrize("stop_sent", [2, 3])
async def test_a_start_delivered_late_does_not_undo_a_newer_stop(store: Store, stop_sent: float) -> None:
    """X delivers out of order; the wish written last holds, and a stop wins a tie."""
    await say(store, message(1), OptWish.STOP)
    await say(store, message(3, sent=stop_sent), OptWish.STOP)
    assert await say(store, message(2, sent=2), OptWish.START) is Accepted.SILENCED
    consent = await store.door.consent(ANN)
    assert consent is not None
    assert not consent.open


async def test_a_stop_delivered_late_does_not_undo_a_newer_start(store: Store) -> None:
    """Else a shopper who asked us back would be met with silence."""
    await say(store, message(1, sent=2), OptWish.START)
    assert await say(store, message(2, sent=1), OptWish.STOP) is Accepted.SILENCED
    assert await say(store, message(3, sent=3)) is Accepted.QUEUED


async def test_a_stop_delivered_after_a_newer_ordinary_message_still_stops(store: Store) -> None:
    """An ordinary word is no start."""
    await say(store, message(1, sent=2))
    assert await say(store, message(2, sent=1), OptWish.STOP) is Accepted.STOPPED


async def test_a_stop_refuses_the_send_that_waits(store: Store) -> None:
    """An answer already in the queue must not go out after the stop."""
    send = await answered(store, message(1))
    await say(store, message(2, sent=1), OptWish.STOP)
    assert await claim(store, at=2) is None
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert (kept.state, kept.reason, kept.attempts) == (SendState.REFUSED, "opted_out", 0)
    assert await store.outbox.waiting() == 0


async def test_what_was_asked_before_a_stop_is_not_answered_after_a_start(store: Store) -> None:
    """A start asks for new answers, not for the ones the stop had called off."""
    old = await answered(store, message(1))
    await say(store, message(2, sent=1))
    await say(store, message(3, sent=2), OptWish.STOP)
    await say(store, message(4, sent=3), OptWish.START)
    lease = await own(store)
    for _ in range(2):
        assert await end_turn(store, lease, await handed_out(store, lease), at=4)
    made = await claim(store, at=5)
    assert made is not None
    assert made.send.in_reply_to == message(4).id
    kept = await store.outbox.get(ANN, old.id)
    assert kept is not None
    assert kept.state is SendState.REFUSED


async def test_a_store_that_cannot_be_reached_says_unavailable(store_settings: StoreSettings) -> None:
    """Intake turns exactly this into a 503, so that X delivers again."""
    gone = dataclasses.replace(store_settings, redis_url="unix:///nonexistent/redis.sock")
    async with Store(gone, PRIVACY_KEY) as store:
        with pytest.raises(Unavailable):
            await store.ping()
        with pytest.raises(Unavailable):
            await say(store, message())
        with pytest.raises(Unavailable):
            await store.quotas.spend([("dm", 1, 1)], after(0))
