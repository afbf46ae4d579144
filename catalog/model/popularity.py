"""How many shoppers bought a product lately, and whether its time of the year has come.

Kept are plain sums over shoppers (who bought in a window, purchases by time of the year and by how long ago), so that
parts of a cluster add up and a shopper can be taken out exactly; everything else is worked out from the sums when asked
for (:mod:`catalog.model.standing`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Interactions, Ints, day_of

WINDOWS = (7, 30, 90, 365)
AGES = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 75, 90, 105, 120, 150, 180, 210, 240, 300, 365, 450, 545, 730)
"""Days before ``until`` at which a span of ages begins; the last is open."""
PERIODS = 24


@dataclass(frozen=True)
class Popularity:
    """Buyers of each product in windows that end on the last day of the records."""

    until: int
    """Day number the windows end on."""
    buyers: Ints
    """windows x products: distinct shoppers."""
    sold: Ints
    """24 periods of the year x products: purchases."""
    aged: Ints
    """Spans of AGES x products: purchases. Says when a product was first and last sold, and can be taken back."""
    worked_out: dict[int, Any] = field(init=False, default_factory=dict, repr=False, compare=False)
    """What was worked out of the counts, by period of the year; a changed copy begins anew."""

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
            minlength=PERIODS * products,
        )
        span = _spans_of(until - interactions.day)
        aged = np.bincount(span * products + interactions.product, minlength=len(AGES) * products)
        return cls(
            until,
            np.array(rows, dtype=np.int32),
            sold.reshape(PERIODS, products).astype(np.int32),
            aged.reshape(len(AGES), products).astype(np.int32),
        )

    def plus(self, other: Popularity) -> Popularity:
        """Add what was counted over other shoppers, up to the same day."""
        assert self.until == other.until, "counts add up over shoppers, not over days"
        return Popularity(self.until, self.buyers + other.buyers, self.sold + other.sold, self.aged + other.aged)

    def with_changes(self, changes: Iterable[tuple[Ints, Ints, int]]) -> Popularity:
        """Return the counts with purchases (products, days) of some shoppers added (1) or taken away (-1).

        To change a shopper's purchases take away those they had and add those they have. Days after ``until`` count
        as that day: what was just bought is recent.
        """
        buyers, sold, aged = self.buyers.copy(), self.sold.copy(), self.aged.copy()
        for product, days, sign in changes:
            day = np.minimum(days, self.until)
            for window, width in enumerate(WINDOWS):
                buyers[window, np.unique(product[day > self.until - width])] += sign
            np.add.at(sold, (_periods_of(day), product), sign)
            np.add.at(aged, (_spans_of(self.until - day), product), sign)
        return replace(self, buyers=buyers, sold=sold, aged=aged)

    def recent(self, days: int = 7) -> Ints:
        """Buyers of every product in the last ``days`` (one of WINDOWS) of the records."""
        return np.asarray(self.buyers[WINDOWS.index(days)])


def _periods_of(days: Ints) -> NDArray[np.int32]:
    """Period of the year of every day number."""
    seen, inverse = np.unique(days, return_inverse=True)
    return np.array([period_of(int(day)) for day in seen], dtype=np.int32)[inverse]


def _spans_of(ages: Ints) -> NDArray[np.int64]:
    """Span of AGES every age falls in."""
    return np.asarray(np.searchsorted(AGES, ages, side="right") - 1, dtype=np.int64)


def period_of(day: int) -> int:
    """Which of the 24 periods of the year a day number falls in."""
    return min((day_of(day).timetuple().tm_yday - 1) * PERIODS // 365, PERIODS - 1)
