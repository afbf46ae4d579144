"""Finds the products whose words hold a phrase: an inverted index over their texts, field by field."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from catalog.words.stems import Phrase, occurs, phrase

Mask = NDArray[np.bool_]
Ints = NDArray[np.int32]
_MEMO_BYTES = 16_000_000
_GAP = ""  # never a stem, so no phrase reaches from one field of a product into the next


@dataclass(frozen=True)
class TextIndex:
    """Word sequences of n products, and for each stem where it stands."""

    words: tuple[str, ...]
    """The vocabulary, sorted."""
    starts: Ints
    """Where the sequence of product i begins in ``sequence``; n + 1 long."""
    sequence: Ints
    """Positions in ``words``, product after product."""
    _numbers: Mapping[str, int] = field(repr=False, compare=False, default_factory=dict)
    _order: Ints = field(repr=False, compare=False, default_factory=lambda: np.empty(0, dtype=np.int32))
    """Positions in ``sequence``, sorted by the word that stands there."""
    _bounds: NDArray[np.int64] = field(repr=False, compare=False, default_factory=lambda: np.zeros(1, dtype=np.int64))
    """Where each word begins in ``_order``."""
    _memo: dict[tuple[tuple[Phrase, ...], int | None], NDArray[np.uint8]] = field(
        repr=False, compare=False, default_factory=dict
    )

    @classmethod
    def build(cls, texts: Iterable[tuple[str, ...]]) -> TextIndex:
        """Index products given as the tuple of their text fields, one after the other and none kept."""
        seen: dict[str, int] = {}
        flat, starts = array("i"), array("i", [0])
        for parts in texts:
            for part in parts:
                flat.extend(seen.setdefault(word, len(seen)) for word in (*phrase(part), _GAP))
            starts.append(len(flat))
        words = tuple(sorted(seen))
        rank = np.empty(len(words), dtype=np.int32)
        rank[[seen[word] for word in words]] = np.arange(len(words), dtype=np.int32)
        sequence = rank[np.frombuffer(flat, dtype=np.int32)] if len(flat) else np.empty(0, dtype=np.int32)
        return cls.from_arrays(words, np.frombuffer(starts, dtype=np.int32), sequence)

    @classmethod
    def from_arrays(cls, words: tuple[str, ...], starts: Ints, sequence: Ints, order: Ints | None = None) -> TextIndex:
        """Rebuild an index from what :meth:`build` stored; ``order`` is :attr:`order`, sorted anew where not given."""
        if order is None:
            order = np.argsort(sequence, kind="stable").astype(np.int32)
        bounds = np.concatenate([[0], np.cumsum(np.bincount(sequence, minlength=len(words)))]).astype(np.int64)
        return cls(words, starts, sequence, {word: at for at, word in enumerate(words)}, order, bounds)

    @classmethod
    def opened(
        cls,
        words: tuple[str, ...],
        starts: Ints,
        sequence: Ints,
        order: Ints,
        owner: Ints,
        field: NDArray[np.uint8],
        bounds: NDArray[np.int64],
    ) -> TextIndex:
        """Take all parts as they were stored, mapped from files: a million products open without any of it read."""
        index = cls(words, starts, sequence, {word: at for at, word in enumerate(words)}, order, bounds)
        index.__dict__.update(_owner=owner, _field=field)
        return index

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.starts) - 1

    @property
    def order(self) -> Ints:
        """Positions in ``sequence`` sorted by word: worth storing, sorting takes a second for a million products."""
        return self._order

    @cached_property
    def _owner(self) -> Ints:
        """The product each position of ``sequence`` belongs to."""
        return np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self.starts))

    @cached_property
    def _field(self) -> NDArray[np.uint8]:
        """The field of its product each position of ``sequence`` belongs to, from 0; beyond 255 it is 255."""
        gaps = self.sequence == self._numbers.get(_GAP, -1)
        before = np.cumsum(gaps) - gaps
        return np.asarray(np.minimum(before - before[self.starts[:-1]][self._owner], 255), dtype=np.uint8)

    def stems(self, product: int, fields: int | None = None) -> Phrase:
        """Return the stems of one product in order, gaps between fields included; of its first ``fields`` if given."""
        return tuple(self.words[place] for place in self._places(product, fields))

    def _places(self, product: int, fields: int | None) -> list[int]:
        here = slice(self.starts[product], self.starts[product + 1])
        at = self.sequence[here]
        if fields is not None:
            at = at[self._field[here] < fields]
        places: list[int] = at.tolist()
        return places

    @cached_property
    def _first_ends(self) -> Ints:
        """Where the first field of each product ends."""
        gaps = np.flatnonzero(self.sequence == self._numbers.get(_GAP, -1))
        return np.asarray(gaps[np.searchsorted(gaps, self.starts[:-1])], dtype=np.int32)

    def first_field(self, product: int) -> list[int]:
        """Return the stems of a product's first field, its title, by their places in ``words``."""
        return self.first_fields(np.array([product]))[0]

    def first_fields(self, products: NDArray[np.int64]) -> list[list[int]]:
        """Return those of some products, in their order."""
        starts, ends = self.starts[products].tolist(), self._first_ends[products].tolist()
        return [self.sequence[start:end].tolist() for start, end in zip(starts, ends, strict=True)]

    def places(self, wanted: Callable[[str], bool]) -> frozenset[int]:
        """Return the places in ``words`` of all stems of a kind."""
        return frozenset(at for word, at in self._numbers.items() if wanted(word))

    def holding(self, wanted: Phrase, fields: int | None = None) -> Ints:
        """Products that hold the phrase as neighbouring words of one field; may name one product more than once."""
        numbers = [self._numbers.get(word, -1) for word in wanted]
        if not numbers or min(numbers) < 0:
            return np.empty(0, dtype=np.int32)
        spread = [int(self._bounds[number + 1] - self._bounds[number]) for number in numbers]
        rarest = int(np.argmin(spread))
        found = self._order[self._bounds[numbers[rarest]] : self._bounds[numbers[rarest] + 1]] - rarest
        if len(numbers) > 1:  # every field ends in a gap, so a whole phrase never reaches into the next
            found = found[(found >= 0) & (found <= len(self.sequence) - len(numbers))]
            for offset, number in enumerate(numbers):
                if offset != rarest:
                    found = found[self.sequence[found + offset] == number]
        if fields is not None:
            found = found[self._field[found] < fields]
        return np.asarray(self._owner[found])

    def mask(self, wanted: tuple[Phrase, ...], fields: int | None = None) -> Mask:
        """Boolean over all products: holds at least one of the phrases, in the first ``fields`` of its texts if given.

        The same few terms are asked again and again, so answers are kept as bits, up to a fixed amount of memory.
        """
        known = self._memo.get((wanted, fields))
        if known is not None:
            return np.unpackbits(known, count=self.size).view(np.bool_)
        found = np.zeros(self.size, dtype=np.bool_)
        for one in wanted:
            found[self.holding(one, fields)] = True
        if len(self._memo) * (self.size // 8 + 200) > _MEMO_BYTES:
            self._memo.clear()
        self._memo[wanted, fields] = np.packbits(found)
        return found

    def first_of(self, wanted: Iterable[Phrase], product: int, fields: int | None = None) -> Phrase | None:
        """Return the first of the phrases this product holds, for saying why it was found."""
        places, number = self._places(product, fields), self._numbers.get
        held = frozenset(places)
        for one in wanted:
            sought = [number(word, -1) for word in one]
            if held.issuperset(sought) and occurs(sought, places):
                return one
        return None
