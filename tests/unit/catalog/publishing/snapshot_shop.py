"""A few products with everything a feed can say, and snapshots written without the reading process: fast."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from catalog.product import Delivery, Offer, Product, ProductId, Sale
from catalog.publishing.importing import TERMS
from catalog.publishing.snapshot_writer import SnapshotWriter
from catalog.shelf.published import POINTER, SNAPSHOTS
from catalog.storage import Storage
from catalog.words.terms import plain_terms

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)
DAY = NOW.date()
HOUR = timedelta(hours=1)


def product(name: str, price: str = "10.00", *, title: str = "", sale: Sale | None = None, **more: object) -> Product:
    """Make a product; ``more`` are fields of Product or of its Offer."""
    offer = Offer(
        Decimal(price),
        str(more.pop("currency", "GBP")),
        bool(more.pop("in_stock", True)),
        more.pop("as_of", date(2026, 11, 20)),  # type: ignore[arg-type]
        more.pop("stock_as_of", None),  # type: ignore[arg-type]
        sale,
    )
    attributes = more.pop("attributes", {})
    link = f"https://shop.example/p/{name}"
    return Product(ProductId(name), title or f"Thing {name}", link, None, attributes, offer, **more)  # type: ignore[arg-type]


FULL = product(
    "clock",
    "19.50",
    title="Wall clock “Größe” 時計",
    sale=Sale(Decimal("15.00"), NOW - HOUR, NOW + HOUR),
    attributes={"product_type": "Home > Clocks", "brand": "Tick"},
    ages=(18, 99),
    gender="female",
    delivery=Delivery((0, 1), (2, 3)),
    margin=Decimal("0.35"),
    stock_as_of=date(2026, 11, 21),
)
PLAIN = product("mug", "6.00", title="Coffee mug", currency="EUR", in_stock=False)


def write_snapshot(folder: Path, products: Sequence[Product]) -> Path:
    """Write a snapshot's files, unpublished."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = SnapshotWriter(folder)
    writer.add(products)
    writer.finish()
    (folder / "terms.json").write_text(json.dumps(plain_terms(TERMS)), encoding="utf-8")
    return folder


def publish(storage: Storage, name: str, products: Sequence[Product]) -> None:
    """Publish a snapshot of this name."""
    with storage.only_one(), storage.building(f"{SNAPSHOTS}/{name}") as folder:
        write_snapshot(folder, products)
        (folder / "report.json").write_text(json.dumps({"products": len(products), "published_at": NOW.isoformat()}))
    storage.write_pointer(POINTER, name)


def write_csv(path: Path, rows: Iterable[Sequence[str]], header: str = "id,title,price,availability,link") -> Path:
    """Write a feed."""
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return path


def row(name: str, price: str = "10.00", stock: str = "in_stock") -> tuple[str, ...]:
    """Return one good row of a feed."""
    return name, f"Thing {name}", f"{price} GBP", stock, f"https://shop.example/p/{name}"
