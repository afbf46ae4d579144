"""The sandbox counts as X does: never more calls in a window than published, and headers that say so."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.allowance import Allowance
from bot.x.limits import Window

START = datetime(2026, 11, 22, tzinfo=timezone.utc)


@given(st.lists(st.floats(0, 400), max_size=60))
def test_no_window_ever_holds_more_calls_than_allowed(steps):
    """A sandbox that is too generous hides a sender that is too fast."""
    allowance, now, ends, used = Allowance([Window(3, 900), Window(7, 5000)]), START, {}, {}
    for step in steps:
        now += timedelta(seconds=step)
        for _calls, seconds in ((3, 900), (7, 5000)):
            if now >= ends.get(seconds, START):
                ends[seconds], used[seconds] = now + timedelta(seconds=seconds), 0
        passed, headers = allowance.spend(now)
        assert passed == (used[900] < 3 and used[5000] < 7)
        if passed:
            used = {seconds: count + 1 for seconds, count in used.items()}
            assert int(headers["x-rate-limit-remaining"]) == 3 - used[900]
        else:
            assert headers["x-rate-limit-remaining"] == "0"
        assert int(headers["x-rate-limit-reset"]) > now.timestamp()


def test_after_the_reset_of_the_headers_a_call_passes():
    """A sender that waits exactly until the reset must get through."""
    allowance = Allowance([Window(1, 900)])
    assert allowance.spend(START)[0]
    refused, headers = allowance.spend(START)
    assert not refused
    at_reset = datetime.fromtimestamp(int(headers["x-rate-limit-reset"]), tz=timezone.utc)
    assert allowance.spend(at_reset)[0]
