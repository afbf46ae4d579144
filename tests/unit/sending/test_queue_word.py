"""What is told of a wait is what X's windows make of it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import MessageId, Purpose, Send, SendId, ShopperId
from bot.sending.queue_word import expected_at, is_word, minutes_told, word_for, word_id
from bot.x.limits import Limits

NOW = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
SELF_SERVE = Limits(15, 1440, 15)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_with_room_the_answer_goes_at_once_and_behind_a_full_window_when_it_opens() -> None:
    """Twelve of 15 are the answers' own; the rest may be others'."""
    assert expected_at(11, (), (), SELF_SERVE, NOW) == NOW
    assert expected_at(12, (), (), SELF_SERVE, NOW) == NOW + minutes(15)
    full = tuple(NOW - minutes(10) for _ in range(15))
    assert expected_at(0, full, full, SELF_SERVE, NOW) == NOW + minutes(5)
    assert expected_at(12, full, full, SELF_SERVE, NOW) == NOW + minutes(20)


def test_the_days_allowance_is_looked_at_too() -> None:
    """With the day used up, ten minutes would be a lie."""
    day = tuple(NOW - minutes(600) for _ in range(1440))
    assert expected_at(0, (), day, SELF_SERVE, NOW) == NOW + minutes(24 * 60 - 600)


@given(
    st.lists(st.integers(0, 899), max_size=15),
    st.integers(0, 80),
    st.integers(2, 40),
)
def test_what_is_told_is_off_by_one_window_at_most(ago: list[int], place: int, limit: int) -> None:
    """Sent as fast as X allows, with others taking their whole share of every window."""
    limits = Limits(limit, 100_000, 15)
    calls = sorted(NOW - timedelta(seconds=s) for s in ago)[-limit:]
    told = expected_at(place, calls, calls, limits, NOW)
    sent, at = list(calls), NOW
    for number in range(place + 1):  # every fifth call is another department's
        for _ in range(2 if number % 4 == 3 else 1):
            while sum(one > at - timedelta(seconds=900) for one in sent) >= limit:
                at = sorted(sent)[-limit] + timedelta(seconds=900)
            sent.append(at)
    assert told + timedelta(seconds=900) >= at
    assert told >= NOW


@pytest.mark.parametrize(("wait", "told"), [(0, 5), (15, 15), (15.1, 20), (61, 65)])
def test_a_wait_is_told_in_steps_of_five_minutes_and_never_shortened(wait: float, told: int) -> None:
    """'About 17 minutes' would claim to know."""
    assert minutes_told(minutes(wait)) == told


def test_a_word_is_of_the_message_and_ends_when_the_answer_is_to_be_there() -> None:
    """One id a message: two senders cannot both tell."""
    answer = Send(SendId("re-7"), ShopperId("1"), "ideas", MessageId("7"), NOW)
    word = word_for(answer, "In 20 minutes.", expected=NOW + minutes(20), now=NOW)
    assert (word.id, word.purpose, word.expires_at) == (word_id(MessageId("7")), Purpose.ANSWER, NOW + minutes(20))
    assert is_word(word.id)
    assert not is_word(answer.id)
