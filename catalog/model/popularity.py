"""How many shoppers bought a product lately, and whether its time of the year has come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Interactions, Ints, day_of

WINDOWS = (7, 30, 90, 365)
_PERIODS = 24
_SMOOTHING = np.array([0.15, 0.2, 0.3, 0.2, 0.15])
"""Weights of the periods two before to two after: sales of one fortnight alone are noise."""
_PRIOR_BUYERS = 10.0


@dataclass(frozen=True)
class Popularity:
    """Buyers of each product in windows that end on the last day of the records."""

    until: int
    """Day number the windows end on."""
    buyers: Ints
    """windows x products: distinct shoppers."""
    seasons: NDArray[np.float32]
    """24 periods of the year x products: log of how much more than usual each sells then; 0 is as usual."""

    @classmethod
    def count(cls, interactions: Interactions, products: int, *, until: int) -> Popularity:
        """Count over everything up to ``until``."""
        interactions = interactions.until(until)
        rows = []
        for days in WINDOWS:
            recent = interactions.day > until - days
            pairs = np.unique(interactions.shopper[recent].astype(np.int64) * products + interactions.product[recent])
            rows.append(np.bincount(pairs % products, minlength=products))
        by_period = np.zeros((_PERIODS, products))
        seen, inverse = np.unique(interactions.day, return_inverse=True)
        period = np.array([period_of(int(day)) for day in seen], dtype=np.int32)
        if len(seen):
            np.add.at(by_period, (period[inverse], interactions.product), 1.0)
        return cls(until, np.array(rows, dtype=np.int32), _seasons(by_period))

    def recent(self, days: int = 7) -> Ints:
        """Buyers of every product in the last ``days`` (one of WINDOWS) of the records."""
        return np.asarray(self.buyers[WINDOWS.index(days)])

    def season(self, day: int) -> NDArray[np.float32]:
        """Log of how much more than usual each product sells at this time of the year."""
        return np.asarray(self.seasons[period_of(day)])


def _seasons(by_period: NDArray[np.float64]) -> NDArray[np.float32]:
    """Smooth over the neighbouring periods and compare each product with the whole shop."""
    near = (np.arange(_PERIODS)[:, None] + np.arange(-2, 3)) % _PERIODS
    mine = np.einsum("k,pkn->pn", _SMOOTHING, by_period[near])
    shop = by_period.sum(axis=1)
    usual = np.maximum((shop[near] @ _SMOOTHING) / max(float(shop.sum()), 1.0), 1e-9)[:, None]
    total = by_period.sum(axis=0) + _PRIOR_BUYERS
    return np.asarray(np.log((mine + _PRIOR_BUYERS * usual) / (total * usual)), dtype=np.float32)


def period_of(day: int) -> int:
    """Which of the 24 periods of the year a day number falls in."""
    return min((day_of(day).timetuple().tm_yday - 1) * _PERIODS // 365, _PERIODS - 1)
