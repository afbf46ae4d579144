"""The file steers are kept in: read again when it changed, edited whole, every edit remembered with who and when."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from catalog.steering.edits import Edit, digest_of, edit_of, line_of
from catalog.steering.entries import Fault, SteeringError, read_entries
from catalog.steering.steers import Steers
from catalog.storage import Storage

NAME = "steering.yml"
_NEVER = object()
"""The mark of no state of a file."""


class NoSuchSteer(LookupError):
    """The file has no entry of this id; the text names those it has."""


class SteeringFile:
    """Steers in a folder or at an address. A file that cannot be read leaves in force what was.

    What was in force last is kept beside the file (``steering-in-force.yml``): a process that starts while the file is
    faulty begins with it.
    """

    def __init__(
        self, storage: Storage, zone: ZoneInfo, *, name: str = NAME, tell: Callable[[SteeringError], None] | None = None
    ) -> None:
        self._storage, self._zone, self._name, self._tell = storage, zone, name, tell
        self._history, self._in_force = f"{Path(name).stem}-history.jsonl", f"{Path(name).stem}-in-force.yml"
        self._stamp: object = _NEVER
        self._known: Steers | None = None
        self.trouble: SteeringError | None = None
        """Why the file as it is now is not in force; None where it is."""

    @classmethod
    def at(
        cls,
        catalog: Storage | Path | str,
        path: Path | str | None,
        zone: ZoneInfo,
        *,
        tell: Callable[[SteeringError], None] | None = None,
    ) -> SteeringFile:
        """Return the file at ``path``, or where none is given the one in the catalogue's folder.

        ``tell`` is called once for each state of the file that cannot be taken.
        """
        if not path:
            return cls(Storage.at(catalog), zone, tell=tell)
        folder, slash, name = str(path).rpartition("/")
        return cls(Storage.at(folder or slash or "."), zone, name=name, tell=tell)

    @property
    def address(self) -> str:
        """Where the file is."""
        return f"{self._storage.address}/{self._name}"

    @property
    def zone(self) -> ZoneInfo:
        """Where its days begin and end."""
        return self._zone

    def steers(self) -> Steers:
        """Return what is in force now; microseconds where the file did not change.

        Never raises SteeringError; an OSError where the file could not be read is gone once it can be.
        """
        stamp = self._storage.stamp(self._name)
        if self._known is not None and stamp == self._stamp:
            return self._known
        try:
            text = self._text()
            self._known, self.trouble = Steers.parse(text, self._zone, before=self._known), None
            self._keep(text)
        except SteeringError as error:
            self.trouble = error
            if self._known is None:
                self._known = self._kept()
            if self._tell:
                self._tell(error)
        self._stamp = stamp  # not before it was read: what failed is tried again
        return self._known

    def check(self) -> Steers:
        """Read the file now; raises SteeringError with every fault."""
        return Steers.parse(self._text(), self._zone)

    def add(self, fields: Mapping[str, Any], *, now: datetime) -> Steers:
        """Append an entry, its fields as they stand in the file; what others wrote is left as it is.

        Raises SteeringError where the file as it would be then has a fault: nothing is changed.
        """
        import yaml  # only who edits the file needs it

        entry = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
        block = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=1000)
        with self._storage.only_one("steering"):
            before = self._text()
            kept = before if read_entries(before) else "\n".join(_comments(before))
            fresh = f"{kept.rstrip()}\n{block}".lstrip()
            steers = Steers.parse(fresh, self._zone)
            if steers.entries[-1].ends <= now:
                fault = Fault(str(entry.get("id")), 0, "until", str(entry.get("until")), "over", "write a day to come")
                raise SteeringError([fault])
            self._write(before, fresh, Edit(now, str(entry.get("author", "")), "added", str(entry.get("id")), entry))
        return steers

    def end(self, steer_id: str, *, by: str, now: datetime) -> Steers:
        """Let a steer end now, one that has not begun never begin; raises NoSuchSteer."""
        with self._storage.only_one("steering"):
            before = self._text()
            steers = Steers.parse(before, self._zone)
            by_id = {
                steer.id: (steer, entry) for steer, entry in zip(steers.entries, read_entries(before), strict=True)
            }
            if steer_id not in by_id:
                known = ", ".join(by_id) or "none"
                raise NoSuchSteer(f"no steer is called {steer_id!r} in {self.address}; there are: {known}")
            steer, entry = by_id[steer_id]
            if now >= steer.ends:
                return steers
            begin, end = entry.until_at
            until = max(now, steer.starts).astimezone(timezone.utc).isoformat(timespec="microseconds")
            fresh = f"{before[:begin]}'{until}'{before[end:]}"
            ended = Steers.parse(fresh, self._zone)
            self._write(before, fresh, Edit(now, by, "ended", steer_id, {"until": until}))
        return ended

    def history(self) -> list[Edit]:
        """Return the edits, the oldest first; a line somebody broke is left out."""
        return [edit for edit, _ in self._edits()]

    def _edits(self) -> list[tuple[Edit, str]]:
        """Return each edit with the digest of the file as it was then."""
        lines = (self._storage.read(self._history) or b"").decode("utf-8", "replace").split("\n")
        return [read for line in lines if (read := edit_of(line)) is not None]

    def _write(self, before: str, fresh: str, edit: Edit) -> None:
        told, edits = self._storage.read(self._history) or b"", self._edits()
        if told and not told.endswith(b"\n"):
            told += b"\n"
        last = edits[-1][1] if edits else digest_of("")
        if last != digest_of(before):
            told += line_of(Edit(edit.at, "", "edited by hand", "", {}), before)
        # the history first: an edit that is remembered and was not made does less harm than the reverse
        self._storage.write(self._history, told + line_of(edit, fresh))
        self._storage.write(self._name, fresh.encode())
        self._keep(fresh)

    def _keep(self, text: str) -> None:
        """Keep a sound text for who starts while the file is not; of no avail where nothing may be written here."""
        with contextlib.suppress(OSError):
            if (self._storage.read(self._in_force) or b"") != text.encode():
                self._storage.write(self._in_force, text.encode())

    def _kept(self) -> Steers:
        try:
            return Steers.parse((self._storage.read(self._in_force) or b"").decode(), self._zone)
        except ValueError:  # SteeringError is one
            return Steers()

    def _text(self) -> str:
        try:
            return (self._storage.read(self._name) or b"").decode("utf-8-sig")
        except UnicodeDecodeError as error:
            fault = Fault("", 0, "", "", "not UTF-8", "save the file as UTF-8")
            raise SteeringError([fault]) from error


def _comments(text: str) -> list[str]:
    """Keep the comments of a file that has no entry yet ("[]" or nothing)."""
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]
