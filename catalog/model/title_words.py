"""The words of titles as weighted rows, and likeness by them on the fly: no table of all pairs of products.

Weights are TF-IDF of words and pairs of neighbouring words (letters only, in two titles at least, sub-linear, rows of
length one), as scikit-learn's ``TfidfVectorizer`` would give them; made here so that a title that is new since the fit
can be weighed by the same words in a process without scikit-learn, and without an object per pair of words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catalog.model.gram import add_gram

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Places = NDArray[np.int32]
Starts = NDArray[np.int64]

_WORD = re.compile(r"\b[^\W\d_]{2,}\b")
_PAIR = 1 << 32
"""A pair of words is one number: first word times this, plus second."""


@dataclass(frozen=True)
class TitleWords:
    """For each of n products the features (words, then pairs) of its title, and for each feature its products."""

    words: NDArray[np.bytes_]
    """UTF-8, sorted; feature f < len(words) is words[f]."""
    pairs: NDArray[np.int64]
    """Sorted; feature len(words) + p is pairs[p] = first word * 2**32 + second word."""
    idf: Floats
    """Rarity of each feature."""
    starts: Starts
    """n + 1: where each product's features begin in ``feature`` and ``value``."""
    feature: Places
    value: Floats
    """Each product's squares add up to 1, or to 0 where its title shares no word with any other."""
    posting_starts: Starts
    posting: Places
    """Products of each feature."""
    posting_value: Floats

    @classmethod
    def of(cls, titles: Sequence[str]) -> TitleWords:
        """Weigh the titles of all products."""
        seen: dict[str, int] = {}
        rows = [[seen.setdefault(word, len(seen)) for word in _WORD.findall(title.lower())] for title in titles]
        ordered = sorted(seen)
        number = np.empty(len(seen), dtype=np.int64)
        number[[seen[word] for word in ordered]] = np.arange(len(seen))
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        row, token = _tokens(lengths, number[np.fromiter((w for each in rows for w in each), np.int64, lengths.sum())])
        del rows
        kept_words, word_of = _in_two(row, token, len(ordered))
        second = np.flatnonzero(row[1:] == row[:-1]) + 1 if len(row) else np.empty(0, np.int64)
        codes, code_of = np.unique(token[second - 1] * _PAIR + token[second], return_inverse=True)
        kept_pairs, pair_of = _in_two(row[second], code_of, len(codes))
        words = np.array([ordered[at].encode() for at in kept_words] or [b""], dtype=np.bytes_)[: len(kept_words)]
        spelt = codes[kept_pairs]
        renumber = np.full(len(ordered), -1, dtype=np.int64)
        renumber[kept_words] = np.arange(len(kept_words))
        pairs = renumber[spelt // _PAIR] * _PAIR + renumber[spelt % _PAIR]
        rows_at = np.concatenate([row, row[second]])
        features = np.concatenate([word_of, np.where(pair_of < 0, -1, pair_of + len(words))])
        known = features >= 0
        count = len(words) + len(pairs)
        row_at, feature, times = _counted(rows_at[known], features[known], count)
        idf = np.log((1 + len(titles)) / (1 + np.bincount(feature, minlength=count))) + 1
        return cls._of_rows(words, pairs, idf.astype(np.float32), len(titles), row_at, feature, times)

    @classmethod
    def _of_rows(
        cls,
        words: NDArray[np.bytes_],
        pairs: NDArray[np.int64],
        idf: Floats,
        products: int,
        row: NDArray[np.int64],
        feature: NDArray[np.int64],
        times: NDArray[np.int64],
    ) -> TitleWords:
        weight = (1 + np.log(times)) * idf[feature]
        norm = np.sqrt(np.bincount(row, weights=weight**2, minlength=products))
        return cls._laid_out(words, pairs, idf, products, row, feature, (weight / norm[row]).astype(np.float32))

    @classmethod
    def _laid_out(
        cls,
        words: NDArray[np.bytes_],
        pairs: NDArray[np.int64],
        idf: Floats,
        products: int,
        row: NDArray[np.int64],
        feature: NDArray[np.int64],
        value: Floats,
    ) -> TitleWords:
        """Index entries, sorted by row, both ways."""
        by_feature = np.lexsort((row, feature))
        return cls(
            words,
            pairs,
            idf,
            np.searchsorted(row, np.arange(products + 1)).astype(np.int64),
            feature.astype(np.int32),
            value,
            np.searchsorted(feature[by_feature], np.arange(len(idf) + 1)).astype(np.int64),
            row[by_feature].astype(np.int32),
            value[by_feature],
        )

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.starts) - 1

    def row(self, product: int) -> tuple[Places, Floats]:
        """Features of one product and their weights."""
        here = slice(int(self.starts[product]), int(self.starts[product + 1]))
        return self.feature[here], self.value[here]

    def like(self, features: Places, weights: NDArray[np.float32] | NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of weight x value over shared features, for every product: the cosine, where both have length one."""
        begins, ends = self.posting_starts[features].tolist(), self.posting_starts[features + 1].tolist()
        if not begins:
            return np.zeros(self.size)
        spans = [slice(begin, end) for begin, end in zip(begins, ends, strict=True)]
        products = np.concatenate([self.posting[span] for span in spans])
        values = [self.posting_value[span] * weight for span, weight in zip(spans, weights.tolist(), strict=True)]
        return np.asarray(np.bincount(products, np.concatenate(values), self.size), dtype=np.float64)

    def cosines(self, products: NDArray[np.int32], other: int) -> NDArray[np.float64]:
        """Return the cosine of the titles of some products with that of ``other``."""
        features, weights = self.row(other)
        if not len(features) or not len(products):
            return np.zeros(len(products))
        begins, lengths = self.starts[products], self.starts[products + 1] - self.starts[products]
        ends = np.cumsum(lengths)
        here = np.arange(int(ends[-1])) + np.repeat(begins - ends + lengths, lengths)
        order = np.argsort(features)
        found = np.searchsorted(features, self.feature[here], sorter=order)
        at = order[np.minimum(found, len(order) - 1)]
        shared = np.where(features[at] == self.feature[here], weights[at], 0).astype(np.float64) * self.value[here]
        owner = np.repeat(np.arange(len(products)), lengths)
        return np.asarray(np.bincount(owner, weights=shared, minlength=len(products)), dtype=np.float64)

    def rarity(self, features: Places) -> Starts:
        """Return in how many titles each feature stands."""
        return np.asarray(self.posting_starts[features + 1] - self.posting_starts[features])

    def together(self, products: Sequence[int], weights: Sequence[float]) -> tuple[Places, NDArray[np.float64]]:
        """Weighted sum of several products' rows: features and their sums."""
        if not len(products):
            return np.empty(0, np.int32), np.empty(0)
        rows = [self.row(product) for product in products]
        features = np.concatenate([feature for feature, _ in rows])
        values = np.concatenate([value * weight for (_, value), weight in zip(rows, weights, strict=True)])
        distinct, at = np.unique(features, return_inverse=True)
        return distinct, np.asarray(np.bincount(at, weights=values, minlength=len(distinct)), dtype=np.float64)

    def matrix(self) -> csr_matrix:
        """Lay the rows out as products x features."""
        from scipy.sparse import csr_matrix

        shape = (self.size, max(len(self.idf), 1))
        return csr_matrix((self.value.astype(np.float64), self.feature, self.starts), shape=shape)

    def add_gram(self, into: NDArray[np.float64], products: NDArray[np.int64], weight: float) -> None:
        """Add ``weight`` x the cosine of each pair of these products to a dense matrix."""
        if len(self.idf):
            add_gram(into, self.matrix()[products].T.tocsr(), weight)

    def aligned(self, place: NDArray[np.int64], titles: Mapping[int, str]) -> TitleWords:
        """Return the words of another list of products: product at of the new list is ``place[at]`` of this one.

        Where ``place`` is -1 the product is new, and ``titles`` has its title, weighed by the words known here.
        """
        old = np.flatnonzero(place >= 0)
        begins, lengths = self.starts[place[old]], np.diff(self.starts)[place[old]]
        row = np.repeat(old, lengths)
        entry = np.repeat(begins - np.append(0, np.cumsum(lengths))[:-1], lengths) + np.arange(len(row))
        fresh = [(at, *each) for at, title in titles.items() for each in self._weigh(title).items()]
        rows = np.concatenate([row, np.array([at for at, _, _ in fresh], dtype=np.int64)])
        features = np.concatenate([self.feature[entry], np.array([f for _, f, _ in fresh], dtype=np.int32)])
        values = np.concatenate([self.value[entry], np.array([v for _, _, v in fresh], dtype=np.float32)])
        order = np.lexsort((features, rows))
        laid = (rows[order], features[order].astype(np.int64), values[order])
        return self._laid_out(self.words, self.pairs, self.idf, len(place), *laid)

    def _weigh(self, title: str) -> dict[int, float]:
        """Weigh a title that was not there at the fit."""
        said = [self._number(word) for word in _WORD.findall(title.lower())]
        times: dict[int, int] = {}
        for at, word in enumerate(said):
            if word >= 0:
                times[word] = times.get(word, 0) + 1
            if at and word >= 0 and said[at - 1] >= 0:
                code = said[at - 1] * _PAIR + word
                pair = int(np.searchsorted(self.pairs, code))
                if pair < len(self.pairs) and self.pairs[pair] == code:
                    times[len(self.words) + pair] = times.get(len(self.words) + pair, 0) + 1
        weight = {feature: (1 + np.log(count)) * float(self.idf[feature]) for feature, count in times.items()}
        norm = float(np.sqrt(sum(each**2 for each in weight.values())))
        return {feature: each / norm for feature, each in weight.items()}

    def _number(self, word: str) -> int:
        name = np.bytes_(word.encode())
        at = int(np.searchsorted(self.words, name))
        return at if at < len(self.words) and self.words[at] == name else -1


def _tokens(lengths: NDArray[np.int64], tokens: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.repeat(np.arange(len(lengths)), lengths), tokens


def _in_two(
    row: NDArray[np.int64], token: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tokens in two rows at least; and for each token its number among those, or -1."""
    distinct = np.unique(row * max(count, 1) + token)
    rows = np.bincount(distinct % max(count, 1), minlength=count) if count else np.empty(0, np.int64)
    kept = np.flatnonzero(rows >= 2)
    number = np.full(count, -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    return kept, number[token]


def _counted(
    row: NDArray[np.int64], feature: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Each pair of row and feature once, sorted, with how often it stood there."""
    distinct, times = np.unique(row * max(count, 1) + feature, return_counts=True)
    return distinct // max(count, 1), distinct % max(count, 1), times
