"""STAN (Garg et al., SIGIR 2019): the sequence- and time-aware neighbour method, a shopper's past being a session.

A neighbour is alike by the products both bought, newer ones of the asking shopper counting more; counts less the longer
it has been silent; and speaks most for what it bought close to the newest product they share. Positions are baskets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catalog.evaluation.contestant import Scored
from catalog.evaluation.peers.tifu_knn import newest_first
from catalog.evaluation.peers.tuned import Tuned
from catalog.evaluation.split import DAY, Ints, Split

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class Setting:
    """Of the paper: k and the three decays; infinity switches one off."""

    neighbours: int
    own_baskets: float
    """Baskets back after which a product of the asking shopper counts 1/e."""
    silent_days: float
    """Days of silence after which a neighbour counts 1/e."""
    apart_baskets: float
    """Baskets between a neighbour's product and the newest shared one after which it counts 1/e."""


SETTINGS = (
    Setting(100, 4.0, 30.0, 2.0),
    Setting(100, 2.0, 30.0, 1.0),
    Setting(100, 4.0, 90.0, 1.0),
    Setting(50, 2.0, 30.0, 1.0),
    Setting(200, 2.0, 30.0, 1.0),
    Setting(200, 4.0, 90.0, 2.0),
)
_ROOM = 48 * 1024 * 1024


class Sessions:
    """Scores are sums over the neighbours' products."""

    def __init__(self, split: Split, setting: Setting) -> None:
        from scipy.sparse import csr_matrix

        self._setting = setting
        shape = (len(split.shoppers), split.products)
        back, _ = newest_first(split.train, shape[0])
        pair = split.train.shopper.astype(np.int64) * split.products + split.train.product
        order = np.lexsort((back, pair))
        newest = order[np.append(True, pair[order][1:] != pair[order][:-1])] if len(order) else order
        where = (split.train.shopper[newest], split.train.product[newest])
        position = back[newest].astype(np.float32)
        self._back: csr_matrix = csr_matrix((position + 1, where), shape=shape)  # + 1, so that no entry is nought
        self._back.sort_indices()
        self._there = self._back.copy()
        self._there.data[:] = 1.0
        self._length = np.maximum(np.diff(self._back.indptr), 1).astype(np.float32)
        last = np.zeros(shape[0], dtype=np.int64)
        np.maximum.at(last, split.train.shopper, split.train.at)
        silent = (split.train.at.max() - last) / DAY
        self._fresh = np.exp(-silent / setting.silent_days).astype(np.float32)

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        found = np.zeros((len(shoppers), self._back.shape[1]))
        step = max(1, _ROOM // (8 * self._back.shape[0]))
        for start in range(0, len(shoppers), step):
            block = shoppers[start : start + step]
            mine = self._back[block]
            mine.data = np.exp(-(mine.data - 1) / np.float32(self._setting.own_baskets))
            alike = (mine @ self._there.T).toarray()
            alike *= (self._fresh / np.sqrt(self._length))[None, :]
            for at, shopper in enumerate(block):
                found[start + at] = self._votes(int(shopper), alike[at])
        return found

    def _votes(self, shopper: int, alike: NDArray[np.float32]) -> NDArray[np.float64]:
        alike[shopper] = 0.0
        count = min(self._setting.neighbours, len(alike))
        near = np.argpartition(alike, len(alike) - count)[len(alike) - count :]
        near = near[alike[near] > 0]
        if not len(near):
            return np.zeros(self._back.shape[1])
        theirs = self._back[near]
        rows = np.repeat(np.arange(len(near)), np.diff(theirs.indptr))
        mine = self._back.indices[self._back.indptr[shopper] : self._back.indptr[shopper + 1]]
        when = np.full(self._back.shape[1], np.inf)
        when[mine] = self._back.data[self._back.indptr[shopper] : self._back.indptr[shopper + 1]]
        shared = when[theirs.indices]
        # the newest of the asking shopper's products that the neighbour has, and when the neighbour bought it
        order = np.lexsort((theirs.data, shared, rows))
        first = order[np.append(True, rows[order][1:] != rows[order][:-1])]
        apart = np.abs(theirs.data - theirs.data[first][rows])
        vote = alike[near][rows] * np.exp(-apart / self._setting.apart_baskets)
        return np.asarray(np.bincount(theirs.indices, weights=vote, minlength=self._back.shape[1]), dtype=np.float64)


def stan(seed: int) -> Tuned:
    """Sessions, tuned."""
    return Tuned(SETTINGS, Sessions, seed)
