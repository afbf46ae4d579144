"""Published catalogues: immutable folders named by their content, and one pointer that is swapped at once."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from catalog.product import Offer, Product, ProductId

POINTER = "current"
_KEEP = 5


class NoSnapshot(LookupError):
    """Nothing has been published in this folder yet: import a catalogue first."""


def current(into: Path) -> Path:
    """The folder of the snapshot now published; raises NoSnapshot where there is none."""
    try:
        name = (into / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise NoSnapshot(f"no catalogue has been imported into {into}") from error
    folder = into / "snapshots" / name
    if not name.isalnum() or not folder.is_dir():
        raise NoSnapshot(f"{into / POINTER} names a snapshot that is not there; import the catalogue again")
    return folder


@contextlib.contextmanager
def only_one(into: Path) -> Iterator[None]:
    """Hold the folder for one import at a time; a killed holder lets go by itself."""
    into.mkdir(parents=True, exist_ok=True)
    with (into / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def building(into: Path, name: str) -> Iterator[Path]:
    """Give a folder to fill; on success it becomes snapshot ``name``, on any failure nothing is left of it.

    Call under :func:`only_one`. Whatever a killed import left half-built is cleared away first.
    """
    for left in into.glob(".building-*"):
        shutil.rmtree(left)
    folder = into / f".building-{name}"
    folder.mkdir()
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder)
        raise
    for file in (*folder.iterdir(), folder):
        _to_disk(file)
    final = into / "snapshots" / name
    final.parent.mkdir(exist_ok=True)
    if final.exists():
        shutil.rmtree(final)
    os.replace(folder, final)
    _to_disk(final.parent)


def point_at(into: Path, name: str) -> None:
    """Publish: readers see the old snapshot or the new one, never neither and never a mixture."""
    fresh = into / f".{POINTER}.new"
    fresh.write_text(name + "\n", encoding="ascii")
    _to_disk(fresh)
    os.replace(fresh, into / POINTER)
    _to_disk(into)


def forget_oldest(into: Path) -> None:
    """Keep the newest few snapshots to go back to, and always the published one."""
    kept = current(into)
    folders = sorted((into / "snapshots").iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in folders[_KEEP:]:
        if folder != kept:
            shutil.rmtree(folder)


def write_products(products: Sequence[Product], path: Path) -> None:
    """Store products as Parquet, prices as decimal text so that no cent is rounded."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        "id": [product.id for product in products],
        "title": [product.title for product in products],
        "link": [product.link for product in products],
        "image_link": [product.image_link for product in products],
        "attributes": [json.dumps(dict(product.attributes), sort_keys=True) for product in products],
        "price": [str(product.offer.price) for product in products],
        "currency": [product.offer.currency for product in products],
        "in_stock": [product.offer.in_stock for product in products],
        "as_of": [product.offer.as_of for product in products],
    }
    text = pa.string()
    types = [text, text, text, text, text, text, text, pa.bool_(), pa.date32()]
    table = pa.table(
        {name: pa.array(column, kind) for (name, column), kind in zip(columns.items(), types, strict=True)}
    )
    pq.write_table(table, path, compression="zstd")


def read_products(path: Path) -> list[Product]:
    """Read what :func:`write_products` stored."""
    import pyarrow.parquet as pq

    return [product_of(row) for row in pq.read_table(path).to_pylist()]


def product_of(row: dict[str, object]) -> Product:
    """Build a product from one stored row."""
    as_of = row["as_of"] if isinstance(row["as_of"], date) else date.fromisoformat(str(row["as_of"]))
    image = row["image_link"]
    offer = Offer(Decimal(str(row["price"])), str(row["currency"]), bool(row["in_stock"]), as_of)
    attributes = json.loads(str(row["attributes"]))
    return Product(
        ProductId(str(row["id"])),
        str(row["title"]),
        str(row["link"]),
        str(image) if image else None,
        attributes,
        offer,
    )


def record_of(product: Product) -> bytes:
    """One line that :func:`product_of` reads back: the form kept in memory, decoded one product at a time."""
    offer = product.offer
    row = {
        "id": product.id,
        "title": product.title,
        "link": product.link,
        "image_link": product.image_link,
        "attributes": json.dumps(dict(product.attributes), sort_keys=True),
        "price": str(offer.price),
        "currency": offer.currency,
        "in_stock": offer.in_stock,
        "as_of": offer.as_of.isoformat(),
    }
    return json.dumps(row, ensure_ascii=False).encode()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
