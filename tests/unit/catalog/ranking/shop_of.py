"""A shelf made of products in memory, without an import: for promises that need an unusual product or two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from catalog.interactions.records import Interactions, day_number
from catalog.model.fitted import Fitted
from catalog.model.item_model import Recipe
from catalog.product import Offer, Product, ProductId
from catalog.shelf.columns import Columns, columns_of
from catalog.shelf.records import record_of
from catalog.shelf.shelf import Shelf
from catalog.shelf.suitability import Suitability, Told
from catalog.words.product_text import texts_of
from catalog.words.terms import GiftTerms
from catalog.words.text_index import TextIndex

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=timezone.utc)
"""A Wednesday."""
ZONE = ZoneInfo("Europe/London")
TERMS = GiftTerms.load(Path(__file__).parents[4] / "data" / "lookups" / "gift_terms.yml")


def product(name: str, title: str, price: str = "10.00", **more: Any) -> Product:
    """One product in stock; fields of the offer are given with ``offer_`` before their name."""
    told = {key.removeprefix("offer_"): more.pop(key) for key in list(more) if key.startswith("offer_")}
    offer = Offer(**{"price": Decimal(price), "currency": "GBP", "in_stock": True, "as_of": date(2026, 11, 24), **told})
    attributes = more.pop("attributes", {})
    return Product(ProductId(name), title, f"https://shop.example/p/{name}", None, attributes, offer, **more)


def shelf_of(products: Sequence[Product], bought: Sequence[tuple[str, str, int]] = ()) -> Shelf:
    """Put products on a shelf; ``bought`` are shopper, product and days ago."""
    ids = [one.id for one in products]
    places = {name: at for at, name in enumerate(ids)}
    shoppers = sorted({who for who, _, _ in bought})
    today = day_number(NOW.date())
    rows = sorted((shoppers.index(who), today - ago, places[ProductId(what)]) for who, what, ago in bought)
    who, day, what = (np.array([row[part] for row in rows], dtype=np.int32) for part in range(3))
    fitted = Fitted.fit(
        Interactions(tuple(shoppers), who, what, day), ids, [p.title for p in products], today=today, recipe=Recipe()
    )
    currencies: dict[str, int] = {}
    columns = Columns(**columns_of(products, currencies))  # type: ignore[arg-type]
    text = TextIndex.build(texts_of(one) for one in products)
    return Shelf(
        snapshot_id="test",
        positions=places,
        records=[record_of(one)[0] for one in products],
        columns=columns,
        currencies=tuple(currencies),
        text=text,
        fitted=fitted,
        terms=TERMS,
        suitability=Suitability.of(TERMS, text, Told(columns.ages_from, columns.ages_to, columns.gender)),
    )
