"""Imports of any size: rows are laid aside as parts month by month, and become part of the ledger in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from catalog.interactions import parts as parquet
from catalog.interactions.columns import SoundRows
from catalog.interactions.door import Door
from catalog.interactions.files import LedgerFiles
from catalog.interactions.identity import Identity
from catalog.interactions.manifest import Manifest, Part
from catalog.interactions.merging import merged
from catalog.interactions.parts import Longs
from catalog.interactions.rows import Row

ROWS_HELD = 1_000_000
"""Most rows in memory (about 100 bytes each) before they are laid aside."""

_NONE = np.empty(0, dtype=np.int64)


class Bulk:
    """One import.

    Killed before :meth:`published` it changed nothing; the next writer sweeps away what it laid aside.
    """

    def __init__(self, files: LedgerFiles, door: Door, identity: Identity, manifest: Manifest) -> None:
        self._files, self._door, self._identity = files, door, identity
        self._before = manifest
        self._held: dict[str, list[Any]] = {}
        self._rows_held = self._numbers = 0
        self._aside: dict[str, list[Part]] = {}

    def add(self, rows: Sequence[Row]) -> None:
        """Take rows (some thousand at a time); those let in are held until enough are together."""
        self._door.begin()
        kept = [row for row in rows if self._door.lets_in(row)]
        if not kept:
            return
        self._hold(parquet.table_of(kept, [self._identity.of_row(row) for row in kept], self._numbered(len(kept))))

    def add_sound(self, rows: SoundRows) -> None:
        """Take rows that came as whole columns."""
        self._door.begin()
        kept = rows.let_in(self._door)
        if len(kept):
            self._hold(kept.table(self._identity, self._numbered(len(kept))))

    def _numbered(self, count: int) -> range:
        numbers = range(self._numbers, self._numbers + count)
        self._numbers = numbers.stop
        return numbers

    def _hold(self, table: Any) -> None:
        for month, piece in parquet.months_of(table):
            self._held.setdefault(month, []).append(piece)
        self._rows_held += table.num_rows
        if self._rows_held >= ROWS_HELD:
            self._lay_aside()

    def finish(self) -> None:
        """Lay the rest aside and merge small parts; the import is complete but not yet visible."""
        self._lay_aside()
        for month, parts in self._aside.items():
            gone, coming = merged(self._files, month, parts)
            for part in gone:
                self._files.remove(part.name)
            self._aside[month] = [part for part in parts if part not in gone] + coming

    def published(self, manifest: Manifest, after: int, live_marks: Iterable[int]) -> Manifest:
        """Return the manifest with this import in it; call under the append lock.

        ``after`` is the greatest number given out; rows appended while the import ran (``live_marks``, and parts that
        were not there when it began) win over the same rows of the import.
        """
        since = [part for part in manifest.parts if part not in self._before.parts]
        met = np.union1d(
            np.fromiter(live_marks, dtype=np.int64), np.concatenate([_NONE, *map(self._files.marks, since)])
        )
        coming: list[Part] = []
        for month, parts in self._aside.items():
            for part in parts:
                coming += self._without(part, month, met) if len(met) else [part]
        coming = [replace(part, base=part.base + after + 1, last=part.last + after + 1) for part in coming]
        return replace(
            manifest,
            parts=(*manifest.parts, *coming),
            number=max([after, *(part.last for part in coming)]),
        )

    def _lay_aside(self) -> None:
        held, self._held, self._rows_held = self._held, {}, 0
        import pyarrow as pa

        for month in sorted(held):
            aside = self._aside.setdefault(month, [])
            fresh = self._fresh(pa.concat_tables(held.pop(month)), month)
            if fresh.num_rows:
                aside += self._files.put(fresh, month)
                self._door.accepted += fresh.num_rows

    def _fresh(self, table: Any, month: str) -> Any:
        """Drop rows whose mark is known in this month or the ones beside it, and all but the first that share one."""
        marks: Longs = table["mark"].to_numpy()
        first = np.zeros(len(marks), dtype=np.bool_)
        first[np.unique(marks, return_index=True)[1]] = True
        for each in (_beside(month, -1), month, _beside(month, 1)):
            for parts in (self._before.of_month(each), tuple(self._aside.get(each, ()))):
                for part in parts:
                    first &= ~_known(marks, self._files.marks(part))
        self._door.doubled += int((~first).sum())
        return table.filter(first)

    def _without(self, part: Part, month: str, met: Longs) -> list[Part]:
        table = parquet.read(self._files.content(part), parquet.schema().names)
        known = _known(table["mark"].to_numpy(), met)
        if not known.any():
            return [part]
        self._door.doubled += int(known.sum())
        self._door.accepted -= int(known.sum())
        self._files.remove(part.name)
        return self._files.put(table.filter(~known), month) if not known.all() else []


def _beside(month: str, by: int) -> str:
    return str(np.datetime64(month, "M") + by)


def _known(marks: Longs, sorted_marks: Longs) -> Any:
    at = np.searchsorted(sorted_marks, marks)
    inside = at < len(sorted_marks)
    found = np.zeros(len(marks), dtype=np.bool_)
    found[inside] = sorted_marks[at[inside]] == marks[inside]
    return found
