"""The file steers are kept in: read again when it changed, edited whole, every edit remembered with who and when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from catalog.steering.entries import Fault, SteeringError, read_entries
from catalog.steering.steers import Steers
from catalog.storage import Storage

NAME, HISTORY = "steering.yml", "steering-history.jsonl"


class NoSuchSteer(LookupError):
    """The file has no entry of this id; the text names those it has."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the file by ``giftbot catalog steer``; also tells of changes made by hand in between."""

    at: datetime
    by: str
    did: str
    """``added``, ``ended`` or ``edited by hand``."""
    id: str
    entry: Mapping[str, Any]


class SteeringFile:
    """Steers in a folder or at an address. A file that cannot be read leaves in force what was."""

    def __init__(
        self, storage: Storage, zone: ZoneInfo, *, name: str = NAME, tell: Callable[[SteeringError], None] | None = None
    ) -> None:
        self._storage, self._zone, self._name, self._tell = storage, zone, name, tell
        self._history = HISTORY if name == NAME else f"{Path(name).stem}-history.jsonl"
        self._stamp: object = None
        self._known = Steers()
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
        folder, _, name = str(path).rpartition("/")
        return cls(Storage.at(folder or "."), zone, name=name, tell=tell)

    @property
    def address(self) -> str:
        """Where the file is."""
        return f"{self._storage.address}/{self._name}"

    def steers(self) -> Steers:
        """Return what is in force now; microseconds where the file did not change. Never raises SteeringError."""
        stamp = self._storage.stamp(self._name)
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._known = Steers.parse(self._text(), self._zone, before=self._known)
                self.trouble = None
            except SteeringError as error:
                self.trouble = error
                if self._tell:
                    self._tell(error)
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
        """Return the edits, the oldest first."""
        lines = (self._storage.read(self._history) or b"").decode("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        return [Edit(datetime.fromisoformat(row["at"]), row["by"], row["did"], row["id"], row["entry"]) for row in rows]

    def _write(self, before: str, fresh: str, edit: Edit) -> None:
        told = (self._storage.read(self._history) or b"").decode("utf-8")
        last = json.loads(told.splitlines()[-1])["file"] if told else _digest("")
        if last != _digest(before):
            told += _line(Edit(edit.at, "", "edited by hand", "", {}), before)
        # the history first: an edit that is remembered and was not made does less harm than the reverse
        self._storage.write(self._history, (told + _line(edit, fresh)).encode())
        self._storage.write(self._name, fresh.encode())

    def _text(self) -> str:
        try:
            return (self._storage.read(self._name) or b"").decode("utf-8-sig")
        except UnicodeDecodeError as error:
            fault = Fault("", 0, "", "", "not UTF-8", "save the file as UTF-8")
            raise SteeringError([fault]) from error


def _line(edit: Edit, text: str) -> str:
    row = {"at": edit.at.isoformat(), "by": edit.by, "did": edit.did, "id": edit.id, "entry": edit.entry}
    return json.dumps({**row, "file": _digest(text)}, ensure_ascii=False, default=str) + "\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _comments(text: str) -> list[str]:
    """Keep the comments of a file that has no entry yet ("[]" or nothing)."""
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]
