"""Columns of a table file, Parquet or CSV (also gzipped), whatever types their writer chose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PARQUET_MAGIC = b"PAR1"


class TableError(ValueError):
    """The file cannot be used; says which column or row and what to do."""


def read_columns(path: Path, needed: Sequence[str], wished: Sequence[str] = ()) -> dict[str, Any]:
    """Read the needed columns and, where there, the wished ones, each as one Arrow array.

    CSV columns come as text, so that an id such as 00123 stays what it is.

    Raises:
        TableError: no such file, not a table, or a needed column is missing.
    """
    try:
        with path.open("rb") as file:
            parquet = file.read(4) == PARQUET_MAGIC
        names = _parquet_names(path) if parquet else _csv_names(path)
    except OSError as error:
        raise TableError(f"{path}: {error.strerror or error}. Name a Parquet or CSV file.") from error
    missing = [name for name in needed if name not in names]
    if missing:
        raise TableError(
            f"{path.name}: no column {', '.join(missing)}; it has {', '.join(names) or 'none'}. "
            f"Rename or add: {', '.join(needed)} are needed."
        )
    wanted = [*needed, *(name for name in wished if name in names)]
    table = _read_parquet(path, wanted) if parquet else _read_csv(path, wanted)
    return {name: table[name].combine_chunks() for name in wanted}


def _parquet_names(path: Path) -> list[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return list(pq.read_schema(path).names)
    except pa.ArrowInvalid as error:
        raise TableError(f"{path.name}: {error}. Write the Parquet file anew.") from error


def _csv_names(path: Path) -> list[str]:
    import pyarrow as pa
    from pyarrow import csv

    try:
        with pa.input_stream(str(path), compression="detect") as stream:
            head = stream.read(1 << 16).split(b"\n", 1)[0] + b"\n"
        return list(csv.read_csv(pa.BufferReader(head.removeprefix(b"\xef\xbb\xbf"))).column_names)
    except pa.ArrowInvalid as error:
        raise TableError(f"{path.name}: {error}. It must be Parquet, or CSV with a line of column names.") from error


def _read_parquet(path: Path, wanted: list[str]) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path, columns=wanted)
    except pa.ArrowInvalid as error:
        raise TableError(f"{path.name}: {error}. Write the Parquet file anew.") from error


def _read_csv(path: Path, wanted: list[str]) -> Any:
    import pyarrow as pa
    from pyarrow import csv

    convert = csv.ConvertOptions(
        column_types=dict.fromkeys(wanted, pa.string()), include_columns=wanted, strings_can_be_null=True
    )
    try:
        return csv.read_csv(path, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=convert)
    except pa.ArrowInvalid as error:
        raise TableError(f"{path.name}: {error}. Mend that row, or write the file anew as Parquet.") from error


def as_ids(column: Any) -> tuple[list[str | None], NDArray[np.int64]]:
    """Return the distinct ids as text, and for each row the position of its id; None and blanks are one entry.

    17850, 17850.0 (how a column of whole numbers with gaps is often written) and "17850" are the same id.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type))
        whole = pc.all(pc.equal(column, pc.round(column))).as_py()
        column = column.cast(pa.int64()) if whole is not False else column
    coded = column.cast(pa.large_string()).dictionary_encode(null_encoding="encode")
    texts = [text.strip() or None if text is not None else None for text in coded.dictionary.to_pylist()]
    said = [text for text in texts if text is not None]
    if said and all(text.endswith(".0") and text[:-2].lstrip("-").isdigit() for text in said):
        texts = [text and text[:-2] for text in texts]
    return texts, coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def as_moments(column: Any, where: str) -> NDArray[np.int64]:
    """Return microseconds since 1970 UTC, the least integer where there is none; a time without a zone is taken as UTC.

    Numbers are days written as 20111014 where all are such, else seconds, milli-, micro- or nanoseconds since 1970 by
    their size; so positions in a sequence (1, 2, 3) keep their order.

    Raises:
        TableError: a text is no ISO 8601 date or time.
    """
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        whole = column.cast(pa.timestamp("us", tz=getattr(kind, "tz", None)), safe=False).cast(pa.int64())
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return _from_numbers(column.cast(pa.float64()).to_numpy(zero_copy_only=False))
    else:
        return _from_texts(column, where)
    found = np.asarray(whole.fill_null(NO_MOMENT).to_numpy(zero_copy_only=False), dtype=np.int64)
    return np.where(found > LATEST, NO_MOMENT, found)


