"""Finding the lexicon's phrases among the words of a message."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlu.text import Word

LONGEST = 6
"""Words of the longest phrase looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the lexicon: words ``first`` to ``last`` (excluded) of the message."""

    phrase: str
    first: int
    last: int


def find_phrases(
    words: Sequence[Word], phrases: Collection[str] | Mapping[str, str], *, across_clauses: bool = False
) -> Iterator[Found]:
    """Yield the longest phrases that stand among the words, left to right, none overlapping another."""
    at = 0
    while at < len(words):
        found = _longest_at(words, at, phrases, across_clauses)
        if found is None:
            at += 1
        else:
            yield found
            at = found.last


def _longest_at(
    words: Sequence[Word], at: int, phrases: Collection[str] | Mapping[str, str], across_clauses: bool
) -> Found | None:
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        piece = words[at : at + length]
        if not across_clauses and piece[-1].clause != piece[0].clause:
            continue
        phrase = " ".join(word.text for word in piece)
        if phrase in phrases:
            return Found(phrase, at, at + length)
        if phrase.endswith("'s") and phrase[:-2] in phrases:
            return Found(phrase[:-2], at, at + length)
    return None
