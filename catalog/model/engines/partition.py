"""One share of the shoppers, worked on by one worker: pure functions, with nothing of a cluster in them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from catalog.interactions import parts as parquet
from catalog.interactions.arrays import COLUMNS, Gathering, groups_of
from catalog.interactions.files import LedgerFiles
from catalog.interactions.manifest import Part
from catalog.model.engines.engine import Totals
from catalog.model.engines.local import LocalEngine
from catalog.model.gram import Square
from catalog.model.popularity import Popularity
from catalog.storage import Storage

READ = (*COLUMNS, "group_id")
"""Columns a fit needs of the ledger."""
T = TypeVar("T")


def read_shares(address: str, part: Part, shares: int) -> tuple[Any, ...]:
    """Read one file of the ledger and cut it into shares of the shoppers: the sending half of the shuffle."""
    files = LedgerFiles(Storage.at(address), no_key, no_name)
    return cut(parquet.read(files.content(part), READ, dictionaries=True), shares)


def cut(table: Any, shares: int) -> tuple[Any, ...]:
    """Cut a table of rows by a digest of the shopper's id: all of one shopper's rows fall into one share."""
    who = table["shopper_id"].unify_dictionaries().combine_chunks()
    names = who.dictionary.to_pylist() if len(who) else []
    share_of = np.array([zlib.crc32(name.encode()) % shares for name in names], dtype=np.int64)
    share = share_of[who.indices.to_numpy()] if len(who) else np.empty(0, dtype=np.int64)
    return tuple(table.filter(share == one) for one in range(shares))


def gather(products: Sequence[str], tables: Iterable[Any]) -> LocalEngine:
    """Bring one share of the shoppers together: the receiving half of the shuffle."""
    gathering, tables = Gathering(products, ("bought",)), list(tables)
    kept = [gathering.add(table) for table in tables]
    asked = gathering.groups_asked()
    groups = [g for at, table in enumerate(tables) for g in groups_of(table, kept[at], asked)] if asked else None
    return LocalEngine(gathering.finished(groups))


def totals_of(shares: Sequence[LocalEngine], products: int, today: int, half_life: float | None) -> Totals:
    """Sum up all shares of one worker."""
    return _summed((one.totals(products, today=today, half_life=half_life) for one in shares), add_totals)


def gram_of(
    shares: Sequence[LocalEngine], head: NDArray[np.int64], products: int, today: int, half_life: float | None
) -> Square:
    """Sum up all shares of one worker: one dense matrix a worker, however many shares it has."""
    return _summed((one.gram(head, products, today=today, half_life=half_life) for one in shares), _into_the_first)


def popularity_of(shares: Sequence[LocalEngine], products: int, until: int) -> Popularity:
    """Sum up all shares of one worker."""
    return _summed((one.popularity(products, until=until) for one in shares), Popularity.plus)


def add_totals(one: Totals, other: Totals) -> Totals:
    """Add two sums."""
    return one[0] + other[0], one[1] + other[1]


def add_grams(one: Square, other: Square) -> Square:
    """Add two sums in memory of its own: a cluster may run the same sum twice, so what it was given stays as it is."""
    return one + other


def _into_the_first(one: Square, other: Square) -> Square:
    one += other
    return one


def _summed(found: Iterable[T], add: Callable[[T, T], T]) -> T:
    return reduce(add, found)


def no_key() -> bytes:
    """Refuse to make a ledger's key."""
    raise AssertionError("a reader founds no ledger")


def no_name() -> str:
    """Refuse to name a new file of a ledger."""
    raise AssertionError("a reader writes no file")
