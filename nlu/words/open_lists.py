"""Reading on after "loves", "into", "no", "hates": a list of things in the shopper's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nlu.words.lexicon import Lexicon
from nlu.words.little_words import JOINERS, LEADING, NEW_SUBJECT, PRONOUNS, SOFT, TRAILING, VERBS
from nlu.words.text import Word

MOST_WORDS = 4
"""Words of one thing in a list; longer runs are sentences."""
MOST_ITEMS = 14
LONGEST_SENTENCE = 12
"""Words without a break behind which nothing more is read: they are a sentence and no thing."""
LONGEST_LIST = 80
"""Words of one list; with `MOST_LISTS` this bounds what the longest senseless text may cost."""
MOST_LISTS = 40
"""Openers looked at in one message."""


@dataclass(frozen=True, slots=True)
class Span:
    """A thing as the shopper wrote it, lower case: words ``first`` to ``last`` (excluded)."""

    text: str
    first: int
    last: int
    start: int
    end: int


Reach = Literal["or", "and", "far"]
_EXAMPLES = frozenset({"like", "such", "including", "especially", "specifically", "eg", "e.g"})
_JOINING_SIGNS = re.compile("[&+/*•~=\u2190-\u2bff\U0001f000-\U0001faff]")
_LIST_MARKS = re.compile(r"[,:()\"]")
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "st", "vs"})
_TIMES = frozenset(
    [
        "day",
        "night",
        "morning",
        "evening",
        "week",
        "month",
        "year",
        "time",
        "christmas",
        "xmas",
        "birthday",
        "weekend",
        "summer",
        "winter",
        "spring",
        "autumn",
        "fall",
        "july",
        "june",
        "term",
    ]
)
"""Behind "last", "this", "all" and "every" these tell when, and no part of a thing."""
_WHICH_TIME = frozenset({"last", "this", "next", "all", "every"})
_WHEN = frozenset({*_TIMES, "easter", "anniversary", "mother's", "father's", "valentine's", "graduation"})
_ARTICLES = frozenset({"a", "an", "some"})
_ALSO_THINGS = frozenset({"watches", "plays", "looks", "works"})
"""Verbs that are things where a comma follows: "watches, ties"."""
_OF_FEASTS = frozenset({"birthday", "christmas", "xmas"})
OF_A_FEAST = frozenset({"stuff", "things", "themed", "theme", "tat"})
"""Behind a feast, what is like it and not given for it: "no Christmas stuff"."""
_HEADED = re.compile(r"[\n;*•]")


def read_list(
    text: str, words: Sequence[Word], first: int, lexicon: Lexicon, *, reach: Reach, headed: bool = False
) -> list[Span]:
    """Read the things listed from a word on, until the thought ends.

    Args:
        text: the cleaned message.
        words: its words.
        first: index of the word after the opener.
        lexicon: for the words that end a thought.
        reach: how far the list is read on. "or": over commas only where it goes on with "or"; "and": over commas and
            brackets, and past "from Wales"; "far": what stands behind "by", "with", "from" is a thing as well.
        headed: the list stands under a heading ("Likes:"), so that it also goes on over line ends and bullets.
    """
    spans: list[Span] = []
    item_start = at = first
    aside = False
    while at < len(words) and len(spans) < MOST_ITEMS:
        word = words[at]
        titled = at > first and _titled(text, words, at)
        if at > first and word.clause != words[at - 1].clause and not titled:
            _add(spans, text, words, item_start, at, aside=aside)
            aside = False
            item_start = at = _next_item(text, words, at, lexicon, reach=reach, headed=headed)
            if at < 0:
                return spans
            word = words[at]
        if at - item_start > LONGEST_SENTENCE or at - first > LONGEST_LIST:
            return spans
        if not titled and _ends(text, words, at, lexicon, opens=_only_leads(words, item_start, at), reach=reach):
            break
        joined = at > item_start and _JOINING_SIGNS.search(text[words[at - 1].end : word.start])
        parted = word.text in _parting(reach)
        if word.text in JOINERS or joined or parted:
            _add(spans, text, words, item_start, at, aside=aside)
            aside = (
                parted
                and reach == "and"
                and word.text not in _EXAMPLES
                and not (at > item_start and _only_leads(words, item_start, at))
            )
            item_start = at if joined and not parted and word.text not in JOINERS else at + 1
            if item_start < len(words) and not parted and _is_new_thought(words, item_start, lexicon):
                return spans
        at += 1
    _add(spans, text, words, item_start, at, aside=aside)
    return spans


def _parting(reach: Reach) -> frozenset[str]:
    return _EXAMPLES if reach == "or" else SOFT


def _titled(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a title and its stop stand before a word ("Dr. Who"), and no end."""
    return (
        words[at - 1].text in _TITLES and text[words[at - 1].end : words[at].start] == ". " and words[at].sentence >= 0
    )


def _ends(text: str, words: Sequence[Word], at: int, lexicon: Lexicon, *, opens: bool, reach: Reach) -> bool:
    """Whether a word ends the list: a price, "but", "who", a verb."""
    word = words[at]
    if word.sentence < 0 or (word.text[:1].isdigit() and text[word.start - 1 : word.start] in ("£", "$", "€")):
        return True
    if _is_limit(words, at) or (word.text in _WHICH_TIME and _is_time(words, at + 1)):
        return True
    if word.text in _parting(reach) or _is_thing_all_the_same(words, at, lexicon):
        return False
    return (word.text in VERBS or word.text in lexicon.stops) and not (opens and word.text in LEADING)


