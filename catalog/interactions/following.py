"""What came since: how servers feel an interaction in the next turn without reading the ledger again."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.interactions import parts as parquet
from catalog.interactions.files import LedgerFiles, Moved
from catalog.interactions.live import LiveRow
from catalog.interactions.manifest import Forgotten, Manifest
from catalog.interactions.merging import numbers_after
from catalog.interactions.rows import Row

MOST_FOLLOWED = 10_000
"""With more rows since a mark (an import) following makes no sense: they are felt with the next fit."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has followed the ledger; after a fit ``Mark(interactions.number)``."""

    number: int
    most: int = MOST_FOLLOWED
    stamp: object = field(default=None, repr=False)
    """Of the manifest that was read; with the next two it makes "nothing new" cost two looks at the disk."""
    segment: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Live:
    """What came since a mark. Forget first, then take the rows in: rows of somebody forgotten came after."""

    mark: Mark
    rows: tuple[Row, ...] = ()
    forgotten: tuple[Forgotten, ...] = ()
    left_out: int = 0
    """More than this many rows came at once (at most; an import) and wait for the next fit; ``rows`` is empty then."""

    def __bool__(self) -> bool:
        """Tell whether anything came."""
        return bool(self.rows or self.forgotten or self.left_out)


class Follower:
    """Reads what is new; raises Moved where the ledger changes under its hands."""

    def __init__(self, files: LedgerFiles) -> None:
        self._files = files

    def since(self, mark: Mark) -> Live:
        """Return what came since a mark, and the mark to go on from."""
        stamp = self._files.stamp()
        if stamp is not None and stamp == mark.stamp:
            if not mark.segment or self._files.segment(mark.segment).size() == mark.offset:
                return Live(mark)
            fresh, offset = self._read(mark.segment, mark.offset)
            number = fresh[-1].number if fresh else mark.number
            rows = tuple(one.row for one in fresh)
            return self._within(mark, rows, Mark(number, mark.most, stamp, mark.segment, offset))
        return self._anew(mark, stamp)

    def _anew(self, mark: Mark, stamp: object) -> Live:
        manifest = self._files.manifest()
        segment, offset, live = "", 0, []
        for segment in manifest.segments:
            found, offset = self._read(segment, 0)
            live += found
        number = max([manifest.number, *(one.number for one in live)])
        upto = Mark(number, mark.most, stamp, segment, offset)
        forgotten = tuple(one for one in manifest.forgotten if one.number > mark.number)
        since = number - mark.number - len(forgotten)
        if since > mark.most:
            return Live(upto, (), forgotten, since)
        rows = [(one.number, one.row) for one in live if one.number > mark.number]
        rows += self._of_parts(manifest, mark.number)
        return Live(upto, tuple(row for _, row in sorted(rows, key=lambda pair: pair[0])), forgotten)

    def _of_parts(self, manifest: Manifest, number: int) -> list[tuple[int, Row]]:
        found = []
        for part in numbers_after(manifest.parts, number):
            table = parquet.read(self._files.content(part), parquet.schema().names)
            fresh = table.filter(table["number"].to_numpy() > number - part.base)
            found += [(part.base + at, row) for at, row in parquet.rows_of(fresh)]
        return found

    def _within(self, mark: Mark, rows: tuple[Row, ...], upto: Mark) -> Live:
        return Live(upto, rows) if len(rows) <= mark.most else Live(upto, (), (), len(rows))

    def _read(self, segment: str, offset: int) -> tuple[list[LiveRow], int]:
        try:
            return self._files.segment(segment).since(offset)
        except FileNotFoundError as error:
            raise Moved(segment) from error
