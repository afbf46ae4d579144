"""BM25 item neighbours: ``implicit``'s own, with the number of neighbours and K1 chosen on train."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from catalog.evaluation.contestant import Scored
from catalog.evaluation.peers.matrix import baskets, bought
from catalog.evaluation.peers.tuned import Tuned
from catalog.evaluation.split import Ints, Split

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class Setting:
    """Of BM25Recommender; ``counted`` weighs a purchase by its baskets instead of yes or no."""

    k: int
    k1: float
    counted: bool


SETTINGS = tuple(Setting(k, k1, counted) for k in (100, 20, 500) for k1, counted in ((1.2, True), (1.2, False)))


class Neighbours:
    """Scores are sums of likeness over the shopper's past."""

    def __init__(self, split: Split, setting: Setting) -> None:
        from implicit.nearest_neighbours import BM25Recommender

        shape = (len(split.shoppers), split.products)
        self._past: csr_matrix = baskets(split.train, shape) if setting.counted else bought(split)
        model = BM25Recommender(K=setting.k, K1=setting.k1)
        model.fit(self._past, show_progress=False)
        self._likeness: csr_matrix = model.similarity

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        return np.asarray((self._past[shoppers] @ self._likeness).toarray())


def bm25(seed: int) -> Tuned:
    """Neighbours, tuned."""
    return Tuned(SETTINGS, Neighbours, seed)
