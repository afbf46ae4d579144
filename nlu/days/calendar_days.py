"""Days named by their place in a month: "3 July", "Dec 3rd", "the 23rd", "3/12", "2026-12-03", "end of the month"."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nlu.days.countries import MONTH_FIRST


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day a message names and where it stands.

    ``day`` is None where the words name no day at or after today: one that is past, or a whole month.
    ``feast`` is the name `nlu.days.calendars` knows the day by, where it is a feast.
    """

    day: date | None
    start: int
    end: int
    feast: str | None = None


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february febuary febru", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_ORDINAL_NAMES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
    "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_ORDINALS = {name: number for number, name in enumerate(_ORDINAL_NAMES.split(), 1)} | {"twelvth": 12, "nineth": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?(?![\d%])"
_SPELLED = rf"(?P<spelled>{'|'.join(name.replace('-', '[ -]') for name in sorted(_ORDINALS, key=len, reverse=True))})"
_YEAR = r"(?:,?\s?(?:in\s)?(?P<year>(?:19|20|99)\d\d)\b(?!\s?(?:usd|gbp|eur|quid|pounds|dollars|bucks|rupees)))?"
_ALONE = r"(?=\s*(?:$|[.,!?;:)\n\-…]|[^\w\s£$€]|(?:at the )?latest\b|(?:and|so|but|please|pls|plz|at|if|or|i|we|she|he|they|is|as|to|in|with|because|cos|for|this|next|my|her|his|it|its|it's|thanks|which|when|that|from|on|need|needs|must|any|budget|maybe|though|then|not|will|would|under|around|about|she's|he's|she'll|he'll|she'd|what)\b))"
_CUE = r"(?:on|by|before|until|till|til|due|born|dob|date|from|latest|after|since)"
_EVENT = r"(?:b-?day|birthday|birth day|bday's|anniversary|wedding|party|event|graduation|deadline|christening|do|shower|day|date)"
_UNIT = r"(?!\s?(?:quid|pounds?|dollars?|bucks|usd|gbp|eur|euros?|inch\w*|cm|mm|years?|yrs?|yo\b|y/o|months?|people|kids|of\b(?!\s+(?:this|next|the))|size|stars?|hours?|hrs?|price|length|sleeve|cup|%|\"|/|x\b))"

