"""A row of a partial update becomes an OfferUpdate, or the Rejection that says which field broke which rule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from catalog.feeds.cleaning.availability import in_stock
from catalog.feeds.cleaning.money import MOST
from catalog.feeds.cleaning.product import Cleaner, sale_of
from catalog.feeds.cleaning.rules import Refused
from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import Row


def update(cleaner: Cleaner, row: Row, *, withdrawn: bool = False) -> OfferUpdate | Rejection:
    """Check one row; what it does not say stays as it was. ``withdrawn``: the shop no longer offers the product."""
    try:
        if withdrawn:
            return OfferUpdate(row.number, cleaner.identity(row.values), in_stock=False, withdrawn=True)
        return _update(cleaner, row)
    except Refused as why:
        return why.rejection(row.number)


def _update(cleaner: Cleaner, row: Row) -> OfferUpdate:
    values: Mapping[str, str] = row.values
    if "" in values:
        raise Refused("", values[""], "more_values_than_columns")
    identity = cleaner.identity(values)
    asked: Decimal | None = None
    currency: str | None = None
    if values.get("price"):
        asked, currency = cleaner.price("price", values)
    sale = None
    if values.get("sale_price"):
        if currency is None:
            _, currency = cleaner.price("sale_price", values)
        # without a new price the sale is held against the old one, where it is known: when it is published
        sale = sale_of(values, asked or MOST, currency, cleaner.zone)
    stock = in_stock(values) if values.get("availability") or values.get("quantity") else None
    ended = sale is None and asked is not None and "sale_price" in values
    if asked is None and sale is None and stock is None:
        raise Refused("", "", "nothing_to_update")
    return OfferUpdate(row.number, identity, asked, currency, sale, stock, ended)
