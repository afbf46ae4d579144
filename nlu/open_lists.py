"""Reading on after "loves", "into", "no", "hates": a list of things in the shopper's own words."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlu.lexicon import Lexicon
from nlu.text import Word

MOST_WORDS = 5
"""Words of one thing in a list; longer runs are sentences."""
MOST_ITEMS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A thing as the shopper wrote it, lower case: words ``first`` to ``last`` (excluded)."""

    text: str
    first: int
    last: int
    start: int
    end: int


_CONTRACTIONS = frozenset({"that's", "they're", "it's", "there's", "what's", "who's", "he's", "she's", "i've", "i'll", "you're", "we're", "let's", "can't", "won't", "uses", "able"})  # fmt: skip
_JOINERS = frozenset({"and", "or", "nor", "n", "plus", "und", "et", "y", "also"})
_JOINING_SIGNS = re.compile(r"[&+/]")
_LEADING = frozenset({"a", "an", "the", "some", "any", "her", "his", "their", "my", "all", "really", "also", "to", "very", "more", "another", "things", "stuff", "anything", "like",
    "related", "with", "of", "kinds", "types", "sorts", "lots", "certain", "especially", "mostly", "mainly", "that", "those", "these", "much", "enough", "being", "at", "in", "about", "kind", "type", "such", "as", "is", "go", "are", "by", "both", "good", "nice", "new", "old",
    "loads", "tons", "ton", "many", "lot", "plenty", "too", "got", "one", "two", "every", "just", "please", "absolutely", "bit", "quite", "big", "our", "your", "most", "things-like", "getting", "having", "this", "doing", "either", "so", "pretty", "including", "include"})  # fmt: skip
_TRAILING = frozenset({"please", "pls", "stuff", "things", "thing", "too", "etc", "lol", "haha", "though", "tho", "a", "the", "to", "of", "and", "or", "in", "really", "more", "ones", "related", "either", "then", "thanks", "x", "xx", "atm", "right", "now", "these", "days", "lot", "much", "so", "my", "her", "his", "as", "all", "an", "well", "some", "that", "ideas", "gifts", "kind", "type", "like", "currently", "anymore", "lately", "recently", "at", "only", "both"})  # fmt: skip


def read_list(text: str, words: Sequence[Word], first: int, lexicon: Lexicon, *, far: bool) -> list[Span]:
    """Read the things listed from a word on, until the thought ends.

    Args:
        text: the cleaned message.
        words: its words.
        first: index of the word after the opener.
        lexicon: for the words that end a thought.
        far: read on over commas (lists of likes), or only where the list goes on with "or" (exclusions).
    """
    spans: list[Span] = []
    item_start = at = first
    while at < len(words) and words[at].sentence == words[first].sentence and len(spans) < MOST_ITEMS:
        word = words[at]
        new_clause = at > first and word.clause != words[at - 1].clause
        if new_clause:
            _add(spans, text, words, item_start, at)
            item_start = at
            if not _goes_on(text, words, at, lexicon, far=far):
                return spans
        priced = word.text[:1].isdigit() and text[word.start - 1 : word.start] in ("£", "$", "€")
        if (
            priced
            or _is_limit(words, at)
            or (word.text in lexicon.stops and not (at == item_start and word.text in _LEADING))
        ):
            break
        joined = at > item_start and _JOINING_SIGNS.search(text[words[at - 1].end : word.start])
        if word.text in _JOINERS or joined:
            _add(spans, text, words, item_start, at)
            item_start = at + 1 if word.text in _JOINERS else at
            if word.text in _JOINERS and item_start < len(words) and words[item_start].text in _NEW_SUBJECT:
                return spans
        at += 1
    _add(spans, text, words, item_start, at)
    return spans


def _is_limit(words: Sequence[Word], at: int) -> bool:
    """Whether "max" and "min" speak of money here: a figure is near ("max £20"), not "Mad Max"."""
    if words[at].text not in ("max", "maximum", "min", "minimum"):
        return False
    return any(word.text[:1].isdigit() for word in words[at + 1 : at + 4])


_NEW_SUBJECT = frozenset({"i", "i'm", "we", "she", "he", "they", "it", "she's", "he's", "you", "is", "has", "my", "was", "would", "can", "loves", "likes", "hates", "doesn't", "maybe", "not", "no", "want", "need", "his", "her", "wants", "needs", "lives", "works", "just", "under", "around", "about", "that", "am", "im", "budget", "always", "never", "there", "this", "what", "who", "any", "already"})  # fmt: skip


def _goes_on(text: str, words: Sequence[Word], at: int, lexicon: Lexicon, *, far: bool) -> bool:
    """Whether the list goes on after a comma (any other mark ends it)."""
    between = text[words[at - 1].end : words[at].start]
    if "," not in between and ":" not in between:
        return False
    head = words[at].text
    if (head in lexicon.stops and head not in _JOINERS) or head in _NEW_SUBJECT or head in lexicon.relations:
        return False
    clause = [word.text for word in words[at : at + 12] if word.clause == words[at].clause]
    if len(clause) > 8 or any(word in _NEW_SUBJECT for word in clause[:3]):
        return False
    if far:
        return True
    rest = [word.text for word in words[at : at + 10] if word.sentence == words[at].sentence]
    return "or" in rest or "nor" in rest


def _add(spans: list[Span], text: str, words: Sequence[Word], first: int, last: int) -> None:
    """Add the thing between two words, without its little words, unless nothing or a sentence is left."""
    while first < last and (words[first].text in _LEADING or words[first].text in _JOINERS):
        first += 1
    while last > first and words[last - 1].text in _TRAILING:
        last -= 1
    if 0 < last - first <= MOST_WORDS:
        start, end = words[first].start, words[last - 1].end
        said = " ".join(text[start:end].lower().split())
        if len(said) > 1 and not said.replace(" ", "").isdigit() and said not in _CONTRACTIONS:
            spans.append(Span(said, first, last, start, end))
