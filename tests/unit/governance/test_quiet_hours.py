"""Quiet is quiet on the days when clocks are changed too."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.governance.quiet_hours import quiet_until

LONDON = ZoneInfo("Europe/London")


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("now", "starts", "ends", "until"),
    [
        ("2026-11-24T12:00", "21:00", "08:00", None),
        ("2026-11-24T21:00", "21:00", "08:00", "2026-11-25T08:00"),
        ("2026-11-24T07:59", "21:00", "08:00", "2026-11-24T08:00"),
        ("2026-11-24T08:00", "21:00", "08:00", None),
        ("2026-11-24T13:30", "13:00", "15:00", "2026-11-24T15:00"),
        # clocks go forward on 29 March at 01:00 UTC: the night is an hour shorter
        ("2026-03-28T22:00", "21:00", "08:00", "2026-03-29T07:00"),
        # 01:30 does not exist that night: quiet ends with the leap, not in an hour that is not there
        ("2026-03-28T23:00", "21:00", "01:30", "2026-03-29T01:00"),
        ("2026-03-29T01:00", "21:00", "01:30", None),
        # and a quiet that would begin in it begins with the leap
        ("2026-03-29T00:59", "01:30", "08:00", None),
        ("2026-03-29T01:00", "01:30", "08:00", "2026-03-29T07:00"),
        # clocks go back on 25 October at 01:00 UTC: 01:30 comes twice; quiet lasts until the second
        ("2026-10-24T23:00", "21:00", "01:30", "2026-10-25T01:30"),
        ("2026-10-25T00:45", "21:00", "01:30", "2026-10-25T01:30"),
        # and begins with the first
        ("2026-10-25T00:29", "01:30", "08:00", None),
        ("2026-10-25T00:30", "01:30", "08:00", "2026-10-25T08:00"),
        ("2026-10-25T01:10", "01:30", "08:00", "2026-10-25T08:00"),
    ],
)
def test_quiet_ends_when_the_clock_on_the_wall_says_so(now: str, starts: str, ends: str, until: str | None) -> None:
    """By the clock of London, summer and winter and on the two nights between."""
    found = quiet_until(utc(now), time.fromisoformat(starts), time.fromisoformat(ends), LONDON)

    assert found == (utc(until) if until else None)


@settings(max_examples=300)
@given(
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago"]),
    st.integers(0, 366 * 24 * 60),
    st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    st.integers(1, 20 * 60),
    st.integers(0, 30),
)
def test_quiet_holds_whenever_the_wall_clock_is_within_it(
    zone: str, minute: int, starts: time, minutes: int, leeway: int
) -> None:
    """Whatever the zone, its changes of clock and the leeway; and it ends at a moment that is not quiet."""
    there, moment = ZoneInfo(zone), utc("2026-01-01T00:00") + timedelta(minutes=minute)
    ends = (datetime.combine(moment, starts) + timedelta(minutes=minutes)).time()
    slack = timedelta(minutes=leeway)
    until = quiet_until(moment, starts, ends, there, sooner=slack, longer=slack)
    clock = moment.astimezone(there).time()

    within = starts <= clock < ends if starts < ends else clock >= starts or clock < ends
    assert until is not None or not within
    if until is not None:
        assert moment < until <= moment + timedelta(hours=27)
        assert quiet_until(until, starts, ends, there, sooner=slack, longer=slack) is None
        assert quiet_until(until - timedelta(seconds=1), starts, ends, there, sooner=slack, longer=slack) == until
