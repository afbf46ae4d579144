"""Whatever X's replay jobs do, every moment of a gap is replayed or read back, and no job is asked X would refuse."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gaps.plan import (
    AskJob,
    Done,
    Gap,
    Read,
    Replay,
    Wait,
    begin,
    job_ended,
    job_started,
    leave_to_reading,
    next_step,
    progress,
)

NOW = datetime(2026, 11, 22, 12, 0, 30, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


@st.composite
def _gaps(draw: st.DrawFn) -> Gap:
    since = NOW - timedelta(seconds=draw(st.integers(1, 40 * 3600)))
    till = since + timedelta(seconds=draw(st.integers(1, int((NOW - since).total_seconds()))))
    return Gap(since, till, since)


@given(_gaps(), st.lists(st.sampled_from(["complete", "incomplete", "silent", "refused", "late"]), max_size=40))
@settings(max_examples=150)
def test_no_moment_of_a_gap_is_left_out(gap: Gap, outcomes: list[str]) -> None:  # noqa: C901 - one walk, all steps
    """A shopper who wrote during the outage must be found by one way or the other."""
    now, replayed, said = NOW, [], iter(outcomes)
    for _ in range(400):
        gap = begin(gap.since, gap.till, progress(gap))  # as the store gives it back at any step
        gap, step = next_step(gap, now)
        match step:
            case Wait(until):
                assert until > now
                now = until
            case Replay(since, till):
                assert now - timedelta(hours=24) <= since <= now - timedelta(minutes=31)
                assert till <= now - timedelta(minutes=10)
                assert since < till <= since + 2 * HOUR + timedelta(minutes=1)
                if next(said, "complete") == "refused":
                    gap = leave_to_reading(gap)
                    continue
                gap = job_started(gap, step, "1", now)
            case AskJob():
                outcome = next(said, "complete")
                if outcome == "late":
                    now += timedelta(minutes=5)
                elif outcome == "silent":
                    now += HOUR
                else:
                    if outcome == "complete":
                        replayed.append((gap.done_to, gap.job_till))
                    gap = job_ended(gap, complete=outcome == "complete")
            case Read(since):
                # reading takes in all that is younger; what is older was replayed
                covered = gap.since
                for begins, ends in replayed:
                    if begins <= covered:
                        covered = max(covered, ends)
                assert since <= covered
                return
            case Done():
                assert sorted(replayed)[0][0] == gap.since
                assert all(ends == begins for (_, ends), (begins, _) in pairwise(replayed))
                assert replayed[-1][1] == gap.till
                return
    raise AssertionError("the gap was never closed")


def test_what_is_over_a_day_old_is_left_to_reading_and_the_rest_replayed() -> None:
    """X replays the last 24 hours only."""
    gap, step = next_step(Gap(NOW - 30 * HOUR, NOW - 20 * HOUR, NOW - 30 * HOUR), NOW)
    assert isinstance(step, Replay)
    assert step.since > NOW - 24 * HOUR
    assert gap.read_from == NOW - 30 * HOUR


def test_a_job_that_fails_three_times_is_left_to_reading() -> None:
    """X asks to retry an incomplete job; for ever would leave the shoppers waiting."""
    gap = Gap(NOW - 2 * HOUR, NOW - HOUR, NOW - 2 * HOUR)
    for _ in range(3):
        gap, step = next_step(gap, NOW)
        assert isinstance(step, Replay)
        gap = job_ended(job_started(gap, step, "1", NOW), complete=False)
    assert next_step(gap, NOW)[1] == Read(NOW - 2 * HOUR)