_INITIALS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PATTERNS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), kind, cues)
    for pattern, kind, cues in (
        (r"(?<![\d-])(?P<year>20\d\d|19\d\d)-(?P<m>0?[1-9]|1[0-2])-(?P<day>0?[1-9]|[12]\d|3[01])(?![\d-])", "whole", ("-",)),
        (r"(?<![\d/.-])(?P<a>0?[1-9]|[12]\d|3[01])(?P<sep>[/.-])(?P<b>0?[1-9]|[12]\d|3[01])(?P=sep)(?P<year>(?:20|19)?\d\d)(?![\d/]|[.-]\d)", "figures", ("/", ".", "-")),
        # "turns 5 March 12" is the 12th
        (rf"\b(?:the\s)?{_DAY}(?:\s?-\s?|\s(?:of\s)?|(?<=[a-z])\s?of\s|/)?{_MONTH}(?!\s\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?(?:pm|am|:|quid|pounds|dollars|bucks|usd|gbp))){_YEAR}", "named", _INITIALS),
        (rf"\b{_MONTH}\s?-?(?:the\s|/)?{_DAY}(?!\s?(?:people|kids|children|of\s(?:us|them)|gifts|presents|items|things|times|years|yrs|or\s(?:so|\d)|quid|pounds|dollars|bucks|usd|gbp|months|weeks|days|[/:x]|\.\d)){_YEAR}", "named", _INITIALS),
        (rf"\b(?:the\s)?{_SPELLED}\s(?:of\s)?{_MONTH}{_YEAR}", "named", _INITIALS),
        (rf"\b{_MONTH}\s(?:the\s)?{_SPELLED}\b{_YEAR}", "named", _INITIALS),
        (r"\b(?:the\s)?(?:very\s)?end of (?P<of>the month|this month|next month|the year|this year|the week|this week|next week)\b", "end", ("end",)),
        (r"\bmonth[ -]end\b", "end", ("end",)),
        (rf"\b(?:the\s)?end of {_MONTH}", "end", ("end",)),
        (rf"\b(?:(?:{_CUE}|{_EVENT})\s?:?|{_EVENT}(?:'s|\sis)?\s(?:on\s)?)\s?(?P<at>)(?P<a>0?[1-9]|[12]\d|3[01])/(?P<b>0?[1-9]|[12]\d|3[01])(?![\d/])(?!\.\d){_UNIT}", "figures", ("/", ".", "-")),
        (rf"(?<![\d£$€/.-])(?P<a>0?[1-9]|[12]\d|3[01])/(?P<b>0?[1-9]|[12]\d|3[01])(?=\s(?:is\s|for\s)?(?:(?:her|his|my|our|their|the|a)\s)?(?:\w+\s)?{_EVENT}\b)", "figures", ("/",)),
        (r"^\W*(?P<at>)(?P<a>0?[1-9]|[12]\d|3[01])/(?P<b>0?[1-9]|[12]\d|3[01])(?=\W*$)(?!\s*[£$€])", "figures", ("/",)),
        (rf"\b(?:{_CUE}|{_EVENT}(?:'s|\sis)?)\s?:?\s(?P<at>)(?:\w+day,?\s)?(?:the\s)?(?P<day>0?[1-9]|[12]\d|3[01])\s?(?:st|nd|rd|th)(?P<of>\s(?:of\s)?(?:the|this|next)\smonth)?{_ALONE}", "nth", ("st", "nd", "rd", "th")),
        (rf"\bthe\s(?P<day>0?[1-9]|[12]\d|3[01])\s?(?:st|nd|rd|th)(?P<of>\s(?:of\s)?(?:the|this|next)\smonth)?{_ALONE}", "nth", ("st", "nd", "rd", "th")),
        (rf"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?(?P<day>0?[1-9]|[12]\d|3[01])\s?(?:st|nd|rd|th)?(?![\d/:.%]|\s?(?:[ap]m|quid|people|pounds|dollars|bucks))(?P<of>\s(?:of\s)?(?:the|this|next)\smonth)?{_ALONE}", "nth", ("day",)),
        (rf"\b(?:on|by|before|until|birthday is|bday is|is|'s)\s(?:on\s)?(?P<at>)the\s{_SPELLED}(?P<of>\s(?:of\s)?(?:the|this|next)\smonth)?(?=\s*(?:$|[.!;)\n]|(?:of (?:this|next) month|and (?:i|she|he)|so|but|please|at the latest)\b))", "nth", ("st", "nd", "rd", "th")),
        (rf"\b{_MONTH},?\s(?P<year>20\d\d)\b", "month", ("20",)),
    )
)  # fmt: skip
"""Pattern, kind, and what stands in every message the pattern fits: looking for that first is much faster."""
_MAY_THE_VERB = re.compile(
    r"\d\s?may\s(?:not|be|like|want|have|well|need|also|love|enjoy|get|or|look|prefer|even|all)\b"
)
_BORN = re.compile(r"\b(?:born|dob|b-?day|birthday|d\.o\.b)\b[^.!?\n]{0,20}$")


