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

    Looks at lists and lengths only, so that little is fetched from an address; :func:`sound` also opens the arrays.
    """
    folder = f"{SNAPSHOTS}/{name}"
    there = storage.sizes(folder)
    if not there:
        return "there is no such snapshot"
    told = storage.read(f"{folder}/{LIST}")
    if told is None:
        return f"{_OTHER}, or was not written to its end"
    try:
        listed = read_contents(told)
    except (ValueError, TypeError):
        return f"it is damaged: {LIST} cannot be read"
    other = _why_not_this_form(storage.read(f"{folder}/{ABOUT}"))
    missing = sorted({*listed, *NEEDED} - {*there})
    cut = [name for name, (size, _) in listed.items() if there.get(name) != size]
    if other or missing:
        return other or _damaged(missing, "missing")
    return _damaged(cut, "not as long as written") if cut else ""


def unusable_form(snapshot: Path) -> str:
    """Say why files of this machine are of no form this version reads; empty where they are of it."""
    about = snapshot / ABOUT
    return _why_not_this_form(about.read_bytes() if about.is_file() else None)


def sound(storage: Storage, name: str) -> Path:
    """Return the files of a snapshot that this version can read; raises Unusable, or NoSnapshot where there is none."""
    files = files_of(storage, name)
    why = why_unusable(storage, name) or _no_arrays(files)
    if why:
        raise Unusable(f"snapshot {name} cannot be read: {why}")
    return files


def _no_arrays(files: Path) -> str:
    for array in sorted(files.glob("*.npy")):
        try:
            np.load(array, mmap_mode="r")
        except (OSError, ValueError):
            return _damaged([array.name], "no array")
    return ""


def _why_not_this_form(about: bytes | None) -> str:
    if about is None:
        return f"{_OTHER} ({ABOUT} is missing)"
    try:
        form = json.loads(about)["form"]
    except (ValueError, LookupError, TypeError):
        return f"it is damaged: {ABOUT} cannot be read"
    return "" if form == FORM else f"{_OTHER} (form {form}, this one reads {FORM})"


def _damaged(names: list[str], how: str) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"it is damaged ({', '.join(names[:3])}{more}: {how})"
