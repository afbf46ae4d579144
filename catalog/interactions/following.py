"""What came since: how servers feel an interaction in the next turn without reading the ledger again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from catalog.interactions import parts as parquet
from catalog.interactions.files import LedgerFiles, Moved
from catalog.interactions.live import LiveRow
from catalog.interactions.manifest import Forgotten, Part
from catalog.interactions.merging import numbers_after
from catalog.interactions.records import KINDS
from catalog.interactions.rows import Row

MOST_FOLLOWED = 10_000
"""With more rows since a mark (an import) following makes no sense: they are felt with the next fit."""
Kinds = Collection[str] | None


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has followed the ledger; after a fit ``Mark(interactions.number)``."""

    number: int
    most: int = MOST_FOLLOWED
    """With 0 only who was forgotten is told."""
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
    """At least so many rows came at once (an import) and wait for the next fit; ``rows`` is empty then."""

    def __bool__(self) -> bool:
        """Tell whether anything came."""
        return bool(self.rows or self.forgotten or self.left_out)


class Follower:
    """Reads what is new; raises Moved where the ledger changes under its hands."""

    def __init__(self, files: LedgerFiles) -> None:
        self._files = files

    def since(self, mark: Mark, kinds: Kinds = None) -> Live:
        """Return what came since a mark, of these kinds (None: of all), and the mark to go on from."""
        stamp = self._files.stamp()
        if stamp is not None and stamp == mark.stamp:
            if not mark.segment or self._files.segment(mark.segment).size() == mark.offset:
                return Live(mark)
            fresh, offset = self._read(mark.segment, mark.offset)
            number = fresh[-1].number if fresh else mark.number
            rows = tuple(one.row for one in fresh if kinds is None or one.row.kind in kinds)
            return self._within(mark, rows, Mark(number, mark.most, stamp, mark.segment, offset))
        return self._anew(mark, stamp, kinds)

    def _anew(self, mark: Mark, stamp: object, kinds: Kinds) -> Live:
        manifest = self._files.manifest()
        segment, offset, live = "", 0, []
        for segment in manifest.segments:
            found, offset = self._read(segment, 0)
            live += found
        number = max([manifest.number, *(one.number for one in live)])
        upto = Mark(number, mark.most, stamp, segment, offset)
        forgotten = tuple(one for one in manifest.forgotten if one.number > mark.number and one.held)
        if mark.most == 0:
            return Live(upto, (), forgotten)
        rows = [
            (one.number, one.row)
            for one in live
            if one.number > mark.number and (kinds is None or one.row.kind in kinds)
        ]
        for part in numbers_after(manifest.parts, mark.number):
            if len(rows) > mark.most:
                break
            count, coming = self._of_part(part, mark.number, kinds, mark.most - len(rows))
            if coming is None:
                return Live(upto, (), forgotten, len(rows) + count)
            rows += coming
        if len(rows) > mark.most:
            return Live(upto, (), forgotten, len(rows))
        return Live(upto, tuple(row for _, row in sorted(rows, key=lambda pair: pair[0])), forgotten)

    def _of_part(self, part: Part, number: int, kinds: Kinds, most: int) -> tuple[int, list[tuple[int, Row]] | None]:
        """Return how many rows of a part are new, and the rows unless they are more than ``most``."""
        content = self._files.content(part)
        told = parquet.read(content, ("kind", "number"))
        fresh = told["number"].to_numpy() > number - part.base
        if kinds is not None:
            fresh &= np.isin(told["kind"].to_numpy(), [KINDS.index(kind) for kind in kinds])
        count = int(fresh.sum())
        if count == 0 or count > most:
            return count, [] if count == 0 else None
        table = parquet.read(content, parquet.schema().names).filter(fresh)
        return count, [(part.base + at, row) for at, row in parquet.rows_of(table)]

    def _within(self, mark: Mark, rows: tuple[Row, ...], upto: Mark) -> Live:
        return Live(upto, rows) if len(rows) <= mark.most else Live(upto, (), (), len(rows))

    def _read(self, segment: str, offset: int) -> tuple[list[LiveRow], int]:
        try:
            return self._files.segment(segment).since(offset)
        except FileNotFoundError as error:
            raise Moved(segment) from error
