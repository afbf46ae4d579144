"""What can be given: a product and the offer it is sold under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import NewType

ProductId = NewType("ProductId", str)


@dataclass(frozen=True, slots=True)
class Sale:
    """A lower price for a while; ``starts`` and ``ends`` are aware times, None where the feed names no bound."""

    price: Decimal
    starts: datetime | None = None
    ends: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        """Tell whether the lower price is asked at this moment."""
        return (self.starts is None or self.starts <= now) and (self.ends is None or now < self.ends)


@dataclass(frozen=True, slots=True)
class Offer:
    """Price and stock at a moment: true on ``as_of``, the day the feed was imported."""

    price: Decimal
    """What is asked outside a sale; of an offer taken by :meth:`at`, what is asked then."""
    currency: str
    in_stock: bool
    as_of: date
    """The day the price was last told by a feed."""
    stock_as_of: date | None = None
    """The day the stock was last told; None where that is ``as_of`` too."""
    sale: Sale | None = None
    was: Decimal | None = None
    """The price before the reduction, where one is on."""
    last_day: date | None = None
    """The last day (UTC) it is sold on, where the feed names one."""

    def at(self, now: datetime) -> Offer:
        """Return the offer as it stands at ``now``: at its sale price while that is on, sold out past its last day."""
        if self.in_stock and self.last_day is not None and now.astimezone(timezone.utc).date() > self.last_day:
            return replace(self, in_stock=False).at(now)
        if self.sale is None:
            return self
        if not self.sale.is_on(now):
            return replace(self, sale=None)
        return replace(self, price=self.sale.price, was=self.price, sale=None)

    @property
    def stock_day(self) -> date:
        """The day the stock was last told by a feed."""
        return self.stock_as_of or self.as_of


@dataclass(frozen=True, slots=True)
class Delivery:
    """How long the merchant needs, in working days, as the feed says; None where it does not say."""

    handling: tuple[int, int] | None = None
    """Least and most working days from order to dispatch."""
    transit: tuple[int, int] | None = None
    """Least and most working days from dispatch to the door."""


@dataclass(frozen=True, slots=True)
class Product:
    """One thing a shopper can buy, as the merchant's feed describes it."""

    id: ProductId
    title: str
    link: str
    image_link: str | None
    attributes: Mapping[str, str]
    """Further columns of the feed (product_type, brand, …) as text; never empty values."""
    offer: Offer
    ages: tuple[int, int] | None = None
    """Years of whom it is for, from and to (Google's age_group or an age_min/age_max column)."""
    gender: str | None = None
    """``female`` or ``male`` where the merchant says it is for one only."""
    delivery: Delivery | None = None
    margin: Decimal | None = None
    """Share of the price that is left after its cost, where the feed names the cost; never told to a shopper."""
