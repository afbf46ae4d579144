"""Days a message names: of the occasion, and by when the gift must be there."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nlu.days.calendar_days import DayFound
from nlu.days.calendars import FEASTS, PER_COUNTRY, next_feast
from nlu.days.countries import country_named
from nlu.days.deadlines import days_before, deadline_at, deadline_before_occasion, wants_it_at_once
from nlu.days.occasions import OccasionFound
from nlu.days.single_days import find_days, may_name_a_day, spelled
from nlu.words.text import Word


@dataclass(frozen=True, slots=True)
class DatesFound:
    """``spans`` are the places of every day named, so that no figure in them is taken for money or an age."""

    occasion_date: date | None = None
    deadline: date | None = None
    spans: tuple[tuple[int, int], ...] = ()


FARTHEST_DEADLINE = 305
"""Days. A deadline farther off was a day just past ("by 20 November" on the 22nd) or no deadline at all."""

_NOTHING = DatesFound()
_FIGURES = re.compile(r"\d[/.-]\d")


def find_dates(
    text: str, words: Sequence[Word], occasions: Sequence[OccasionFound], *, today: date, country: str
) -> DatesFound:
    """Find the day of the occasion and the last day the gift may arrive; both at or after today.

    A feast's day is the next one of the calendar unless the message says another ("Eid is on Friday"); any other
    occasion has a day only where one is said of it. A deadline is a day behind words of arriving, needing or
    leaving ("by Friday", "need it for the 5th", "I fly on Monday"); "before" takes a day off, Christmas counts as its
    eve, "asap" is today. A deadline is never the day of the occasion by itself. How "next Friday" and the
    like are meant is told in `nlu.days.weekdays`.

    Args:
        text: the cleaned message.
        words: its words.
        occasions: those the message names; the first is the gift's.
        today: the day the message was written.
        country: ISO 3166 code; Mother's Day and the order of day and month differ. One the message names wins.
    """
    if not may_name_a_day(text, words, occasions):
        return _NOTHING
    if any(one.name in PER_COUNTRY for one in occasions) or _FIGURES.search(text):
        country = country_named(text) or country
    message = spelled(text, words)
    places = [(one.name, message.here(one.start), message.here(one.end)) for one in occasions]
    days = find_days(message, occasions, today=today, country=country)
    occasion_date, deadlines = None, []
    for one in days:
        if one.day is None or _is_past(message.text, one):
            continue
        if last := deadline_at(message.text, one, one.day, places):
            deadlines.append(last)
        elif occasion_date is None and (is_said := _said_of_occasion(message.text, one, places)):
            occasion_date = is_said
    if occasion_date is None and occasions:
        occasion_date = next_feast(occasions[0].name, today, country)
    if occasion_date and (last := deadline_before_occasion(message.text, places, occasion_date)):
        deadlines.append(last)
    deadlines = [last for last in deadlines if (last - today).days <= FARTHEST_DEADLINE]
    if not deadlines and wants_it_at_once(message.text):
        deadlines.append(today)
    return DatesFound(
        occasion_date=max(occasion_date, today) if occasion_date else None,
        deadline=max(min(deadlines), today) if deadlines else None,
        spans=tuple((message.as_written(one.start), message.as_written(one.end)) for one in days if not one.feast),
    )


# ------------------------------------------------------------------ whose day it is
_SENTENCE_END = re.compile(r"[.!?;\n](?!\d)")
_PAST = re.compile(
    r"\b(?:was|were|got|bought|gave|ordered|came|died|passed|happened|turned|went|missed|forgot|arrived|had|did|saw|made|started|left|since|ago)\b"
    r"(?<!i was)(?:\s(?!will\b|is\b|for\b|a\b|an\b|until\b|till?\b|by\b|before\b)[\w']+){0,2}\s(?:on\s|this\s|just\s)?$"
)
_SPEAKER = re.compile(
    r"\b(?:i|we|you|u|i'm|im|i've|i'll|we're|we've|we'll|you're)\b(?!\s(?:celebrat|throw|have (?:a|our)))"
)
_OWN = re.compile(r"\b(?:i|i'm|im|i am|we're|we are|i'll|i've)(?: (?!need|want|must)\w+)?\s$")
_ABOUT_IT = re.compile(
    r"^\W*(?:(?:hi|hey|hello|well|so|oh|um|uh|and|yes|yeah|ok|okay|actually|sorry|oops|wait|no)\W+)*"
    r"(?:(?:it|that|which|party|the party|the day|the date|the big day|the do|she|he|bday|her|his)(?:'s| is| will be|s)?\s)?(?:coming up |happening |actually |only |now |just |literally |like )*(?:on |in |at |is )?(?:the )?$"
)
_EVENT = re.compile(
    r"\b(?:part(?:y|ies)|(?:leaving|retirement|works?|family|the) do|bash|ceremony|event|last (?:day|shift)|leaves|leaving|starts?|starting|begins?|breaks up|finishes|ends|graduates|moves|moving|due|celebrat\w+|"
    r"visit(?:s|ing)?|dinner|prom|exams?|recital|performance|reunion|turns|turning|big day|sweet sixteen|sober|recovered|\d+ (?:months|years|weeks|yrs))\b"
)
_JOINS_BEFORE = re.compile(
    r"^(?:'s)?\s*,?\s*(?:is|it's|its|it is|will be|marks|at)?\s*(?:(?!for\b|and\b|but\b|so\b|gifts?\b|presents?\b|ideas?\b|budget\b)[\w']+\s+){0,3}$"
)
_NEAR_FEAST = re.compile(
    r"^(?:'s)?\s*(?:present\s|gift\s|part(?:y|ies)\s|do\s|lunch\s|dinner\s|exchange\s|swap\s|this year\s)?(?:is|starts|begins|falls|lands|it's|its|are)?\s*(?:on|is|at)?\s*(?:the\s)?$"
)
_ON = re.compile(r"\b(?:on|at|falls|around|over)\s(?:the\s)?$")
_AFTER = re.compile(r"\b(?:after|since|from|post|until|till|til|than)\s(?:the\s)?$")


def _before(text: str, place: int) -> str:
    """What stands before a place in its sentence."""
    return _SENTENCE_END.split(text[max(0, place - 160) : place])[-1]


def _behind(text: str, place: int) -> str:
    return _SENTENCE_END.split(text[place : place + 100])[0]


def _is_past(text: str, one: DayFound) -> bool:
    return _PAST.search(_before(text, one.start)) is not None


def _said_of_occasion(text: str, one: DayFound, places: Sequence[tuple[str, int, int]]) -> date | None:
    """Return the day if it is said of the gift's occasion, moved where it is said as "the day before"."""
    before, behind = _before(text, one.start), _behind(text, one.end)
    if one.day is None or _AFTER.search(before):
        return None
    if one.feast and any(start == one.start for _, start, _ in places):
        return _feast_of_another(text, one, places, before)
    moved = days_before(before)
    day = one.day - timedelta(moved) if moved else one.day
    if places and any(start < one.end and one.start < end for _, start, end in places[:1]):
        return day  # "he's 17 tomorrow" is both
    occasion = _nearest(one, places, one.start - len(before), one.end + len(behind))
    if occasion is None:
        return day if (before.strip() or not one.feast) and _is_loose(before, behind, places) else None
    name, start, end = occasion
    if name != places[0][0]:
        return None
    if name not in FEASTS and before.strip() and _ABOUT_IT.match(before):
        return day
    between = text[end : one.start] if end <= one.start else text[one.end : start]
    if name in FEASTS and end <= one.start:
        return day if _NEAR_FEAST.match(between) else None
    if end <= one.start:
        return None if _SPEAKER.search(between) else day
    return day if _JOINS_BEFORE.match(between) else None