def find_calendar_days(text: str, *, today: date, country: str) -> Iterator[DayFound]:
    """Yield the days named by their place in a month.

    Args:
        text: a cleaned message in lower case.
        today: the day it was written; without a year the next such day is meant, today itself counting.
        country: ISO 3166 code; 3/12 is in December but where `MONTH_FIRST` says it is in March. Where only the
            other order is a date (25/12 in the US), that is meant.
    """
    taken: list[tuple[int, int]] = []
    for pattern, kind, cues in _PATTERNS:
        if not any(cue in text for cue in cues):
            continue
        for match in pattern.finditer(text):
            start, end = match.start("at") if "at" in pattern.groupindex else match.start(), match.end()
            if any(start < b and a < end for a, b in taken) or (
                kind == "named" and _MAY_THE_VERB.match(match.group() + text[end : end + 8])
            ):
                continue
            found = _READERS[kind](match, today, country)
            if found is None:
                continue
            taken.append((start, end))
            day = found if found >= today else None
            if day is None and _BORN.search(text[max(0, start - 40) : start]):
                day = next_on(found.month, found.day, today)
            yield DayFound(day, start, end)


def next_on(month: int, day: int, today: date) -> date | None:
    """Return the next such day of a month, today itself counting; None where there is none ("31 June")."""
    for year in range(today.year, min(today.year + 9, date.max.year + 1)):  # 29 February may be eight years away
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def next_day_of_month(day: int, today: date, months_on: int = 0) -> date | None:
    """Return the next day of that number, today itself counting; ``months_on`` 1 looks from the next month on."""
    year, month = today.year, today.month + months_on
    for _ in range(4):
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        try:
            found = date(year, month, day)
        except ValueError:
            found = date.min
        if found >= today:
            return found
        month += 1
    return None


def last_of_month(year: int, month: int) -> date | None:
    """Return the last day of a month."""
    try:
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    except ValueError:  # after the last year there is
        return None


_PAST = date.min
_Reader = Callable[[re.Match[str], date, str], "date | None"]


def _whole(match: re.Match[str], today: date, country: str) -> date | None:
    return _valid(int(match["year"]), int(match["m"]), int(match["day"]))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _figures(match: re.Match[str], today: date, country: str) -> date | None:
    first, second = int(match["a"]), int(match["b"])
    day, month = (second, first) if country in MONTH_FIRST else (first, second)
    if month > 12:
        day, month = month, day
    if month > 12:
        return None
    written = match.groupdict().get("year")
    if written is None:
        return next_on(month, day, today)
    return _valid(int(written) + (2000 if len(written) == 2 else 0), month, day)


def _named(match: re.Match[str], today: date, country: str) -> date | None:
    parts = match.groupdict()
    month = _MONTHS[parts["month"]]
    spelled = parts.get("spelled")
    day = _ORDINALS[spelled.replace(" ", "-")] if spelled else int(parts["day"])
    return _valid(int(parts["year"]), month, day) if parts.get("year") else next_on(month, day, today)


def _nth(match: re.Match[str], today: date, country: str) -> date | None:
    parts = match.groupdict()
    spelled = parts.get("spelled")
    day = _ORDINALS[spelled.replace(" ", "-")] if spelled else int(parts["day"])
    return next_day_of_month(day, today, 1 if "next" in (parts["of"] or "") else 0)


def _end(match: re.Match[str], today: date, country: str) -> date | None:
    parts = match.groupdict()
    if name := parts.get("month"):
        month = _MONTHS[name]
        return last_of_month(today.year + (month < today.month), month)
    of = parts.get("of") or "the month"
    if "year" in of:
        return date(today.year, 12, 31)
    if "week" in of:  # its last working day, on which parcels come; on a Saturday or Sunday that of the next week
        days = (4 - today.weekday()) % 7 if "next" not in of else 11 - today.weekday()
        return _later(today, days)
    return (
        last_of_month(today.year + (today.month + 1) // 13, today.month % 12 + 1)
        if "next" in of
        else last_of_month(today.year, today.month)
    )


def _later(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days)
    except OverflowError:
        return None


def _month(match: re.Match[str], today: date, country: str) -> date | None:
    return _PAST


_READERS: dict[str, _Reader] = {
    "whole": _whole,
    "figures": _figures,
    "named": _named,
    "nth": _nth,
    "end": _end,
    "month": _month,
}
