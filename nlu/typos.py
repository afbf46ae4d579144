"""Slips of the finger in the few words that matter most: for whom, and for what day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

SHORTEST = 5
"""Letters a word needs before a slip in it is guessed at; shorter words lie too close together."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words that may be meant, by first letter; and words that are right as they stand."""

    by_initial: dict[str, tuple[str, ...]]
    right: frozenset[str]

    @classmethod
    def of(cls, meant: Iterable[str], right: Iterable[str]) -> Spelling:
        """Prepare look-ups; only single words of letters are guessed at."""
        by_initial: dict[str, list[str]] = {}
        for word in sorted(set(meant)):
            if len(word) >= SHORTEST and word.isalpha():
                by_initial.setdefault(word[0], []).append(word)
        return cls({key: tuple(words) for key, words in by_initial.items()}, frozenset(right))

    def meant(self, word: str) -> str:
        """Return the word meant: one slip away (two from ten letters on), same first letter; else as it is."""
        if len(word) < SHORTEST or not word.isalpha() or word in self.right:
            return word
        slips = 2 if len(word) >= 10 else 1
        choices = self.by_initial.get(word[0], ())
        found = extractOne(word, choices, scorer=OSA.distance, score_cutoff=slips) if choices else None
        return found[0] if found else word
