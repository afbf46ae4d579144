"""What sells: the same list for everybody, and each shopper's own most frequent products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from catalog.evaluation.contestant import Scored
from catalog.evaluation.peers.matrix import baskets
from catalog.evaluation.split import DAY, Ints, Split

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class Popular:
    """Distinct shoppers of each product in the last ``days`` (rolling, to the last moment of train), or of all time."""

    def __init__(self, days: int | None) -> None:
        self.settings: dict[str, Any] = {}
        self._days = days
        self._buyers: Scored = np.empty(0)

    def fit(self, split: Split) -> None:
        records = split.train
        if self._days is not None:
            records = records.where(np.asarray(records.at > records.at.max() - self._days * DAY))
        pairs = np.unique(records.shopper.astype(np.int64) * split.products + records.product)
        self._buyers = np.bincount(pairs % split.products, minlength=split.products).astype(np.float64)

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        return np.broadcast_to(self._buyers, (len(shoppers), len(self._buyers)))


class PersonalFrequency:
    """In how many baskets the shopper bought the product; below that, and among equals, what most shoppers bought."""

    def __init__(self, seed: int) -> None:
        self.settings: dict[str, Any] = {}
        self._often: csr_matrix
        self._popular = Popular(None)

    def fit(self, split: Split) -> None:
        self._often = baskets(split.train, (len(split.shoppers), split.products))
        self._popular.fit(split)

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        popular = self._popular.scores(shoppers, repeats=repeats)
        return np.asarray(self._often[shoppers].toarray() + popular / (popular.max(initial=0.0) + 1.0))


def popular_all(seed: int) -> Popular:
    """Popularity over everything."""
    return Popular(None)


def popular_30(seed: int) -> Popular:
    """Popularity of thirty days."""
    return Popular(30)


def popular_7(seed: int) -> Popular:
    """Popularity of seven days."""
    return Popular(7)
