"""Which waiting messages are one turn: close together, one shopper's, never held for long."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.bursts import MOST_CHARACTERS, MOST_MESSAGES, PATIENCE, Bursts, as_one
from bot.model import InboundMessage, MessageId, ShopperId
from bot.store.inbound.queued import Choice, Waiting

NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
CAME_MS = 1_800_000_000_000
RULES = Bursts(gap_s=10, quiet_s=1, short=40)


def came(
    number: int,
    text: str = "hi",
    *,
    shopper: str = "1",
    wrote_s: float = 0,
    at_ms: int = 0,
    stops: int = 0,
    replay: int = 0,
) -> Waiting:
    message = InboundMessage(MessageId(str(number)), ShopperId(shopper), text, NOON + timedelta(seconds=wrote_s))
    return Waiting(f"{CAME_MS + at_ms}-{number}", message, stops, replay)


def ids(choice: Choice) -> list[str]:
    return [one.message.id for one in choice.taken]


def at(ms: int) -> int:
    return CAME_MS + ms


def test_messages_within_seconds_are_one_turn_once_the_shopper_is_quiet() -> None:
    waiting = [came(1), came(2, wrote_s=1, at_ms=800), came(3, wrote_s=6, at_ms=1600)]

    assert RULES(waiting, at(2000)) == Choice(wait_ms=600)
    assert ids(RULES(waiting, at(2600))) == ["1", "2", "3"]


def test_a_long_message_is_answered_at_once_with_what_came_before_it() -> None:
    """Only who writes in scraps is waited for."""
    waiting = [came(1), came(2, "x" * 41, wrote_s=1, at_ms=1000)]

    assert ids(RULES(waiting, at(1000))) == ["1", "2"]


def test_who_never_stops_writing_is_answered_after_three_times_the_quiet() -> None:
    waiting = [came(n, wrote_s=n * 0.9, at_ms=n * 900) for n in range(4)]

    assert RULES(waiting, at(2999)).taken == ()
    assert ids(RULES(waiting, at(3000))) == ["0", "1", "2", "3"]


def test_messages_written_far_apart_are_turns_of_their_own() -> None:
    """After an outage a whole conversation may wait; each question keeps its answer. The first is not held."""
    waiting = [came(1), came(2, wrote_s=11, at_ms=5), came(3, wrote_s=22, at_ms=9)]

    assert ids(RULES(waiting, at(10))) == ["1"]


def test_a_held_shopper_holds_nobody_else() -> None:
    waiting = [came(1), came(2, "a whole question, longer than forty characters", shopper="2")]

    assert ids(RULES(waiting, at(0))) == ["2"]


def test_what_was_written_before_a_stop_is_no_turn_with_what_came_after_the_start() -> None:
    """Its answer is refused; together, either the stop were overridden or the new question lost."""
    waiting = [came(1), came(2, wrote_s=1, stops=1), came(3, wrote_s=2, stops=1)]

    assert ids(RULES(waiting, at(0))) == ["1"]
    assert ids(RULES(waiting[1:], at(5000))) == ["2", "3"]


def test_they_are_taken_in_the_order_they_were_written() -> None:
    """X may deliver a message later than one written after it."""
    waiting = [came(2, wrote_s=2, at_ms=0), came(1, wrote_s=1, at_ms=10)]

    assert ids(RULES(waiting, at(9999))) == ["1", "2"]


def test_a_message_brought_back_from_the_dead_is_a_turn_of_its_own() -> None:
    waiting = [came(1, replay=1), came(2, wrote_s=1)]

    assert ids(RULES(waiting, at(0))) == ["1"]


def test_with_no_quiet_time_nobody_is_held_and_what_waits_is_still_one_turn() -> None:
    waiting = [came(1), came(2, wrote_s=1)]

    assert ids(Bursts(10, 0, 40)(waiting, at(0))) == ["1", "2"]


def test_without_a_gap_each_message_is_a_turn_at_once() -> None:
    waiting = [came(1), came(2)]

    assert ids(Bursts(0, 1, 40)(waiting, at(0))) == ["1"]


def test_a_clock_that_jumped_back_holds_nobody() -> None:
    """The node that took over may be an hour behind; an hour's silence is not."""
    assert ids(RULES([came(1, at_ms=3_600_000)], at(0))) == ["1"]


def test_one_turn_is_bounded() -> None:
    """A thousand messages in a row are not one text."""
    many = [came(n, wrote_s=n / 100) for n in range(40)]
    long = [came(n, "x" * 400, wrote_s=n) for n in range(5)]

    assert len(RULES(many, at(9999)).taken) == MOST_MESSAGES
    assert sum(len(one.message.text) for one in RULES(long, at(9999)).taken) <= MOST_CHARACTERS


def test_the_understanding_gets_all_words_under_the_last_message() -> None:
    first, last = came(1, "gift for mum").message, came(2, "under £30", wrote_s=4).message

    assert as_one([first, last]) == InboundMessage(last.id, last.shopper_id, "gift for mum\nunder £30", last.sent_at)


@st.composite
def queues(draw: st.DrawFn) -> list[Waiting]:
    found, at_ms = [], 0
    for number in range(draw(st.integers(1, 12))):
        at_ms += draw(st.integers(0, 4000))
        found.append(
            came(
                number,
                "x" * draw(st.sampled_from([2, 40, 41, 700])),
                shopper=draw(st.sampled_from("123")),
                wrote_s=at_ms / 1000 + draw(st.integers(-8, 0)),
                at_ms=at_ms,
                stops=draw(st.integers(0, 1)),
                replay=draw(st.sampled_from([0, 0, 0, 1])),
            )
        )
    return found


@given(queues(), st.integers(-1000, 60_000))
def test_any_queue_is_worked_off_one_shopper_at_a_time_in_written_order_and_soon(
    waiting: list[Waiting], later: int
) -> None:
    """Whatever waits: nothing is skipped, mixed or held longer than patience allows."""
    now, left = at(later), list(waiting)
    taken: list[Waiting] = []
    while left:
        choice = RULES(left, now)
        if not choice.taken:
            assert choice.wait_ms is not None
            assert 0 < choice.wait_ms <= PATIENCE * 1000
            now += choice.wait_ms
            continue
        assert len({(one.message.shopper_id, one.stops) for one in choice.taken}) == 1
        taken += choice.taken
        left = [one for one in left if one not in choice.taken]

    for shopper in "123":
        wrote = [one.message.sent_at for one in taken if one.message.shopper_id == shopper]
        assert wrote == sorted(wrote)
    assert len(taken) == len(waiting)


@pytest.mark.parametrize(("tries", "together"), [(1, False), (2, True)])
def test_with_a_single_try_each_message_stands_alone(tries: int, together: bool) -> None:
    """One that cannot be answered would bury those beside it."""
    from types import SimpleNamespace

    settings = SimpleNamespace(max_tries=tries, burst_gap_s=10.0, burst_s=1.0, burst_short=40)
    rules = Bursts.of(settings)  # type: ignore[arg-type]

    assert (len(rules([came(1), came(2)], at(9999)).taken) == 2) is together
