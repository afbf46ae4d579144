"""Interactions as tables: CSV, or Parquet by row groups, one row an interaction."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError
from catalog.interactions.columns import SoundRows, sound_rows
from catalog.interactions.moments import BadMoment, moment
from catalog.interactions.rows import BadRow, Row, checked, refused

NEEDED = ("shopper_id", "product_id", "at")
KNOWN = (*NEEDED, "kind", "quantity", "source", "message_id", "group_id", "rank", "propensity")
_OTHER_NAMES = {"order_id": "group_id", "messageid": "message_id"}
_MOST_GROUP_BYTES = 4 << 30
_ROWS_AT_ONCE = 20_000
_MOST_EXACT = 2**53
"""Whole numbers beyond it are not told apart by a float."""
_TICKS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_FIRST_SECOND, _END_SECOND = -62_135_596_800, 253_402_300_800
"""Of the years 1 to 9999, counted from 1970."""
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


def read_parquet(path: Path, source: str, now: datetime) -> Iterator[Row | Rejection | SoundRows]:
    """Read a Parquet file row group by row group; rows are counted from 1. Sound ones come many at once."""
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
            sound = sound_rows({name: batch.column(named[name]) for name in wanted}, source, now)
            if sound is not None:
                number += len(sound)
                yield sound
                continue
            lists = [_plain(batch.column(named[name])) for name in wanted]
            for values in zip(*lists, strict=True):
                number += 1
                yield _row(number, dict(zip(wanted, values, strict=True)), source, now)
    except (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError) as error:
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
        return _text(name, values.get(name))

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


def _text(name: str, found: Any) -> str:
    """Return an id as text; in a column of numbers with a gap 17850 is 17850.0, and the gap NaN."""
    if found is None or found != found:
        return ""
    if isinstance(found, (float, Decimal)):
        if not float(found).is_integer() or abs(float(found)) > _MOST_EXACT:
            raise BadRow(name, found, "not_text", f"write the {name} as text, or as a whole number")
        return str(int(found))
    return str(found)


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
    if found is None or found == "" or found != found:  # NaN: a table's gap
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
        return _moments(column)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        column = column.cast(pa.string())
    if pa.types.is_nested(kind) or pa.types.is_boolean(kind):
        column = column.cast(pa.string()) if pa.types.is_boolean(kind) else pa.nulls(len(column), pa.string())
    values: list[Any] = column.to_pylist()
    return values


def _moments(column: Any) -> list[Any]:
    """Return times; those no calendar of ours has as text, so that their row is refused and the others are not."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if kind == pa.date32():
        unit, ticks = "s", pc.multiply(column.cast(pa.int32()).cast(pa.int64()), 86_400)
    else:
        unit, ticks = ("ms" if kind == pa.date64() else kind.unit), column.cast(pa.int64())
    a_second = _TICKS[unit]
    sound = pc.and_(
        pc.greater_equal(ticks, _FIRST_SECOND * a_second if unit != "ns" else -(2**63)),
        pc.less(ticks, min(_END_SECOND * a_second, 2**63 - 1)),
    )
    kept = pc.if_else(sound, ticks, pa.scalar(None, pa.int64()))
    micros = pc.divide(kept, 1000) if unit == "ns" else pc.multiply(kept, 1_000_000 // a_second)
    found: list[Any] = micros.cast(pa.timestamp("us", "UTC")).to_pylist()
    if pc.all(sound, min_count=0).as_py():
        return found
    told = ticks.to_pylist()
    return [f"{told[at]} {unit}" if one is None and told[at] is not None else one for at, one in enumerate(found)]


def _again(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest
