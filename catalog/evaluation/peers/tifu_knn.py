"""TIFU-kNN (Hu et al., SIGIR 2020): a shopper is a time-decayed sum of baskets, blended with their nearest shoppers'.

Baskets are gone through from the newest back, in groups of ``group``; within a group each older basket counts
``within`` times less, each older group ``between`` times less. Their published settings come first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catalog.evaluation.contestant import Scored
from catalog.evaluation.peers.tuned import Tuned
from catalog.evaluation.split import Ints, Records, Split

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class Setting:
    """Of the paper: m, r_b, r_g, k, alpha."""

    group: int
    within: float
    between: float
    neighbours: int
    own: float
    """Weight of the shopper's own vector; the rest is the mean of the neighbours'."""


SETTINGS = (
    Setting(7, 0.9, 0.7, 300, 0.7),
    Setting(7, 0.9, 0.7, 100, 0.2),
    Setting(3, 0.9, 0.7, 100, 0.3),
    Setting(3, 0.9, 0.7, 30, 0.3),
    Setting(2, 1.0, 0.8, 100, 0.3),
    Setting(1, 1.0, 0.7, 300, 0.5),
    Setting(1, 1.0, 0.9, 100, 0.3),
    Setting(1, 1.0, 0.9, 30, 0.3),
    Setting(1, 1.0, 0.9, 30, 0.6),
)
_ROOM = 48 * 1024 * 1024


class Nearest:
    """Own baskets, and those of the shoppers whose vectors are nearest by Euclidean distance."""

    def __init__(self, split: Split, setting: Setting) -> None:
        self._setting = setting
        self._vectors = vectors(split.train, (len(split.shoppers), split.products), setting)
        self._lengths = np.asarray(self._vectors.multiply(self._vectors).sum(axis=1)).ravel()

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        step = max(1, _ROOM // (8 * self._vectors.shape[0]))
        blocks = [self._block(shoppers[start : start + step]) for start in range(0, len(shoppers), step)]
        return np.concatenate(blocks) if blocks else np.empty((0, self._vectors.shape[1]))

    def _block(self, shoppers: Ints) -> NDArray[np.float32]:
        from scipy.sparse import csr_matrix

        mine = self._vectors[shoppers]
        far = self._lengths[None, :] - 2 * (mine @ self._vectors.T).toarray()  # + own length, the same for all
        far[np.arange(len(shoppers)), shoppers] = np.inf
        count = min(self._setting.neighbours, far.shape[1] - 1)
        if count <= 0:
            return np.asarray(mine.toarray(), dtype=np.float32)
        near = np.argpartition(far, count - 1, axis=1)[:, :count]
        rows = np.repeat(np.arange(len(shoppers)), count)
        mean = csr_matrix((np.full(near.size, 1.0 / count, dtype=np.float32), (rows, near.ravel())), shape=far.shape)
        own = np.float32(self._setting.own)
        return np.asarray((own * mine + (1 - own) * (mean @ self._vectors)).toarray(), dtype=np.float32)


def vectors(records: Records, shape: tuple[int, int], setting: Setting) -> csr_matrix:
    """Each shopper's time-decayed sum of baskets; shoppers x products."""
    from scipy.sparse import csr_matrix

    back, baskets = newest_first(records, shape[0])
    of_row = baskets[records.shopper]
    group, within = back // setting.group, back % setting.group
    groups = -(-of_row // setting.group)
    oldest = of_row - (groups - 1) * setting.group
    size = np.where(group == groups - 1, oldest, setting.group)
    weight = setting.within**within / size * setting.between**group / groups
    product, shopper = records.product.astype(np.int64), records.shopper.astype(np.int64)
    order = np.lexsort((back, product, shopper))
    shopper, product, back, weight = shopper[order], product[order], back[order], weight[order]
    new = np.ones(len(order), dtype=np.bool_)  # a product twice in one basket counts once
    new[1:] = (shopper[1:] != shopper[:-1]) | (product[1:] != product[:-1]) | (back[1:] != back[:-1])
    return csr_matrix((weight[new].astype(np.float32), (shopper[new], product[new])), shape=shape)


def newest_first(records: Records, shoppers: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each row how many baskets of its shopper are newer; and for each shopper how many baskets there are."""
    starts = np.ones(len(records), dtype=np.int64)
    starts[1:] = (records.shopper[1:] != records.shopper[:-1]) | (records.at[1:] != records.at[:-1])
    number = np.cumsum(starts)
    baskets = np.bincount(records.shopper[starts == 1], minlength=shoppers).astype(np.int64)
    return np.cumsum(baskets)[records.shopper] - number, baskets


def tifu_knn(seed: int) -> Tuned:
    """Nearest shoppers by decayed baskets, tuned."""
    return Tuned(SETTINGS, Nearest, seed)
