"""Interactions as tables: CSV, or Parquet by row groups, one row an interaction."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError
from catalog.interactions.moments import BadMoment, moment
from catalog.interactions.rows import BadRow, Row, checked, refused

NEEDED = ("shopper_id", "product_id", "at")
KNOWN = (*NEEDED, "kind", "quantity", "source", "message_id", "group_id", "rank", "propensity")
_OTHER_NAMES = {"order_id": "group_id", "messageid": "message_id"}
_MOST_GROUP_BYTES = 4 << 30
_ROWS_AT_ONCE = 20_000
Values = Mapping[str, Any]


def read_csv(lines: Iterator[str], source: str, limit: int, now: datetime) -> Iterator[Row | Rejection]:
    """Read lines of text whose first names the columns; parted by comma, semicolon or tab."""
    first = next(lines, "")
    if not first.strip():
        raise FeedError("the file is empty: the first line must name the columns", 1)
    csv.field_size_limit(limit)
    reader = csv.reader(_again(first, lines), delimiter=max(",\t;", key=first.count), strict=True)
    try:
        header = columns(next(reader), source)
        for values in reader:
            if not any(values):
                continue
            if len(values) > len(header):
                hint = "quote values that hold the separator"
                yield Rejection(reader.line_num, "", values[len(header)][:80], "more_values_than_columns", hint)
                continue
            yield _row(reader.line_num, dict(zip(header, map(str.strip, values), strict=False)), source, now)
    except csv.Error as error:
        raise FeedError(str(error), reader.line_num) from error


def read_parquet(path: Path, source: str, now: datetime) -> Iterator[Row | Rejection]:
    """Read a Parquet file row group by row group; rows are counted from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        header = columns(file.schema_arrow.names, source)
        for group in range(file.num_row_groups):
            if file.metadata.row_group(group).total_byte_size > _MOST_GROUP_BYTES:
                raise FeedError(
                    f"row group {group} unpacks to more than {_MOST_GROUP_BYTES >> 30} GiB; write smaller ones"
                )
        named = dict(zip(header, file.schema_arrow.names, strict=True))
        wanted = [name for name in KNOWN if name in named]
        number = 0
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=[named[name] for name in wanted], use_threads=False):
            lists = [_plain(batch.column(named[name])) for name in wanted]
            for values in zip(*lists, strict=True):
                number += 1
                yield _row(number, dict(zip(wanted, values, strict=True)), source, now)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise FeedError(f"no Parquet file that can be read: {error}") from error


def columns(names: Sequence[str], source: str) -> list[str]:
    """Return the columns by the names used here; FeedError where one is missing or there twice."""
    found = [name.strip().casefold() for name in names]
    found = [_OTHER_NAMES.get(name, name) for name in found]
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise FeedError(f"no column {', '.join(missing)}; known are {', '.join(KNOWN)}", 1)
    if "source" not in found and not source:
        raise FeedError("no column source, and no --source: every row must say where it was told", 1)
    doubled = sorted({name for name in found if name and found.count(name) > 1})
    if doubled:
        raise FeedError(f"the columns {', '.join(doubled)} are there more than once", 1)
    return found


def _row(number: int, values: Values, source: str, now: datetime) -> Row | Rejection:
    def text(name: str) -> str:
        found = values.get(name)
        return "" if found is None else str(found)

    try:
        rank, propensity = _number(values, "rank", None), _number(values, "propensity", None)
        row = Row(
            text("shopper_id"),
            text("product_id"),
            text("kind").casefold() or "bought",
            _at(values.get("at")),
            _number(values, "quantity", 1.0) or 0.0,
            text("source") or source,
            text("message_id"),
            text("group_id"),
            None if rank is None else int(rank),
            propensity,
        )
        return checked(row, now)
    except BadRow as why:
        return refused(number, why)


def _at(found: Any) -> datetime:
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=timezone.utc)
    if found is None or found == "":
        raise BadRow("at", "", "missing", "every row needs its time")
    try:
        return moment(str(found))
    except BadMoment as error:
        raise BadRow("at", found, "not_a_time", str(error)) from error


def _number(values: Values, name: str, default: float | None) -> float | None:
    found = values.get(name)
    if found is None or found == "":
        return default
    try:
        number = float(found)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise BadRow(name, found, "not_a_number", "write a number with a point, like 2 or 0.25")
    return number


def _plain(column: Any) -> list[Any]:
    """Return a column's values; numbers that serve as ids become text, days and times become moments."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", "UTC"), safe=False)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        column = column.cast(pa.string())
    if pa.types.is_nested(kind) or pa.types.is_boolean(kind):
        column = column.cast(pa.string()) if pa.types.is_boolean(kind) else pa.nulls(len(column), pa.string())
    values: list[Any] = column.to_pylist()
    return values


def _again(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest
