"""Offers of a full feed that was made on an earlier day: what is known to be newer stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from catalog.feeds.rejection import Rejection
from catalog.product import Offer, Product
from catalog.shelf.columns import Columns, Positions
from catalog.shelf.records import Records, product_of


def told_then(items: Iterator[Product | Rejection], day: date, published: Path | None) -> Iterator[Product | Rejection]:
    """Date the offers of a feed to the ``day`` it was made; price or stock told later are taken from ``published``.

    Between two full feeds an update told what sold out since: a full feed made before it does not know.
    """
    known = _Newer(published, day) if published else None
    for item in items:
        if isinstance(item, Rejection):
            yield item
            continue
        offer = replace(item.offer, as_of=day, stock_as_of=None)
        yield replace(item, offer=known.over(item, offer) if known else offer)


class _Newer:
    def __init__(self, published: Path, day: date) -> None:
        self._day = day
        self._records = Records.open(published)
        self._positions = Positions.open(published, self._records)
        columns = Columns.open(published)
        number = day.toordinal() - date(1970, 1, 1).toordinal()
        self._is_newer = (columns.price_day > number) | (columns.stock_day > number)

    def over(self, product: Product, offer: Offer) -> Offer:
        at = self._positions.get(product.id)
        if at is None or not self._is_newer[at]:
            return offer
        newer = product_of(self._records[at]).offer
        if newer.as_of > self._day and newer.currency == offer.currency:
            offer = replace(offer, price=newer.price, sale=newer.sale, as_of=newer.as_of, stock_as_of=self._day)
        if newer.stock_day > self._day:
            offer = replace(offer, in_stock=newer.in_stock, stock_as_of=newer.stock_day)
        return offer if offer.stock_as_of != offer.as_of else replace(offer, stock_as_of=None)
