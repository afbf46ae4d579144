"""What a partial update says of one product."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from catalog.product import ProductId, Sale


@dataclass(frozen=True, slots=True)
class OfferUpdate:
    """New price or stock of a product there is; None stands for what the update does not say."""

    row: int
    id: ProductId
    price: Decimal | None = None
    """What is asked outside a sale."""
    currency: str | None = None
    """Of the price and of the sale's price; given where one of them is."""
    sale: Sale | None = None
    in_stock: bool | None = None
    sale_ended: bool = False
    """A price is given without a sale price, in a feed that has a column for it: no sale is on, whatever was before."""
    withdrawn: bool = False
    """The shop no longer offers it (a draft, archived, hidden); ``in_stock`` is False, and it is no fault where the
    catalogue does not have it."""
