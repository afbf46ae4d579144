"""The ledger's files: the manifest, the parts it lists, the segments of single appends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from catalog.interactions import parts as parquet
from catalog.interactions.live import LiveRow, Segment
from catalog.interactions.manifest import NAME, Manifest, Part
from catalog.interactions.parts import Longs
from catalog.storage import Storage
from catalog.storage.folder import FolderStorage

_MONTHS_REMEMBERED = 24


class Moved(RuntimeError):
    """A file of the manifest that was read is gone: the ledger was changed meanwhile, read the manifest again."""


class LedgerFiles:
    """Reads and writes files; who may do so when is decided by its callers' locks."""

    def __init__(self, storage: Storage, fresh_key: Callable[[], bytes], fresh_name: Callable[[], str]) -> None:
        self.storage = storage
        self.folder: Path | None = storage.root if isinstance(storage, FolderStorage) else None
        self._fresh_key, self._fresh_name = fresh_key, fresh_name
        self._known: tuple[object, Manifest] | None = None
        self._marks: dict[tuple[Part, ...], Longs] = {}

    # ------------------------------------------------------------------ the manifest
    def stamp(self) -> object:
        """Return what changes with the manifest; microseconds on a path."""
        return self.storage.stamp(NAME)

    def manifest(self) -> Manifest:
        """Return the manifest, read again only where it changed; an empty one where there is no ledger yet."""
        stamp = self.stamp()
        if self._known is None or stamp is None or self._known[0] != stamp:
            self._known = (stamp, self.read_manifest())
        return self._known[1]

    def look_again(self) -> None:
        """Read the manifest anew when next asked: at an address its stamp may be older than what is gone."""
        self._known = None

    def read_manifest(self) -> Manifest:
        """Read the manifest from where it lies, however fresh the last answer is."""
        content = self.storage.read(NAME)
        return Manifest.from_bytes(content) if content is not None else Manifest(b"")

    def founded(self) -> Manifest:
        """Return the manifest, written first where there is none; call under the append lock."""
        manifest = self.read_manifest()
        return manifest if manifest.key else self.commit(manifest, Manifest(self._fresh_key()))

    def commit(self, old: Manifest, new: Manifest) -> Manifest:
        """Make a manifest the ledger and remove what it no longer lists; call under the append lock."""
        self.storage.write(NAME, new.to_bytes())
        for name in sorted(old.files() - new.files()):
            self.storage.remove(name)
        return new

    def sweep(self, manifest: Manifest) -> None:
        """Remove what killed writers left; call under the maintenance and the append lock."""
        listed = manifest.files()
        for entry in self.storage.names():
            inside = [f"{entry}/{name}" for name in self.storage.names(entry)] if entry.startswith("month=") else []
            for name in inside or ([entry] if entry.startswith("live-") else []):
                if name not in listed:
                    self.storage.remove(name)

    # ------------------------------------------------------------------ parts
    def put(self, table: Any, month: str, base: int = 0) -> list[Part]:
        """Write a month's rows as new parts, not yet listed anywhere; numbers in the table are without ``base``."""
        written = []
        for start in range(0, table.num_rows, parquet.ROWS_IN_A_PART):
            piece = table.slice(start, parquet.ROWS_IN_A_PART)
            name = f"month={month}/{self._fresh_name()}.parquet"
            last = base + int(piece["number"].to_numpy().max())
            self.storage.write(name, parquet.to_bytes(piece))
            written.append(Part(name, month, piece.num_rows, base, last))
        return written

    def content(self, part: Part) -> bytes:
        """Return a part's bytes; Moved where it is gone."""
        found = self.storage.read(part.name)
        if found is None:
            raise Moved(part.name)
        return found

    def absolute(self, part: Part) -> Any:
        """Return a part's table with its numbers as the ledger counts them."""
        import pyarrow as pa

        table = parquet.read(self.content(part), parquet.schema().names)
        at = table.schema.get_field_index("number")
        return table.set_column(at, "number", pa.array(table["number"].to_numpy() + part.base))

    def marks(self, parts: Iterable[Part]) -> Longs:
        """Return the sorted marks of rows in these parts: 8 bytes a row, remembered for the months asked last."""
        key = tuple(parts)
        if key not in self._marks:
            while len(self._marks) >= _MONTHS_REMEMBERED:
                del self._marks[next(iter(self._marks))]
            found = [parquet.read(self.content(part), ["mark"])["mark"].to_numpy() for part in key]
            self._marks[key] = np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
        return self._marks[key]

    # ------------------------------------------------------------------ segments
    def fresh_segment(self, rows: Iterable[LiveRow] = ()) -> str:
        """Make a segment that holds these rows, not yet listed; return its name."""
        name = f"live-{self._fresh_name()}.jsonl"
        self.segment(name).write(rows)
        return name

    def segment(self, name: str) -> Segment:
        """Return a segment by name; only on a path there are any."""
        assert self.folder is not None, "at an address every append is a part"
        return Segment(self.folder / name)

    def live_rows(self, manifest: Manifest) -> list[LiveRow]:
        """Return all rows of the segments."""
        rows: list[LiveRow] = []
        for name in manifest.segments:
            try:
                rows += self.segment(name).since(0)[0]
            except FileNotFoundError as error:
                raise Moved(name) from error
        return rows
