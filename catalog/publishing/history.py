"""What was published when: the snapshots there are, going back to one, and which are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.shelf.published import POINTER, SNAPSHOTS, NoSnapshot, current_name
from catalog.shelf.soundness import sound, why_unusable
from catalog.storage import Storage

KEPT = 10
_NUMBERED = re.compile(r"(\d{6,})-[0-9a-f]{8}")


@dataclass(frozen=True)
class Entry:
    """One snapshot that can be gone back to."""

    name: str
    published: bool
    """True for the one shoppers are answered from."""
    report: Mapping[str, Any]
    """What its import reported."""
    trouble: str = ""
    """Why this version cannot read it, so that nobody can go back to it; empty where it can."""


def names_of(storage: Storage) -> list[str]:
    """Return the snapshots, the oldest first."""
    found = [(match, name) for name in storage.names(SNAPSHOTS) if (match := _NUMBERED.fullmatch(name))]
    return [name for _, name in sorted(found, key=lambda each: int(each[0][1]))]


def next_name(storage: Storage, digest: str) -> str:
    """Return the name of a snapshot to be published: numbered on, so that names sort by time."""
    names = names_of(storage)
    last = int(names[-1].split("-")[0]) if names else 0
    return f"{last + 1:06d}-{digest[:8]}"


def history(storage: Storage) -> list[Entry]:
    """Return what can be gone back to, the newest first."""
    try:
        current = current_name(storage)
    except NoSnapshot:
        current = ""
    names = names_of(storage)
    others = sorted({*storage.names(SNAPSHOTS)} - {*names})  # of a version that did not number them
    return [
        Entry(name, name == current, report_of(storage, name), why_unusable(storage, name))
        for name in [*reversed(names), *others]
    ]


def report_of(storage: Storage, name: str) -> Mapping[str, Any]:
    """Return what the import of a snapshot reported; empty where that cannot be read."""
    content = storage.read(f"{SNAPSHOTS}/{name}/report.json")
    try:
        found = json.loads(content) if content else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def find(storage: Storage, said: str) -> str:
    """Return the name of the snapshot a person means by its name, its number or the beginning of either.

    Raises NoSnapshot, with what there is, where none or more than one is meant.
    """
    names = names_of(storage)
    if said in ("current", "published"):
        return current_name(storage)
    exact = [name for name in names if said in (name, name.split("-")[0], name.split("-")[0].lstrip("0"))]
    found = exact or [name for name in names if name.startswith(said)]
    if len(found) != 1:
        there = ", ".join(reversed(names)) or "none"
        raise NoSnapshot(f"{said!r} means {len(found) or 'no'} snapshots; there are: {there}")
    return found[0]


def roll_back(storage: Storage, said: str | None = None) -> str:
    """Publish an older snapshot again: the one named, else the newest before the published that can be read.

    Returns its name; raises NoSnapshot where it cannot be read, or where there is none.
    """
    with storage.only_one():
        if said is not None:
            target = find(storage, said)
        else:
            current, names = current_name(storage), names_of(storage)
            older = names[: names.index(current)] if current in names else names
            readable = [name for name in older if not why_unusable(storage, name)]
            if not readable:
                there = f", only {', '.join(older)}, which cannot be read" if older else ""
                raise NoSnapshot(f"{current} is the oldest snapshot kept; there is none before it to go back to{there}")
            target = readable[-1]
        sound(storage, target)
        storage.write_pointer(POINTER, target)
    return target


def forget_oldest(storage: Storage, kept: int = KEPT) -> None:
    """Keep the newest snapshots and always the published one; what never became whole goes too."""
    current, names = current_name(storage), names_of(storage)
    whole = [name for name in names if storage.is_whole(f"{SNAPSHOTS}/{name}")]
    for name in storage.names(SNAPSHOTS):
        if name != current and name not in whole[-kept:]:
            storage.remove(f"{SNAPSHOTS}/{name}")
