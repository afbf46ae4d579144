"""Where the published snapshot is: one pointer, and immutable folders it can name."""

from __future__ import annotations

import re
from pathlib import Path

from catalog.model import fitted
from catalog.storage import Storage
from catalog.storage.storage import BrokenCopy

POINTER = "current"
SNAPSHOTS = "snapshots"
MODEL_POINTER, MODELS = fitted.POINTER, fitted.MODELS
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


class NoSnapshot(LookupError):
    """Nothing has been published in this folder yet: import a catalogue first."""


class Unusable(NoSnapshot):
    """A snapshot is there, but this version cannot read it: of another layout, or damaged. Import anew."""


def current_name(storage: Storage) -> str:
    """Return the name of the snapshot now published; raises NoSnapshot where there is none."""
    name = storage.read_pointer(POINTER)
    if name is None:
        raise NoSnapshot(f"no catalogue has been imported into {storage.address}")
    if not _NAME.fullmatch(name):
        raise NoSnapshot(f"{storage.address}/{POINTER} names no snapshot; import the catalogue again")
    return name


def files_of(storage: Storage, name: str) -> Path:
    """Return where the files of a snapshot can be read on this machine."""
    if not _NAME.fullmatch(name):
        raise NoSnapshot(f"{name!r} is no name of a snapshot; giftbot catalog history lists them")
    try:
        return storage.local_copy(f"{SNAPSHOTS}/{name}")
    except FileNotFoundError as error:
        if storage.names(f"{SNAPSHOTS}/{name}"):
            raise Unusable(
                f"snapshot {name} is of another version of giftbot, or was not written to its end: "
                "import the catalogue again"
            ) from error
        raise NoSnapshot(
            f"there is no snapshot {name} in {storage.address}: import the catalogue, or go back to one that "
            "giftbot catalog history lists"
        ) from error
    except BrokenCopy as error:
        raise Unusable(f"snapshot {name} is damaged ({error}): import the catalogue again") from error


def current(folder: Storage | Path | str) -> Path:
    """Return the files of the snapshot now published; raises NoSnapshot where there is none."""
    storage = Storage.at(folder)
    return files_of(storage, current_name(storage))
