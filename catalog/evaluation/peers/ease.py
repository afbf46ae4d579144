"""Plain EASE (Steck 2019): yes-or-no purchases, one closed form, its ridge chosen on train."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.evaluation.contestant import Scored
from catalog.evaluation.peers.matrix import bought
from catalog.evaluation.peers.tuned import Tuned
from catalog.evaluation.split import Ints, Split

MOST = 10_000
"""Products whose weights are computed, the most bought ones: the inverse costs the cube. The others score nought."""


@dataclass(frozen=True)
class Setting:
    """The ridge on the diagonal of the Gram matrix."""

    ridge: float


SETTINGS = tuple(Setting(ridge) for ridge in (300.0, 100.0, 1000.0))


class Ease:
    """B = -P / diag(P) with a diagonal of nought, P the inverse of XᵀX + ridge·I; scores are X·B."""

    def __init__(self, split: Split, setting: Setting) -> None:
        from scipy.linalg import lapack

        self._past = bought(split)
        most = np.sort(np.argsort(-self._past.getnnz(axis=0), kind="stable")[:MOST])
        self._modelled: NDArray[np.int64] = most
        gram = (self._past[:, most].T @ self._past[:, most]).toarray(order="F")
        gram[np.diag_indices_from(gram)] += np.float32(setting.ridge)
        factor, failed = lapack.spotrf(gram, lower=1, overwrite_a=1)
        inverse, failed_too = lapack.spotri(factor, lower=1, overwrite_c=1)
        assert failed == failed_too == 0, "a Gram matrix with a ridge is positive definite"
        inverse = np.tril(inverse)  # LAPACK fills the lower half only
        inverse += np.tril(inverse, -1).T
        self._weights = -inverse / np.diagonal(inverse)
        np.fill_diagonal(self._weights, 0.0)
        self._past = self._past[:, most]
        self._size = split.products

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        found = np.zeros((len(shoppers), self._size), dtype=np.float32)
        found[:, self._modelled] = self._past[shoppers] @ self._weights
        return found


def ease(seed: int) -> Tuned:
    """EASE, tuned."""
    return Tuned(SETTINGS, Ease, seed)
