"""Where the thing begins behind "anything with", "nothing that needs", "something made of"."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence

from nlu.words.lexicon import Lexicon
from nlu.words.text import Word

_ANYTHING = frozenset({"anything", "something", "stuff", "things"})
_LINKS = frozenset({"with", "made", "of", "too", "to", "do", "very", "that", "is", "really", "which", "like", "related", "needs", "needing", "contains", "containing", "involves", "involving", "requires", "requiring", "has", "having", "makes", "making", "uses", "using", "in", "size", "looks", "looking", "a", "an", "from", "out", "remotely", "even", "vaguely", "overly", "involve", "need", "smells", "tastes"})  # fmt: skip
"""Between "anything" and what it is, has or is made of."""


def behind_anything(words: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """Return where the thing begins: behind "anything", "anything made of", "stuff with", if a thing follows there."""
    if not 0 <= at < len(words):
        return at
    after_nothing = at > 0 and words[at - 1].text == "nothing" and words[at - 1].clause == words[at].clause
    if words[at].text not in _ANYTHING and not (after_nothing and words[at].text in _LINKS):
        return at
    first = at + (words[at].text in _ANYTHING)
    while first < len(words) and words[first].clause == words[at].clause and words[first].text in _LINKS:
        first += 1
    if [word.text for word in words[first : first + 2]] == ["for", "the"]:
        first += 2
    if first >= len(words) or words[first].clause != words[at].clause:
        return at
    ends = words[first].text in lexicon.stops or words[first].text in lexicon.not_excluded
    return at if ends or words[first].text[:1].isdigit() else first
