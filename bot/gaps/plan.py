"""What to do next about a stretch of time in which messages may be missing. Pure.

First X's own replay, piece by piece: it costs nothing more and keeps X's order. What it cannot bring (over a day old,
refused, failed three times) is read back at the end, at a cent a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.clock import from_ms, to_ms
from bot.x.webhooks import REPLAY_PIECE, replay_ready_at, replayable_from

JOB_MAY_TAKE = timedelta(minutes=45)
"""A job of which X says nothing for so long is as good as failed."""
MOST_TRIES = 3
_MINUTE = timedelta(minutes=1)
_MOMENTS = ("done_to", "read_from", "job_till", "job_at")


@dataclass(frozen=True, slots=True)
class Gap:
    """One stretch, and how far filling it has come.

    ``done_to``: until then it is replayed, or left to reading. ``read_from``: the oldest moment left to reading.
    ``part_by``: the bounds by which not all of it could be read; empty where none did that.
    """

    since: datetime
    till: datetime
    done_to: datetime
    read_from: datetime | None = None
    job: str = ""
    job_till: datetime | None = None
    job_at: datetime | None = None
    tries: int = 0
    part_by: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing can be done before then; ``why`` for a person, where it is not that X does not replay it yet."""

    until: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Replay:
    """Ask X to deliver this piece again."""

    since: datetime
    till: datetime


@dataclass(frozen=True, slots=True)
class AskJob:
    """See how the running job ended."""

    job: str


@dataclass(frozen=True, slots=True)
class Read:
    """Read back what happened since."""

    since: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """All of it was replayed."""


Step = Wait | Replay | AskJob | Read | Done


def begin(since: datetime, till: datetime, kept: Mapping[str, Any]) -> Gap:
    """A gap with what the store kept of its progress."""
    done_to, read_from, job_till, job_at = (
        None if kept.get(name) is None else from_ms(kept[name]) for name in _MOMENTS
    )
    job, tries = str(kept.get("job", "")), int(kept.get("tries", 0))
    part_by = str(kept.get("part_by", ""))
    return Gap(since, till, done_to or since, read_from, job, job_till, job_at, tries, part_by)


def progress(gap: Gap) -> dict[str, Any]:
    """What the store keeps of it; the opposite of `begin`."""
    moments = {name: getattr(gap, name) for name in _MOMENTS}
    kept: dict[str, Any] = {name: to_ms(moment) for name, moment in moments.items() if moment is not None}
    part = {"part_by": gap.part_by} if gap.part_by else {}
    return {**kept, **part, "job": gap.job, "tries": gap.tries}


def next_step(gap: Gap, now: datetime) -> tuple[Gap, Step]:
    """The step, and the gap as it stands now (what became too old to replay is left to reading)."""
    if gap.job:
        if gap.job_at is not None and now - gap.job_at > JOB_MAY_TAKE:
            # X may still be at it, and would refuse another: do not let the shoppers wait for both
            return next_step(leave_to_reading(replace(job_ended(gap, complete=False), tries=0), gap.job_till), now)
        return gap, AskJob(gap.job)
    oldest = replayable_from(now)
    if gap.done_to < min(oldest, gap.till):
        gap = leave_to_reading(gap, min(oldest, gap.till))
    if gap.done_to >= gap.till:
        return gap, Read(gap.read_from) if gap.read_from is not None else Done()
    till = min(gap.done_to + REPLAY_PIECE, gap.till)
    # X's pages disagree on whether the last minute is replayed: one more covers both readings
    asked = till.replace(second=0, microsecond=0) + _MINUTE
    ready = replay_ready_at(gap.done_to, asked)
    return gap, Wait(ready) if now < ready else Replay(gap.done_to, asked)


def job_started(gap: Gap, piece: Replay, job: str, now: datetime) -> Gap:
    """X took the job for this piece."""
    return replace(gap, job=job, job_till=min(piece.till, gap.till), job_at=now)


def job_ended(gap: Gap, *, complete: bool) -> Gap:
    """The job delivered everything, or not: then the piece is tried again, and in the end left to reading."""
    ended = replace(gap, job="", job_till=None, job_at=None)
    reached = gap.job_till or gap.done_to
    if complete:
        return replace(ended, done_to=reached, tries=0)
    if gap.tries + 1 >= MOST_TRIES:
        return leave_to_reading(replace(ended, tries=0), reached)
    return replace(ended, tries=gap.tries + 1)


def leave_to_reading(gap: Gap, till: datetime | None = None) -> Gap:
    """What is not replayed up to ``till`` (None: all the rest) will be read back."""
    oldest = gap.done_to if gap.read_from is None else min(gap.read_from, gap.done_to)
    return replace(gap, read_from=oldest, done_to=till or gap.till)
