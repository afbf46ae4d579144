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

MARKS_REMEMBERED = 32_000_000
"""Rows of parts whose marks stay in memory, 8 bytes each; those asked for longest ago go first."""


class Moved(RuntimeError):
    """A file of the manifest that was read is gone: the ledger was changed meanwhile, read the manifest again."""


class LedgerFiles:
    """Reads and writes files; who may do so when is decided by its callers' locks."""

    def __init__(self, storage: Storage, fresh_key: Callable[[], bytes], fresh_name: Callable[[], str]) -> None:
        self.storage = storage
        self.folder: Path | None = storage.root if isinstance(storage, FolderStorage) else None
        self._fresh_key, self._fresh_name = fresh_key, fresh_name
        self._known: tuple[object, Manifest] | None = None
        self._marks: dict[str, Longs] = {}
        """By part, the one asked for last at the end."""
        self._rows_remembered = 0
        self._aside: set[str] = set()
        """Parts written here that no manifest listed yet."""

    # ------------------------------------------------------------------ the manifest
    def stamp(self) -> object:
        """Return what changes with the manifest; microseconds on a path."""
        return self.storage.stamp(NAME)

    def manifest(self) -> Manifest:
        """Return the manifest, read again only where it changed; an empty one where there is no ledger yet."""
        stamp = self.stamp()
        if self._known is None or stamp is None or self._known[0] != stamp:
            fresh = self.read_manifest()
            if self._known is not None:
                self._let_go(self._known[1].files() - fresh.files())
            self._known = (stamp, fresh)
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
        self._aside -= new.files()
        for name in sorted(old.files() - new.files()):
            self.remove(name)
        return new

    def remove(self, name: str) -> None:
        """Remove a file that nothing lists any more."""
        self.storage.remove(name)
        self._aside.discard(name)
        self._let_go([name])

    def clear_aside(self) -> None:
        """Remove what was laid aside and did not become part of the ledger; call under the append lock."""
        for name in sorted(self._aside - self.read_manifest().files()):
            self.remove(name)

    def sweep(self, manifest: Manifest) -> None:
        """Remove what killed writers left; call under the maintenance and the append lock.

        Whoever writes a file here holds one of the two, so what is half-written belongs to nobody who lives.
        """
        if self.folder is not None:
            for left in self.folder.rglob(".*.new"):  # as FolderStorage.write names what it has not yet renamed
                left.unlink(missing_ok=True)
        listed = manifest.files()
        for entry in self.storage.names():
            inside = [f"{entry}/{name}" for name in self.storage.names(entry)] if entry.startswith("month=") else []
            for name in inside or ([entry] if entry.startswith("live-") else []):
                if name not in listed:
                    self.remove(name)

    # ------------------------------------------------------------------ parts
    def put(self, table: Any, month: str, base: int = 0) -> list[Part]:
        """Write a month's rows as new parts, not yet listed anywhere; numbers in the table are without ``base``."""
        written = []
        for start in range(0, table.num_rows, parquet.ROWS_IN_A_PART):
            piece = table.slice(start, parquet.ROWS_IN_A_PART)
            name = f"month={month}/{self._fresh_name()}.parquet"
            last = base + int(piece["number"].to_numpy().max())
            self._aside.add(name)
            self.storage.write(name, parquet.to_bytes(piece))
            self._remember(name, piece["mark"].to_numpy())
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

    def marks(self, part: Part) -> Longs:
        """Return the sorted marks of a part's rows."""
        found = self._marks.pop(part.name, None)
        if found is None:
            return self._remember(part.name, parquet.read(self.content(part), ["mark"])["mark"].to_numpy())
        self._marks[part.name] = found
        return found

    def _remember(self, name: str, marks: Longs) -> Longs:
        self._let_go([name])
        found = self._marks[name] = np.sort(marks)
        self._rows_remembered += len(found)
        while self._rows_remembered > MARKS_REMEMBERED and len(self._marks) > 1:
            self._let_go([next(iter(self._marks))])
        return found

    def _let_go(self, names: Iterable[str]) -> None:
        for name in names:
            self._rows_remembered -= len(self._marks.pop(name, ()))

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