NO_MOMENT = int(np.iinfo(np.int64).min)
LATEST = 7_258_118_400_000_000
"""2200: what is later stands for "never" (31.12.9999) and is no moment."""


def _from_numbers(numbers: NDArray[np.float64]) -> NDArray[np.int64]:
    finite = numbers[np.isfinite(numbers)]
    like_dates = len(finite) > 0 and ((finite >= 19_000_101) & (finite <= 21_001_231)).all()
    if like_dates and (days := _as_dates(numbers)) is not None:
        return days
    size = np.abs(finite).max(initial=0.0)
    unit = next(factor for bound, factor in ((1e11, 1e6), (1e14, 1e3), (1e17, 1.0), (np.inf, 1e-3)) if size < bound)
    there = np.isfinite(numbers)
    found = np.full(len(numbers), NO_MOMENT, dtype=np.int64)
    found[there] = np.round(numbers[there] * unit).astype(np.int64)
    return found


def _as_dates(numbers: NDArray[np.float64]) -> NDArray[np.int64] | None:
    """Read numbers such as 20111014 as days; None where one is no day of the calendar."""
    import pandas as pd

    there = np.isfinite(numbers)
    parsed = pd.to_datetime(pd.Series(numbers[there].astype(np.int64).astype(str)), format="%Y%m%d", errors="coerce")
    if parsed.isna().any():
        return None
    found = np.full(len(numbers), NO_MOMENT, dtype=np.int64)
    found[there] = parsed.to_numpy(dtype="datetime64[us]").astype(np.int64)
    return found


def _from_texts(column: Any, where: str) -> NDArray[np.int64]:
    import pandas as pd
    import pyarrow as pa

    coded = column.cast(pa.large_string()).dictionary_encode(null_encoding="encode")
    texts = pd.Series([text.strip() or None if text else None for text in coded.dictionary.to_pylist()], dtype="object")
    said = texts.dropna()
    if len(said) and said.str.fullmatch(r"\d{9,}(\.\d+)?").all():  # a CSV's numbers
        values = _from_numbers(pd.to_numeric(texts).to_numpy(dtype=np.float64))
        return np.asarray(values[coded.indices.to_numpy(zero_copy_only=False)], dtype=np.int64)
    parsed = pd.to_datetime(texts, format="ISO8601", utc=True, errors="coerce")
    if (unread := texts[parsed.isna() & texts.notna()]).any():
        raise TableError(
            f"{where}: column at: {str(unread.iloc[0])[:40]!r} is no ISO 8601 date or time. "
            "Write moments as 2011-10-14 or 2011-10-14T08:26:00Z."
        )
    if not len(parsed):
        return np.empty(0, dtype=np.int64)
    values = parsed.to_numpy(dtype="datetime64[us]").astype(np.int64)  # NaT is the least integer
    return np.asarray(values[coded.indices.to_numpy(zero_copy_only=False)], dtype=np.int64)


def as_numbers(column: Any, where: str, name: str) -> NDArray[np.float64]:
    """Return numbers, not-a-number where there is none.

    Raises:
        TableError: a text is no number.
    """
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        texts = (text.strip() if text else "" for text in column.to_pylist())
        column = pa.array([text or None for text in texts], pa.string())
    try:
        numbers = column.cast(pa.float64(), safe=False)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise TableError(f"{where}: column {name}: {error}. Write plain numbers such as 4.95.") from error
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64)
