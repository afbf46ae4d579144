"""Published things at an address: objects put whole, a list of contents last, copies kept on this machine."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from catalog.storage.contents import LIST, describe, files_of, read_contents, write_contents
from catalog.storage.lease import Lease, LeaseLost
from catalog.storage.storage import BrokenCopy, Storage

ASKED_EVERY_S = 5.0
"""How often at most :meth:`RemoteStorage.stamp` asks the store; between two asks it gives its last answer."""
COPIES_KEPT = 3


class RemoteStorage(Storage):
    """Storage at an address; which ones can be reached depends on what is installed beside fsspec."""

    def __init__(
        self,
        address: str,
        cache: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        lease: Lease | None = None,
    ) -> None:
        self.address = address.rstrip("/")
        self._cache, self._clock, self._lease = cache, clock, lease
        self._files, self._root = _reach(self.address)
        self._stamps: dict[str, tuple[float, object]] = {}

    def below(self, name: str) -> RemoteStorage:
        return RemoteStorage(f"{self.address}/{name}", self._cache, clock=self._clock, lease=self._lease)

    def read(self, name: str) -> bytes | None:
        try:
            return bytes(self._files.cat_file(self._path(name)))
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        self._may_go_on()
        self._files.pipe_file(self._path(name), content)
        self._stamps.pop(name, None)

    def names(self, folder: str = "") -> list[str]:
        self._files.invalidate_cache()
        try:
            found = self._files.ls(self._path(folder), detail=False)
        except FileNotFoundError:
            return []
        names = {str(path).rstrip("/").rsplit("/", 1)[-1] for path in found}
        return sorted(name for name in names if not name.startswith("."))

    def sizes(self, folder: str) -> dict[str, int]:
        self._files.invalidate_cache()
        try:
            found = self._files.ls(self._path(folder), detail=True)
        except FileNotFoundError:
            return {}
        return {str(one["name"]).rsplit("/", 1)[-1]: int(one["size"]) for one in found if one["type"] == "file"}

    def remove(self, name: str) -> None:
        self._may_go_on()
        with contextlib.suppress(FileNotFoundError):  # its list first: half a folder must not look whole
            self._files.rm_file(f"{self._path(name)}/{LIST}")
        with contextlib.suppress(FileNotFoundError):
            self._files.rm(self._path(name), recursive=True)

    def stamp(self, name: str) -> object:
        asked, known = self._stamps.get(name, (float("-inf"), None))
        if self._clock() - asked < ASKED_EVERY_S:
            return known
        found = self.read(name)
        fresh = hashlib.sha256(found).digest() if found is not None else None
        self._stamps[name] = (self._clock(), fresh)
        return fresh

    @contextlib.contextmanager
    def building(self, name: str) -> Iterator[Path]:
        here = f".building-{_slug(self.address)}-{_slug(name.rpartition('/')[0])}"  # fits are built beside imports
        for left in self._cache.glob(f"{here}-*"):
            shutil.rmtree(left)
        folder = self._cache / f"{here}-{os.getpid()}"
        folder.mkdir(parents=True)
        try:
            yield folder
            write_contents(folder)
            self.remove(name)
            for file in (*files_of(folder), folder / LIST):
                self._may_go_on()
                self._files.put_file(str(file), f"{self._path(name)}/{file.relative_to(folder).as_posix()}")
        finally:
            shutil.rmtree(folder, ignore_errors=True)  # who took over a lost lease may have cleared it

    def local_copy(self, name: str) -> Path:
        content = self.read(f"{name}/{LIST}")
        if content is None:
            raise FileNotFoundError(f"no {name} was published at {self.address}")
        copies = self._cache / _slug(self.address)
        copy = copies / f"{name.replace('/', '-')}-{hashlib.sha256(content).hexdigest()[:16]}"
        if not (copy / LIST).is_file():
            self._fetch(name, content, copy)
        os.utime(copy)
        for old in sorted(copies.glob("[!.]*"), key=lambda each: each.stat().st_mtime, reverse=True)[COPIES_KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
        return copy

    def is_whole(self, name: str) -> bool:
        return self.read(f"{name}/{LIST}") is not None

    @contextlib.contextmanager
    def only_one(self, name: str = "writer", waits: Callable[[], None] | None = None) -> Iterator[None]:
        lease = Lease(self._files, self._path(f".{name}.lease"))
        with lease.held(waits):
            self._lease = lease
            try:
                yield
            finally:
                self._lease = None

    def _fetch(self, name: str, content: bytes, copy: Path) -> None:
        coming = copy.with_name(f".{copy.name}-{os.getpid()}")
        shutil.rmtree(coming, ignore_errors=True)
        try:
            for each, expected in read_contents(content).items():
                file = coming / each
                file.parent.mkdir(parents=True, exist_ok=True)
                self._files.get_file(f"{self._path(name)}/{each}", str(file))
                if describe(file) != expected:
                    raise BrokenCopy(f"{each} of {name} at {self.address} is not what was published")
            (coming / LIST).write_bytes(content)
            with contextlib.suppress(OSError):  # another process of this machine was faster
                os.replace(coming, copy)
        except ValueError as error:
            raise BrokenCopy(f"{name} at {self.address}: {error}") from error
        finally:
            shutil.rmtree(coming, ignore_errors=True)

    def _may_go_on(self) -> None:
        if self._lease is not None and not self._lease.still_held():
            raise LeaseLost(f"another process publishes at {self.address}; nothing was published, try again")

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}".rstrip("/") if name else self._root


def _reach(address: str) -> tuple[Any, str]:
    import fsspec

    try:
        files, root = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:  # ValueError: no such protocol
        raise OSError(f"{address} cannot be reached: {error}") from error
    return files, root.rstrip("/")


def _slug(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
