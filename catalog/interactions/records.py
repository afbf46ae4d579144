"""What shoppers did with products: kept as plain arrays, looked up by shopper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from catalog.interactions.rows import Row

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
KINDS = ("viewed", "clicked", "added", "bought", "liked", "dismissed", "shown")
"""What a shopper can do with a product; an array of kinds holds positions in this table."""
BOUGHT = KINDS.index("bought")
EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """Return the date of a day number."""
    return EPOCH + timedelta(days=number)


@dataclass(frozen=True)
class Interactions:
    """Interactions as parallel arrays, one entry per shopper, product and moment, sorted by shopper then day."""

    shoppers: tuple[str, ...]
    shopper: Ints
    """Position in ``shoppers``."""
    product: Ints
    """Position in the product list they were read against."""
    day: Ints
    unknown: int = 0
    """Rows left out because no such product is in the catalogue."""
    quantity: Floats = field(default_factory=lambda: np.empty(0, dtype=np.float32))
    """Pieces, above 0; 1 each where none were given."""
    kind: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, dtype=np.uint8))
    """Positions in KINDS; all bought where none were given."""
    number: int = 0
    """The ledger's number of the newest row these were read with; 0 where they come from no ledger."""

    def __post_init__(self) -> None:
        if len(self.quantity) != len(self.day):
            object.__setattr__(self, "quantity", np.ones(len(self.day), dtype=np.float32))
        if len(self.kind) != len(self.day):
            object.__setattr__(self, "kind", np.full(len(self.day), BOUGHT, dtype=np.uint8))

    @classmethod
    def none(cls) -> Interactions:
        """Stand for a shop that has no records yet."""
        nothing = np.empty(0, dtype=np.int32)
        return cls((), nothing, nothing, nothing)

    def until(self, day: int) -> Interactions:
        """Only what happened on or before this day."""
        return self.where(self.day <= day)

    def of_kind(self, *kinds: str) -> Interactions:
        """Only interactions of these kinds (names of KINDS)."""
        return self.where(np.isin(self.kind, [KINDS.index(kind) for kind in kinds]))

    def where(self, kept: NDArray[np.bool_]) -> Interactions:
        """Only the entries a mask keeps; the list of shoppers stays, so that positions stay."""
        columns = {name: getattr(self, name)[kept] for name in ("shopper", "product", "day", "quantity", "kind")}
        return replace(self, **columns)

    def matrix(self, products: int, *, today: int, half_life: float | None) -> csr_matrix:
        """Lay out shoppers x products; the newest purchase counts 0.5 ** (age / half_life), or 1 without one."""
        from scipy.sparse import csr_matrix  # here: only fitting needs scipy, the action server does not

        pair = self.shopper.astype(np.int64) * products + self.product
        order = np.lexsort((self.day, pair))
        last = np.append(pair[order][1:] != pair[order][:-1], True) if len(order) else np.empty(0, bool)
        newest = order[last]
        age = (today - self.day[newest]).astype(np.float32)
        weight = np.ones_like(age) if half_life is None else np.float32(0.5) ** (age / np.float32(half_life))
        where = (self.shopper[newest], self.product[newest])
        return csr_matrix((weight, where), shape=(len(self.shoppers), products), dtype=np.float32)


@dataclass(frozen=True)
class Past:
    """What one shopper bought: parallel arrays, one entry per product."""

    product: Ints
    day: Ints
    """Of the newest purchase."""
    quantity: Floats
    """Pieces in all."""
    times: Ints
    """On how many days it was bought."""

    @classmethod
    def none(cls) -> Past:
        """Return a newcomer's."""
        nothing = np.empty(0, dtype=np.int32)
        return cls(nothing, nothing, np.empty(0, dtype=np.float32), nothing)

    def with_rows(self, rows: Iterable[Row], positions: Mapping[str, int]) -> Past:
        """Return the past with purchases added and those taken back removed; other kinds and products do not count."""
        kept = {
            int(product): [int(day), float(quantity), int(times)]
            for product, day, quantity, times in zip(self.product, self.day, self.quantity, self.times, strict=True)
        }
        for row in rows:
            at = positions.get(row.product_id)
            if at is None or row.kind != "bought":
                continue
            day = day_number(row.at.date())
            entry = kept.setdefault(at, [day, 0.0, 0])
            entry[2] += (entry[2] == 0 or day != entry[0]) if row.quantity > 0 else -1
            entry[0], entry[1] = max(entry[0], day) if row.quantity > 0 else entry[0], entry[1] + row.quantity
            if entry[1] <= 0:
                del kept[at]
        found = [[product, *kept[product]] for product in sorted(kept)]
        columns = np.array(found, dtype=np.float64).reshape(len(found), 4).T
        product, newest, quantity, times = columns
        return Past(
            product.astype(np.int32), newest.astype(np.int32), quantity.astype(np.float32),
            np.maximum(times, 1).astype(np.int32),
        )  # fmt: skip


