"""What belongs to the ledger at this moment: one small file, replaced whole, that every reader begins with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

NAME = "ledger.json"
VERSION = 1


class BrokenLedger(OSError):
    """The ledger's own files are not what it wrote: restore the folder from a backup."""


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable Parquet file: rows of one month, sorted by shopper."""

    name: str
    month: str
    """YYYY-MM, of the rows' time in UTC."""
    rows: int
    base: int
    """Added to the numbers in the file: they are given out only when the file is published."""
    last: int
    """The greatest number of its rows, base included."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Somebody who was forgotten: a keyed digest, never an id."""

    mark: str
    source: str
    """Only what this source told; empty where all was forgotten."""
    at: datetime
    """Rows of theirs that happened until then are refused: an old export must not bring them back."""
    number: int
    held: bool = True
    """Whether there was anything to forget: else the note keeps old exports out, and no model needs to change."""


@dataclass(frozen=True)
class Manifest:
    """Parts, segments and the forgotten; immutable, changed by :meth:`with_` and written whole."""

    key: bytes = field(repr=False)
    number: int = 0
    """The greatest number given out when this was written; rows of open segments go on from there."""
    parts: tuple[Part, ...] = ()
    segments: tuple[str, ...] = ()
    """Files of single appends, oldest first; the last one is appended to."""
    forgotten: tuple[Forgotten, ...] = ()

    @cached_property
    def gone(self) -> Mapping[tuple[str, str], datetime]:
        """Until when rows are refused, by mark and source."""
        return {(one.mark, one.source): one.at for one in self.forgotten}

    def without_parts(self, gone: Iterable[Part], coming: Iterable[Part]) -> Manifest:
        """Replace parts; BrokenLedger where one that goes is no longer there."""
        going = {part.name for part in gone}
        if going - {part.name for part in self.parts}:
            raise BrokenLedger("another process changed the same parts of the ledger; try again")
        return replace(self, parts=(*(part for part in self.parts if part.name not in going), *coming))

    def of_month(self, month: str) -> tuple[Part, ...]:
        """Return the parts of one month."""
        return tuple(part for part in self.parts if part.month == month)

    def files(self) -> set[str]:
        """Return all files that belong to the ledger, itself left out."""
        return {part.name for part in self.parts} | set(self.segments)

    def to_bytes(self) -> bytes:
        """Return what is written."""
        return json.dumps(
            {
                "version": VERSION,
                "key": self.key.hex(),
                "number": self.number,
                "segments": list(self.segments),
                "parts": [asdict(part) for part in self.parts],
                "forgotten": [{**asdict(one), "at": one.at.isoformat()} for one in self.forgotten],
            },
            indent=0,
        ).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """Read what was written; BrokenLedger where it is something else."""
        try:
            found: Mapping[str, Any] = json.loads(content)
            if found["version"] != VERSION:
                raise BrokenLedger(
                    f"{NAME} has version {found['version']}, this giftbot reads {VERSION}: update giftbot"
                )
            return cls(
                key=bytes.fromhex(found["key"]),
                number=int(found["number"]),
                segments=tuple(found["segments"]),
                parts=tuple(Part(**part) for part in found["parts"]),
                forgotten=tuple(
                    Forgotten(
                        one["mark"],
                        one["source"],
                        datetime.fromisoformat(one["at"]),
                        int(one["number"]),
                        bool(one.get("held", True)),
                    )
                    for one in found["forgotten"]
                ),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BrokenLedger(f"{NAME} cannot be read ({error}): restore it from a backup") from error
