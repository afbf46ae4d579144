"""Published things in a folder of this machine (or of a file system it mounts): renames and file locks."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from catalog.storage.contents import LIST, to_disk, write_contents
from catalog.storage.storage import Storage

_BUILDING = ".building-"


class FolderStorage(Storage):
    """Storage on a path."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.address = str(root)

    def below(self, name: str) -> FolderStorage:
        return FolderStorage(self.root / name)

    def read(self, name: str) -> bytes | None:
        try:
            with open(f"{self.address}/{name}", "rb") as file:  # asked between turns: no time for Path
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, content: bytes) -> None:
        file = (self.root / name).resolve()  # what a link leads to is written, the link stays
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
        fresh.write_bytes(content)
        to_disk(fresh)
        os.replace(fresh, file)
        to_disk(file.parent)

    def names(self, folder: str = "") -> list[str]:
        try:
            return sorted(name for name in os.listdir(self.root / folder) if not name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def sizes(self, folder: str) -> dict[str, int]:
        try:
            return {one.name: one.stat().st_size for one in (self.root / folder).iterdir() if one.is_file()}
        except (FileNotFoundError, NotADirectoryError):
            return {}

    def remove(self, name: str) -> None:
        path = self.root / name
        with contextlib.suppress(FileNotFoundError):
            if not path.is_dir():
                path.unlink()
                return
            aside = path.with_name(f"{_BUILDING}gone-{path.name}")  # a half-removed folder must not look published
            os.replace(path, aside)
            shutil.rmtree(aside)

    def stamp(self, name: str) -> object:
        try:
            found = os.stat(f"{self.address}/{name}")
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    @contextlib.contextmanager
    def building(self, name: str) -> Iterator[Path]:
        final = self.root / name
        final.parent.mkdir(parents=True, exist_ok=True)
        for left in final.parent.glob(f"{_BUILDING}*"):
            shutil.rmtree(left)
        folder = final.parent / f"{_BUILDING}{final.name}"
        folder.mkdir()
        try:
            yield folder
            write_contents(folder)
        except BaseException:
            shutil.rmtree(folder)
            raise
        if final.exists():
            self.remove(name)
        os.replace(folder, final)
        to_disk(final.parent)

    def local_copy(self, name: str) -> Path:
        if not self.is_whole(name):
            raise FileNotFoundError(f"no {name} was published in {self.address}")
        return self.root / name

    def is_whole(self, name: str) -> bool:
        return (self.root / name / LIST).is_file()

    @contextlib.contextmanager
    def only_one(self, name: str = "writer", waits: Callable[[], None] | None = None) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / f".{name}.lock").open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if waits is not None:
                    waits()
                fcntl.flock(held, fcntl.LOCK_EX)
            yield
