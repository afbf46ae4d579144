"""The day a snapshot was last found to be what the shop still says: an unchanged feed costs a line, not a snapshot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalog.product import Product
from catalog.storage import Storage

FILE = "confirmed"


def confirm(storage: Storage, snapshot: str, day: date) -> None:
    """Note that the offers of a snapshot were told again on a day; an earlier day than is known changes nothing."""
    known = confirmed_day(storage, snapshot)
    if known is None or known < day:
        storage.write_pointer(FILE, f"{snapshot} {day.isoformat()}")


def confirmed_day(storage: Storage, snapshot: str) -> date | None:
    """Return the day a snapshot's offers were last told again; None where that is its own."""
    name, _, day = (storage.read_pointer(FILE) or "").partition(" ")
    try:
        return date.fromisoformat(day) if name == snapshot else None
    except ValueError:
        return None


def told_on(product: Product, day: date | None) -> Product:
    """Return a product with its offer told on ``day``, where that is later than it was."""
    offer = product.offer
    if day is None or (offer.as_of >= day and offer.stock_day >= day):
        return product
    price_day, stock_day = max(offer.as_of, day), max(offer.stock_day, day)
    return replace(
        product, offer=replace(offer, as_of=price_day, stock_as_of=stock_day if stock_day != price_day else None)
    )
