"""Rows of a Parquet file judged by whole columns: the same rules as row by row, a fifth of the time.

Where anything about a batch asks for a closer look (a rule broken, an unusual type), all of it is read row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.interactions import parts as parquet
from catalog.interactions.door import Door
from catalog.interactions.identity import Identity
from catalog.interactions.records import BOUGHT, KINDS
from catalog.interactions.rows import AHEAD, EARLIEST, LONGEST_ID, LONGEST_SOURCE, MOST_PIECES, NOBODY

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICRO = timedelta(microseconds=1)
_TICKS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Coded:
    """A column of text: each value once, and which of them every row has."""

    values: Sequence[str]
    codes: Codes

    def __getitem__(self, kept: Any) -> Coded:
        return Coded(self.values, self.codes[kept])

    def texts(self) -> list[str]:
        """Return the text of every row."""
        return [self.values[code] for code in self.codes.tolist()]

    def array(self) -> Any:
        """Return the column as Arrow's."""
        import pyarrow as pa

        return pa.array(list(self.values), pa.string()).take(pa.array(self.codes))


@dataclass(frozen=True)
class SoundRows:
    """Rows that keep every rule of :func:`catalog.interactions.rows.checked`, as parallel columns."""

    shopper: Coded
    product: Coded
    source: Coded
    message: Coded
    group: Coded
    kind: NDArray[np.uint8]
    at: NDArray[np.int64]
    """Microseconds since 1970."""
    quantity: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.at)

    def let_in(self, door: Door) -> SoundRows:
        """Return those that are consented to and not of somebody forgotten; the door counts the others."""
        pair = self.shopper.codes * len(self.source.values) + self.source.codes
        pairs, which = np.unique(pair, return_inverse=True)
        allowed, until = np.ones(len(pairs), dtype=np.bool_), np.full(len(pairs), np.iinfo(np.int64).min)
        for at, each in enumerate(pairs.tolist()):
            shopper, source = divmod(each, len(self.source.values))
            allowed[at], last = door.word_on(self.shopper.values[shopper], self.source.values[source])
            if last is not None:
                until[at] = (last - _EPOCH) // _MICRO
        refused = ~allowed[which]
        of_forgotten = ~refused & (self.at <= until[which])
        for source, count in enumerate(np.bincount(self.source.codes[refused], minlength=len(self.source.values))):
            door.refuse(self.source.values[source], int(count))
        door.of_forgotten += int(of_forgotten.sum())
        return self._where(~refused & ~of_forgotten)

    def table(self, identity: Identity, numbers: range) -> Any:
        """Lay them out as :func:`catalog.interactions.parts.table_of` does."""
        import pyarrow as pa

        schema, size = parquet.schema(), len(self)
        columns = {
            "shopper_id": self.shopper.array(),
            "product_id": self.product.array(),
            "kind": pa.array(self.kind),
            "at": pa.array(self.at).cast(pa.timestamp("us", "UTC")),
            "quantity": pa.array(self.quantity.astype(np.float32)),
            "source": self.source.array(),
            "group_id": self.group.array(),
            "mark": pa.array(identity.of_columns(self._told())),
            "number": pa.array(np.arange(numbers.start, numbers.stop)),
        }
        return pa.table([columns.get(each.name, pa.nulls(size, each.type)) for each in schema], schema)

    def _told(self) -> list[tuple[str, ...]]:
        """Return of every row what makes it the same row, as :meth:`Identity.of_row` has it."""
        kinds = [KINDS[code] for code in self.kind.tolist()]
        rows = zip(
            self.shopper.texts(), self.product.texts(), kinds, _each_once(self.at, lambda micros: str(micros / 10**6)),
            _each_once(self.quantity, str), self.source.texts(), self.group.texts(), strict=True,
        )  # fmt: skip
        if not any(self.message.values):
            return list(rows)
        return [(said, row[1], row[2]) if said else row for said, row in zip(self.message.texts(), rows, strict=True)]

    def _where(self, kept: NDArray[np.bool_]) -> SoundRows:
        if kept.all():
            return self
        return SoundRows(
            self.shopper[kept], self.product[kept], self.source[kept], self.message[kept], self.group[kept],
            self.kind[kept], self.at[kept], self.quantity[kept],
        )  # fmt: skip


