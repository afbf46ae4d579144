"""Days named by their distance from today: "on Friday", "Saturday week", "in two weeks", "tomorrow", "this weekend"."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from nlu.days.calendar_days import DayFound

SATURDAY = 5
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon monday", "tue tues tuesday", "wed weds wednesday", "thu thur thurs thursday", "fri friday", "sat saturday", "sun sunday")
    )
    for name in names.split()
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "another": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "couple": 2, "a couple": 2,
    "a couple of": 2, "couple of": 2,
}  # fmt: skip
_N = r"(?P<n>\d{1,3}|a couple of|couple of|a couple|couple|an|a|one|another|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty)"
_FULL = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
# "sun", "sat", "wed", "mon" are words of their own; behind "on", "by" or "next" they are days.
_SHORT = r"(?:tues|weds|thurs|thur|fri|mon|tue|wed|thu|sat|sun)(?!\s(?:hat|cream|glasses|tan|lounger|down|screen|protection|dress))"
_DAY = rf"(?P<wd>{_FULL})"
_NOT_A_DAY = r"(?!\s(?:roast|league|best|school|papers?|times|lunch\b|brunch|night football|night magic|night lights|night live|night fever|addams|afternoons?\b|blues))(?!s\b|'s child)"
_UNIT = r"(?P<unit>days?|nights?|weeks?|wks?|wk|months?|mths?|fortnights?|hours?|hrs?)"
_ABOUT = r"(?:about |around |like |roughly |just |under |less than |only |exactly |approx\.? )?"

_UNITS = ("day", "night", "week", "wk", "month", "mth", "hour", "hr")
_PATTERNS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), kind, cues)
    for pattern, kind, cues in (
        (rf"\b(?:last|past|previous|every|each|most|bank holiday|black|good|cyber|easter|mothering|palm|ruby|super) {_FULL}s?\b|\b{_FULL} (?:gone|just gone|last|mornings|nights|evenings)\b", "none", ("day", "last ", "past ", "every ", "each ", "previous ", "ago", "back")),
        (r"\b(?:last|past|every|each|previous) (?:week|month|year|weekend|night|summer|winter)s?\b|\byesterday\b|\b(?:week|month|year|day|hour)s? ago\b|\b(?:two|three|few|\d+) (?:week|month|year|day)s? (?:ago|back)\b", "none", ("day", "last ", "past ", "every ", "each ", "previous ", "ago", "back")),
        (rf"\b(?:(?P<n>a|one|two|three|four|2|3|4|1) (?:weeks?|wks?)|(?P<fortnight>a fortnight)) (?:on|from|this|from this|next) {_DAY}", "weeks_on_weekday", ("day",)),
        (rf"\b{_DAY} (?P<weeks>week|fortnight)\b(?! (?:day|end|off))", "weekday_week", ("day week", "day fortnight")),
        (rf"\b(?P<n>week|fortnight) on {_DAY}", "weekday_week_before", ("week on", "fortnight on")),
        (r"\b(?:a )?week (?:today|from today)\b|\btoday week\b|\bthis time next week\b|\ba week today\b", "week", ("week",)),
        (r"\b(?:a )?week tomorrow\b|\btomorrow week\b|\ba week from tomorrow\b", "week_and_day", ("week",)),
        (rf"\b{_DAY},? (?:of )?next (?:week|wk)\b|\bnext (?:week|wk),? (?:on )?(?P<wd2>{_FULL})\b", "next_weekday", ("next ", "nxt ")),
        (rf"\b{_DAY} after next\b", "weekday_after_next", ("after next",)),
        (rf"\b(?:nxt|next) (?P<wd>{_FULL}|{_SHORT})\b{_NOT_A_DAY}", "next_weekday", ("next ", "nxt ")),
        (rf"\b(?:this (?:coming )?|dis )(?P<wd>{_FULL}|{_SHORT})\b{_NOT_A_DAY}", "this_weekday", ("this ", "dis ")),
        (rf"\b(?:on |by |before |until |till |coming |latest |arrive |come |friday or )(?:the )?(?:coming )?(?P<wd>{_SHORT})\b(?!\s(?:my|the)\b)", "weekday", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")),
        (rf"\b(?:(?:the|this) )?(?:coming )?{_DAY}\b{_NOT_A_DAY}", "weekday", ("day",)),
        (rf"\b(?:in|in the next|within|within the next|inside) {_ABOUT}(?:the next )?{_N}[ -]?{_UNIT}(?:'s|'|s')?(?: time)?\b", "in", _UNITS),
        (rf"\b(?:have|got|only) {_ABOUT}{_N}[ -]?{_UNIT} (?=left\b|to (?:find|get|sort|buy|order|come up|figure|pick|choose)\b)", "in", _UNITS),
        (r"\b(?:in )?(?P<n>a )?fortnight(?:'s time)?\b(?! (?:ago|old))", "fortnight", ("fortnight",)),
        (rf"\b{_N}[ -]?{_UNIT} (?:from (?:now|today|tonight)|away|to go|left|today|until|till|til)\b", "in", _UNITS),
        (rf"\b{_N}[ -]?{_UNIT} from (?:tomorrow|tmrw)\b", "in_from_tomorrow", ("from tomorrow", "from tmrw")),
        (r"\b(?:the )?day after (?:tomorrow|tmrw|tmr)\b|\bovermorrow\b", "in_two_days", ("day after", "overmorrow")),
        (r"\b(?:tomorrow|tommorow|tomorow|tommorrow|tomorro|tmrw|tmrow|tmr|tmw|2moro|2morrow|tomoz|tomo)\b", "tomorrow", ("tom", "tm", "2mor")),
        (r"\b(?:today|2day|tonight|tonite|this (?:evening|afternoon|morning)|end of (?:the )?day|eod)\b", "today", ("day", "2day", "ton", "this ", "eod")),
        (r"\b(?:nxt|next) weekend\b", "next_weekend", ("weekend",)),
        (r"\b(?:this|the|coming) (?:coming )?(?:long )?(?:weekend|w/e)\b(?! (?:away|trips?|break|getaway|bag|warrior))", "weekend", ("weekend", "w/e")),
    )
)  # fmt: skip
"""Pattern, kind, and what stands in every message the pattern fits: looking for that first is much faster."""


def find_weekdays(text: str, *, today: date) -> Iterator[DayFound]:
    """Yield the days named by their distance from today.

    Weeks begin on Monday. "on Friday" is the coming one, said on a Friday the one after; "this Friday" may be today.
    "next Friday" is the Friday of next week: said on a Wednesday nine days on, said on a Saturday six days on ("next
    Monday", said on a Wednesday, is therefore the coming one). "Saturday week" and "a week on Saturday" are the
    coming Saturday and seven days. A weekend is its Saturday, or today where it has begun. "end of the week" is
    its Friday (`nlu.days.calendar_days`). "in a month" is the same day of the next month, or the last day it has.

    Args:
        text: a cleaned message in lower case.
        today: the day it was written.
    """
    taken: list[tuple[int, int]] = []
    for pattern, kind, cues in _PATTERNS:
        if not any(cue in text for cue in cues):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            taken.append((start, end))
            try:
                yield DayFound(_READERS[kind](match, today), start, end)
            except OverflowError:  # beyond the last day there is
                yield DayFound(None, start, end)


def _coming(match: re.Match[str], today: date) -> date:
    """Return the next such weekday after today."""
    return today + timedelta((_weekday(match) - today.weekday() - 1) % 7 + 1)


def _weekday(match: re.Match[str]) -> int:
    parts = match.groupdict()
    return _WEEKDAYS[parts.get("wd") or parts.get("wd2") or ""]


def _this(match: re.Match[str], today: date) -> date:
    return today + timedelta((_weekday(match) - today.weekday()) % 7)


def _of_next_week(weekday: int, today: date) -> date:
    return today + timedelta(7 - today.weekday() + weekday)


def _weeks_on_weekday(match: re.Match[str], today: date) -> date:
    weeks = 2 if match["fortnight"] else _number(match["n"])
    return _coming(match, today) + timedelta(7 * weeks)


def _weekend(match: re.Match[str], today: date) -> date:
    return today + timedelta(max(0, SATURDAY - today.weekday()))


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS[written]


def _in(match: re.Match[str], today: date) -> date:
    number, unit = _number(match["n"]), match["unit"]
    if unit.startswith(("h",)):
        return today + timedelta(-(-number // 24) if number >= 12 else 0)
    if unit.startswith("m"):
        return months_later(today, number)
    each = 1 if unit.startswith(("d", "n")) else 14 if unit.startswith("f") else 7
    return today + timedelta(number * each)


def months_later(today: date, months: int) -> date:
    """Return the same day so many months on, or the last day that month has.

    Raises:
        OverflowError: after the last year there is.
    """
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    for day in range(today.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            if year > date.max.year:
                raise OverflowError from None
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(today.day, 28))


_READERS: dict[str, Callable[[re.Match[str], date], date | None]] = {
    "none": lambda match, today: None,
    "weeks_on_weekday": _weeks_on_weekday,
    "weekday_week": lambda match, today: _coming(match, today) + timedelta(14 if match["weeks"] == "fortnight" else 7),
    "weekday_week_before": lambda match, today: (
        _coming(match, today) + timedelta(14 if match["n"] == "fortnight" else 7)
    ),
    "week": lambda match, today: today + timedelta(7),
    "week_and_day": lambda match, today: today + timedelta(8),
    "next_weekday": lambda match, today: _of_next_week(_weekday(match), today),
    "weekday_after_next": lambda match, today: _of_next_week(_weekday(match), today) + timedelta(7),
    "this_weekday": _this,
    "weekday": _coming,
    "in_two_days": lambda match, today: today + timedelta(2),
    "tomorrow": lambda match, today: today + timedelta(1),
    "today": lambda match, today: today,
    "next_weekend": lambda match, today: _of_next_week(SATURDAY, today),
    "weekend": _weekend,
    "in": _in,
    "fortnight": lambda match, today: today + timedelta(14),
    "in_from_tomorrow": lambda match, today: _in(match, today) + timedelta(1),
}
