"""Single appends: a few rows at a time, on the disk when the call returns, seen by servers in their next turn."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from catalog.interactions import parts as parquet
from catalog.interactions.door import Door
from catalog.interactions.files import LedgerFiles
from catalog.interactions.identity import Identity
from catalog.interactions.live import numbered
from catalog.interactions.manifest import Manifest
from catalog.interactions.parts import Longs
from catalog.interactions.rows import Row

CLOCKS_APART = timedelta(days=2)
"""A message sent again may tell its time a little differently; farther off in another month it counts as another."""


class Writer:
    """Appends to the open segment (at an address: as a small part); every method runs under the append lock."""

    def __init__(self, files: LedgerFiles) -> None:
        self._files = files
        self._segments: tuple[str, ...] = ()
        self._whole: list[int] = []
        """Bytes of whole lines read of each segment."""
        self._marks: set[int] = set()
        self._newest = 0

    def caught_up(self) -> Manifest:
        """Learn what other writers appended since; return the manifest, founded where there was none."""
        manifest = self._files.founded() if self._files.folder is None else self._files.manifest()
        if not manifest.key:
            manifest = self._files.founded()
        if self._segments != manifest.segments[: len(self._segments)]:  # compacted, or rewritten without somebody
            self._whole, self._marks, self._newest = [], set(), 0
        self._segments = manifest.segments
        self._whole += [0] * (len(self._segments) - len(self._whole))
        for at, name in enumerate(self._segments):
            segment = self._files.segment(name)
            if segment.size() != self._whole[at]:
                rows, self._whole[at] = segment.since(self._whole[at])
                self._marks.update(one.mark for one in rows)
                self._newest = max(self._newest, rows[-1].number if rows else 0)
        return manifest

    def newest(self, manifest: Manifest) -> int:
        """Return the greatest number given out; call it after :meth:`caught_up`."""
        return max(manifest.number, self._newest)

    @property
    def marks(self) -> Set[int]:
        """Marks of the rows in the segments; not to be changed."""
        return self._marks

    def append(self, rows: Sequence[Row], manifest: Manifest, door: Door, identity: Identity) -> None:
        """Keep the rows that are let in and new."""
        fresh = self._fresh(rows, manifest, door, identity)
        if not fresh:
            return
        after = self.newest(manifest)
        if self._files.folder is None:
            self._as_parts(fresh, after, manifest)
            return
        if not self._segments:
            self._segments, self._whole = (self._files.fresh_segment(),), [0]
            self._files.commit(manifest, replace(manifest, segments=self._segments))
        live = list(numbered(fresh, after))
        self._whole[-1] = self._files.segment(self._segments[-1]).append(live, self._whole[-1])
        self._marks.update(one.mark for one in live)
        self._newest = live[-1].number

    def _fresh(self, rows: Sequence[Row], manifest: Manifest, door: Door, identity: Identity) -> list[tuple[int, Row]]:
        fresh: dict[int, Row] = {}
        for row in rows:
            if not door.lets_in(row):
                continue
            mark = identity.of_row(row)
            if mark in fresh or mark in self._marks or self._is_kept(mark, row, manifest):
                door.doubled += 1
            else:
                fresh[mark] = row
        door.accepted += len(fresh)
        return list(fresh.items())

    def _is_kept(self, mark: int, row: Row, manifest: Manifest) -> bool:
        """Tell whether the parts of the row's month hold it, or of the next month where that is near."""
        months = {month(row.at + off) for off in (-CLOCKS_APART, timedelta(), CLOCKS_APART)}
        return any(_has(self._files.marks(part), mark) for part in manifest.parts if part.month in months)

    def _as_parts(self, fresh: Sequence[tuple[int, Row]], after: int, manifest: Manifest) -> None:
        numbers = range(after + 1, after + 1 + len(fresh))
        table = parquet.table_of([row for _, row in fresh], [mark for mark, _ in fresh], numbers)
        coming = [part for of, piece in parquet.months_of(table) for part in self._files.put(piece, of)]
        self._files.commit(manifest, replace(manifest, parts=(*manifest.parts, *coming), number=numbers[-1]))


def month(at: datetime) -> str:
    """Return the month a row of this time is kept under."""
    return f"{at.astimezone(timezone.utc):%Y-%m}"


def _has(marks: Longs, mark: int) -> bool:
    at = int(marks.searchsorted(mark))
    return at < len(marks) and int(marks[at]) == mark
