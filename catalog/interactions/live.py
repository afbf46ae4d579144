"""Single appends on a path: one line of JSON a row, on the disk before the append returns, read while it grows."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalog.interactions.manifest import BrokenLedger
from catalog.interactions.rows import Row


@dataclass(frozen=True, slots=True)
class LiveRow:
    """A row with the number and the mark the ledger gave it."""

    number: int
    mark: int
    row: Row


class Segment:
    """One append-only file. A last line without its end was never acknowledged: readers wait, the next writer cuts."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        """Make the empty file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch()
        _fsync(self.path.parent)

    def size(self) -> int:
        """Bytes in the file; -1 where it is gone."""
        try:
            return os.stat(self.path).st_size
        except FileNotFoundError:
            return -1

    def since(self, offset: int) -> tuple[list[LiveRow], int]:
        """Return the whole lines from an offset on and where they end; FileNotFoundError where the file is gone."""
        with self.path.open("rb") as file:
            file.seek(offset)
            content = file.read()
        end = content.rfind(b"\n") + 1
        return self._rows(content[:end].split(b"\n")[:-1], offset), offset + end

    def _rows(self, lines: Sequence[bytes], offset: int) -> list[LiveRow]:
        rows = []
        for line in lines:
            try:
                rows.append(_read(line))
            except (ValueError, LookupError, TypeError) as error:
                raise BrokenLedger(
                    f"{self.path}: the line at byte {offset} is not what was written ({error}): restore the file from "
                    "a backup, or take that line out"
                ) from error
            offset += len(line) + 1
        return rows

    def append(self, rows: Iterable[LiveRow], whole: int) -> int:
        """Write rows behind the first ``whole`` bytes, cutting what a killed writer left; return the new size."""
        content = b"".join(_line(row) for row in rows)
        with self.path.open("r+b") as file:
            file.truncate(whole)
            file.seek(whole)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return whole + len(content)

    def write(self, rows: Iterable[LiveRow]) -> None:
        """Fill a new segment with what another one keeps."""
        self.create()
        self.append(rows, 0)


def _line(live: LiveRow) -> bytes:
    row = live.row
    told = {
        "n": live.number,
        "m": live.mark,
        "shopper_id": row.shopper_id,
        "product_id": row.product_id,
        "kind": row.kind,
        "at": row.at.isoformat(),
        "quantity": row.quantity,
        "source": row.source,
        "group_id": row.group_id,
        "rank": row.rank,
        "propensity": row.propensity,
    }
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _read(line: bytes) -> LiveRow:
    told = json.loads(line)
    row = Row(
        told["shopper_id"],
        told["product_id"],
        told["kind"],
        datetime.fromisoformat(told["at"]),
        told["quantity"],
        told["source"],
        "",
        told["group_id"],
        told["rank"],
        told["propensity"],
    )
    return LiveRow(told["n"], told["m"], row)


def numbered(rows: Iterable[tuple[int, Row]], after: int) -> Iterator[LiveRow]:
    """Give marked rows the numbers behind ``after``."""
    return (LiveRow(number, mark, row) for number, (mark, row) in enumerate(rows, start=after + 1))


def _fsync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
