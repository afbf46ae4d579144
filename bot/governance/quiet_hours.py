"""Quiet hours by a wall clock, on the days when that clock is changed too.

A stretch of quiet is one unbroken piece of real time. It begins at the first moment the clock shows its start and ends
at the last moment it shows its end. A time of day the clock leaps over stands for the leap itself.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

_UTC = timezone.utc
_DAY = timedelta(days=1)


def quiet_until(
    moment: datetime,
    starts: time,
    ends: time,
    zone: ZoneInfo,
    *,
    sooner: timedelta = timedelta(),
    longer: timedelta = timedelta(),
) -> datetime | None:
    """When the quiet that holds at ``moment`` ends, in UTC; None where it is not quiet then.

    Every stretch begins ``sooner`` and lasts ``longer`` than the clock says.
    """
    today = moment.astimezone(zone).date()
    until = None
    for back in (2, 1, 0, -1):  # a clock set back or forth by hours may move a stretch over midnight
        begins, end = _stretch(today - back * _DAY, starts, ends, zone)
        if begins - sooner <= (until or moment) < end + longer:
            until = end + longer
    return until


@lru_cache(maxsize=4096)
def _stretch(day: date, starts: time, ends: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The quiet that begins on ``day``, as two moments in UTC."""
    last = day if starts < ends else day + _DAY
    return _moment(day, starts, zone, fold=0), _moment(last, ends, zone, fold=1)


def _moment(day: date, clock: time, zone: ZoneInfo, *, fold: int) -> datetime:
    """When the clock shows this: the first time (fold 0) or the last (fold 1); the leap where it never does."""
    wall = datetime.combine(day, clock)
    moment = wall.replace(tzinfo=zone, fold=fold).astimezone(_UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    one, other = (wall.replace(tzinfo=zone, fold=each).astimezone(_UTC) for each in (1, 0))
    before, after = min(one, other), max(one, other)  # the leap lies between: by the old offset and by the new one
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
