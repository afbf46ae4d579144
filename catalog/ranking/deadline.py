"""When each product of a shelf arrives, as one array: a deadline is then one comparison."""

from __future__ import annotations

from datetime import date, datetime

from catalog.interactions.records import day_number
from catalog.offers.arrival import NEVER, Days, DeliveryRules, arrives, latest_days
from catalog.product import Delivery
from catalog.shelf.shelf import Shelf
from catalog.wanted import Wanted
from catalog.words.text_index import Mask


def latest_arrivals(shelf: Shelf, now: datetime, rules: DeliveryRules, deliver_to: str | None) -> Days:
    """Return the day number by which each product is certain to arrive if ordered at ``now``; NEVER where not known.

    Worked out once for each day of order and place it goes to.
    """
    key = ("arrivals", rules, rules.order_day(now), deliver_to)
    known = shelf.worked_out.get("arrivals")
    if known is None or known[0] != key:
        known = (key, latest_days(shelf.columns.handling_most, shelf.columns.transit_most, now, rules, deliver_to))
        shelf.worked_out["arrivals"] = known
    found: Days = known[1]
    return found


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
