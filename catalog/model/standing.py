"""How every product stands in the shop before a shopper is known: sold lately, newly arrived, gone quiet, in season.

Worked out of the sums of :class:`~catalog.model.popularity.Popularity` once per opened model and time of the year;
an answer only reads it. Each array has mean 0 over the products, so that none is a bonus for all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Ints
from catalog.model.popularity import AGES, PERIODS, Popularity, period_of

Floats = NDArray[np.float32]

FRESH_DAYS = 90.0
"""A product is new for about as long: its newness falls to 1/e in so many days after its first sale."""
UNKNOWN_DAYS = 30.0
"""A first sale that soon after the records begin does not say that the product was new then."""
NEVER_DAYS = 700.0
"""How long a product counts as quiet that was never sold."""
FEW_BUYERS = 2.0
"""Buyers as usual that are added before a rise is believed."""
AHEAD = np.array([0.35, 0.35, 0.2, 0.1])
"""Weights of the period of the year that begins and the three after it: what is bought for what comes."""
OLD_ENOUGH = 365
"""A product first sold at least so many days ago has had this season before."""
PRIOR = 5.0
"""Purchases as usual that are added before a season is believed."""

_BEGINS = np.array(AGES, dtype=np.float64)
_MIDDLE = np.append((_BEGINS[:-1] + _BEGINS[1:]) / 2, _BEGINS[-1] * 1.2)


@dataclass(frozen=True)
class Standing:
    """Parts of a score that depend on the product and the day only, each with mean 0."""

    sold: Floats
    """Log of 1 + buyers of the last seven days, standardised."""
    month: Floats
    """The same of thirty days."""
    rising: Floats
    """Log of how much more of its buyers of ninety days came in the last thirty than usual here, less its mean."""
    fresh: Floats
    """1 right after the first sale, or before it, and 0 long after; less its mean."""
    quiet: Floats
    """Log of 1 + days since the last sale, less its mean."""
    season: Floats
    """Log of how much more than usual it sold at this time of past years; 0 where it was not there."""

    @classmethod
    def of(cls, popularity: Popularity, day: int) -> Standing:
        """Work it out for the time of the year of a day number, once for each."""
        period = period_of(day)
        found = popularity.worked_out.get(period)
        if found is None:
            found = popularity.worked_out[period] = cls._of(popularity, period)
        assert isinstance(found, cls)
        return found

    @classmethod
    def _of(cls, popularity: Popularity, period: int) -> Standing:
        first, last = first_and_last(popularity)
        records = float(first.max(initial=0.0))
        known = 1 - np.exp(-(records - first) / UNKNOWN_DAYS)
        fresh = np.exp(-first / FRESH_DAYS) * np.maximum(known, 0)
        return cls(
            standard(np.log1p(popularity.recent())),
            standard(np.log1p(popularity.recent(30))),
            _centred(_rise(popularity.recent(30), popularity.recent(90))),
            _centred(fresh),
            _centred(np.log1p(last)),
            _season(popularity, period, first),
        )


def first_and_last(popularity: Popularity) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Days since each product's first and last sale, to the middle of a span; 0 and NEVER_DAYS if never sold."""
    sold = popularity.aged > 0
    any_sale = sold.any(axis=0)
    newest = np.where(any_sale, _MIDDLE[sold.argmax(axis=0)], NEVER_DAYS)
    oldest = np.where(any_sale, _MIDDLE[len(AGES) - 1 - sold[::-1].argmax(axis=0)], 0.0)
    return oldest, newest


def standard(values: NDArray[np.floating]) -> Floats:  # type: ignore[type-arg]
    """Mean 0, deviation 1 over all products; zeros where all are equal."""
    if not len(values):
        return np.zeros(0, dtype=np.float32)
    centred = values - values.mean()
    deviation = float(np.sqrt(np.dot(centred, centred) / len(centred)))
    return np.asarray(np.zeros(len(values)) if deviation < 1e-12 else centred / deviation, dtype=np.float32)


def _centred(values: NDArray[np.float64]) -> Floats:
    return (values - values.mean() if len(values) else values).astype(np.float32)


def _rise(month: Ints, quarter: Ints) -> NDArray[np.float64]:
    usual = float(month.sum()) / max(float(quarter.sum()), 1.0)
    return np.asarray(np.log((month + FEW_BUYERS) / (quarter * usual + FEW_BUYERS)), dtype=np.float64)


def _season(popularity: Popularity, period: int, first: NDArray[np.float64]) -> Floats:
    """Compare what sold in the weeks ahead in past years with what sells in the whole year."""
    ahead = (period + np.arange(len(AHEAD))) % PERIODS
    shop = popularity.sold.sum(axis=1, dtype=np.float64)
    usual = float(AHEAD @ shop[ahead] / max(shop.sum(), 1.0))
    old = first >= OLD_ENOUGH
    if usual <= 0 or not old.any():
        return np.zeros(len(first), dtype=np.float32)
    mine, total = AHEAD @ popularity.sold[ahead], popularity.sold.sum(axis=0, dtype=np.float64)
    more = np.log((mine + PRIOR * usual) / ((total + PRIOR) * usual))
    return np.where(old, np.clip(more, -1.5, 1.5), 0).astype(np.float32)