@dataclass(frozen=True)
class Histories:
    """Each shopper's past, newest purchase per product, found by shopper id without an object per shopper."""

    names: NDArray[np.bytes_]
    """Shopper ids as UTF-8, sorted."""
    starts: Ints
    product: Ints
    day: Ints
    quantity: Floats = field(default_factory=lambda: np.empty(0, dtype=np.float32))
    times: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    changed: Mapping[str, Past] = field(default_factory=dict)
    """Pasts of those who did something, or were forgotten, since the arrays were made."""

    def __post_init__(self) -> None:
        if len(self.quantity) != len(self.day):
            object.__setattr__(self, "quantity", np.ones(len(self.day), dtype=np.float32))
        if len(self.times) != len(self.day):
            object.__setattr__(self, "times", np.ones(len(self.day), dtype=np.int32))

    @classmethod
    def of(cls, interactions: Interactions) -> Histories:
        """Sum up the purchases of each pair of shopper and product."""
        seen = interactions.of_kind("bought") if (interactions.kind != BOUGHT).any() else interactions
        products = int(seen.product.max(initial=0)) + 1
        pair = seen.shopper.astype(np.int64) * products + seen.product
        order = np.lexsort((seen.day, pair))
        pair, day = pair[order], seen.day[order]
        first = np.ones(len(order), dtype=np.bool_)
        first[1:] = pair[1:] != pair[:-1]
        fresh_day = first.copy()
        fresh_day[1:] |= day[1:] != day[:-1]
        begins = np.flatnonzero(first)
        shopper = (pair[begins] // products).astype(np.int32)
        starts = np.searchsorted(shopper, np.arange(len(seen.shoppers) + 1)).astype(np.int32)
        encoded = [name.encode() for name in seen.shoppers]
        by_bytes = np.array(sorted(encoded) or [b""], dtype=np.bytes_)[: len(encoded)]
        assert encoded == sorted(encoded), "UTF-8 sorts as its code points do"
        if not len(begins):
            nothing = np.empty(0, dtype=np.int32)
            return cls(by_bytes, starts, nothing, nothing)
        return cls(
            by_bytes,
            starts,
            (pair[begins] % products).astype(np.int32),
            day[np.append(begins[1:], len(order)) - 1],
            np.add.reduceat(seen.quantity[order], begins).astype(np.float32),
            np.add.reduceat(fresh_day.astype(np.int32), begins).astype(np.int32),
        )

    def of_shopper(self, shopper_id: str | None) -> tuple[Ints, Ints]:
        """Products and days of one shopper's past; empty for a newcomer."""
        past = self.past_of(shopper_id)
        return past.product, past.day

    def past_of(self, shopper_id: str | None) -> Past:
        """Return one shopper's past with quantities; empty for a newcomer."""
        if not shopper_id:
            return Past.none()
        changed = self.changed.get(shopper_id)
        if changed is not None:
            return changed
        at = self._place(shopper_id)
        if at < 0:
            return Past.none()
        here = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return Past(self.product[here], self.day[here], self.quantity[here], self.times[here])

    def with_past(self, shopper_id: str, past: Past) -> Histories:
        """Return these histories with one shopper's past replaced; the arrays are shared, nothing is copied.

        A forgotten shopper's is :meth:`Past.none`; a changed one is ``past_of(id).with_rows(rows, positions)``. Of a
        shopper who came since the arrays were made nothing is left, not even the id, once their past is empty.
        """
        changed = {**self.changed, shopper_id: past}
        if not len(past.product) and not self.holds(shopper_id):
            del changed[shopper_id]
        return replace(self, changed=changed)

    def holds(self, shopper_id: str) -> bool:
        """Tell whether the arrays have a past of this shopper."""
        return self._place(shopper_id) >= 0

    def _place(self, shopper_id: str) -> int:
        name = np.bytes_(shopper_id.encode())
        at = int(np.searchsorted(self.names, name))
        return at if at < len(self.names) and self.names[at] == name else -1
