"""What ranking must know of every product, as arrays: computed at import, mapped into memory by the servers."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.product import Delivery, Product, ProductId
from catalog.shelf.records import Records, has_id, id_of, mapped

PRICE_UNIT = 10_000
"""Prices are compared as whole numbers of a ten-thousandth of the currency's unit: exact, and fast."""
FORM = 3
"""Of a snapshot's files; a server refuses what it cannot read."""
EVER = np.iinfo(np.int64)
"""Start and end of a sale that names none, in epoch seconds."""
ALWAYS = int(np.iinfo(np.int32).max)
"""Last day of what is sold without an end."""
GENDERS = {None: 0, "female": 1, "male": 2}
UNKNOWN = -1
_DAY_ZERO = date(1970, 1, 1).toordinal()

DTYPES: Mapping[str, str] = {
    "prices": "<i8", "in_stock": "|b1", "currency_code": "|u1",
    "sale_price": "<i8", "sale_from": "<i8", "sale_until": "<i8",
    "ages_from": "<i2", "ages_to": "<i2", "gender": "|i1", "margin": "<f4",
    "handling_most": "<i2", "transit_most": "<i2", "price_day": "<i4", "stock_day": "<i4", "last_day": "<i4",
}  # fmt: skip
"""Columns by name; :class:`Columns` says what each holds."""


@dataclass(frozen=True)
class Columns:
    """One value per product in each."""

    prices: NDArray[np.int64]
    """In PRICE_UNIT, outside any sale."""
    in_stock: NDArray[np.bool_]
    currency_code: NDArray[np.uint8]
    """Position in the list of the snapshot's currencies."""
    sale_price: NDArray[np.int64]
    """In PRICE_UNIT; 0 where there is no sale."""
    sale_from: NDArray[np.int64]
    """Epoch seconds; the least number where the sale has no start (:data:`EVER`)."""
    sale_until: NDArray[np.int64]
    """Epoch seconds of the first moment after it; the greatest number where it has no end."""
    ages_from: NDArray[np.int16]
    ages_to: NDArray[np.int16]
    """Years; -1 where the feed does not say."""
    gender: NDArray[np.int8]
    """0 for anybody, 1 female, 2 male."""
    margin: NDArray[np.float32]
    """Share of the price; nan where unknown."""
    handling_most: NDArray[np.int16]
    transit_most: NDArray[np.int16]
    """Working days; -1 where unknown."""
    price_day: NDArray[np.int32]
    stock_day: NDArray[np.int32]
    """Day numbers (days since 1970) on which a feed last told them."""
    last_day: NDArray[np.int32] = field(default_factory=lambda: np.full(1, ALWAYS, dtype=np.int32))
    """Day number of the last day each is sold on; :data:`ALWAYS` where it has none. One for all where none has."""

    @classmethod
    def open(cls, snapshot: Path) -> Columns:
        """Map the arrays of a snapshot's folder."""
        named = [name for name in DTYPES if name != "last_day" or (snapshot / "last_day.npy").exists()]
        return cls(**{name: mapped(snapshot / f"{name}.npy") for name in named})

    @cached_property
    def first_last_day(self) -> date | None:
        """The first day that is the last of some product; None where none has one."""
        first = int(self.last_day.min(initial=ALWAYS))
        return None if first == ALWAYS else date.fromordinal(first + _DAY_ZERO)

    def told_on(self, day: date | None) -> Columns:
        """Return these with all offers told on a day, where that is later than they were."""
        if day is None:
            return self
        number = day.toordinal() - _DAY_ZERO
        price_day, stock_day = (np.maximum(each, np.int32(number)) for each in (self.price_day, self.stock_day))
        return replace(self, price_day=price_day, stock_day=stock_day)