def _only_leads(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether nothing but little words stand in an item so far: "a really"."""
    return all(words[index].text in LEADING for index in range(first, at))


def _is_thing_all_the_same(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a word that ends other lists names a thing here: "birthday cake", "watches, ties"."""
    last = at + 1 == len(words) or words[at + 1].clause != words[at].clause
    if words[at].text in _ALSO_THINGS:
        return last
    if words[at].text not in _OF_FEASTS or last:
        return False
    return words[at + 1].text in lexicon.interests or words[at + 1].text in OF_A_FEAST


def _is_time(words: Sequence[Word], at: int) -> bool:
    return 0 < at < len(words) and words[at].text in _TIMES and words[at].clause == words[at - 1].clause


def _is_limit(words: Sequence[Word], at: int) -> bool:
    """Whether "max" and "min" speak of money here: a figure is near ("max £20"), not "Mad Max"."""
    if words[at].text not in ("max", "maximum", "min", "minimum"):
        return False
    return any(word.text[:1].isdigit() for word in words[at + 1 : at + 4])


def _is_new_thought(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether the words behind "and" or a comma begin another thought instead of naming the next thing."""
    head = words[at].text
    if head in JOINERS and at + 1 < len(words):
        head = words[at + 1].text
    if _is_thing_all_the_same(words, at, lexicon):
        return False
    return head in NEW_SUBJECT or head in VERBS or head in lexicon.relations


def _next_item(text: str, words: Sequence[Word], at: int, lexicon: Lexicon, *, reach: Reach, headed: bool) -> int:
    """Return where the list goes on behind the end of a clause, or -1 where it ends."""
    between = text[words[at - 1].end : words[at].start]
    if words[at].sentence != words[at - 1].sentence:
        goes_on = words[at].sentence >= 0 and headed and _HEADED.search(between) and not re.search(r"[.!?]", between)
        if not goes_on and not (words[at - 1].text in ("etc", "ect") and "," in between):
            return -1
    elif not _LIST_MARKS.search(between):
        return -1
    if [word.text for word in words[at : at + 3]] == ["as", "well", "as"] and at + 3 < len(words):
        at += 3
    if reach != "or" and "(" in between and (_is_new_thought(words, at, lexicon) or words[at].text in lexicon.stops):
        return _behind_bracket(text, words, at, lexicon)
    return at if _goes_on(words, at, lexicon, reach=reach) else -1


def _behind_bracket(text: str, words: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """Return where the list goes on behind a remark in brackets ("cats (she has two), tea"), or -1."""
    end = text.find(")", words[at].start)
    if end < 0 or not text[end + 1 : end + 6].lstrip().startswith((",", "/", "&", "and ", "or ")):
        return -1
    behind = next((index for index in range(at, len(words)) if words[index].start > end), -1)
    return behind if behind > 0 and _goes_on(words, behind, lexicon, reach="far") else -1


def _goes_on(words: Sequence[Word], at: int, lexicon: Lexicon, *, reach: Reach) -> bool:
    head = words[at].text
    if _is_new_thought(words, at, lexicon):
        return False
    if head in lexicon.stops and head not in JOINERS and head not in _parting(reach):
        return False
    if reach != "or":
        return True
    rest = [word.text for word in words[at : at + 10] if word.sentence == words[at].sentence]
    return "or" in rest or "nor" in rest


def _add(spans: list[Span], text: str, words: Sequence[Word], first: int, last: int, *, aside: bool) -> None:
    """Add the thing between two words, unless it only tells where another is from."""
    span = None if aside else span_of(text, words, first, last)
    if span is not None:
        spans.append(span)


def span_of(text: str, words: Sequence[Word], first: int, last: int) -> Span | None:
    """Return the thing between two words, without its little words; None where nothing or a sentence is left."""
    while first < last and (words[first].text in LEADING or words[first].text in JOINERS):
        first += 1
    while last > first and words[last - 1].text in TRAILING:
        last -= 1
    first = _behind_time(words, first, last)
    if last - first > MOST_WORDS:
        last = next((index for index in range(first + 1, last) if words[index].text in ("to", "of")), last)
    from_title = first < last and words[first].text in _TITLES
    said_of_somebody = any(words[index].text in PRONOUNS for index in range(first + 2 * from_title, last))
    if not 0 < last - first <= MOST_WORDS or said_of_somebody:
        return None
    start, end = words[first].start, words[last - 1].end
    said = " ".join(text[start:end].lower().split())
    if len(said) < 2 or said.replace(" ", "").isdigit():
        return None
    return Span(said, first, last, start, end)


def _behind_time(words: Sequence[Word], first: int, last: int) -> int:
    """Return where the thing begins behind when it was given: "the year before a kite", "Easter a teapot"."""
    if first >= last or words[first].text not in _WHEN:
        return first
    return next((at + 1 for at in range(first + 1, min(last - 1, first + 4)) if words[at].text in _ARTICLES), first)
