"""Dataclasses of arrays as plain files: one ``.npy`` per array, mapped, not read; no pickles, which could run code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

Kept = TypeVar("Kept")
_ARRAYS = "arrays"


def write_parts(folder: Path, name: str, kept: Any) -> None:
    """Store the arrays and the numbers of a dataclass; whatever else it holds is left out and must have a default."""
    plain: dict[str, object] = {}
    arrays: list[str] = []
    for field in fields(kept):
        value = getattr(kept, field.name)
        if isinstance(value, np.ndarray):
            np.save(folder / f"{name}-{field.name}.npy", value, allow_pickle=False)
            arrays.append(field.name)
        elif value is None or isinstance(value, bool | int | float | str):
            plain[field.name] = value
    (folder / f"{name}.json").write_text(json.dumps({**plain, _ARRAYS: arrays}), encoding="utf-8")


def read_parts(folder: Path, name: str, kind: type[Kept], **others: object) -> Kept:
    """Open what :func:`write_parts` stored; ``others`` are fields that were not stored by it.

    FileNotFoundError where one of its arrays is gone: none is made up.
    """
    plain = dict(_plain(folder, name))
    arrays = plain.pop(_ARRAYS)
    assert isinstance(arrays, list)
    return kind(**{**plain, **others}, **{each: opened(folder / f"{name}-{each}.npy") for each in arrays})


def opened(file: Path) -> np.ndarray[Any, Any]:
    """Map an array from its file; small or empty ones are read."""
    if file.stat().st_size < 1 << 16:
        return np.asarray(np.load(file, allow_pickle=False))
    return np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))


def _plain(folder: Path, name: str) -> Mapping[str, object]:
    found = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found
