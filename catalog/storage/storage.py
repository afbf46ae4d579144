"""One place for published things: small files replaced whole, pointers, immutable folders, one writer at a time."""

from __future__ import annotations

import abc
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

CACHE = Path("var/cache/catalog")
"""Where what is published at an address is copied to, unless told otherwise."""


class BrokenCopy(OSError):
    """What lies at the address is not what was published there: publish it again, or go back to an older one."""


class Storage(abc.ABC):
    """A folder on a path or at an address (``s3://…``). Names are relative, with ``/`` between their parts."""

    address: str

    @staticmethod
    def at(address: Storage | Path | str, *, cache: Path = CACHE) -> Storage:
        """Reach a folder; nothing is made or read yet.

        ``cache`` is where folders published at an address are copied to for reading; a path needs none.
        """
        if isinstance(address, Storage):
            return address
        text = str(address)
        if text.startswith("file://"):
            text = text.removeprefix("file://")
        if "://" not in text:
            from catalog.storage.folder import FolderStorage

            return FolderStorage(Path(text))
        from catalog.storage.remote import RemoteStorage

        return RemoteStorage(text, cache)

    @abc.abstractmethod
    def below(self, name: str) -> Storage:
        """Return the storage that begins at a folder of this one."""

    # ------------------------------------------------------------------ small files
    @abc.abstractmethod
    def read(self, name: str) -> bytes | None:
        """Return a file's content; None where there is no such file."""

    @abc.abstractmethod
    def write(self, name: str, content: bytes) -> None:
        """Write a file whole: readers see the old content or the new, also when this process is killed."""

    @abc.abstractmethod
    def names(self, folder: str = "") -> list[str]:
        """Return the names directly below a folder, sorted, those that begin with a dot left out; [] where none is."""

    @abc.abstractmethod
    def sizes(self, folder: str) -> dict[str, int]:
        """Return the files directly below a folder with their lengths in bytes; {} where there is no such folder."""

    @abc.abstractmethod
    def remove(self, name: str) -> None:
        """Remove a file or a folder; it is no error where there is none."""

    @abc.abstractmethod
    def stamp(self, name: str) -> object:
        """Return a mark that differs once the file was written anew.

        Microseconds on a path; at an address the answer may be some seconds old, so that asking stays cheap.
        """

    # ------------------------------------------------------------------ pointers
    def read_pointer(self, name: str) -> str | None:
        """Return what a pointer names; None where nothing was published yet."""
        found = self.read(name)
        return found.decode("ascii", "replace").strip() if found is not None else None

    def write_pointer(self, name: str, target: str) -> None:
        """Swing a pointer: the one step by which something becomes published."""
        self.write(name, f"{target}\n".encode("ascii"))

    # ------------------------------------------------------------------ immutable folders
    @contextlib.contextmanager
    @abc.abstractmethod
    def building(self, name: str) -> Iterator[Path]:
        """Give an empty folder of this machine to fill; on success it becomes folder ``name``, whole and at once.

        On any failure nothing is left of it; what a killed process left is cleared by the next one. Call it under
        :meth:`only_one`.
        """
        yield Path()

    @abc.abstractmethod
    def local_copy(self, name: str) -> Path:
        """Return where the files of a published folder can be read on this machine.

        From an address it is fetched once and checked against its list of sizes and digests; raises BrokenCopy where
        they differ and FileNotFoundError where no such folder was published whole.
        """

    @abc.abstractmethod
    def is_whole(self, name: str) -> bool:
        """Tell whether a folder of this name was published to its end."""

    # ------------------------------------------------------------------ one writer
    @contextlib.contextmanager
    @abc.abstractmethod
    def only_one(self, name: str = "writer", waits: Callable[[], None] | None = None) -> Iterator[None]:
        """Hold the right to publish; waits for another that holds it, and a killed holder lets go.

        ``waits`` is called once where another holds it, so that whoever waits can be told.
        """
        yield
