"""Finds the products whose words hold a phrase: an inverted index over titles and product types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from catalog.words.stems import Phrase, occurs, phrase

Mask = NDArray[np.bool_]
_MEMO_BYTES = 4_000_000
_GAP = ""  # never a stem, so no phrase reaches from one field of a product into the next


@dataclass(frozen=True)
class TextIndex:
    """Word sequences of n products, and for each stem the products that hold it."""

    words: tuple[str, ...]
    """The vocabulary, sorted."""
    starts: NDArray[np.int32]
    """Where the sequence of product i begins in ``sequence``; n + 1 long."""
    sequence: NDArray[np.int32]
    """Positions in ``words``, product after product."""
    _postings: Mapping[str, NDArray[np.int32]] = field(repr=False, default_factory=dict)
    _memo: dict[tuple[Phrase, ...], Mask] = field(repr=False, compare=False, default_factory=dict)

    @classmethod
    def build(cls, texts: Iterable[tuple[str, ...]]) -> TextIndex:
        """Index products given as the tuple of their text fields."""
        sequences = [sum(((*phrase(part), _GAP) for part in parts), ()) for parts in texts]
        words = tuple(sorted({word for sequence in sequences for word in sequence}))
        number = {word: at for at, word in enumerate(words)}
        starts = np.cumsum([0, *(len(sequence) for sequence in sequences)], dtype=np.int32)
        flat = np.fromiter((number[w] for sequence in sequences for w in sequence), dtype=np.int32)
        return cls.from_arrays(words, starts, flat)

    @classmethod
    def from_arrays(cls, words: tuple[str, ...], starts: NDArray[np.int32], sequence: NDArray[np.int32]) -> TextIndex:
        """Rebuild an index from what :meth:`build` stored."""
        owner = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
        order = np.argsort(sequence, kind="stable")
        bounds = np.searchsorted(sequence[order], np.arange(len(words) + 1))
        held = owner[order]
        postings = {word: held[bounds[at] : bounds[at + 1]] for at, word in enumerate(words)}
        return cls(words, starts, sequence, postings)

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.starts) - 1

    def stems(self, product: int) -> Phrase:
        """Return the stems of one product in order (gaps between fields included)."""
        at = self.sequence[self.starts[product] : self.starts[product + 1]]
        return tuple(self.words[position] for position in at)

    def holding(self, wanted: Phrase) -> NDArray[np.int32]:
        """Products that hold the phrase as neighbouring words; may name one product more than once."""
        nobody = np.empty(0, dtype=np.int32)
        if not wanted or any(word not in self._postings for word in wanted):
            return nobody
        rarest = min((self._postings[word] for word in wanted), key=len)
        if len(wanted) == 1:
            return rarest
        return np.array([p for p in rarest.tolist() if occurs(wanted, self.stems(p))], dtype=np.int32)

    def mask(self, wanted: tuple[Phrase, ...]) -> Mask:
        """Boolean over all products: holds at least one of the phrases. Not to be written to.

        The same few terms are asked again and again, so answers are kept, up to a fixed amount of memory.
        """
        known = self._memo.get(wanted)
        if known is not None:
            return known
        found = np.zeros(self.size, dtype=np.bool_)
        for one in wanted:
            found[self.holding(one)] = True
        found.flags.writeable = False
        if len(self._memo) * self.size < _MEMO_BYTES:
            self._memo[wanted] = found
        return found

    def first_of(self, wanted: Iterable[Phrase], product: int) -> Phrase | None:
        """Return the first of the phrases this product holds, for saying why it was found."""
        stems = self.stems(product)
        return next((one for one in wanted if occurs(one, stems)), None)
