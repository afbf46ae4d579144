"""A product as one line of JSON: kept on the disk, mapped into memory, decoded when asked for."""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from catalog.product import Delivery, Offer, Product, ProductId, Sale

DATA, STARTS = "products.jsonl", "record_starts.npy"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def record_of(product: Product) -> tuple[bytes, bytes]:
    """Return a product's line, and a digest (8 bytes) of all it says but the days it was said on."""
    offer = product.offer
    row: dict[str, Any] = {
        "id": product.id,
        "title": product.title,
        "link": product.link,
        "image_link": product.image_link,
        "attributes": dict(sorted(product.attributes.items())),
        "price": str(offer.price),
        "currency": offer.currency,
        "in_stock": offer.in_stock,
    }
    if offer.sale:
        row["sale"] = [str(offer.sale.price), _moment(offer.sale.starts), _moment(offer.sale.ends)]
    if offer.last_day:
        row["last_day"] = offer.last_day.isoformat()
    if product.ages:
        row["ages"] = product.ages
    if product.gender:
        row["gender"] = product.gender
    if product.delivery:
        row["delivery"] = [product.delivery.handling, product.delivery.transit]
    if product.margin is not None:
        row["margin"] = str(product.margin)
    said = _encode(row).encode()
    days = f',"as_of":"{offer.as_of.isoformat()}"'
    if offer.stock_as_of and offer.stock_as_of != offer.as_of:
        days += f',"stock_as_of":"{offer.stock_as_of.isoformat()}"'
    return said[:-1] + days.encode() + b"}", hashlib.blake2b(said, digest_size=8).digest()


def product_of(record: bytes) -> Product:
    """Return the product of a line."""
    row = json.loads(record)
    sale = row.get("sale")
    delivery = row.get("delivery")
    told = row.get("stock_as_of")
    margin, until = row.get("margin"), row.get("last_day")
    offer = Offer(
        Decimal(row["price"]),
        row["currency"],
        row["in_stock"],
        date.fromisoformat(row["as_of"]),
        date.fromisoformat(told) if told else None,
        Sale(Decimal(sale[0]), _read_moment(sale[1]), _read_moment(sale[2])) if sale else None,
        last_day=date.fromisoformat(until) if until else None,
    )
    return Product(
        ProductId(row["id"]),
        row["title"],
        row["link"],
        row["image_link"],
        row["attributes"],
        offer,
        _pair(row.get("ages")),
        row.get("gender"),
        Delivery(_pair(delivery[0]), _pair(delivery[1])) if delivery else None,
        Decimal(margin) if margin is not None else None,
    )


def id_of(record: bytes) -> ProductId:
    """Return only the id of a line."""
    end = record.index(b'","title":')
    return ProductId(json.loads(record[6 : end + 1]))


def has_id(record: bytes, product_id: str) -> bool:
    """Tell whether a line is this product's: by its first bytes, as we write them; decoded where they differ."""
    return record.startswith(b'{"id":' + _encode(product_id).encode() + b',"title":') or id_of(record) == product_id


def mapped(path: Path) -> NDArray[Any]:
    """Map an array's file as a plain array: NumPy is slow with the kind that remembers its file."""
    return np.asarray(np.load(path, mmap_mode="r"))


class Records(Sequence[bytes]):
    """The lines of a snapshot by position; the operating system keeps in memory what is read often."""

    def __init__(self, data: bytes | mmap.mmap, starts: NDArray[np.int64]) -> None:
        self._data, self._starts = data, starts

    @classmethod
    def open(cls, snapshot: Path) -> Records:
        """Map the lines of a snapshot's folder."""
        starts = mapped(snapshot / STARTS)
        with (snapshot / DATA).open("rb") as file:
            empty = len(starts) < 2
            return cls(b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), starts)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, position: int) -> bytes: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[bytes]: ...
    def __getitem__(self, position: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(position, slice):
            return [self[at] for at in range(*position.indices(len(self)))]
        if not -len(self) <= position < len(self):
            raise IndexError(position)
        at = position % len(self)
        return self._data[self._starts[at] : self._starts[at + 1]]

    def __iter__(self) -> Iterator[bytes]:
        return (self[at] for at in range(len(self)))


def rows_of(products: Sequence[Product]) -> Mapping[str, list[Any]]:
    """Lay products out as the columns of the Parquet form: prices as decimal text, so that no cent is rounded."""
    offers = [product.offer for product in products]
    sales = [offer.sale for offer in offers]
    deliveries = [product.delivery or Delivery() for product in products]
    return {
        "id": [product.id for product in products],
        "title": [product.title for product in products],
        "link": [product.link for product in products],
        "image_link": [product.image_link for product in products],
        "attributes": [
            json.dumps(dict(product.attributes), sort_keys=True, ensure_ascii=False) for product in products
        ],
        "price": [str(offer.price) for offer in offers],
        "currency": [offer.currency for offer in offers],
        "sale_price": [str(sale.price) if sale else None for sale in sales],
        "sale_starts": [_moment(sale.starts) if sale else None for sale in sales],
        "sale_ends": [_moment(sale.ends) if sale else None for sale in sales],
        "in_stock": [offer.in_stock for offer in offers],
        "as_of": [offer.as_of for offer in offers],
        "stock_as_of": [offer.stock_day for offer in offers],
        "last_day": [offer.last_day for offer in offers],
        "age_from": [product.ages[0] if product.ages else None for product in products],
        "age_to": [product.ages[1] if product.ages else None for product in products],
        "gender": [product.gender for product in products],
        "handling_least": [each.handling[0] if each.handling else None for each in deliveries],
        "handling_most": [each.handling[1] if each.handling else None for each in deliveries],
        "transit_least": [each.transit[0] if each.transit else None for each in deliveries],
        "transit_most": [each.transit[1] if each.transit else None for each in deliveries],
        "margin": [str(product.margin) if product.margin is not None else None for product in products],
    }


def product_of_row(row: Mapping[str, Any]) -> Product:
    """Return the product of one row of the Parquet form."""
    price, stock_day = row["sale_price"], row["stock_as_of"]
    sale = Sale(Decimal(price), _read_moment(row["sale_starts"]), _read_moment(row["sale_ends"])) if price else None
    handling = _both(row["handling_least"], row["handling_most"])
    transit = _both(row["transit_least"], row["transit_most"])
    told = stock_day if stock_day != row["as_of"] else None
    return Product(
        ProductId(row["id"]),
        row["title"],
        row["link"],
        row["image_link"],
        json.loads(row["attributes"]),
        Offer(
            Decimal(row["price"]),
            row["currency"],
            row["in_stock"],
            row["as_of"],
            told,
            sale,
            last_day=row.get("last_day"),  # snapshots of before have no such column
        ),
        _both(row["age_from"], row["age_to"]),
        row["gender"],
        Delivery(handling, transit) if handling or transit else None,
        Decimal(row["margin"]) if row["margin"] is not None else None,
    )


def _attributes(product: Product) -> str:
    return _encode(dict(sorted(product.attributes.items())))


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(timezone.utc).isoformat() if moment else None


def _read_moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _pair(found: list[int] | None) -> tuple[int, int] | None:
    return (found[0], found[1]) if found else None


def _both(first: int | None, last: int | None) -> tuple[int, int] | None:
    return (first, last) if first is not None and last is not None else None
