"""When the bot keeps silent, and when it speaks again."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.dialogue.silence import LOOP_PAUSE, LOOP_WINDOW, Manners, Silence
from bot.store.inbound.queued import Talk

NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
MANNERS = Manners(timedelta(hours=12), 20)


def hours(number: float) -> datetime:
    return NOON + timedelta(hours=number)


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        (Talk(), Silence.NONE),
        (Talk(with_person=True), Silence.PERSON),
        (Talk(colleague_at=hours(-11.9)), Silence.COLLEAGUE),
        (Talk(colleague_at=hours(-12)), Silence.NONE),
        (Talk(colleague_at=hours(-100), with_person=True), Silence.PERSON),
        (Talk(paused_until=hours(0.1), with_person=True), Silence.PAUSED),
        (Talk(paused_until=hours(0)), Silence.NONE),
    ],
)
def test_who_has_the_talk(talk: Talk, said: Silence) -> None:
    """A colleague has it for hours, a shopper who asked for a person until they ask for the bot."""
    assert MANNERS.silence(talk, NOON) is said


def answered(talk: Talk, now: datetime) -> Talk:
    return MANNERS.kept(talk, now, tracker=b"", with_person=False, answered=True, model="m")


def test_the_twenty_first_answer_within_ten_minutes_is_not_given() -> None:
    """Two bots would thank each other for ever."""
    talk, now = Talk(), NOON
    for _ in range(20):
        assert not MANNERS.too_many(talk, now)
        talk, now = answered(talk, now), now + timedelta(seconds=29)

    assert MANNERS.too_many(talk, now)
    assert MANNERS.silence(MANNERS.paused(talk, now), now + LOOP_PAUSE - timedelta(seconds=1)) is Silence.PAUSED
    assert MANNERS.silence(MANNERS.paused(talk, now), now + LOOP_PAUSE) is Silence.NONE


def test_who_talks_at_leisure_is_never_paused() -> None:
    """And what is kept for it stays small."""
    talk, now = Talk(), NOON
    for _ in range(200):
        assert not MANNERS.too_many(talk, now)
        talk, now = answered(talk, now), now + LOOP_WINDOW / 20 + timedelta(seconds=1)

    assert len(talk.answered_at) <= 20


def test_silent_turns_do_not_count_and_zero_means_no_limit() -> None:
    """Who writes to a colleague must not be paused for it."""
    silent = MANNERS.kept(Talk(), NOON, tracker=b"", with_person=False, answered=False, model="m")

    assert silent.answered_at == ()
    assert not Manners(timedelta(), 0).too_many(Talk(answered_at=(round(NOON.timestamp()),) * 50), NOON)


def test_who_asks_for_the_bot_back_has_it_back() -> None:
    """Whoever had the talk."""
    for talk in (Talk(with_person=True), Talk(colleague_at=NOON)):
        assert MANNERS.silence(answered(talk, NOON), NOON) is Silence.NONE


@pytest.mark.parametrize("limit", [0, 20])
def test_what_is_kept_of_a_talk_does_not_grow_with_it(limit: int) -> None:
    """After a thousand answers in a minute (a load test, no limit set) a turn costs what the first did."""
    manners, talk = Manners(timedelta(), limit), Talk()
    for _ in range(1_000):
        talk = manners.kept(talk, NOON, tracker=b"", with_person=False, answered=True, model="m")

    assert len(talk.answered_at) == limit
