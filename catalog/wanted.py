"""What is asked of the catalogue: the hard bounds and the wishes of one gift."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from catalog.product import ProductId


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request for ideas. Bounds, exclusions and ``not_again`` are never broken; the rest ranks."""

    price_min: Decimal | None = None
    price_max: Decimal | None = None
    price_below: Decimal | None = None
    """Strictly below ("cheaper than the cheapest shown")."""
    price_above: Decimal | None = None
    """Strictly above ("a bit more special")."""
    currency: str | None = None
    """Of ``price_min`` and ``price_max``; None for the one most of the catalogue is sold in."""
    shown_currency: str | None = None
    """Of ``price_below`` and ``price_above``: that of the offer they were read off; None as above."""
    likes: tuple[str, ...] = ()
    """Interests and kinds of thing, in the shopper's or the lexicon's words."""
    recipient: str | None = None
    gender: str | None = None
    """``female``, ``male`` or None."""
    age: tuple[int, int] | None = None
    """Years, from and to, both included."""
    occasion: str | None = None
    not_wanted: tuple[str, ...] = ()
    not_again: frozenset[ProductId] = field(default_factory=frozenset)
    already_given: frozenset[ProductId] = field(default_factory=frozenset)
    """What this recipient is known to have had; kept out like ``not_again``, and never offered as "show again"."""
    needed_by: date | None = None
    """The last day it may arrive; a filter wherever delivery times are known."""
    deliver_to: str | None = None
    """Two-letter country it goes to; None for the shop's own."""
    like_product: ProductId | None = None
    """The product meant by "more like the second"."""
    price_lean: Literal["low", "high"] | None = None
    """Where among the prices allowed to look first ("not too expensive", "I want to splash out"); never a bound."""

    @property
    def has_budget(self) -> bool:
        """True where any bound on the price is given."""
        bounds = (self.price_min, self.price_max, self.price_below, self.price_above)
        return any(bound is not None for bound in bounds)

    @property
    def said_budget(self) -> bool:
        """True where a bound is a sum the shopper named, so in ``currency``; the others come from offers shown."""
        return self.price_min is not None or self.price_max is not None

    @property
    def below_or_above(self) -> bool:
        """True where a bound comes from an offer shown, so in ``shown_currency``."""
        return self.price_below is not None or self.price_above is not None
