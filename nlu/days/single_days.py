"""Every day a message names, in the order they stand."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from nlu.days.calendar_days import DayFound, find_calendar_days
from nlu.days.calendars import FEASTS, next_feast
from nlu.days.occasions import OccasionFound
from nlu.days.weekdays import find_weekdays
from nlu.words.text import Word
from nlu.words.typos import Spelling

_DAY_WORDS = (
    "jan january feb february febuary mar march apr april may jun june jul july aug august sep sept september oct october nov november dec december "
    "mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun sunday "
    "monday's tuesday's wednesday's thursday's friday's saturday's sunday's tomorrow's today's tonight's weekend's "
    "today 2day tonight tonite tomorrow tommorow tomorow tommorrow tomorro tmrw tmrow tmr tmw 2moro 2morrow tomoz tomo overmorrow eod weekend w/e "
    "day days night nights week weeks wk wks fortnight fortnights month months mth mths hours hrs end afternoon evening "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first eve nye hogmanay fawkes asap immediately soon"
)  # fmt: skip
_TRIGGERS = frozenset(_DAY_WORDS.split())
_FIGURES = re.compile(
    r"\d ?(?:st|nd|rd|th|days?|weeks?|wks?|months?|[a-z]{3,9}day|jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)\b|\d[/.-]\d",
    re.IGNORECASE,
)
_SPELLING = Spelling.of(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow", "tonight", "weekend", "fortnight",
     "january", "february", "april", "august", "september", "october", "november", "december"],
    ["sundae", "sundry", "sundar", "sundays", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "weekends",
     "fortnights", "weekender", "auguste", "augusta", "friary", "tomorrows"],
)  # fmt: skip
_OTHER_FEASTS = re.compile(
    r"\b(?:"
    r"(?P<christmas_eve>(?:christmas|xmas|chrimbo|crimbo) eve)"
    r"|(?P<boxing_day>boxing day)"
    r"|(?P<new_years_eve>new year'?s'? eve|nye|hogmanay)"
    r"|(?P<black_friday>black friday)"
    r"|(?P<cyber_monday>cyber monday)"
    r"|(?P<good_friday>good friday)"
    r"|(?P<easter_monday>easter monday)"
    r"|(?P<pancake_day>pancake day|shrove tuesday)"
    r"|(?P<st_davids_day>(?:st|saint|st\.) david'?s'? day)"
    r"|(?P<st_patricks_day>(?:st|saint|st\.) (?:patrick|paddy)'?s'? day|(?:paddy|patty)'?s day)"
    r"|(?P<st_georges_day>(?:st|saint|st\.) george'?s'? day)"
    r"|(?P<st_andrews_day>(?:st|saint|st\.) andrew'?s'? day)"
    r"|(?P<burns_night>burns'? night)"
    r"|(?P<bonfire_night>bonfire night|guy fawkes(?: night)?)"
    r"|(?P<australia_day>australia day)"
    r"|(?P<canada_day>canada day)"
    r"|(?P<independence_day>independence day)"
    r"|(?P<labor_day>labou?r day)"
    r"|(?P<memorial_day>memorial day)"
    r")\b"
)
_MOST = 24
"""Days looked at in one message; nobody means more."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A message in lower case with slips in the names of days mended, and where each place of it was."""

    text: str
    mended: tuple[tuple[int, int, int, int], ...] = ()
    """Start and end as written, start and end here, of each mended word."""

    def here(self, place: int) -> int:
        """Translate a place of the message as written."""
        shift = 0
        for start, end, first, last in self.mended:
            if place <= start:
                break
            if place < end:
                return first
            shift = last - end
        return place + shift

    def as_written(self, place: int) -> int:
        """Translate a place of ``text`` back."""
        shift = 0
        for start, end, first, last in self.mended:
            if place <= first:
                break
            if place < last:
                return start
            shift = end - last
        return place + shift


def may_name_a_day(text: str, words: Sequence[Word], occasions: Sequence[OccasionFound]) -> bool:
    """Whether a closer look is worth its time: most messages name no day."""
    if any(one.name in FEASTS for one in occasions):
        return True
    # As written too: "thurs" may have been taken for a slip in another word.
    if any(word.text in _TRIGGERS or text[word.start : word.end].lower() in _TRIGGERS for word in words):
        return True
    return _FIGURES.search(text) is not None or any(_SPELLING.meant(word.text) in _TRIGGERS for word in words)


def spelled(text: str, words: Sequence[Word]) -> Spelled:
    """Lower a message's case and mend slips in names of days ("wendesday") and in words already mended in ``words``."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters have no single lower one
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    parts: list[str] = []
    mended: list[tuple[int, int, int, int]] = []
    done = length = 0
    for word in words:
        written = lower[word.start : word.end]
        meant = written if written in _TRIGGERS else _SPELLING.meant(word.text)
        if meant == written:
            continue
        parts += [lower[done : word.start], meant]
        length += word.start - done
        mended.append((word.start, word.end, length, length + len(meant)))
        length, done = length + len(meant), word.end
    return Spelled("".join([*parts, lower[done:]]), tuple(mended))


def find_days(
    message: Spelled, occasions: Sequence[OccasionFound], *, today: date, country: str
) -> tuple[DayFound, ...]:
    """Find every day named in a message: by figures, by weekday or distance, and by feast.

    Args:
        message: places of the days found count characters of its text.
        occasions: those the message names; a feast among them is a day too.
        today: the day it was written.
        country: ISO 3166 code.
    """
    text = message.text
    found = [
        DayFound(next_feast(match.lastgroup, today, country), match.start(), match.end(), match.lastgroup)
        for match in islice(_OTHER_FEASTS.finditer(text), _MOST)
        if match.lastgroup
    ]
    for one in occasions:
        if one.name in FEASTS:
            day = next_feast(one.name, today, country)
            _add(found, DayFound(day, message.here(one.start), message.here(one.end), one.name))
    for calendar_day in islice(find_calendar_days(text, today=today, country=country), _MOST):
        _add(found, calendar_day)
    for weekday in islice(find_weekdays(text, today=today), _MOST):
        beside = next((one for one in found if _is_same_day(text, weekday, one)), None)
        if beside is None:
            _add(found, weekday)
        else:  # the day of the month is the surer one; the weekday belongs to its words
            found.remove(beside)
            found.append(replace(beside, start=min(beside.start, weekday.start), end=max(beside.end, weekday.end)))
    return tuple(sorted(found, key=lambda one: one.start)[:_MOST])


def _add(found: list[DayFound], one: DayFound) -> None:
    if not any(one.start < other.end and other.start < one.end for other in found):
        found.append(one)


def _is_same_day(text: str, weekday: DayFound, other: DayFound) -> bool:
    """Whether a weekday stands beside the day it belongs to: "Saturday the 5th", "5 June (Friday)"."""
    if other.feast or other.day is None:
        return False
    between = text[weekday.end : other.start] if weekday.end <= other.start else text[other.end : weekday.start]
    return len(between) <= 6 and between.strip(" ,(.-") in ("", "the", "on")
