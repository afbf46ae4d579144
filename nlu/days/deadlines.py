"""Whether a day is the last on which a gift may arrive."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from nlu.days.calendar_days import DayFound
from nlu.days.calendars import FEASTS

_COUNTS = {
    "the": 1,
    "a": 1,
    "one": 1,
    "1": 1,
    "couple of": 2,
    "a couple of": 2,
    "two": 2,
    "2": 2,
    "few": 3,
    "a few": 3,
    "three": 3,
    "3": 3,
    "four": 4,
    "4": 4,
    "five": 5,
    "5": 5,
}
_N_BEFORE = r"(?:(?P<n>the|a couple of|couple of|a few|few|a|one|1|two|2|three|3|four|4|five|5)\s(?P<unit>days?|nights?|weeks?|evening|morning)\s)"
_SMALL = r"(?:(?:the|this|next|her|his|our|about|around|like|say|either|around|latest|at the latest|at least|end of play|very latest|,|:|\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)?|noon|midday|lunchtime|close of play)\s)*"
_BEFORE = re.compile(rf"\b{_N_BEFORE}?(?:before|b4|ahead of|prior to)\s{_SMALL}$")
_BY = re.compile(
    rf"(?:\b(?:by|no later than|not later than|latest(?: by)?|in time for|in time 4|on time for|to be here for|within)|\b(?:deadline|latest)(?: is|'s|:)?(?: on)?)\s{_SMALL}$"
)
_HAVE_UNTIL = re.compile(r"\b(?:have|got|i've|we've) (?:only )?(?:got )?(?:until|till|til)\s$")
_FOR = re.compile(r"\b(?:for|4)\s(?:the\s|this\s)?$")
_WANTED = re.compile(
    r"\b(?:needs?|needed|want|wants|gifts?|presents?|pressies?|something|smth|anything|ideas?|looking|get|buy|find|order|must|have|ready|send|arrival|it's|its|here|delivery|delivered|arrive)\b"
)
_REFUSED = re.compile(r"\b(?:don't|dont|do not|never|not) (?:\w+ ){1,3}(?:before|by|until|on)\s(?:the\s)?$")
_PLANNED = re.compile(
    r"\b(?:planned|set|booked|scheduled|arranged|invited|party|bash|do|ceremony|dinner|date|tickets?|reservation|table|flights?|day|weather|going|trip)\s(?:is\s)?(?:booked\s|set\s|planned\s)?for\s(?:the\s|this\s)?$"
)
_THING = r"(?:it|this|that|one|them|these|something|smth|anything|a\s?\w*\s(?:gift|present|pressie)|gifts?|presents?|pressies?|ideas?|delivery|the parcel|package|stuff|things?)"
_NEED = re.compile(
    rf"\b(?:needs?|needed|want(?:ed|s)?|must have|have to have|gotta have|got to have|require[ds]?|get)\s(?:to (?:get|have|buy|find|send|order)\s)?{_THING}(?:\s(?:here|there|sorted|delivered|sent|to arrive|in hand|quick|quickly|fast))?(?:\s(?:on|in))?\s?$"
)
_ARRIVE = re.compile(
    r"\b(?:arrive|arrives|arrival|arriving|be delivered|get delivered|it delivered|delivered|deliver(?: it| them| this)?|delivery|be (?:here|there|with (?:me|her|him|us|them))|get (?:here|there)|turn up|come|be in my hands|in my hands|here|there|to (?:me|her|him|us|them)|reach (?:me|her|him|us|them|here|there))"
    r"(?:\s(?:for|on|in|at))?\s?$"
)
_WILL_ARRIVE = re.compile(
    r"\b(?:need|needs|needed|must|has to|have to|gotta|got to|can|could|will|would|should|does|do you|want|possible|guarantee\w*|next|send|please)\b"
)
_LEAVE = re.compile(
    r"\b(?:i|we|i'm|im|i am|we're|we are|i'll|we'll|my|our)\b[^.!?\n]{0,18}\b(?:leave|leaving|fly|flying|flights?|travel|travelling|traveling|depart|departing|head|heading|set off|setting off|going away|off on holiday|drive|driving|off to|see(?:ing)?|visit(?:ing)?|meet(?:ing)?)\b"
    r"(?:\s(?!for\b|because\b|and\b|but\b)[\w']+){0,4}\s?(?:on\s|is\s)?$"
)
_LATEST = re.compile(r"^\s?(?:at the (?:very )?latest|latest\b|deadline|delivery\b|the latest)")
_WITHIN = re.compile(r"^(?:within|inside|in the next|have|got|only)\b")
_AT_ONCE = re.compile(r"\b(?:asap|a\.s\.a\.p|as soon as (?:possible|you can)|immediately|straight ?away|right away)\b")
_NO_RUSH = re.compile(
    r"\b(?:no|not in a|not in any|isn't a|without) (?:real |particular |great |massive |huge )?(?:rush|hurry|deadline)\b|\bno need to rush\b|\bnot urgent\b"
)
_RELATIVE = re.compile(
    rf"\b{_N_BEFORE}(?:before(?:hand)?|earlier|prior|ahead|in advance)\b(?!\s(?:we|i|she|he|they|you)\b)"
)
_MUST = re.compile(
    r"\b(?:needs?|must|have to|has to|got to|gotta|want|should|arrive|delivered|here|by|get it|have it|can it|could it)\b"
)
_DUE = re.compile(
    rf"\b{_N_BEFORE}?(?P<cue>before|b4|ahead of|prior to|by|in time for|in time 4)\s(?P<between>(?:[\w']+\s){{0,3}})$"
)
_STARTS_ANEW = re.compile(r"\b(?:is|was|i|we|for|and)\b")


def deadline_at(text: str, one: DayFound, day: date, places: Sequence[tuple[str, int, int]]) -> date | None:
    """Return the last day to arrive that a day stands for; None where it is no deadline.

    Args:
        text: the message, lower case.
        one: a day named in it.
        day: that day.
        places: name, start and end of each occasion named.
    """
    before = _sentence_before(text, one.start)
    if _REFUSED.search(before):
        return None
    if (match := _BEFORE.search(before)) and not _is_placed_by(before[: match.start()]):
        return day - timedelta(_count(match))
    if _BY.search(before) or _WITHIN.match(text[one.start : one.end]) or _HAVE_UNTIL.search(before):
        return _eve(one, day)
    if _LATEST.match(text[one.end : one.end + 20]):
        return _eve(one, day)
    if one.feast and any(start == one.start for _, start, _ in places):
        return None  # "a gift for Christmas" is an occasion
    if _FOR.search(before) and _WANTED.search(before) and not _PLANNED.search(before):
        return _eve(one, day)
    if _NEED.search(before) or (_ARRIVE.search(before) and _WILL_ARRIVE.search(before)) or _LEAVE.search(before):
        return day
    return None


def days_before(before: str) -> int:
    """Return how many days before the day behind it a passage speaks of: 1 for "the day before", 0 for none."""
    match = _BEFORE.search(before)
    return _count(match) if match and match["n"] else 0


def deadline_before_occasion(text: str, places: Sequence[tuple[str, int, int]], day: date) -> date | None:
    """Return the deadline said by the occasion itself: "before her birthday", "must have it the day before"."""
    for name, start, _ in places:
        if name != places[0][0] or name in FEASTS:
            continue
        if (match := _DUE.search(_sentence_before(text, start))) and not _STARTS_ANEW.search(match["between"]):
            return day - timedelta(_count(match)) if match["cue"] in ("before", "b4", "ahead of", "prior to") else day
    for match in _RELATIVE.finditer(text):
        if _MUST.search(_sentence_before(text, match.start())):
            return day - timedelta(_count(match))
    return None


def wants_it_at_once(text: str) -> bool:
    """Whether the message names no day but cannot wait ("asap")."""
    return _AT_ONCE.search(text) is not None and _NO_RUSH.search(text) is None


def _count(match: re.Match[str]) -> int:
    if not match["n"]:
        return 1
    return _COUNTS[match["n"]] * (7 if match["unit"].startswith("week") else 1)


def _is_placed_by(before: str) -> bool:
    """Whether something is said to be on the day before another: "her birthday is the day before Christmas"."""
    return re.search(r"(?:\bis|'s|\bfalls|\bare|\bwas)\s(?:on\s)?$", before) is not None


def _eve(one: DayFound, day: date) -> date:
    """Nothing is delivered on Christmas Day."""
    return day - timedelta(1) if (day.month, day.day) == (12, 25) else day


def _sentence_before(text: str, place: int) -> str:
    return re.split(r"[.!?;\n](?!\d)", text[max(0, place - 160) : place])[-1]
