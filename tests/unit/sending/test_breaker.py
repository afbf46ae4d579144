"""An ill X is left alone; one that answers, whatever it answers, is not taken for ill."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import GiftbotError, InDoubt, Refused, Retryable
from bot.sending.breaker import OPENS_AFTER, PROBE_EVERY, Breaker
from bot.sending.health import IN_FLIGHT, Health
from bot.sending.outcomes import FORBIDDEN_IN_A_ROW, Moment

NOW = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
ILL = [
    InDoubt("server_error"),
    InDoubt("not_json"),
    InDoubt("timeout"),
    InDoubt("connection_lost"),
    InDoubt("unclear_answer"),
    Retryable("could_not_connect"),
    Retryable("read_http_503"),
    Retryable("read_timeout"),
]
WELL = [
    None,
    Refused("forbidden"),
    Refused("bad_request"),
    Retryable("rate_limited", whole_account=True),
    Retryable("no_credits", whole_account=True),
    Retryable("unauthorized", whole_account=True),
    Retryable("read_rate_limited"),
]
SILENT = [Retryable("read_quota"), Retryable("read_unclear_answer"), ValueError("a bug of ours")]


def after(errors: list[Exception | None]) -> Breaker:
    breaker = Breaker()
    for error in errors:
        breaker = breaker.after(error, NOW)
    return breaker


@given(st.lists(st.sampled_from(ILL + SILENT), max_size=12))
def test_it_opens_at_the_fifth_failure_in_a_row_and_not_before(errors: list[Exception]) -> None:
    """What tells nothing of X neither counts nor breaks the row."""
    failures = sum(error in ILL for error in errors)
    assert after([*errors]).is_open == (failures >= OPENS_AFTER)


@pytest.mark.parametrize("well", WELL)
def test_any_answer_in_good_order_closes_it(well: GiftbotError | None) -> None:
    """429, 402, 401 and 403 are X at work; they have pauses of their own."""
    breaker = after([ILL[0]] * (OPENS_AFTER - 1) + [well] + [ILL[0]] * (OPENS_AFTER - 1))
    assert not breaker.is_open
    assert after([ILL[0]] * 9 + [well]) == Breaker()


def test_while_it_is_open_one_probe_a_minute_goes() -> None:
    """A probe that hangs is followed by the next a minute after it began, not at once."""
    breaker = after([ILL[0]] * OPENS_AFTER)
    assert breaker.waits_until(NOW) == NOW + PROBE_EVERY
    later = NOW + PROBE_EVERY
    assert breaker.waits_until(later) is None
    probing = breaker.probing(later)
    assert probing.waits_until(later + timedelta(seconds=59)) == later + PROBE_EVERY
    assert probing.after(ILL[0], later + timedelta(seconds=10)).is_open
    assert probing.after(None, later).waits_until(later) is None


def test_a_new_sender_and_one_after_a_pause_makes_one_call_at_first() -> None:
    """A limit X still holds meets one call, however much waits."""
    health = Health()
    assert health.at_once() == 1
    health = health.succeeded(None)
    assert (health.at_once(), health.probe_s()) == (IN_FLIGHT, 0)
    paused = health.paused()
    assert (paused.at_once(), paused.probe_s()) == (1, 30)
    limited = paused.failed(Retryable("rate_limited", whole_account=True), "1", Moment(NOW, 0.5))
    assert (limited.at_once(), limited.probe_s()) == (1, 30)
    assert paused.failed(Refused("forbidden"), "1", Moment(NOW, 0.5)).at_once() == IN_FLIGHT


def test_no_more_calls_are_under_way_than_x_says_it_has_room_for() -> None:
    """Eight calls into a window with room for two are six 429s."""

    class Rate:
        remaining = 2
        resets_at = NOW

    assert Health().succeeded(Rate()).at_once() == 2


def test_403s_for_one_shopper_after_the_other_are_taken_for_the_accounts() -> None:
    """X's commonest 403 says nothing of whom it is about; the same shopper again says nothing new."""
    health, moment = Health(), Moment(NOW, 0.5)
    for shopper in ("1", "1", "2", "3", "4"):
        health = health.failed(Refused("forbidden"), shopper, moment)
    assert not health.forbidden_everywhere
    assert not health.succeeded(None).failed(Refused("forbidden"), "5", moment).forbidden_everywhere
    assert health.failed(Refused("forbidden"), "5", moment).forbidden_everywhere
    assert FORBIDDEN_IN_A_ROW == 5


def test_reading_and_sending_have_a_breaker_each() -> None:
    """A look that succeeds tells nothing of whether X takes messages, and the reverse."""
    health, moment = Health(), Moment(NOW, 0.5)
    for _ in range(OPENS_AFTER):
        health = health.failed(InDoubt("server_error"), "1", moment).looked(None, NOW)
    assert health.breaker.is_open
    assert not health.reading.is_open
    health = health.succeeded(None)
    for _ in range(OPENS_AFTER):
        health = health.looked(Retryable("read_timeout"), NOW)
    assert health.reading.is_open
    assert not health.succeeded(None).breaker.is_open
    assert health.succeeded(None).reading.is_open
    assert not health.looked(None, NOW).reading.is_open
