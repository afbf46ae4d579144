"""Every day a message names, in the order they stand."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from nlu.calendar_days import DayFound, find_calendar_days
from nlu.calendars import FEASTS, next_feast
from nlu.occasions import OccasionFound
from nlu.text import Word
from nlu.typos import Spelling
from nlu.weekdays import find_weekdays

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
    r"\d ?(?:st|nd|rd|th|days?|weeks?|wks?|months?|[a-z]{3,9}day|jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)\b|\d[/.-]\d|[a-z]{3}\d",
    re.IGNORECASE,
)
_SPELLING = Spelling.of(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow", "tonight", "weekend", "fortnight",
     "january", "february", "april", "august", "september", "october", "november", "december"],
    ["sundae", "sundry", "sundar", "sundays", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "weekends",
     "fortnights", "weekender", "auguste", "augusta", "friary", "tomorrows"],
)  # fmt: skip
_OTHER_FEASTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), name)
    for pattern, name in (
        (r"(?:christmas|xmas|chrimbo|crimbo) eve", "christmas_eve"),
        (r"boxing day", "boxing_day"),
        (r"new year'?s'? eve|nye|hogmanay", "new_years_eve"),
        (r"black friday", "black_friday"),
        (r"cyber monday", "cyber_monday"),
        (r"good friday", "good_friday"),
        (r"easter monday", "easter_monday"),
        (r"pancake day|shrove tuesday", "pancake_day"),
        (r"(?:st|saint|st\.) david'?s'? day", "st_davids_day"),
        (r"(?:st|saint|st\.) (?:patrick|paddy)'?s'? day|(?:paddy|patty)'?s day", "st_patricks_day"),
        (r"(?:st|saint|st\.) george'?s'? day", "st_georges_day"),
        (r"(?:st|saint|st\.) andrew'?s'? day", "st_andrews_day"),
        (r"burns'? night", "burns_night"),
        (r"bonfire night|guy fawkes(?: night)?", "bonfire_night"),
        (r"australia day", "australia_day"),
        (r"canada day", "canada_day"),
        (r"independence day", "independence_day"),
        (r"labou?r day", "labor_day"),
        (r"memorial day", "memorial_day"),
    )
)


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
    if any(word.text in _TRIGGERS for word in words) or any(one.name in FEASTS for one in occasions):
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
        meant = _SPELLING.meant(word.text)
        if meant == lower[word.start : word.end]:
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
        DayFound(next_feast(name, today, country), match.start(), match.end(), name)
        for pattern, name in _OTHER_FEASTS
        for match in pattern.finditer(text)
    ]
    for one in occasions:
        if one.name in FEASTS:
            day = next_feast(one.name, today, country)
            _add(found, DayFound(day, message.here(one.start), message.here(one.end), one.name))
    for calendar_day in find_calendar_days(text, today=today, country=country):
        _add(found, calendar_day)
    for weekday in find_weekdays(text, today=today):
        beside = next((one for one in found if _is_same_day(text, weekday, one)), None)
        if beside is None:
            _add(found, weekday)
        else:  # the day of the month is the surer one; the weekday belongs to its words
            found.remove(beside)
            found.append(replace(beside, start=min(beside.start, weekday.start), end=max(beside.end, weekday.end)))
    return tuple(sorted(found, key=lambda one: one.start))


def _add(found: list[DayFound], one: DayFound) -> None:
    if not any(one.start < other.end and other.start < one.end for other in found):
        found.append(one)


def _is_same_day(text: str, weekday: DayFound, other: DayFound) -> bool:
    """Whether a weekday stands beside the day it belongs to: "Saturday the 5th", "5 June (Friday)"."""
    if other.feast or other.day is None:
        return False
    between = text[weekday.end : other.start] if weekday.end <= other.start else text[other.end : weekday.start]
    return len(between) <= 6 and between.strip(" ,(.-") in ("", "the", "on")