def columns_of(products: Sequence[Product], currencies: dict[str, int]) -> dict[str, NDArray[np.generic]]:
    """Compute the arrays of some products; currencies met for the first time are added to the numbering."""
    offers = [product.offer for product in products]
    sales = [offer.sale for offer in offers]
    deliveries = [product.delivery or Delivery() for product in products]
    found: dict[str, Sequence[float | int | bool]] = {
        "prices": [price_number(offer.price) for offer in offers],
        "in_stock": [offer.in_stock for offer in offers],
        "currency_code": [currencies.setdefault(offer.currency, len(currencies)) for offer in offers],
        "sale_price": [price_number(sale.price) if sale else 0 for sale in sales],
        "sale_from": [_seconds(sale.starts, EVER.min) if sale else EVER.min for sale in sales],
        "sale_until": [_seconds(sale.ends, EVER.max) if sale else EVER.max for sale in sales],
        "ages_from": [product.ages[0] if product.ages else UNKNOWN for product in products],
        "ages_to": [product.ages[1] if product.ages else UNKNOWN for product in products],
        "gender": [GENDERS.get(product.gender, 0) for product in products],
        "margin": [float(product.margin) if product.margin is not None else math.nan for product in products],
        "handling_most": [each.handling[1] if each.handling else UNKNOWN for each in deliveries],
        "transit_most": [each.transit[1] if each.transit else UNKNOWN for each in deliveries],
        "price_day": [offer.as_of.toordinal() - _DAY_ZERO for offer in offers],
        "stock_day": [offer.stock_day.toordinal() - _DAY_ZERO for offer in offers],
        "last_day": [offer.last_day.toordinal() - _DAY_ZERO if offer.last_day else ALWAYS for offer in offers],
    }
    return {name: np.array(found[name], dtype=kind) for name, kind in DTYPES.items()}


class Positions(Mapping[ProductId, int]):
    """Where each product stands, found by a digest of its id: no object per product, open at once."""

    def __init__(self, records: Records, digests: NDArray[np.uint64], order: NDArray[np.int32]) -> None:
        self._records, self._digests, self._order = records, digests, order

    @classmethod
    def open(cls, snapshot: Path, records: Records) -> Positions:
        """Map the sorted digests of a snapshot's folder."""
        return cls(records, mapped(snapshot / "id_sorted.npy"), mapped(snapshot / "id_order.npy"))

    def __getitem__(self, product_id: ProductId) -> int:
        for position in self.known((product_id,)):
            return position
        raise KeyError(product_id)

    def known(self, names: Sequence[ProductId]) -> list[int]:
        """Return where those of some products stand that are here, in their order: a talk's whole list at once."""
        if not names or not len(self._digests):
            return []
        digests = id_digests(names)
        at = self._digests.searchsorted(digests)
        at[at == len(self._digests)] = 0  # beyond the last: not the first either
        maybe = np.flatnonzero(self._digests[at] == digests)
        positions = self._order[at[maybe]].tolist()
        return [
            position
            for name, position in zip((names[one] for one in maybe.tolist()), positions, strict=True)
            if has_id(self._records[position], name)
        ]

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[ProductId]:
        return (id_of(record) for record in self._records)


def id_digests(ids: Sequence[str]) -> NDArray[np.uint64]:
    """Return eight bytes of BLAKE2b for each id: the same on every machine."""
    joined = b"".join(hashlib.blake2b(one.encode(), digest_size=8).digest() for one in ids)
    return np.frombuffer(joined, dtype="<u8")


def price_number(price: Decimal) -> int:
    """Return a price as the whole number the shelf compares; finer fractions are cut."""
    return int(price * PRICE_UNIT)


def price_of(number: int) -> Decimal:
    """Return a price of the shelf as a decimal, with two places where it has no more."""
    exact = Decimal(int(number)) / PRICE_UNIT
    cents = exact.quantize(Decimal("0.01"))
    return cents if cents == exact else exact


def read_about(snapshot: Path) -> dict[str, object]:
    """Read what the snapshot says of itself: form, size, currencies."""
    found = json.loads((snapshot / "about.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def _seconds(moment: datetime | None, otherwise: int) -> int:
    return otherwise if moment is None else math.ceil(moment.timestamp())
