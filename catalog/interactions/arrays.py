"""Tables of rows become arrays to fit on; what was taken back is taken out."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import KINDS, Interactions
from catalog.interactions.taken_back import Taken, take_back

COLUMNS = ("shopper_id", "product_id", "kind", "at", "quantity")
_MICROS_A_DAY = 86_400_000_000


@dataclass
class Gathering:
    """Collects tables one after the other: 17 bytes a row, and each shopper's id once."""

    products: Sequence[str]
    kinds: Sequence[str]
    shard: tuple[int, int] = (0, 1)
    """Only shoppers of share k of n, by a digest of their id: how several workers divide them."""
    unknown: int = 0
    _columns: dict[str, list[NDArray[Any]]] = field(default_factory=dict)
    _shoppers: dict[str, int] = field(default_factory=dict)
    _taken: list[tuple[int, Taken]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._known = {product: at for at, product in enumerate(self.products)}
        self._codes = [KINDS.index(kind) for kind in self.kinds]
        self._columns = {name: [] for name in ("shopper", "product", "day", "quantity", "kind")}

    def add(self, table: Any) -> NDArray[np.bool_]:
        """Take a table with COLUMNS (ids as dictionaries); return which of its rows were kept as entries."""
        kind = table["kind"].to_numpy()
        shopper = self._coded(table["shopper_id"], self._shopper)
        product = self._coded(table["product_id"], lambda name: self._known.get(name, -1))
        quantity = table["quantity"].to_numpy()
        mine = np.isin(kind, self._codes) & (shopper >= 0)
        kept = mine & (quantity > 0) & (product >= 0)
        self.unknown += int((mine & (quantity > 0) & (product < 0)).sum())
        day = (table["at"].combine_chunks().cast("int64").to_numpy() // _MICROS_A_DAY).astype(np.int32)
        for name, column in zip(self._columns, (shopper, product, day, quantity, kind), strict=True):
            self._columns[name].append(column[kept])
        for at in np.flatnonzero(mine & (quantity < 0)):
            which = int(product[at]) if table["product_id"][int(at)].as_py() else None
            if which != -1:
                group = table["group_id"][int(at)].as_py()
                taken = Taken(int(shopper[at]), which, int(kind[at]), int(day[at]), -float(quantity[at]), group)
                self._taken.append((int(table["at"][int(at)].value), taken))
        return np.asarray(kept, dtype=np.bool_)

    def groups_asked(self) -> set[str]:
        """Return the orders something was taken back of: their rows must be told by :meth:`finished`."""
        return {taken.group for _, taken in self._taken if taken.group}

    def finished(self, groups: Sequence[str | None] | None = None, number: int = 0) -> Interactions:
        """Return the arrays sorted by shopper, day and product.

        ``groups`` names the order of every entry in the order they were added, None where nobody asked for it.
        """
        joined = {name: np.concatenate(columns or [np.empty(0, np.int32)]) for name, columns in self._columns.items()}
        self._columns.clear()
        quantity = joined["quantity"].astype(np.float32)
        if self._taken:
            taken = [one for _, one in sorted(self._taken, key=lambda pair: pair[0])]
            take_back(taken, joined["shopper"], joined["product"], joined["kind"], joined["day"], quantity, groups)
        left = quantity > 0
        present = np.bincount(joined["shopper"][left], minlength=len(self._shoppers)) > 0
        names = sorted(name for name, at in self._shoppers.items() if present[at])
        rank = np.zeros(len(self._shoppers), dtype=np.int32)
        rank[[self._shoppers[name] for name in names]] = np.arange(len(names), dtype=np.int32)
        self._shoppers.clear()
        shopper = rank[joined["shopper"][left]]
        day, product = joined["day"][left], joined["product"][left]
        order = np.lexsort((product, day, shopper))
        return Interactions(
            tuple(names),
            shopper[order].astype(np.int32),
            product[order].astype(np.int32),
            day[order].astype(np.int32),
            self.unknown,
            quantity[left][order],
            joined["kind"][left][order].astype(np.uint8),
            number,
        )

    def _shopper(self, name: str) -> int:
        share, of = self.shard
        if of > 1 and zlib.crc32(name.encode()) % of != share:
            return -1
        return self._shoppers.setdefault(name, len(self._shoppers))

    @staticmethod
    def _coded(column: Any, code: Any) -> NDArray[np.int32]:
        encoded = column.unify_dictionaries().combine_chunks()
        if not len(encoded):
            return np.empty(0, dtype=np.int32)
        table = np.fromiter(map(code, encoded.dictionary.to_pylist()), dtype=np.int32)
        return np.asarray(table[encoded.indices.to_numpy()], dtype=np.int32)


def groups_of(table: Any, kept: NDArray[np.bool_], asked: set[str]) -> list[str | None]:
    """Return the order of every kept row that somebody asked for, None for the others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column = table["group_id"].filter(pa.array(kept))
    hit = pc.is_in(column, value_set=pa.array(sorted(asked), pa.string())).to_numpy()
    found: list[str | None] = [None] * len(hit)
    for at in np.flatnonzero(hit):
        found[at] = column[int(at)].as_py()
    return found
