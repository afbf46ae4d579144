"""The grams a classifier knows: a message's text as columns of its weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from nlu.intents.features import grams_of_word, pairs_of, words_of_shape

Floats = npt.NDArray[np.float32]
_REMEMBERED, _LONGEST_REMEMBERED = 10_000, 24
"""Words whose columns are remembered, and the longest of them in characters; so nobody can fill the memory."""


@dataclass(frozen=True, slots=True)
class Grams:
    """Known grams in the order of their columns, with the rarity (idf) of each."""

    known: tuple[str, ...]
    idf: Floats
    _column: dict[str, int] = field(init=False, repr=False, compare=False)
    _columns_of_word: dict[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_column", {gram: column for column, gram in enumerate(self.known)})
        object.__setattr__(self, "_columns_of_word", {})

    @classmethod
    def seen_in(cls, shapes: Sequence[str], least_count: int) -> Grams:
        """Take the grams that stand in at least ``least_count`` of the messages."""
        seen = Counter(gram for shape in shapes for gram in set(_grams(words_of_shape(shape))))
        known = tuple(sorted(gram for gram, count in seen.items() if count >= least_count))
        idf = [np.log((1 + len(shapes)) / (1 + seen[gram])) + 1 for gram in known]
        return cls(known, np.asarray(idf, dtype=np.float32))

    def weigh(self, shape: str) -> tuple[npt.NDArray[np.intp], Floats]:
        """Return the columns of the known grams of a text and their tf-idf weights, which have length 1 together."""
        words = words_of_shape(shape)
        columns = [column for word in words for column in self._of_word(word)]
        columns += [self._column[pair] for pair in pairs_of(words) if pair in self._column]
        counts = np.bincount(np.asarray(columns, dtype=np.intp), minlength=len(self.known))
        found = np.flatnonzero(counts)
        values = (1.0 + np.log(counts[found])) * self.idf[found]
        norm = float(np.sqrt(np.square(values).sum()))
        return found, np.asarray(values / norm if norm else values, dtype=np.float32)

    def _of_word(self, word: str) -> tuple[int, ...]:
        columns = self._columns_of_word.get(word)
        if columns is None:
            columns = tuple(self._column[gram] for gram in grams_of_word(word) if gram in self._column)
            if len(word) <= _LONGEST_REMEMBERED:
                if len(self._columns_of_word) >= _REMEMBERED:
                    self._columns_of_word.clear()
                self._columns_of_word[word] = columns
        return columns


def _grams(words: Sequence[str]) -> Iterable[str]:
    for word in words:
        yield from grams_of_word(word)
    yield from pairs_of(words)
