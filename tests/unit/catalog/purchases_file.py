"""Purchases read plainly from a Parquet file: what the ledger and its fits are held against."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from catalog.interactions.records import Interactions

_COLUMNS = ("shopper_id", "product_id", "at", "kind", "quantity", "source")


class InteractionsError(ValueError):
    """The interactions file is not what it should be; says which column."""


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
    quantity = table["quantity"].combine_chunks().cast(pa.float32(), safe=False).to_numpy()
    known = product >= 0
    sort = np.lexsort((product[known], day[known], shopper[known]))
    who_at, what_at, day_at = (column[known][sort].astype(np.int32) for column in (shopper, product, day))
    people = tuple(names[at] for at in order)
    return Interactions(people, who_at, what_at, day_at, int((~known).sum()), quantity[known][sort])
