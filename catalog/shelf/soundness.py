"""Whether this version can read a snapshot: told before anybody relies on it, from its lists and sizes alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from catalog.shelf.columns import DTYPES, FORM
from catalog.shelf.published import SNAPSHOTS, Unusable, files_of
from catalog.shelf.records import DATA, STARTS
from catalog.storage import Storage
from catalog.storage.contents import LIST, read_contents

ABOUT, TERMS, IDS = "about.json", "terms.json", "ids.txt"
_OPTIONAL = {"last_day"}  # of what has no last day nothing is missing
NEEDED = (
    ABOUT, TERMS, IDS, DATA, STARTS, "content.npy", "id_digests.npy", "id_order.npy", "id_sorted.npy", "words.txt",
    *(f"text_{part}.npy" for part in ("starts", "sequence", "order", "owner", "field", "bounds")),
    *(f"{name}.npy" for name in DTYPES if name not in _OPTIONAL),
)  # fmt: skip
"""Files without which a snapshot can neither be shown nor compared with."""
_OTHER = "it is of another version of giftbot"


def why_unusable(storage: Storage, name: str) -> str:
    """Say why a snapshot cannot be read; empty where nothing speaks against it.

    Looks at its lists only, so that nothing is fetched from an address; :func:`sound` also looks at the sizes.
    """
    folder = f"{SNAPSHOTS}/{name}"
    there = set(storage.names(folder))
    if not there:
        return "there is no such snapshot"
    told = storage.read(f"{folder}/{LIST}")
    if told is None:
        return f"{_OTHER}, or was not written to its end"
    try:
        listed = set(read_contents(told))
    except (ValueError, TypeError):
        return f"it is damaged: {LIST} cannot be read"
    missing = sorted((listed | set(NEEDED)) - there)
    return _why_not_this_form(storage.read(f"{folder}/{ABOUT}")) or (_missing(missing) if missing else "")


def unusable_form(snapshot: Path) -> str:
    """Say why files of this machine are of no form this version reads; empty where they are of it."""
    about = snapshot / ABOUT
    return _why_not_this_form(about.read_bytes() if about.is_file() else None)


def sound(storage: Storage, name: str) -> Path:
    """Return the files of a snapshot that this version can read; raises Unusable, or NoSnapshot where there is none."""
    files = files_of(storage, name)
    why = why_unusable(storage, name) or _sizes(files)
    if why:
        raise Unusable(f"snapshot {name} cannot be read: {why}")
    return files


def _sizes(files: Path) -> str:
    for name, (size, _) in read_contents((files / LIST).read_bytes()).items():
        if (files / name).stat().st_size != size:
            return f"it is damaged: {name} is not as long as it was written"
        try:
            if name.endswith(".npy"):
                np.load(files / name, mmap_mode="r")
        except (OSError, ValueError):
            return f"it is damaged: {name} is no array"
    return ""


def _why_not_this_form(about: bytes | None) -> str:
    if about is None:
        return f"{_OTHER} ({ABOUT} is missing)"
    try:
        form = json.loads(about)["form"]
    except (ValueError, LookupError, TypeError):
        return f"it is damaged: {ABOUT} cannot be read"
    return "" if form == FORM else f"{_OTHER} (form {form}, this one reads {FORM})"


def _missing(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"it is damaged: {', '.join(names[:3])}{more} missing"
