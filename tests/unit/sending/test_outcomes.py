"""What an answer of X means for a Send: the right family each time, nothing repeated that may have arrived."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InDoubt, Refused, Retryable
from bot.model import MessageId, Purpose, Send, SendId, SendState, ShopperId
from bot.sending.outcomes import (
    LONGEST_PAUSE,
    RECONNECT_WITHIN_S,
    RETRY_WITHIN_S,
    Again,
    GiveUp,
    LookLater,
    Moment,
    Outage,
    Pause,
    Took,
    after_look,
    after_look_failed,
    after_send_failed,
    find_own,
    outage_after,
    pause_after_sent,
)
from bot.settings import SendingSettings

NOW = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
SETTINGS = SendingSettings(
    15,
    1440,
    15,
    120,
    6,
    720,
    word_after_min=15,
    domain=Path("d"),
    rules=Path("r"),
    start_paused=False,
    pictures=False,
    pictures_timeout_s=6,
)
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


def tried(attempts: int, reason: str = "") -> Send:
    return dataclasses.replace(SEND, attempts=attempts, reason=reason)


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
    at = NOW + timedelta(seconds=longest * chance)
    assert (decision, pause) == (Again("r", at), None)
    assert after_look(None, tried(attempts), SETTINGS, Moment(NOW, chance)) == Again("not_found", at)


def test_a_message_whose_own_fault_it_is_comes_to_an_end() -> None:
    """A text over which our client breaks must not block the talk for hours."""
    assert after_send_failed(Retryable("r"), tried(6), SETTINGS, MOMENT)[0] == GiveUp("tried_too_often")
    assert after_look(None, tried(6, "unexpected_error"), SETTINGS, MOMENT) == GiveUp("tried_too_often")
    assert isinstance(after_look(None, tried(5, "unexpected_error"), SETTINGS, MOMENT), Again)


@pytest.mark.parametrize("reason", ["server_error", "not_json", "timeout", "connection_lost", "sender_lost"])
@given(attempts=st.integers(1, 1000), chance=st.floats(0, 1))
def test_an_outage_of_x_never_throws_an_answer_away(reason: str, attempts: int, chance: float) -> None:
    """Six tries were used up in 12 minutes; the answer may live 12 hours, and only that ends it."""
    decision = after_look(None, tried(attempts, reason), SETTINGS, Moment(NOW, chance))
    assert isinstance(decision, Again)
    assert later(0) <= decision.at <= later(1800)


def test_where_x_is_not_reached_the_account_waits_longer_each_time_and_the_call_is_given_back() -> None:
    """Our own name service or network: nothing of any Send was tried, and X saw no call."""
    error = Retryable("could_not_connect")
    now, outage = NOW, None
    for longest in (*RECONNECT_WITHIN_S, RECONNECT_WITHIN_S[-1]):
        outage = outage_after(error, outage, Moment(now, 0.5))
        assert outage is not None
        assert outage.until == now + timedelta(seconds=longest * 0.75)
        again = Again("could_not_connect", outage.until, counted=False, left=False)
        expected = (again, Pause(outage.until, "could_not_connect"))
        assert after_send_failed(error, tried(99), SETTINGS, Moment(now, 0.5), outage) == expected
        assert outage_after(error, outage, Moment(now, 0.1)) == outage, "a call that began before the wait"
        now = outage.until


@pytest.mark.parametrize("error", [None, InDoubt("server_error"), Refused("forbidden"), Retryable("rate_limited")])
def test_any_answer_of_x_ends_the_waits_for_the_network(error: Exception | None) -> None:
    """The next failure, perhaps days later, begins with the shortest wait again."""
    assert outage_after(error, Outage(5, later(-1)), MOMENT) is None


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
    """Found: sent. Not found: again, a little later, as many looks may end together."""
    assert after_look(Seen("9", "", NOW), tried(6), SETTINGS, MOMENT) == Took("9")
    assert after_look(None, SEND, SETTINGS, MOMENT) == Again("not_found", later(1))


@pytest.mark.parametrize("purpose", Purpose)
def test_what_is_no_answer_is_not_repeated_once_in_doubt(purpose: Purpose) -> None:
    """A reminder twice is worse than none; an answer, or news of an order, is waited for."""
    send = dataclasses.replace(SEND, purpose=purpose)
    decision = after_look(None, send, SETTINGS, MOMENT)
    silent = purpose in (Purpose.REMINDER, Purpose.MARKETING)
    assert decision == (GiveUp("not_found_in_doubt") if silent else Again("not_found", later(1)))
    assert after_look(Seen("9", "", NOW), send, SETTINGS, MOMENT) == Took("9")


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


@pytest.mark.parametrize("read_back", ["See http://shop.example/p now", "See https://t.co/abc now"])
def test_an_answer_with_a_bare_domain_is_found(read_back: str) -> None:
    """X makes a link of it; an answer not recognised goes out twice."""
    send = dataclasses.replace(SEND, text="See shop.example/p now")
    assert find_own([Seen("9", read_back, NOW)], send, known=set(), first_try=NOW) is not None


def test_an_allowance_used_up_pauses_before_x_says_429() -> None:
    """Every 429 is a call wasted."""
    assert pause_after_sent(Rate(0, later(60)), MOMENT) == Pause(later(63), "allowance_used")
    for rate in (None, Rate(1, later(60)), Rate(0, later(-1))):
        assert pause_after_sent(rate, MOMENT) is None
