"""Feasts set by the moon, which no short rule gives: their days, as the package `holidays` has them.

The package itself would cost 0.23 s and 21 MB in every process on the first such message; a test holds this list to it.
Days of Eid and Ramadan are the calculated ones; sighting of the moon may move them by a day. The Hindu feasts end
where the package's own list ends; after the last day of a list no day is known.
"""

# ruff: noqa: E501 - years are counted more easily on one line
from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def _days(months_and_days: str, first: int) -> tuple[date, ...]:
    """Read days of consecutive years; ``+`` stands before a second day of the same year."""
    days: list[date] = []
    year = first - 1
    for one in months_and_days.split():
        year += not one.startswith("+")
        month, day = one.lstrip("+").split("-")
        days.append(date(year, int(month), int(day)))
    return tuple(days)


MOON_FEASTS: Mapping[str, tuple[date, ...]] = {
    "diwali": _days("10-20 11-8 10-29 10-17 11-5 10-26 11-14 11-2 10-22 11-10 10-30", 2025),
    "raksha_bandhan": _days("8-9 8-28 8-17 8-5 8-23 8-13 8-2 8-20 8-10 8-29 8-18", 2025),
    "karva_chauth": _days("10-10 10-29 10-18 10-7 10-26 10-15 11-2 10-21 10-11 10-30 10-20", 2025),
    "holi": _days("3-14 3-4 3-22 3-11 3-1 3-20 3-9 3-27 3-16 3-5 3-24", 2025),
    "eid_al_fitr": _days(
        "3-30 3-20 3-9 2-26 2-14 2-4 1-24 1-14 1-2 +12-23 12-12 12-1 11-19 11-8 10-29 10-19 10-7 9-26 9-15 9-4 8-24 8-14",
        2025,
    ),
    "eid_al_adha": _days(
        "6-6 5-27 5-16 5-5 4-24 4-13 4-2 3-22 3-11 3-1 2-18 2-7 1-26 1-16 1-5 +12-26 12-14 12-4 11-23 11-12 10-31 10-21",
        2025,
    ),
    "ramadan": _days(
        "3-1 2-18 2-8 1-28 1-16 1-5 +12-26 12-15 12-4 11-23 11-12 11-1 10-20 10-10 9-30 9-19 9-7 8-28 8-17 8-6 7-26 7-15",
        2025,
    ),
    # The evening on which the first candle is lit; the first whole day is the next.
    "hanukkah": _days(
        "12-14 12-4 12-24 12-12 12-1 12-20 12-9 11-27 12-16 12-6 12-25 12-13 12-2 12-21 12-11 11-29 12-17 12-7 12-26 12-14 12-3",
        2025,
    ),
    "lunar_new_year": _days(
        "1-29 2-17 2-6 1-26 2-13 2-3 1-23 2-11 1-31 2-19 2-8 1-28 2-15 2-4 1-24 2-12 2-1 1-22 2-10 1-30 2-17", 2025
    ),
}
"""Days in order of time. Eid has two names, one for each feast; Ramadan is its first day of fasting."""
