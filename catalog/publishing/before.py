"""What an import is compared with: the snapshot published before, or what can be saved of one nobody can read."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.product import Product
from catalog.publishing.snapshot_writer import PIECE, PRODUCTS, SnapshotWriter, read_products
from catalog.shelf.published import SNAPSHOTS, NoSnapshot
from catalog.shelf.records import DATA, product_of
from catalog.shelf.soundness import sound, why_unusable
from catalog.storage import Storage

_FAULTS = (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, OSError)
"""What strange files lead to."""


@dataclass(frozen=True)
class Before:
    """The products published before."""

    name: str | None
    """Of the snapshot; None where nothing is published."""
    files: Path | None
    """To compare with; None where nothing is published, or nothing of it can be read."""
    trouble: str = ""
    """Why the snapshot itself cannot be read; empty where it can."""

    @property
    def says(self) -> str:
        """What a person should know of it; empty where there is nothing."""
        if not self.trouble:
            return ""
        done = "compared with its list of products" if self.files else "imported as if for the first time"
        return f"{self.trouble}; {done}"


@contextlib.contextmanager
def published_before(storage: Storage, name: str | None) -> Iterator[Before]:
    """Give what to compare with; a snapshot of an older version, or a damaged one, stands in nobody's way."""
    if name is None:
        yield Before(None, None)
        return
    with contextlib.ExitStack() as aside:
        try:
            found = Before(name, sound(storage, name))
        except (NoSnapshot, *_FAULTS) as error:
            folder = Path(aside.enter_context(tempfile.TemporaryDirectory(prefix="giftbot-before-")))
            why = why_unusable(storage, name)
            trouble = f"snapshot {name} cannot be read: {why}" if why else str(error)
            found = Before(name, folder if _saved(storage, name, folder) else None, trouble)
        yield found


def _saved(storage: Storage, name: str, folder: Path) -> bool:
    """Write the products of a snapshot nobody can read anew, from the first of its lists that can be read whole."""
    for number, read in enumerate((_lines, _rows)):
        into = folder if number else folder / "lines"
        into.mkdir(exist_ok=True)
        try:
            writer = SnapshotWriter(into)
            try:
                products = read(storage, f"{SNAPSHOTS}/{name}")
                for start in range(0, len(products), PIECE):
                    writer.add(products[start : start + PIECE])
                writer.finish()
            except BaseException:
                writer.close()
                raise
        except _FAULTS:
            continue
        if into != folder:
            for file in into.iterdir():
                file.rename(folder / file.name)
        return bool(products)
    return False


def _lines(storage: Storage, folder: str) -> list[Product]:
    content = storage.read(f"{folder}/{DATA}")
    if content is None:
        raise FileNotFoundError(DATA)
    return [_older(json.loads(line)) for line in content.splitlines()]


def _older(row: dict[str, Any]) -> Product:
    """Read a line as this version or one before it wrote it (attributes as text)."""
    if isinstance(row["attributes"], str):
        row["attributes"] = json.loads(row["attributes"])
    return product_of(json.dumps(row).encode())


def _rows(storage: Storage, folder: str) -> list[Product]:
    content = storage.read(f"{folder}/{PRODUCTS}")
    if content is None:
        raise FileNotFoundError(PRODUCTS)
    return read_products(io.BytesIO(content))
