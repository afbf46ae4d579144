"""Slips of the finger: for whom, for what day, what is liked and what is not wanted, though a letter is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract, extractOne

SHORTEST = 5
"""Letters a word needs before a slip in it is guessed at; shorter words lie too close together."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words that may be meant, and words that are right as they stand.

    ``by_initial`` holds the few words that matter most, by first letter: up to two slips are forgiven in them.
    ``by_shape`` holds many more, by first letter and length of what may have become of them: one slip is forgiven.
    """

    by_initial: dict[str, tuple[str, ...]]
    by_shape: dict[tuple[str, int], tuple[str, ...]]
    right: frozenset[str]

    @classmethod
    def of(cls, meant: Iterable[str], right: Iterable[str], also_meant: Iterable[str] = ()) -> Spelling:
        """Prepare look-ups; only single words of letters are guessed at.

        Args:
            meant: the words that matter most.
            right: words that are no slip of any of these, whatever they look like.
            also_meant: words of which a slip is one letter left out, put in, taken for another or changed for the next.
        """
        by_initial: dict[str, list[str]] = {}
        for word in _of_letters(meant):
            by_initial.setdefault(word[0], []).append(word)
        wider = _of_letters(also_meant)
        alike: dict[tuple[str, int], list[str]] = {}
        for word in wider:
            alike.setdefault((word[0], len(word)), []).append(word)
        shapes = {(initial, size + more) for initial, size in alike for more in (-1, 0, 1)}
        by_shape = {
            (initial, size): tuple(
                sorted(word for more in (-1, 0, 1) for word in alike.get((initial, size + more), ()))
            )
            for initial, size in shapes
        }
        return cls(
            {key: tuple(words) for key, words in by_initial.items()},
            by_shape,
            frozenset((*right, *wider)),
        )

    def meant(self, word: str) -> str:
        """Return the word meant: one slip away, same first letter; else as it is.

        Of the words that matter most, those of ten letters and more may have two slips.
        """
        if len(word) < SHORTEST or word in self.right or not word.isalpha():
            return word
        if word.endswith("s") and word[:-1] in self.right:
            return word
        slips = 2 if len(word) >= 10 else 1
        choices = self.by_initial.get(word[0], ())
        if choices and (found := extractOne(word, choices, scorer=OSA.distance, score_cutoff=slips)):
            return found[0]
        choices = self.by_shape.get((word[0], len(word)), ())
        near = extract(word, choices, scorer=OSA.distance, score_cutoff=1, limit=2) if choices else []
        # Where two words are as near, either would be a guess; one word and its plural are no two.
        if len(near) == 2 and not near[1][0].startswith(near[0][0]) and not near[0][0].startswith(near[1][0]):
            return word
        return near[0][0] if near else word


def _of_letters(words: Iterable[str]) -> list[str]:
    return sorted(word for word in set(words) if len(word) >= SHORTEST and word.isalpha())
