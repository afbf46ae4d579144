"""Writes one snapshot from products that stream by: Parquet for other programs, lines and arrays for ranking."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from catalog.product import Product, ProductId
from catalog.publishing.array_file import ArrayFile
from catalog.publishing.text_writer import TextWriter
from catalog.shelf.columns import DTYPES, FORM, columns_of, id_digests
from catalog.shelf.records import DATA, STARTS, product_of_row, record_of, rows_of
from catalog.words.product_text import texts_of

PRODUCTS, IDS, DIGESTS, CONTENT, ABOUT = "products.parquet", "ids.txt", "id_digests.npy", "content.npy", "about.json"
PIECE = 4_096
"""Products in memory at a time."""
_GROUP = 2 * PIECE
_TEXT = ("starts", "sequence", "order", "owner", "field", "bounds")
WORDS = ("words.txt", *(f"text_{part}.npy" for part in _TEXT))
_PER_PRODUCT = {**DTYPES, "id_digests": "<u8", "content": "<u8", "title_digests": "<u8"}


class SnapshotWriter:
    """Fills an empty folder; nothing can be read before :meth:`finish`."""

    def __init__(self, folder: Path, words_of: Path | None = None) -> None:
        """``words_of``: a snapshot with the same products in the same order, whose index of words is taken over."""
        import pyarrow.parquet as pq

        self.folder = folder
        self._words_of = words_of
        self.count = 0
        self._end = 0
        self._currencies: dict[str, int] = {}
        self._arrays = {name: ArrayFile(folder / f"{name}.npy", kind) for name, kind in _PER_PRODUCT.items()}
        self._starts = ArrayFile(folder / STARTS, "<i8")
        self._starts.append(np.zeros(1, dtype=np.int64))
        self._records = (folder / DATA).open("wb")
        self._ids = (folder / IDS).open("wb")
        self._text = None if words_of else TextWriter(folder)
        self._table = pq.ParquetWriter(folder / PRODUCTS, _schema(), compression="zstd", use_dictionary=["currency"])
        self._rows: dict[str, list[Any]] = {name: [] for name in _schema().names}

    def add(self, products: Sequence[Product]) -> None:
        """Write products after those there are; each id once."""
        if not products:
            return
        self._add_lines(products)
        self._add_arrays(products)
        if self._text:
            self._text.add(texts_of(product) for product in products)
        for name, values in rows_of(products).items():
            self._rows[name].extend(values)
        self.count += len(products)
        if len(self._rows["id"]) >= _GROUP:
            self._flush()

    def finish(self) -> None:
        """Close all files; the folder can be read from now on."""
        self._flush()
        self._table.close()
        for array in (*self._arrays.values(), self._starts):
            array.close()
        self._records.close()
        self._ids.close()
        if self._text:
            self._text.finish()
        elif self._words_of:
            for name in WORDS:
                shutil.copyfile(self._words_of / name, self.folder / name)
        digests = np.load(self.folder / DIGESTS)
        order = np.argsort(digests, kind="stable").astype(np.int32)
        if (digests[order][1:] == digests[order][:-1]).any():
            raise ValueError("two products of one id")
        np.save(self.folder / "id_order.npy", order)
        np.save(self.folder / "id_sorted.npy", digests[order])
        about = {"form": FORM, "products": self.count, "currencies": list(self._currencies)}
        (self.folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")

    def close(self) -> None:
        """Let go of the files of a snapshot that will not be finished."""
        for file in (*self._arrays.values(), self._starts, self._records, self._ids, self._table):
            file.close()

    def _add_lines(self, products: Sequence[Product]) -> None:
        said, digests = zip(*(record_of(product) for product in products), strict=True)
        self._records.write(b"\n".join(said) + b"\n")
        self._starts.append(self._end + np.cumsum([len(line) + 1 for line in said], dtype=np.int64))
        self._end += sum(map(len, said)) + len(said)
        self._arrays["content"].append(np.frombuffer(b"".join(digests), dtype="<u8"))
        joined = "\n".join(product.id for product in products).encode()
        self._ids.write(b"\n" + joined if self.count else joined)

    def _add_arrays(self, products: Sequence[Product]) -> None:
        self._arrays["id_digests"].append(id_digests([product.id for product in products]))
        self._arrays["title_digests"].append(id_digests([product.title for product in products]))
        for name, values in columns_of(products, self._currencies).items():
            self._arrays[name].append(values)

    def _flush(self) -> None:
        """Write the rows at hand as one row group."""
        import pyarrow as pa

        if self._rows["id"]:
            schema = _schema()
            columns = [pa.array(self._rows[name], schema.field(name).type) for name in schema.names]
            self._table.write_table(pa.Table.from_arrays(columns, schema=schema))
            for values in self._rows.values():
                values.clear()


def read_products(source: Path | BinaryIO) -> list[Product]:
    """Read all products of the Parquet form at once."""
    import pyarrow.parquet as pq

    return [product_of_row(row) for row in pq.read_table(source).to_pylist()]


def read_ids(snapshot: Path) -> list[ProductId]:
    """Return the ids of a snapshot in the order of its arrays."""
    text = (snapshot / IDS).read_text(encoding="utf-8")
    return [ProductId(one) for one in text.split("\n")] if text else []


def _schema() -> Any:
    import pyarrow as pa

    text, day, number = pa.string(), pa.date32(), pa.int16()
    return pa.schema(
        {
            **dict.fromkeys(("id", "title", "link", "image_link", "attributes", "price", "currency"), text),
            **dict.fromkeys(("sale_price", "sale_starts", "sale_ends"), text),
            "in_stock": pa.bool_(), "as_of": day, "stock_as_of": day, "last_day": day,
            "age_from": number, "age_to": number, "gender": text, "handling_least": number, "handling_most": number,
            "transit_least": number, "transit_most": number, "margin": text,
        }
    )  # fmt: skip