def _feast_of_another(text: str, one: DayFound, places: Sequence[tuple[str, int, int]], before: str) -> date | None:
    """A wedding on Christmas Day: the feast is the day of an occasion that has none of its own."""
    name, _, end = places[0]
    if one.day is None or name in FEASTS or end > one.start or len(before) < one.start - end:
        return None
    moved = days_before(before)
    if moved:
        return one.day - timedelta(moved)
    return one.day if _ON.search(before) else None


def _nearest(
    one: DayFound, places: Sequence[tuple[str, int, int]], first: int, last: int
) -> tuple[str, int, int] | None:
    """The occasion nearest to the day, of those in its sentence."""
    near = [
        place
        for place in places
        if first <= place[1] and place[2] <= last and not (place[1] < one.end and one.start < place[2])
    ]
    return min(
        near, key=lambda place: one.start - place[2] if place[2] <= one.start else place[1] - one.end + 20, default=None
    )


def _is_loose(before: str, behind: str, places: Sequence[tuple[str, int, int]]) -> bool:
    """Whether a day in a sentence without the occasion speaks of it: "It's on the 5th", "party's on Friday"."""
    if places and places[0][0] in FEASTS:
        return False
    if _ABOUT_IT.match(before):
        return not _SPEAKER.search(behind[:12]) and (bool(before.strip()) or len(behind.split()) <= 3)
    events = list(_EVENT.finditer(before))
    if not events:
        return False
    # "I need it for a party on Saturday" is the party's day, "I'm starting a course on Monday" the speaker's own.
    return not _SPEAKER.search(before[events[-1].end() :]) and not _OWN.search(before[: events[-1].start()])
