"""Times and lengths of time as a person reads them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def length(span: timedelta) -> str:
    """Such as ``7 days`` or ``90 minutes``: the largest unit that divides it."""
    seconds = int(span.total_seconds())
    size, unit = next(each for each in _UNITS if seconds % each[0] == 0)
    count = seconds // size
    return f"{count} {unit}{'' if count == 1 else 's'}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Such as ``Tue 24 Nov 2026 08:00 GMT``, by the clock of this zone."""
    return f"{at.astimezone(zone):%a %d %b %Y %H:%M %Z}"
