"""Implicit alternating least squares (Hu, Koren, Volinsky 2008): ``implicit``'s own, its settings chosen on train."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from catalog.evaluation.contestant import Scored
from catalog.evaluation.peers.matrix import baskets, bought
from catalog.evaluation.peers.tuned import Tuned
from catalog.evaluation.split import Ints, Split


@dataclass(frozen=True)
class Setting:
    """Of AlternatingLeastSquares."""

    factors: int
    regularization: float
    alpha: float
    iterations: int = 15
    counted: bool = False
    """Whether confidence grows with the number of baskets instead of being one for all."""


SETTINGS = (
    Setting(64, 10.0, 1.0),
    Setting(128, 10.0, 1.0),
    Setting(256, 30.0, 2.0),
    Setting(64, 10.0, 0.5, counted=True),
    Setting(256, 20.0, 1.0, counted=True),
)


class Factors:
    """Scores are products of the shopper's and the product's factors."""

    def __init__(self, split: Split, setting: Setting, *, seed: int) -> None:
        from implicit.cpu.als import AlternatingLeastSquares
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1, "blas"):  # the library runs its own threads
            model = AlternatingLeastSquares(
                factors=setting.factors,
                regularization=setting.regularization,
                alpha=setting.alpha,
                iterations=setting.iterations,
                random_state=seed,
            )
            shape = (len(split.shoppers), split.products)
            model.fit(baskets(split.train, shape) if setting.counted else bought(split), show_progress=False)
        self._shoppers, self._products = model.user_factors, model.item_factors

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        return np.asarray(self._shoppers[shoppers] @ self._products.T)


def ials(seed: int) -> Tuned:
    """Factors, tuned."""
    return Tuned(SETTINGS, partial(Factors, seed=seed), seed)
