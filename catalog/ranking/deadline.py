"""When each product of a shelf arrives, as one array: a deadline is then one comparison."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import day_number
from catalog.offers.arrival import DeliveryRules, arrives
from catalog.product import Delivery
from catalog.shelf.shelf import Shelf
from catalog.wanted import Wanted
from catalog.words.text_index import Mask

Days = NDArray[np.int32]
NEVER = np.iinfo(np.int32).max
"""The day of what cannot be told to arrive."""


def latest_arrivals(shelf: Shelf, now: datetime, rules: DeliveryRules, deliver_to: str | None) -> Days:
    """Return the day number by which each product is certain to arrive if ordered at ``now``; NEVER where not known.

    Few products differ in handling and transit, so each pair is worked out once for each day of order.
    """
    key = ("arrivals", rules, rules.order_day(now), deliver_to)
    known = shelf.worked_out.get("arrivals")
    if known is None or known[0] != key:
        known = (key, _worked_out(shelf, now, rules, deliver_to))
        shelf.worked_out["arrivals"] = known
    found: Days = known[1]
    return found


def _worked_out(shelf: Shelf, now: datetime, rules: DeliveryRules, deliver_to: str | None) -> Days:
    handling, transit = shelf.columns.handling_most, shelf.columns.transit_most
    pairs = (handling.astype(np.int64) + 1) * 100_000 + transit + 1
    kinds, which = np.unique(pairs, return_inverse=True)
    days = np.full(len(kinds), NEVER, dtype=np.int32)
    for at, pair in enumerate(kinds.tolist()):
        wait, way = pair // 100_000 - 1, pair % 100_000 - 1
        told = Delivery((wait, wait) if wait >= 0 else None, (way, way) if way >= 0 else None)
        when = arrives(told, now, rules, deliver_to)
        if when is not None:
            days[at] = day_number(when[1])
    return days[which]


class Deadline:
    """The day a gift is needed by, against what the shop knows of its deliveries."""

    def __init__(self, shelf: Shelf, wanted: Wanted, now: datetime, rules: DeliveryRules | None) -> None:
        self.asked = wanted.needed_by is not None
        self.days: Days | None = None
        self.late: Mask | None = None
        if wanted.needed_by is not None and rules is not None:
            days = latest_arrivals(shelf, now, rules, wanted.deliver_to)
            if (days != NEVER).any():
                self.days, self.late = days, days > day_number(wanted.needed_by)

    @property
    def checked(self) -> bool:
        """False where a day was said and the shop knows of no delivery: then nothing was left out for it."""
        return not self.asked or self.late is not None


def arrival_of(
    delivery: Delivery | None, now: datetime, rules: DeliveryRules | None, to: str | None
) -> tuple[date, date] | None:
    """Return the earliest and the latest day one product arrives, None where it is not known."""
    return None if rules is None else arrives(delivery, now, rules, to)
