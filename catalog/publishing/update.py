"""Fills a snapshot from the published one and a partial update: prices and stock change, all else stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import numpy as np

from catalog.feeds.cleaning.rules import HINTS
from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.rejection import Rejection
from catalog.product import Offer, Product, Sale
from catalog.publishing.refusing import Refused
from catalog.publishing.snapshot_writer import PIECE, SnapshotWriter
from catalog.shelf.columns import EVER, Columns, Positions, price_number, price_of, read_about
from catalog.shelf.confirmed import told_on
from catalog.shelf.records import Records, product_of

NOT_SAID = -1


class News:
    """What an update says, by position: arrays of a fixed size, however long the update is."""

    def __init__(self, snapshot: Path, told_again: date | None = None) -> None:
        """``told_again``: the day all offers of the snapshot were found to be true still."""
        self._told_again = told_again
        self.records = Records.open(snapshot)
        self._positions = Positions.open(snapshot, self.records)
        self._columns = Columns.open(snapshot)
        currencies = read_about(snapshot)["currencies"]
        assert isinstance(currencies, list)
        self._currencies: list[str] = currencies
        size = len(self.records)
        self.told = np.zeros(size, dtype=np.bool_)
        self.price = np.full(size, NOT_SAID, dtype=np.int64)
        self.in_stock = np.full(size, NOT_SAID, dtype=np.int8)
        self.sale_price = np.full(size, NOT_SAID, dtype=np.int64)
        """0: the sale ended."""
        self.sale_from = np.full(size, EVER.min, dtype=np.int64)
        self.sale_until = np.full(size, EVER.max, dtype=np.int64)

    def take(self, update: OfferUpdate) -> tuple[str, str, str, str] | None:
        """Note one row; return field, value, rule and hint where it cannot be taken."""
        at = self._positions.get(update.id)
        if at is None:
            return None if update.withdrawn else _refused("id", update.id, "unknown_product")
        if self.told[at]:
            return _refused("id", update.id, "doubled")
        own = self._currencies[int(self._columns.currency_code[at])]
        if update.currency is not None and update.currency != own:
            return _refused("currency", update.currency, "currency_differs")
        price = price_number(update.price) if update.price is not None else int(self._columns.prices[at])
        if update.sale is not None and price_number(update.sale.price) >= price:
            return _refused("sale_price", str(update.sale.price), "sale_not_lower")
        self._note(at, update)
        return None

    def _note(self, at: int, update: OfferUpdate) -> None:
        self.told[at] = True
        if update.price is not None:
            self.price[at] = price_number(update.price)
        if update.in_stock is not None:
            self.in_stock[at] = update.in_stock
        if update.sale_ended:
            self.sale_price[at] = 0
        if update.sale is not None:
            self.sale_price[at] = price_number(update.sale.price)
            if update.sale.starts:
                self.sale_from[at] = int(update.sale.starts.timestamp())
            if update.sale.ends:
                self.sale_until[at] = int(update.sale.ends.timestamp())

    def product(self, at: int, as_of: date) -> Product:
        """Return a product with its news."""
        product = told_on(product_of(self.records[at]), self._told_again)
        return replace(product, offer=self._offer(at, product.offer, as_of)) if self.told[at] else product

    def _offer(self, at: int, old: Offer, as_of: date) -> Offer:
        price_told = self.price[at] != NOT_SAID or self.sale_price[at] != NOT_SAID
        stock_told = self.in_stock[at] != NOT_SAID
        price = old.price
        if self.price[at] not in (NOT_SAID, price_number(old.price)):
            price = price_of(self.price[at])
        price_day = as_of if price_told else old.as_of
        stock_day = as_of if stock_told else old.stock_day
        return replace(
            old,
            price=price,
            in_stock=bool(self.in_stock[at]) if stock_told else old.in_stock,
            as_of=price_day,
            stock_as_of=None if stock_day == price_day else stock_day,
            sale=self._sale(at, old.sale, price_number(price)),
        )

    def _sale(self, at: int, old: Sale | None, price: int) -> Sale | None:
        if self.sale_price[at] == NOT_SAID:
            return old if old and price_number(old.price) < price else None
        if self.sale_price[at] == 0:
            return None
        starts, ends = int(self.sale_from[at]), int(self.sale_until[at])
        fresh = Sale(
            price_of(self.sale_price[at]),
            None if starts == EVER.min else datetime.fromtimestamp(starts, timezone.utc),
            None if ends == EVER.max else datetime.fromtimestamp(ends, timezone.utc),
        )
        same = old and (old.starts, old.ends) == (fresh.starts, fresh.ends) and old.price == fresh.price
        return old if same else fresh


def _refused(field: str, value: str, rule: str) -> tuple[str, str, str, str]:
    return field, value, rule, HINTS[rule]


def fill_update(
    folder: Path,
    snapshot: Path,
    items: Iterable[OfferUpdate | Rejection],
    as_of: date,
    refused: Refused,
    went_on: Callable[[int], None],
    told_again: date | None = None,
) -> int:
    """Write the products of ``snapshot`` with the update's prices and stock; return how many rows were taken."""
    news, taken = News(snapshot, told_again), 0
    for count, item in enumerate(items, start=1):
        if isinstance(item, Rejection):
            refused.add(item)
        elif why := news.take(item):
            refused.row(item.row, *why)
        else:
            taken += 1
        if count % PIECE == 0:
            went_on(count)
    went_on(taken + refused.count)
    writer = SnapshotWriter(folder, words_of=snapshot)
    try:
        size = len(news.records)
        for start in range(0, size, PIECE):
            writer.add([news.product(at, as_of) for at in range(start, min(start + PIECE, size))])
        writer.finish()
    except BaseException:
        writer.close()
        raise
    return taken
