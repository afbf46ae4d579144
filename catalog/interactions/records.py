"""What shoppers did with products: read from Parquet, kept as plain arrays, looked up by shopper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Ints = NDArray[np.int32]
EPOCH = date(1970, 1, 1)
_COLUMNS = ("shopper_id", "product_id", "at", "kind", "quantity", "source")


class InteractionsError(ValueError):
    """The interactions file is not what it should be; says which column."""


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """Return the date of a day number."""
    return EPOCH + timedelta(days=number)


@dataclass(frozen=True)
class Interactions:
    """Purchases as parallel arrays, one entry per shopper, product and day, sorted by shopper then day."""

    shoppers: tuple[str, ...]
    shopper: Ints
    """Position in ``shoppers``."""
    product: Ints
    """Position in the product list they were read against."""
    day: Ints
    unknown: int = 0
    """Rows left out because no such product is in the catalogue."""

    @classmethod
    def none(cls) -> Interactions:
        """Stand for a shop that has no records yet."""
        nothing = np.empty(0, dtype=np.int32)
        return cls((), nothing, nothing, nothing)

    def until(self, day: int) -> Interactions:
        """Only what happened on or before this day."""
        kept = self.day <= day
        return Interactions(self.shoppers, self.shopper[kept], self.product[kept], self.day[kept], self.unknown)

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


def read_interactions(path: Path, products: Sequence[str]) -> Interactions:
    """Read the purchases of known products; InteractionsError where a column is missing or mistyped."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path, columns=list(_COLUMNS))
    except (pa.ArrowInvalid, KeyError, OSError) as error:
        raise InteractionsError(f"{path.name}: {error}") from error
    missing = [name for name in _COLUMNS if name not in table.column_names]
    if missing:
        raise InteractionsError(f"{path.name}: no column {', '.join(missing)}")
    table = table.filter(pc.and_(pc.equal(table["kind"], "bought"), pc.greater(table["quantity"], 0)))
    who = table["shopper_id"].combine_chunks().cast(pa.string()).dictionary_encode()
    what = table["product_id"].combine_chunks().cast(pa.string()).dictionary_encode()
    number = {product: at for at, product in enumerate(products)}
    mapped = np.array([number.get(product, -1) for product in what.dictionary.to_pylist()], dtype=np.int32)
    product = mapped[what.indices.to_numpy()] if len(mapped) else np.empty(0, np.int32)
    names = who.dictionary.to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    shopper = rank[who.indices.to_numpy()] if names else np.empty(0, np.int32)
    day = table["at"].combine_chunks().cast(pa.date32()).cast(pa.int32()).to_numpy()
    known = product >= 0
    sort = np.lexsort((product[known], day[known], shopper[known]))
    who_at, what_at, day_at = (column[known][sort].astype(np.int32) for column in (shopper, product, day))
    return Interactions(tuple(names[at] for at in order), who_at, what_at, day_at, int((~known).sum()))


@dataclass(frozen=True)
class Histories:
    """Each shopper's past, newest purchase per product, found by shopper id without an object per shopper."""

    names: NDArray[np.bytes_]
    """Shopper ids as UTF-8, sorted."""
    starts: Ints
    product: Ints
    day: Ints

    @classmethod
    def of(cls, interactions: Interactions) -> Histories:
        """Keep the newest day of each pair of shopper and product."""
        order = np.lexsort((-interactions.day, interactions.product, interactions.shopper))
        shopper, product = interactions.shopper[order], interactions.product[order]
        new = np.ones(len(order), dtype=np.bool_)
        new[1:] = (shopper[1:] != shopper[:-1]) | (product[1:] != product[:-1])
        starts = np.searchsorted(shopper[new], np.arange(len(interactions.shoppers) + 1)).astype(np.int32)
        encoded = [name.encode() for name in interactions.shoppers]
        by_bytes = np.array(sorted(encoded) or [b""], dtype=np.bytes_)[: len(encoded)]
        assert encoded == sorted(encoded), "UTF-8 sorts as its code points do"
        return cls(by_bytes, starts, product[new], interactions.day[order][new])

    def of_shopper(self, shopper_id: str | None) -> tuple[Ints, Ints]:
        """Products and days of one shopper's past; empty for a newcomer."""
        if shopper_id:
            name = np.bytes_(shopper_id.encode())
            at = int(np.searchsorted(self.names, name))
            if at < len(self.names) and self.names[at] == name:
                here = slice(int(self.starts[at]), int(self.starts[at + 1]))
                return self.product[here], self.day[here]
        nothing = np.empty(0, dtype=np.int32)
        return nothing, nothing
