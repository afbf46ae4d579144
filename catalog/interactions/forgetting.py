"""Removes shoppers from every file: what is rewritten holds no trace of their ids, and what held one is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalog.interactions import parts as parquet
from catalog.interactions.files import LedgerFiles
from catalog.interactions.live import LiveRow
from catalog.interactions.manifest import Forgotten, Manifest, Part
from catalog.interactions.parts import Who


@dataclass(frozen=True)
class Rewritten:
    """Parts without the shoppers, laid aside."""

    gone: tuple[Part, ...]
    coming: tuple[Part, ...]
    rows: int
    """Rows removed."""
    looked_at: frozenset[str]


def rewritten(files: LedgerFiles, parts: Iterable[Part], who: Who) -> Rewritten:
    """Write every part that holds rows of these shoppers anew without them."""
    gone: list[Part] = []
    coming: list[Part] = []
    parts = tuple(parts)
    for part in parts:
        content = files.content(part)
        if not parquet.holds(content, who):
            continue
        gone.append(part)
        table = parquet.without(content, who)
        if table.num_rows:
            coming += [_same_numbers(one, part) for one in files.put(table, part.month)]
    removed = sum(part.rows for part in gone) - sum(part.rows for part in coming)
    return Rewritten(tuple(gone), tuple(coming), removed, frozenset(part.name for part in parts))


def without(files: LedgerFiles, manifest: Manifest, who: Who, aside: Rewritten) -> tuple[Manifest, int]:
    """Return the manifest without the shoppers and the rows removed in all; call under the append lock."""
    late = rewritten(files, [part for part in manifest.parts if part.name not in aside.looked_at], who)
    manifest = manifest.without_parts((*aside.gone, *late.gone), (*aside.coming, *late.coming))
    segments, removed = [], 0
    for name in manifest.segments:
        rows, _ = files.segment(name).since(0)
        kept = [one for one in rows if not _theirs(one, who)]
        torn = files.segment(name).size() != files.segment(name).since(0)[1]
        segments.append(name if len(kept) == len(rows) and not torn else files.fresh_segment(kept))
        removed += len(rows) - len(kept)
    return replace(manifest, segments=tuple(segments)), removed + aside.rows + late.rows


def remembered(manifest: Manifest, mark: str, source: str, at: datetime, after: int) -> Manifest:
    """Return the manifest with a note of who was forgotten, so that servers follow and old exports stay out."""
    fresh = Forgotten(mark, source, at, after + 1)
    kept: Sequence[Forgotten] = [
        one for one in manifest.forgotten if one.mark != mark or (source and one.source != source)
    ]
    return replace(manifest, forgotten=(*kept, fresh), number=fresh.number)


def _theirs(one: LiveRow, who: Who) -> bool:
    sources = who.get(one.row.shopper_id)
    return sources is not None and ("" in sources or one.row.source in sources)


def _same_numbers(coming: Part, gone: Part) -> Part:
    return replace(coming, base=gone.base, last=coming.last + gone.base)
