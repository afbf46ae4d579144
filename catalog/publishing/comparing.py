"""What one snapshot has that another has not: over digests and arrays, so that a million products take a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.product import Product
from catalog.publishing.snapshot_writer import CONTENT, DIGESTS
from catalog.shelf.columns import Columns, read_about
from catalog.shelf.records import Records, product_of

Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Comparison:
    """Positions, in the arrays of the one or the other snapshot."""

    added: Positions
    """In the new one."""
    removed: Positions
    """In the old one."""
    changed_old: Positions
    changed_new: Positions
    """The same products in both, in the order of the new one: anything but the day differs."""
    kept_old: Positions
    kept_new: Positions
    """The products in both, in the order of the new one."""

    @property
    def unchanged(self) -> int:
        """How many products are in both, and say the same."""
        return len(self.kept_new) - len(self.changed_new)


@dataclass(frozen=True)
class Keeping:
    """How the products that are in both snapshots, and the stock of all, differ as a whole."""

    products: int
    """In both."""
    in_stock_before: int
    """Products in stock, of all there were."""
    other_currency: int
    """Of those in both: sold in another currency now."""
    price_ratio: float | None
    """The median of new over old price, of those in one currency; None where there are none."""
    tenfold: int
    """Prices at least ten times as high, or at most a tenth."""


def keeping(old: Path, new: Path, found: Comparison) -> Keeping:
    """Measure what no count of added, changed and removed tells: another currency, pence for pounds, no stock."""
    before, after = Columns.open(old), Columns.open(new)
    names = [np.array(read_about(each)["currencies"], dtype="U3") for each in (old, new)]
    was, now = before.currency_code[found.kept_old], after.currency_code[found.kept_new]
    same = names[0][was] == names[1][now] if len(was) else np.zeros(0, dtype=np.bool_)
    ratio = after.prices[found.kept_new][same] / np.maximum(before.prices[found.kept_old][same], 1)
    return Keeping(
        products=len(was),
        in_stock_before=int(before.in_stock.sum()),
        other_currency=len(was) - int(same.sum()),
        price_ratio=round(float(np.median(ratio)), 4) if len(ratio) else None,
        tenfold=int(((ratio >= 10) | (ratio <= 0.1)).sum()),
    )


def compare(old: Path, new: Path) -> Comparison:
    """Compare the files of two snapshots."""
    before, after = (np.load(each / DIGESTS, mmap_mode="r") for each in (old, new))
    order = np.load(old / "id_order.npy", mmap_mode="r")
    if not len(before):
        nothing = np.empty(0, dtype=np.int64)
        return Comparison(np.arange(len(after)), nothing, nothing, nothing, nothing, nothing)
    at = order[np.minimum(np.searchsorted(before[order], after), len(before) - 1)].astype(np.int64)
    known = before[at] == after
    left = np.ones(len(before), dtype=np.bool_)
    left[at[known]] = False
    was, now = (np.load(each / CONTENT, mmap_mode="r") for each in (old, new))
    differs = np.zeros(len(after), dtype=np.bool_)
    differs[known] = was[at[known]] != now[known]
    changed = np.flatnonzero(differs)
    return Comparison(
        added=np.flatnonzero(~known),
        removed=np.flatnonzero(left),
        changed_old=at[changed],
        changed_new=changed,
        kept_old=at[known],
        kept_new=np.flatnonzero(known),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One product that differs: ``added``, ``removed``, ``price``, ``stock`` or ``other``."""

    kind: str
    product: Product
    """As it is in the newer snapshot, or was, where it is removed."""
    before: Product | None = None


def changes(old: Path, new: Path) -> Iterator[Change]:
    """Yield every product that differs between two snapshots, kind by kind."""
    found = compare(old, new)
    was, now = Records.open(old), Records.open(new)
    yield from (Change("added", product_of(now[at])) for at in found.added.tolist())
    yield from (Change("removed", product_of(was[at])) for at in found.removed.tolist())
    pairs = list(zip(found.changed_old.tolist(), found.changed_new.tolist(), strict=True))
    for kind, concerns in _KINDS.items():
        for from_, to in pairs:
            before, after = product_of(was[from_]), product_of(now[to])
            if concerns(before, after):
                yield Change(kind, after, before)


def _price(before: Product, after: Product) -> bool:
    one, other = before.offer, after.offer
    return (one.price, one.currency, one.sale) != (other.price, other.currency, other.sale)


def _stock(before: Product, after: Product) -> bool:
    return before.offer.in_stock != after.offer.in_stock


_KINDS: dict[str, Callable[[Product, Product], bool]] = {
    "price": _price,
    "stock": _stock,
    "other": lambda before, after: not _price(before, after) and not _stock(before, after),
}
