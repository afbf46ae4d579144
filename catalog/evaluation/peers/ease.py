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


SETTINGS = tuple(Setting(ridge) for ridge in (300.0, 50.0, 100.0, 1000.0, 3000.0))


class Ease:
    """B = -P / diag(P) with a diagonal of nought, P the inverse of XᵀX + ridge·I; scores are X·B."""

    def __init__(self, split: Split, setting: Setting) -> None:
        from scipy.linalg import inv

        self._past = bought(split)
        most = np.sort(np.argsort(-self._past.getnnz(axis=0), kind="stable")[:MOST])
        self._modelled: NDArray[np.int64] = most
        gram = (self._past[:, most].T @ self._past[:, most]).toarray().astype(np.float32)
        gram[np.diag_indices_from(gram)] += np.float32(setting.ridge)
        inverse = inv(gram, overwrite_a=True, check_finite=False)
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
