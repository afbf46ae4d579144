"""How old what we know of an offer is, and what may still be promised of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.product import Offer


@dataclass(frozen=True, slots=True)
class Freshness:
    """Ages of one offer on a day, in days; nothing is younger than today."""

    price_days: int
    stock_days: int


def freshness(offer: Offer, today: date) -> Freshness:
    """Tell how many days ago a feed last told price and stock."""
    return Freshness(max(0, (today - offer.as_of).days), max(0, (today - offer.stock_day).days))


def may_promise_stock(offer: Offer, today: date, max_age_days: int | None) -> bool:
    """Tell whether "in stock" may be said: the feed says so, and said it at most ``max_age_days`` ago.

    None or 0 for ``max_age_days`` means that what a feed said stays true until the next one.
    """
    return offer.in_stock and (not max_age_days or freshness(offer, today).stock_days <= max_age_days)
