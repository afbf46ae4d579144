"""What can be given: a product and the offer it is sold under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NewType

ProductId = NewType("ProductId", str)


@dataclass(frozen=True, slots=True)
class Offer:
    """Price and stock at a moment: true on ``as_of``, the day the feed was imported."""

    price: Decimal
    currency: str
    in_stock: bool
    as_of: date


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
