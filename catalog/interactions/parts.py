"""Rows as Parquet: written sorted by shopper, so that one shopper is found and removed without reading all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import KINDS
from catalog.interactions.rows import Row

Longs = NDArray[np.int64]
Who = Mapping[str, frozenset[str]]
"""Shoppers to forget, and of each the sources to forget; the empty one stands for all."""
ROWS_IN_A_PART = 1_000_000
_ROWS_IN_A_GROUP = 65_536
COMPRESSION = "zstd"
_CODE = {kind: code for code, kind in enumerate(KINDS)}


def schema() -> Any:
    """Return the columns of a part (documented for readers outside giftbot in docs/interactions.md)."""
    import pyarrow as pa  # here: an action server that only follows the live rows never loads it

    text = pa.string()
    return pa.schema(
        [
            ("shopper_id", text),
            ("product_id", text),
            ("kind", pa.uint8()),
            ("at", pa.timestamp("us", "UTC")),
            ("quantity", pa.float32()),
            ("source", text),
            ("group_id", text),
            ("rank", pa.int16()),
            ("propensity", pa.float64()),
            ("mark", pa.int64()),
            ("number", pa.int64()),
        ]
    )


def table_of(rows: Sequence[Row], marks: Sequence[int], numbers: Sequence[int]) -> Any:
    """Lay rows out as an Arrow table."""
    import pyarrow as pa

    columns = [
        [row.shopper_id for row in rows],
        [row.product_id for row in rows],
        [_CODE[row.kind] for row in rows],
        [row.at for row in rows],
        [row.quantity for row in rows],
        [row.source for row in rows],
        [row.group_id for row in rows],
        [row.rank for row in rows],
        [row.propensity for row in rows],
        list(marks),
        list(numbers),
    ]
    fields = schema()
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, fields, strict=True)], fields)


def months_of(table: Any) -> Iterator[tuple[str, Any]]:
    """Cut a table by month."""
    micros = table["at"].combine_chunks().cast("int64").to_numpy()
    month = micros.astype("datetime64[us]").astype("datetime64[M]")
    for each in np.unique(month):
        yield str(each), table.filter(month == each)


def to_bytes(table: Any) -> bytes:
    """Return a table as a Parquet file, sorted by shopper and time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    ordered = table.sort_by([("shopper_id", "ascending"), ("at", "ascending"), ("number", "ascending")])
    pq.write_table(
        ordered,
        sink,
        compression=COMPRESSION,
        row_group_size=_ROWS_IN_A_GROUP,
        column_encoding={"number": "DELTA_BINARY_PACKED", "at": "DELTA_BINARY_PACKED"},
        use_dictionary=["shopper_id", "product_id", "source"],
    )
    return bytes(sink.getvalue())


def read(content: bytes, columns: Sequence[str], *, shopper_id: str | None = None, dictionaries: bool = False) -> Any:
    """Read columns of a part; of one shopper only the row groups are read that can hold them.

    In this thread: a thread of Arrow's that lets go of Python's bytes while the interpreter ends aborts the process
    (apache/arrow issue 34314).
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    names = ["shopper_id", "product_id"] if dictionaries else []
    file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=names)
    if shopper_id is None:
        return file.read(list(columns), use_threads=False)
    at = file.schema_arrow.get_field_index("shopper_id")
    groups = []
    for group in range(file.num_row_groups):
        bounds = file.metadata.row_group(group).column(at).statistics
        if bounds is None or not bounds.has_min_max or bounds.min <= shopper_id <= bounds.max:
            groups.append(group)
    found = file.read_row_groups(groups, list(columns), use_threads=False)
    return found.filter(pc.equal(found["shopper_id"], shopper_id))


def with_dictionaries(table: Any) -> Any:
    """Return a table with ids as dictionaries, as ``read(…, dictionaries=True)`` gives them."""
    for name in ("shopper_id", "product_id"):
        at = table.schema.get_field_index(name)
        if at >= 0:
            table = table.set_column(at, name, table[name].dictionary_encode())
    return table


def held(content: bytes, who: Who) -> set[tuple[str, str]]:
    """Return of which of these shoppers and sources a part holds rows; of one only the row groups they can be in."""
    one = next(iter(who)) if len(who) == 1 else None
    table = read(content, ["shopper_id", "source"], shopper_id=one)
    found = table.filter(_theirs(table, who)).group_by(["shopper_id", "source"]).aggregate([])
    return set(zip(found["shopper_id"].to_pylist(), found["source"].to_pylist(), strict=True))


def without(content: bytes, who: Who) -> Any:
    """Return a part without the rows of these shoppers; as plain text: no dictionary keeps their ids."""
    import pyarrow.compute as pc

    table = read(content, schema().names)
    return table.filter(pc.invert(_theirs(table, who)))


def _theirs(table: Any, who: Who) -> Any:
    """Mask the rows of shoppers whose source is named, or of whom all is."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pa.chunked_array([pa.array(np.zeros(table.num_rows, dtype=np.bool_))])
    for source in sorted({source for sources in who.values() for source in sources}):
        names = pa.array(sorted(name for name, sources in who.items() if source in sources), pa.string())
        theirs = pc.is_in(table["shopper_id"], value_set=names)
        found = pc.or_(found, pc.and_(theirs, pc.equal(table["source"], source)) if source else theirs)
    return found


def rows_of(table: Any) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table with their numbers, base left out."""
    for batch in table.to_batches(max_chunksize=_ROWS_IN_A_GROUP):
        columns = [batch.column(name).to_pylist() for name in schema().names]
        for shopper, product, kind, at, quantity, source, group, rank, propensity, _, number in zip(
            *columns, strict=True
        ):
            yield number, Row(shopper, product, KINDS[kind], _utc(at), quantity, source, "", group, rank, propensity)


def _utc(at: datetime) -> datetime:
    return at.astimezone(timezone.utc)
