"""How many shoppers bought a product lately, and whether its time of the year has come.

Kept are plain sums over shoppers (who bought in a window, purchases by time of the year), so that parts of a cluster
add up and a shopper can be taken out exactly; everything else is worked out from the sums when asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

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
    sold: Ints
    """24 periods of the year x products: purchases."""
    _worked_out: dict[int, NDArray[np.float32]] = field(init=False, default_factory=dict, repr=False, compare=False)

    @classmethod
    def count(cls, interactions: Interactions, products: int, *, until: int) -> Popularity:
        """Count over everything up to ``until``."""
        interactions = interactions.until(until)
        rows = []
        for days in WINDOWS:
            recent = interactions.day > until - days
            pairs = np.unique(interactions.shopper[recent].astype(np.int64) * products + interactions.product[recent])
            rows.append(np.bincount(pairs % max(products, 1), minlength=products))
        sold = np.bincount(
            _periods_of(interactions.day).astype(np.int64) * products + interactions.product,
            minlength=_PERIODS * products,
        )
        return cls(until, np.array(rows, dtype=np.int32), sold.reshape(_PERIODS, products).astype(np.int32))

    def plus(self, other: Popularity) -> Popularity:
        """Add what was counted over other shoppers, up to the same day."""
        assert self.until == other.until, "counts add up over shoppers, not over days"
        return Popularity(self.until, self.buyers + other.buyers, self.sold + other.sold)

    def changed(self, product: Ints, day: Ints, sign: int) -> Popularity:
        """Return the counts with all purchases of one shopper added (1) or taken away (-1).

        To change a shopper's purchases take away those they had and add those they have. Days after ``until`` count
        as that day: what was just bought is recent.
        """
        buyers, sold = self.buyers.copy(), self.sold.copy()
        day = np.minimum(day, self.until)
        for window, days in enumerate(WINDOWS):
            buyers[window, np.unique(product[day > self.until - days])] += sign
        np.add.at(sold, (_periods_of(day), product), sign)
        return replace(self, buyers=buyers, sold=sold)

    def recent(self, days: int = 7) -> Ints:
        """Buyers of every product in the last ``days`` (one of WINDOWS) of the records."""
        return np.asarray(self.buyers[WINDOWS.index(days)])

    def season(self, day: int) -> NDArray[np.float32]:
        """Log of how much more than usual each product sells at this time of the year; 0 is as usual."""
        period = period_of(day)
        if period not in self._worked_out:
            self._worked_out[period] = self._season(period)
        return self._worked_out[period]

    def _season(self, period: int) -> NDArray[np.float32]:
        """Smooth over the neighbouring periods and compare each product with the whole shop."""
        near = (period + np.arange(-2, 3)) % _PERIODS
        mine = _SMOOTHING @ self.sold[near]
        shop = self.sold.sum(axis=1, dtype=np.int64)
        usual = max(float(shop[near] @ _SMOOTHING) / max(float(shop.sum()), 1.0), 1e-9)
        total = self._in_all + _PRIOR_BUYERS
        return np.asarray(np.log((mine + _PRIOR_BUYERS * usual) / (total * usual)), dtype=np.float32)

    @cached_property
    def _in_all(self) -> NDArray[np.int64]:
        return np.asarray(self.sold.sum(axis=0, dtype=np.int64))


def _periods_of(days: Ints) -> NDArray[np.int32]:
    """Period of the year of every day number."""
    seen, inverse = np.unique(days, return_inverse=True)
    return np.array([period_of(int(day)) for day in seen], dtype=np.int32)[inverse]


def period_of(day: int) -> int:
    """Which of the 24 periods of the year a day number falls in."""
    return min((day_of(day).timetuple().tm_yday - 1) * _PERIODS // 365, _PERIODS - 1)
