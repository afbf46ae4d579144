"""The list of what a published folder holds: written last, so that a folder with its list is whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

LIST = "contents.json"
_CHUNK = 1 << 20


def write_contents(folder: Path) -> dict[str, tuple[int, str]]:
    """List every file with its size and digest, and bring all of it to the disk; return the list."""
    listed = {file.relative_to(folder).as_posix(): describe(file) for file in files_of(folder)}
    (folder / LIST).write_text(json.dumps(listed, indent=0), encoding="utf-8")
    for one in (folder / LIST, *files_of(folder), *(each for each in folder.rglob("*") if each.is_dir()), folder):
        to_disk(one)
    return listed


def read_contents(content: bytes) -> Mapping[str, tuple[int, str]]:
    """Read a list back; ValueError where it is none."""
    listed = json.loads(content)
    if not isinstance(listed, dict):
        raise ValueError("not a list of contents")
    found = {str(name): (int(size), str(digest)) for name, (size, digest) in listed.items()}
    for name in found:
        if name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"a list of contents names {name}, which lies outside its folder")
    return found


def describe(file: Path) -> tuple[int, str]:
    """Return size and SHA-256 of a file, read in pieces."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as source:
        while piece := source.read(_CHUNK):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, its list left out, in one order everywhere."""
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and file != folder / LIST)


def to_disk(path: Path) -> None:
    """Wait until a file (or a folder's entries) would survive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
