"""What an answer of X means for a Send: the right family each time, nothing repeated that may have arrived."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InDoubt, Refused, Retryable
from bot.model import MessageId, Send, SendId, SendState, ShopperId
from bot.sending.outcomes import (
    LONGEST_PAUSE,
    RETRY_WITHIN_S,
    Again,
    GiveUp,
    LookLater,
    Moment,
    Pause,
    Took,
    after_look,
    after_look_failed,
    after_send_failed,
    find_own,
    pause_after_sent,
)
from bot.settings import SendingSettings

NOW = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
SETTINGS = SendingSettings(15, 1440, settle_delay_s=120, max_attempts=6, expires_after_min=720)
MOMENT = Moment(NOW, 0.5)
SEND = Send(SendId("r1"), ShopperId("1"), "Tea for two", MessageId("1"), NOW, SendState.SENDING, attempts=1)


@dataclass(frozen=True)
class Seen:
    id: str
    text: str
    created_at: datetime


@dataclass(frozen=True)
class Rate:
    remaining: int
    resets_at: datetime


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def tried(attempts: int) -> Send:
    return dataclasses.replace(SEND, attempts=attempts)


def test_what_x_refuses_is_given_up() -> None:
    """A blocked account must not be written to again."""
    assert after_send_failed(Refused("forbidden"), SEND, SETTINGS, MOMENT) == (GiveUp("forbidden"), None)


def test_what_x_may_have_is_looked_for_and_not_sent() -> None:
    """Looking sooner than the settle delay would miss what X takes late."""
    for error in (InDoubt("timeout"), ValueError("a bug"), KeyError("x")):
        decision, pause = after_send_failed(error, SEND, SETTINGS, MOMENT)
        assert isinstance(decision, LookLater)
        assert (decision.at, pause) == (later(120), None)


@pytest.mark.parametrize(("attempts", "longest"), enumerate(RETRY_WITHIN_S, start=1))
@given(chance=st.floats(0, 1))
def test_what_x_has_not_is_sent_again_with_growing_jitter(attempts: int, longest: int, chance: float) -> None:
    """Many Sends that failed together must not come back together."""
    decision, pause = after_send_failed(Retryable("r"), tried(attempts), SETTINGS, Moment(NOW, chance))
    assert decision == Again("r", NOW + timedelta(seconds=longest * chance))
    assert pause is None


def test_tries_come_to_an_end() -> None:
    """A Send that fails for ever must not block the talk."""
    assert after_send_failed(Retryable("r"), tried(6), SETTINGS, MOMENT)[0] == GiveUp("tried_too_often")
    assert after_look(None, tried(6), SETTINGS, NOW) == GiveUp("tried_too_often")


@pytest.mark.parametrize(
    ("told", "until"),
    [(None, 63), (-5, 63), (300, 303), (10 * 86_400, LONGEST_PAUSE.total_seconds() + 3)],
)
def test_a_limit_of_the_account_pauses_every_send_and_costs_no_try(told: float | None, until: float) -> None:
    """429: one call a window, not one a Send; and a reset in the past or next month is not believed."""
    error = Retryable("rate_limited", at=None if told is None else later(told), whole_account=True)
    decision, pause = after_send_failed(error, tried(6), SETTINGS, MOMENT)
    assert decision == Again("rate_limited", later(until), counted=False)
    assert pause == Pause(later(until), "rate_limited")


def test_a_look_decides() -> None:
    """Found: sent. Not found: again at once, as the settle delay is over."""
    assert after_look(Seen("9", "", NOW), tried(6), SETTINGS, NOW) == Took("9")
    assert after_look(None, SEND, SETTINGS, NOW) == Again("not_found", NOW)


@pytest.mark.parametrize("error", [Refused("bad"), Retryable("read_http_503"), InDoubt("timeout"), OSError()])
def test_a_look_that_fails_never_sends(error: Exception) -> None:
    """Not knowing is no reason to repeat; after the answer's own lifetime silence is."""
    decision, pause = after_look_failed(error, SEND, SETTINGS, MOMENT)
    assert isinstance(decision, LookLater)
    assert (decision.at, pause) == (later(120), None)
    old = dataclasses.replace(SEND, created_at=NOW - timedelta(minutes=721))
    assert after_look_failed(error, old, SETTINGS, MOMENT) == (GiveUp("never_known"), None)


def test_a_look_waits_as_long_as_x_says() -> None:
    """X counts reads apart: its 429 delays the look; only a fault of the account stops sending."""
    decision, pause = after_look_failed(Retryable("read", at=later(900)), SEND, SETTINGS, MOMENT)
    assert (decision, pause) == (LookLater("read", later(900)), None)
    _, pause = after_look_failed(Retryable("read", whole_account=True), SEND, SETTINGS, MOMENT)
    assert pause == Pause(later(63), "read")


def test_the_message_found_is_ours_and_no_other() -> None:
    """Same text, not another Send's, not from before the first try."""
    seen = [
        Seen("5", "Tea  for\ntwo", later(20)),
        Seen("4", "Tea for two", later(10)),
        Seen("3", "Tea for two", later(5)),
        Seen("2", "Coffee", later(8)),
        Seen("1", "Tea for two", later(-601)),
    ]
    found = find_own(seen, SEND, known={"3"}, first_try=NOW)
    assert found is not None
    assert found.id == "4"
    assert find_own(seen[3:], SEND, known=set(), first_try=NOW) is None


def test_an_allowance_used_up_pauses_before_x_says_429() -> None:
    """Every 429 is a call wasted."""
    assert pause_after_sent(Rate(0, later(60)), MOMENT) == Pause(later(63), "allowance_used")
    for rate in (None, Rate(1, later(60)), Rate(0, later(-1))):
        assert pause_after_sent(rate, MOMENT) is None
