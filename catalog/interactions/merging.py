"""Small parts of a month become few large ones, and the rows of single appends become parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalog.interactions import parts as parquet
from catalog.interactions.files import LedgerFiles
from catalog.interactions.live import LiveRow
from catalog.interactions.manifest import Manifest, Part

_FEWEST = 4
"""So many small parts of a month are worth rewriting."""


def merged(files: LedgerFiles, month: str, parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Write the small parts of a month anew as full ones; return which go and which come, neither yet listed."""
    import pyarrow as pa

    small = [part for part in parts if _is_small(part)]
    gone: list[Part] = []
    coming: list[Part] = []
    while len(small) >= _FEWEST:
        batch: list[Part] = []
        while small and sum(part.rows for part in (*batch, small[0])) <= parquet.ROWS_IN_A_PART:
            batch.append(small.pop(0))
        coming += files.put(pa.concat_tables([files.absolute(part) for part in batch]), month)
        gone += batch
    return gone, coming


def as_parts(files: LedgerFiles, rows: Sequence[LiveRow]) -> list[Part]:
    """Write rows of segments as parts, not yet listed."""
    if not rows:
        return []
    table = parquet.table_of([one.row for one in rows], [one.mark for one in rows], [one.number for one in rows])
    return [part for month, piece in parquet.months_of(table) for part in files.put(piece, month)]


def compacted(files: LedgerFiles, manifest: Manifest, segments: Sequence[str]) -> tuple[list[Part], list[Part]]:
    """Write the rows of closed segments and the small parts anew; return which parts go and which come."""
    fresh = as_parts(files, files.live_rows(replace(manifest, segments=tuple(segments))))
    gone: list[Part] = []
    coming: list[Part] = []
    for month in sorted({part.month for part in (*manifest.parts, *fresh)}):
        mine = [*manifest.of_month(month), *(part for part in fresh if part.month == month)]
        out, into = merged(files, month, mine)
        for part in out:
            if part in fresh:
                files.remove(part.name)
        gone += [part for part in out if part not in fresh]
        coming += [*(part for part in mine if part in fresh and part not in out), *into]
    return gone, coming


def worth_compacting(manifest: Manifest, most: int) -> bool:
    """Tell whether a month has more small parts than ``most``: at an address every append makes one."""
    return max(Counter(part.month for part in manifest.parts if _is_small(part)).values(), default=0) > most


def _is_small(part: Part) -> bool:
    return part.rows < parquet.ROWS_IN_A_PART // 2


def numbers_after(parts: Iterable[Part], number: int) -> list[Part]:
    """Return the parts that may hold rows with a greater number."""
    return [part for part in parts if part.last > number]
