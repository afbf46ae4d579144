"""What a contest of rankings is held on: products, and interactions before and after one moment, as plain arrays."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Moments = NDArray[np.int64]
DAY = 86_400_000_000
"""Microseconds of a day."""


@dataclass(frozen=True)
class Records:
    """Interactions as parallel arrays, sorted by shopper, moment, product."""

    shopper: Ints
    """Position in the split's shoppers."""
    product: Ints
    """Position in the split's products."""
    at: Moments
    """Microseconds since 1970, UTC."""
    quantity: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.shopper)

    def where(self, kept: NDArray[np.bool_]) -> Records:
        """Only the rows marked."""
        return Records(self.shopper[kept], self.product[kept], self.at[kept], self.quantity[kept])

    def rows_of(self, shoppers: int) -> NDArray[np.int64]:
        """Where each of this many shoppers' rows start; one more entry than shoppers."""
        return np.searchsorted(self.shopper, np.arange(shoppers + 1))


@dataclass(frozen=True)
class Left:
    """Rows of the files that take no part, by reason, and what had to be added."""

    train_rows_incomplete: int = 0
    """No shopper (a guest), product or moment, or a quantity of nought or less (a return)."""
    test_rows_incomplete: int = 0
    test_rows_of_unknown_shoppers: int = 0
    test_shoppers_without_past: int = 0
    products_added: int = 0
    """Products bought that the products file does not name; they are ranked and judged, without title or price."""
    train_rows_not_before_test: int = 0
    """Rows of train that are not older than the oldest of test: told, and kept."""


@dataclass(frozen=True)
class Split:
    """Everything a contestant may see (``train``), and what it is judged by (``test``)."""

    product_ids: tuple[str, ...]
    titles: tuple[str, ...]
    """Empty where unknown."""
    prices: NDArray[np.float64]
    """Not-a-number where unknown."""
    shoppers: tuple[str, ...]
    """Ids of all with a past, sorted."""
    train: Records
    test: Records
    left: Left = field(default_factory=Left)

    @property
    def products(self) -> int:
        """How many products are ranked."""
        return len(self.product_ids)

    @property
    def today(self) -> int:
        """Day number of the last record of ``train``: all that contestants know of the calendar."""
        return int(self.train.at.max() // DAY) if len(self.train) else 0

    def save(self, folder: Path) -> None:
        """Write to an empty folder, for contestants in processes of their own."""
        for name in ("train", "test"):
            records: Records = getattr(self, name)
            for column in ("shopper", "product", "at", "quantity"):
                np.save(folder / f"{name}_{column}.npy", getattr(records, column))
        np.save(folder / "prices.npy", self.prices)
        texts = {"product_ids": self.product_ids, "titles": self.titles, "shoppers": self.shoppers}
        (folder / "texts.json").write_text(json.dumps({**texts, "left": asdict(self.left)}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Split:
        """Read what :meth:`save` wrote; the arrays stay on disk until looked at."""
        texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
        train, test = (
            Records(*(np.load(folder / f"{name}_{column}.npy", mmap_mode="r") for column in _COLUMNS))
            for name in ("train", "test")
        )
        return cls(
            tuple(texts["product_ids"]),
            tuple(texts["titles"]),
            np.load(folder / "prices.npy"),
            tuple(texts["shoppers"]),
            train,
            test,
            Left(**texts["left"]),
        )


_COLUMNS = ("shopper", "product", "at", "quantity")


def inner(split: Split) -> Split | None:
    """Cut a smaller contest out of ``train`` alone, to choose settings by; None where the past is too short.

    Its window is as long as the outer one (at least a week), and at most the last third of the past.
    """
    if not len(split.train) or not len(split.test):
        return None
    first, last = int(split.train.at.min()), int(split.train.at.max())
    span = max(int(split.test.at.max() - split.test.at.min()), 7 * DAY)
    smaller = window(split, last - min(span, (last - first) // 3), last + 1)
    return smaller if len(smaller.train) and len(smaller.test) else None


def window(split: Split, begins: int, ends: int) -> Split:
    """Cut another contest out of ``train`` alone: learn from before ``begins``, judge from there to before ``ends``.

    Shoppers keep their positions; those without a past by then have no rows on either side.
    """
    before = np.asarray(split.train.at < begins)
    known = np.zeros(len(split.shoppers), dtype=np.bool_)
    known[split.train.shopper[before]] = True
    after = ~before & np.asarray(split.train.at < ends) & known[split.train.shopper]
    train, test = split.train.where(before), split.train.where(after)
    return Split(split.product_ids, split.titles, split.prices, split.shoppers, train, test)
