"""A published catalogue in memory: everything ranking needs, as arrays, opened in a fraction of a second."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories
from catalog.model.item_model import ItemModel
from catalog.model.popularity import Popularity
from catalog.product import Product, ProductId
from catalog.publishing.snapshot import current, product_of
from catalog.shelf.suitability import Suitability
from catalog.words.terms import GiftTerms
from catalog.words.text_index import TextIndex

PRICE_UNIT = 10_000
"""Prices are compared as whole numbers of a ten-thousandth of the currency's unit: exact, and fast."""


@dataclass(frozen=True)
class Shelf:
    """One snapshot with its item model; never changes, safe to share between threads."""

    snapshot_id: str
    positions: Mapping[ProductId, int]
    records: Sequence[bytes]
    """One stored product each, decoded when asked for."""
    prices: NDArray[np.int64]
    in_stock: NDArray[np.bool_]
    currency: NDArray[np.str_]
    text: TextIndex
    model: ItemModel
    popularity: Popularity
    histories: Histories
    terms: GiftTerms
    suitability: Suitability

    @classmethod
    def open(cls, folder: Path) -> Shelf:
        """Open what is published in ``folder``; raises NoSnapshot where nothing is."""
        snapshot = current(folder)
        records = (snapshot / "products.jsonl").read_bytes().splitlines()
        terms = GiftTerms.load(snapshot / "terms.json")
        words = tuple((snapshot / "words.txt").read_text(encoding="utf-8").split("\n"))
        with np.load(snapshot / "shelf.npz", allow_pickle=False) as a:
            text = TextIndex.from_arrays(words, a["text_starts"], a["text_sequence"])
            return cls(
                snapshot_id=snapshot.name,
                positions={ProductId(str(name)): at for at, name in enumerate(a["ids"])},
                records=records,
                prices=a["prices"],
                in_stock=a["in_stock"],
                currency=a["currency"],
                text=text,
                model=ItemModel(a["goes_with"], a["weight"], a["alike"], a["likeness"], float(a["profile_half_life"])),
                popularity=Popularity(int(a["until"]), a["buyers"], a["seasons"]),
                histories=Histories(a["shoppers"], a["history_starts"], a["history_product"], a["history_day"]),
                terms=terms,
                suitability=Suitability.of(terms, text),
            )

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.records)

    @cached_property
    def main_currency(self) -> str:
        """The currency most products are sold in."""
        names, counts = np.unique(self.currency, return_counts=True)
        return str(names[np.argmax(counts)])

    def at(self, position: int) -> Product:
        """Return the product at a position of the arrays."""
        return product_of(json.loads(self.records[position]))

    def product(self, product_id: ProductId) -> Product | None:
        """Return the product of this id, or None where this snapshot has none."""
        position = self.positions.get(product_id)
        return None if position is None else self.at(position)

    def knows(self, shopper_id: str) -> bool:
        """Tell whether this shopper has a past to rank by."""
        return bool(len(self.histories.of_shopper(shopper_id)[0]))


def price_number(price: Decimal) -> int:
    """Return a price as the whole number the shelf compares; finer fractions are cut."""
    return int(price * PRICE_UNIT)


def price_of(number: int) -> Decimal:
    """Return a price of the shelf as a decimal, with two places where it has no more."""
    exact = Decimal(number) / PRICE_UNIT
    cents = exact.quantize(Decimal("0.01"))
    return cents if cents == exact else exact


def write_arrays(
    path: Path,
    products: Sequence[Product],
    text: TextIndex,
    model: ItemModel,
    popularity: Popularity,
    histories: Histories,
) -> None:
    """Store the arrays :meth:`Shelf.open` reads; no pickles, so a file cannot run code."""
    np.savez(
        path,
        ids=np.array([product.id for product in products], dtype=np.str_),
        prices=np.array([price_number(product.offer.price) for product in products], dtype=np.int64),
        in_stock=np.array([product.offer.in_stock for product in products], dtype=np.bool_),
        currency=np.array([product.offer.currency for product in products], dtype="U3"),
        text_starts=text.starts,
        text_sequence=text.sequence,
        goes_with=model.goes_with,
        weight=model.weight,
        alike=model.alike,
        likeness=model.likeness,
        profile_half_life=np.float64(model.profile_half_life_days),
        until=np.int64(popularity.until),
        buyers=popularity.buyers,
        seasons=popularity.seasons,
        shoppers=histories.names,
        history_starts=histories.starts,
        history_product=histories.product,
        history_day=histories.day,
    )
