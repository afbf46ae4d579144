"""Removes shoppers from every file: what is rewritten holds no trace of their ids, and what held one is deleted."""

from __future__ import annotations

from collections.abc import Iterable
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
    held: frozenset[tuple[str, str]]
    """Shoppers and sources there were rows of."""
    looked_at: frozenset[str]


def rewritten(files: LedgerFiles, parts: Iterable[Part], who: Who) -> Rewritten:
    """Write every part that holds rows of these shoppers anew without them."""
    gone: list[Part] = []
    coming: list[Part] = []
    held: set[tuple[str, str]] = set()
    parts = tuple(parts)
    for part in parts:
        content = files.content(part)
        theirs = parquet.held(content, who)
        if not theirs:
            continue
        held |= theirs
        gone.append(part)
        table = parquet.without(content, who)
        if table.num_rows:
            coming += [_same_numbers(one, part) for one in files.put(table, part.month)]
    removed = sum(part.rows for part in gone) - sum(part.rows for part in coming)
    return Rewritten(tuple(gone), tuple(coming), removed, frozenset(held), frozenset(part.name for part in parts))


def held(files: LedgerFiles, manifest: Manifest, who: Who) -> set[tuple[str, str]]:
    """Return of which of these shoppers and sources there are rows; raises Moved."""
    found = {(one.row.shopper_id, one.row.source) for one in files.live_rows(manifest) if _theirs(one, who)}
    return found.union(*(parquet.held(files.content(part), who) for part in manifest.parts))


def without(
    files: LedgerFiles, manifest: Manifest, who: Who, aside: Rewritten
) -> tuple[Manifest, int, set[tuple[str, str]]]:
    """Return the manifest without the shoppers, the rows removed in all, and of whom; call under the append lock."""
    late = rewritten(files, [part for part in manifest.parts if part.name not in aside.looked_at], who)
    manifest = manifest.without_parts((*aside.gone, *late.gone), (*aside.coming, *late.coming))
    segments, removed, found = [], 0, {*aside.held, *late.held}
    for name in manifest.segments:
        rows, _ = files.segment(name).since(0)
        kept = [one for one in rows if not _theirs(one, who)]
        torn = files.segment(name).size() != files.segment(name).since(0)[1]
        segments.append(name if len(kept) == len(rows) and not torn else files.fresh_segment(kept))
        removed += len(rows) - len(kept)
        found |= {(one.row.shopper_id, one.row.source) for one in rows if _theirs(one, who)}
    return replace(manifest, segments=tuple(segments)), removed + aside.rows + late.rows, found


def remembered(manifest: Manifest, who: Iterable[tuple[str, str, bool]], at: datetime, after: int) -> Manifest:
    """Return the manifest with notes of who was forgotten, so that servers follow and old exports stay out.

    ``who``: mark, source, and whether there was anything to forget. Where there was nothing, an earlier note goes on to
    say what servers and models must do.
    """
    who = tuple(who)
    whole = {mark for mark, source, _ in who if not source}
    kept = {(one.mark, one.source): one for one in manifest.forgotten if one.mark not in whole}
    number = after
    for mark, source, held in who:
        before = kept.pop((mark, source), None)
        if before is not None and not held:
            kept[mark, source] = replace(before, at=at)
            continue
        number += 1
        kept[mark, source] = Forgotten(mark, source, at, number, held)
    return replace(manifest, forgotten=tuple(kept.values()), number=number)


def _theirs(one: LiveRow, who: Who) -> bool:
    sources = who.get(one.row.shopper_id)
    return sources is not None and ("" in sources or one.row.source in sources)


def _same_numbers(coming: Part, gone: Part) -> Part:
    return replace(coming, base=gone.base, last=coming.last + gone.base)