def sound_rows(columns: Mapping[str, Any], source: str, now: datetime) -> SoundRows | None:
    """Return the rows of a batch (Arrow arrays by the names of the ledger); None where it needs a closer look.

    ``source`` counts where a row names none.
    """
    size = len(columns["at"])
    if any(name in columns and columns[name].null_count < size for name in ("rank", "propensity")):
        return None
    at, quantity, kind = _micros(columns["at"], now), _quantities(columns.get("quantity"), size), _text(columns, "kind")
    told = _text(columns, "source", source)
    shopper, product, message, group = (
        _text(columns, name) for name in ("shopper_id", "product_id", "message_id", "group_id")
    )
    if at is None or quantity is None or not (shopper and product and kind and told and message and group):
        return None
    codes = [KINDS.index(each) if each in KINDS else -1 for each in (one.casefold() for one in kind.values)]
    codes = [BOUGHT if not one else code for one, code in zip(kind.values, codes, strict=True)]
    sound = (
        all(_is_name(one, LONGEST_ID) for column in (shopper, product) for one in column.values)
        and all(_is_name(one, LONGEST_SOURCE) for one in told.values)
        and all(not one or _is_name(one, 3 * LONGEST_ID) for column in (message, group) for one in column.values)
        and NOBODY.isdisjoint(shopper.values)
        and min(codes, default=0) >= 0
    )
    if not sound:
        return None
    kinds = np.array(codes, dtype=np.uint8)[kind.codes] if codes else np.empty(0, np.uint8)
    return SoundRows(shopper, product, told, message, group, kinds, at, quantity)


def _text(columns: Mapping[str, Any], name: str, otherwise: str = "") -> Coded | None:
    """Return a column of text, or of whole numbers as text; ``otherwise`` where a row has none. None: look closer."""
    import pyarrow as pa

    column = columns.get(name)
    if column is None:
        return Coded([otherwise], np.zeros(len(columns["at"]), dtype=np.int64))
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_integer(column.type):
        column = column.cast(pa.string())
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return None
    encoded = column.fill_null("").dictionary_encode()
    values = [one or otherwise for one in encoded.dictionary.to_pylist()]
    return Coded(values, encoded.indices.to_numpy().astype(np.int64))


def _micros(column: Any, now: datetime) -> NDArray[np.int64] | None:
    """Return days or times as microseconds since 1970, none of them missing or out of bounds."""
    import pyarrow as pa

    kind = column.type
    if column.null_count or not (kind == pa.date32() or pa.types.is_timestamp(kind)):
        return None
    if kind == pa.date32():
        seconds, per_second = 86_400, 1
        ticks = column.cast(pa.int32()).to_numpy().astype(np.int64)
    else:
        seconds, per_second = 1, _TICKS[kind.unit]
        ticks = column.cast(pa.int64()).to_numpy()
    first, last = (EARLIEST - _EPOCH) // _MICRO, (now + AHEAD - _EPOCH) // _MICRO
    coarse = (last // 10**6 // seconds + 1) * per_second  # before multiplying: a far time must not overflow
    if len(ticks) and (ticks.min() < 0 or ticks.max() > coarse):
        return None
    micros = ticks // 1000 if per_second == _TICKS["ns"] else ticks * (seconds * 10**6 // per_second)
    return None if len(micros) and (micros.min() < first or micros.max() > last) else micros


def _quantities(column: Any, size: int) -> NDArray[np.float64] | None:
    import pyarrow as pa

    if column is None:
        return np.ones(size)
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        return None
    found = column.to_numpy(zero_copy_only=False).astype(np.float64)
    found = np.where(np.isnan(found), 1.0, found)  # none told
    sound = np.isfinite(found) & (found != 0) & (np.abs(found) <= MOST_PIECES)
    return found if sound.all() else None


def _is_name(value: str, longest: int) -> bool:
    """Tell whether :func:`catalog.interactions.rows.checked` takes this for an id."""
    return 0 < len(value) <= longest and value.isprintable() and value == value.strip()


def _each_once(values: NDArray[Any], told: Any) -> list[str]:
    """Return the text of every value, made once for each that differs."""
    found, which = np.unique(values, return_inverse=True)
    texts = [told(one) for one in found.tolist()]
    return [texts[at] for at in which.tolist()]
