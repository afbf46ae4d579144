"""Times as shops write them: ISO 8601 with or without a zone, or a day alone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,](?P<fraction>\d{1,9}))?\s?"
    r"(?P<zone>Z|z|UTC|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)


class BadMoment(ValueError):
    """Text that is no time; says how to write one."""


def moment(text: str) -> datetime:
    """Return the time in UTC; without a zone it is taken as UTC, a day alone as its midnight. Raises BadMoment."""
    found = _MOMENT.fullmatch(text)
    if not found:
        raise BadMoment("write the time like 2026-10-13T09:30:00Z")
    try:
        at = datetime.fromisoformat(f"{found['day']} {found['clock'] or '00:00'}")
        micros = int((found["fraction"] or "")[:6].ljust(6, "0"))
        return (at.replace(microsecond=micros) - _offset(found["zone"])).replace(tzinfo=timezone.utc)
    except (ValueError, OverflowError) as error:
        raise BadMoment(f"no such time ({error}): write it like 2026-10-13T09:30:00Z") from error


def _offset(zone: str | None) -> timedelta:
    if not zone or zone[0] not in "+-":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    if hours > 14 or minutes > 59:
        raise BadMoment(f"no clock is {zone} away from UTC")
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
