"""What a ledger holds, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np

from catalog.interactions import parts as parquet
from catalog.interactions.files import LedgerFiles
from catalog.interactions.records import KINDS

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Counted:
    """A ledger in numbers."""

    rows: int = 0
    shoppers: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    months: int = 0
    parts: int = 0
    single_appends: int = 0
    """Rows not yet compacted into parts."""
    forgotten: int = 0
    number: int = 0
    """The greatest number given out."""


def counted(files: LedgerFiles) -> Counted:
    """Count everything; raises Moved where the ledger changes meanwhile."""
    manifest = files.read_manifest()
    live = files.live_rows(manifest)
    kinds, sources, shoppers = Counter[str](), Counter[str](), set[str]()
    times: list[int] = []
    columns = ["shopper_id", "kind", "source", "at"]
    tables = (parquet.read(files.content(part), columns, dictionaries=True) for part in manifest.parts)
    for table in (*tables, *([parquet.table_of([one.row for one in live], *_zeros(len(live)))] if live else [])):
        for code, count in enumerate(np.bincount(table["kind"].to_numpy(), minlength=len(KINDS))):
            kinds[KINDS[code]] += int(count)
        sources.update({one["values"]: one["counts"] for one in table["source"].value_counts().to_pylist()})
        shoppers.update(table["shopper_id"].unique().to_pylist())
        micros = table["at"].combine_chunks().cast("int64").to_numpy()
        times += [int(micros.min()), int(micros.max())]
    return Counted(
        rows=kinds.total() if hasattr(kinds, "total") else sum(kinds.values()),
        shoppers=len(shoppers),
        kinds={kind: count for kind, count in kinds.items() if count},
        sources=dict(sorted(sources.items())),
        first=_EPOCH + timedelta(microseconds=min(times)) if times else None,
        last=_EPOCH + timedelta(microseconds=max(times)) if times else None,
        months=len({part.month for part in manifest.parts}),
        parts=len(manifest.parts),
        single_appends=len(live),
        forgotten=len({one.mark for one in manifest.forgotten}),
        number=max([manifest.number, *(one.number for one in live)]),
    )


def _zeros(count: int) -> Any:
    return [0] * count, [0] * count
