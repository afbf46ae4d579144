"""Pulls come at their time, sooner after a failure, never in step with all other shops, and go on by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.pulling.errors import Denied, NotDelivered
from catalog.pulling.pull import next_wait, pull_every

HOUR = 3600.0


@pytest.mark.parametrize(
    ("failures", "error", "seconds"),
    [
        (0, None, HOUR),
        (1, NotDelivered("down"), 60),
        (2, NotDelivered("down"), 120),
        (4, NotDelivered("down"), 480),
        (40, NotDelivered("down"), HOUR),
        (1, NotDelivered("busy", retry_after_s=900.0), 900),
        (1, Denied("no such feed"), HOUR),
        (1, ValueError("braked"), HOUR),
    ],
)
def test_the_wait_fits_what_happened(failures: int, error: Exception | None, seconds: float) -> None:
    """Outages are tried again soon, and ever less so; what trying does not mend waits its turn."""
    assert next_wait(HOUR, failures, error, 0.5) == seconds


def test_a_server_that_asks_for_time_is_given_all_of_it() -> None:
    """Chance shortens our own waits only."""
    assert next_wait(HOUR, 1, NotDelivered("busy", retry_after_s=900.0), 0.0) == 900


@given(st.floats(0, 1), st.integers(0, 100), st.floats(1, 1e6))
@settings(deadline=None)
def test_no_wait_is_longer_than_the_usual_one_by_more_than_its_jitter(
    chance: float, failures: int, every: float
) -> None:
    """Whatever failed, the feed is asked for again."""
    error = NotDelivered("down") if failures else None

    assert 0 < next_wait(every, failures, error, chance) <= every * 1.1 * 1.000001


async def test_failures_are_told_and_end_nothing() -> None:
    """A night's outage needs nobody."""
    outcomes: list[Exception | None] = [NotDelivered("down"), ValueError("braked"), None, OSError("disk"), None]
    waits: list[float] = []
    told: list[str] = []
    left = iter(outcomes)

    async def once() -> None:
        error = next(left)
        if error is not None:
            raise error

    async def wait(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) == len(outcomes)

    await pull_every(HOUR, once, wait, lambda: 0.5, lambda error: told.append(str(error)))

    assert told == ["down", "braked", "disk"]
    assert waits == [60, HOUR, HOUR, HOUR, HOUR]


async def test_a_bug_is_not_hidden_as_an_outage() -> None:
    """Only what can be mended from outside is waited for."""

    async def once() -> None:
        raise AssertionError("a bug")

    async def wait(_: float) -> bool:
        return True

    with pytest.raises(AssertionError):
        await pull_every(HOUR, once, wait, lambda: 0.5, lambda _: None)
