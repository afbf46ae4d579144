"""Days on which a shop sends and a carrier delivers: weekends and bank holidays of a country, by `holidays`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

SATURDAY = 5
_YEARS_AHEAD = 3
"""Calendars reach to the end of the third year from the one asked for: further than any delivery."""


class UnknownCountry(ValueError):
    """No calendar is known for this country or subdivision; the text says what to write."""


@lru_cache(maxsize=64)
def working_days(country: str, subdivision: str | None, year: int, *, saturday: bool = False) -> np.busdaycalendar:
    """Return the calendar from the year before ``year`` to two years after it.

    ``country`` and ``subdivision`` are ISO 3166 codes ("GB", "ENG"); ``saturday`` makes Saturdays working days
    unless they are holidays. Raises UnknownCountry. The first call costs 0.2 s (the library is read then).
    """
    import holidays  # here, not above: 21 MB that only a question of delivery needs

    years = range(year - 1, year + _YEARS_AHEAD)
    try:
        feasts = holidays.country_holidays(country.upper(), subdiv=subdivision or None, years=years)
    except NotImplementedError as error:
        raise UnknownCountry(
            f"no bank holidays are known for {country!r}"
            + (f" with subdivision {subdivision!r}" if subdivision else "")
            + "; write an ISO 3166 code such as GB with ENG, US with NY, or DE with BY"
        ) from error
    free = set(feasts.weekend) - ({SATURDAY} if saturday else set())
    mask = [day not in free for day in range(7)]
    return np.busdaycalendar(weekmask=mask, holidays=sorted(feasts))


def first_from(day: date, calendar: np.busdaycalendar) -> date:
    """Return ``day`` itself where it is a working day, else the next one."""
    return as_date(np.busday_offset(np.datetime64(day), 0, roll="forward", busdaycal=calendar))


def as_date(day: np.datetime64) -> date:
    """Turn numpy's day into Python's."""
    found: date = day.astype("datetime64[D]").item()
    return found
