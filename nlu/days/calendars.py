"""On which day a feast is kept, country by country."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter  # type: ignore[import-untyped]

from nlu.days.moon_feasts import MOON_FEASTS

_MONDAY, _THURSDAY, _SUNDAY = 0, 3, 6
Rule = Callable[[int], date]
"""From a year to the day in it."""


def _on(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _nth(nth: int, weekday: int, month: int) -> Rule:
    """Return the rule for the nth such weekday of a month; -1 is the last."""

    def rule(year: int) -> date:
        if nth > 0:
            first = date(year, month, 1)
            return first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        return last - timedelta((last.weekday() - weekday) % 7)

    return rule


def _easter(year: int) -> date:
    sunday: date = easter(year)
    return sunday


def _from_easter(days: int) -> Rule:
    return lambda year: _easter(year) + timedelta(days)


def _mothers_day_of_france(year: int) -> date:
    """Return the last Sunday of May, but the first of June where that is Whit Sunday."""
    last = _nth(-1, _SUNDAY, 5)(year)
    return last + timedelta(7) if last == _easter(year) + timedelta(49) else last


def _by_country(*rules: tuple[str, Rule]) -> Mapping[str, Rule]:
    return {country: rule for countries, rule in rules for country in countries.split()}


_MOTHERS_DAY = _by_country(
    ("GB IE NG", _from_easter(-21)),  # Mothering Sunday, the fourth in Lent
    ("FR", _mothers_day_of_france),
    ("SE MA DZ TN DO HT", _nth(-1, _SUNDAY, 5)),
    ("ES PT HU LT RO MZ AO", _nth(1, _SUNDAY, 5)),
    ("NO", _nth(2, _SUNDAY, 2)),
    ("AR", _nth(3, _SUNDAY, 10)),
    ("LU", _nth(2, _SUNDAY, 6)),
    ("MX GT SV", _on(5, 10)),
    ("PL", _on(5, 26)),
    ("AE BH EG IQ JO KW LB LY OM PS QA SA SD SY YE", _on(3, 21)),
    ("KR", _on(5, 8)),
    ("TH", _on(8, 12)),
    ("CR", _on(8, 15)),
    ("PA", _on(12, 8)),
    ("ID", _on(12, 22)),
)
_FATHERS_DAY = _by_country(
    ("AU NZ FJ PG", _nth(1, _SUNDAY, 9)),
    ("ES PT IT HR MZ AO", _on(3, 19)),
    ("DE", _from_easter(39)),  # Ascension Day
    ("AT BE", _nth(2, _SUNDAY, 6)),
    ("CH LT", _nth(1, _SUNDAY, 6)),
    ("NO SE FI IS EE", _nth(2, _SUNDAY, 11)),
    ("LU", _nth(1, _SUNDAY, 10)),
    ("RO", _nth(2, _SUNDAY, 5)),
    ("BR", _nth(2, _SUNDAY, 8)),
    ("DK", _on(6, 5)),
    ("PL", _on(6, 23)),
    ("KR", _on(5, 8)),
    ("TW", _on(8, 8)),
    ("TH", _on(12, 5)),
    ("AE EG JO LB SY", _on(6, 21)),
    ("GT SV", _on(6, 17)),
)
_THANKSGIVING = _by_country(("US", _nth(4, _THURSDAY, 11)), ("CA", _nth(2, _MONDAY, 10)))
_TEACHERS_DAY = _by_country(("IN", _on(9, 5)), ("CN", _on(9, 10)), ("MX", _on(5, 15)), ("AU", _nth(-1, 4, 10)))
_INDEPENDENCE_DAY = _by_country(("US", _on(7, 4)), ("IN", _on(8, 15)), ("PK", _on(8, 14)), ("MX", _on(9, 16)))

_EVERYWHERE: Mapping[str, Rule] = {
    "christmas": _on(12, 25),
    "christmas_eve": _on(12, 24),
    "boxing_day": _on(12, 26),
    "new_years_eve": _on(12, 31),
    "new_year": _on(1, 1),
    "burns_night": _on(1, 25),
    "valentines_day": _on(2, 14),
    "st_davids_day": _on(3, 1),
    "womens_day": _on(3, 8),
    "st_patricks_day": _on(3, 17),
    "st_georges_day": _on(4, 23),
    "canada_day": _on(7, 1),
    "australia_day": _on(1, 26),
    "halloween": _on(10, 31),
    "bonfire_night": _on(11, 5),
    "st_andrews_day": _on(11, 30),
    "pancake_day": _from_easter(-47),
    "good_friday": _from_easter(-2),
    "easter": _from_easter(0),
    "easter_monday": _from_easter(1),
    "labor_day": _nth(1, _MONDAY, 9),
    "memorial_day": _nth(-1, _MONDAY, 5),
    "black_friday": lambda year: _THANKSGIVING["US"](year) + timedelta(1),
    "cyber_monday": lambda year: _THANKSGIVING["US"](year) + timedelta(4),
}
PER_COUNTRY: Mapping[str, tuple[Mapping[str, Rule], Rule | None]] = {
    "mothers_day": (_MOTHERS_DAY, _nth(2, _SUNDAY, 5)),
    "fathers_day": (_FATHERS_DAY, _nth(3, _SUNDAY, 6)),
    "thanksgiving": (_THANKSGIVING, _THANKSGIVING["US"]),
    "teachers_day": (_TEACHERS_DAY, None),
    "independence_day": (_INDEPENDENCE_DAY, None),
}
"""Feasts with the days of countries of their own, and the rule of all others (None: they do not keep it)."""
_EIDS = ("eid_al_fitr", "eid_al_adha")
FEASTS = frozenset({*_EVERYWHERE, *PER_COUNTRY, *MOON_FEASTS, "eid"})
"""Every name `next_feast` may know a day of."""


@lru_cache(maxsize=2048)
def next_feast(name: str, today: date, country: str) -> date | None:
    """Return the next day of a feast, today itself counting.

    Args:
        name: as occasions are named ("mothers_day"), or another day of the calendar ("christmas_eve"). "eid" is the
            next of the two, "ramadan" its first day, "hanukkah" the evening of its first candle.
        today: the day to count from.
        country: ISO 3166 code; one without its own rule keeps Mother's Day in May and Father's Day in June.

    Returns:
        None for what is no feast (a wedding), or where no day is known that far ahead.
    """
    if name == "eid":
        nexts = [day for one in _EIDS if (day := next_feast(one, today, country))]
        return min(nexts, default=None)
    if name in MOON_FEASTS:
        # Without a list for these years there is no saying; the first day listed would be years away.
        known = MOON_FEASTS[name]
        return next((day for day in known if day >= today), None) if today.year >= known[0].year else None
    rules, usual = PER_COUNTRY.get(name, ({}, _EVERYWHERE.get(name)))
    rule = rules.get(country, usual)
    if rule is None:
        return None
    years = (year for year in (today.year, today.year + 1) if date.min.year < year < date.max.year)
    return next((day for year in years if (day := _day(rule, year)) and day >= today), None)


def _day(rule: Rule, year: int) -> date | None:
    try:
        return rule(year)
    except ValueError:  # Easter is not reckoned before 1583 or after 4099
        return None
