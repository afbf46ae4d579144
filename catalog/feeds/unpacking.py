"""Feeds come packed or plain. What comes out is counted while it is read, so that a bomb is refused where it bursts."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from catalog.feeds.limits import MIB, Limits
from catalog.feeds.rows import FeedError

if TYPE_CHECKING:
    from collections.abc import Callable

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_NOT_FEEDS = {
    b"PK\x05\x06": "an empty zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save it as CSV UTF-8",
    b"%PDF": "a PDF: export the products as CSV or XML",
    b"PAR1": "a Parquet file: export the products as CSV or JSON lines",
    b"BZh": "packed with bzip2: pack it with gzip or zip",
    b"\xfd7zXZ": "packed with xz: pack it with gzip or zip",
    b"7z\xbc\xaf": "packed with 7-Zip: pack it with gzip or zip",
    b"Rar!": "a RAR archive: pack it with gzip or zip",
    b"\x28\xb5\x2f\xfd": "packed with zstd: pack it with gzip or zip",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format": "a database: export the products as CSV",
}
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
"""What zlib and zipfile raise at one or another wrong byte."""
_CHUNK = 1 << 16
_MOST_MEMBERS = 100_000
_MOST_ENTRIES = 10


class Unpacked(io.RawIOBase):
    """The feed's own bytes, whatever it was packed in; raises FeedError as soon as a limit is passed."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self.packed = os.fstat(file.fileno()).st_size if _has_number(file) else file.seek(0, io.SEEK_END)
        file.seek(0)
        self.limits, self.given = limits, 0
        if self.packed > limits.file_bytes:
            raise FeedError(f"the file is larger than {limits.file_bytes // MIB} MiB; split it, or pack it")
        start = file.read(_CHUNK)
        file.seek(0)
        self._read, self.is_packed = _opened(file, start)
        self._first = self._some()
        _refuse_foreign(self._first, inner=self.is_packed)

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        some = self._first or self._some()
        count = min(len(some), len(into))
        into[:count] = some[:count]
        self._first = some[count:]
        return count

    def _some(self) -> bytes:
        try:
            some = self._read(_CHUNK)
        except _DAMAGE as error:
            raise FeedError(f"the archive is damaged or cut short ({error}); send it again") from error
        self.given += len(some)
        if self.given > self.limits.unpacked_bytes:
            raise FeedError(f"more than {self.limits.unpacked_bytes // MIB} MiB when unpacked")
        if self.is_packed and self.given > max(self.limits.ratio_from, self.limits.ratio * self.packed):
            raise FeedError(f"the archive unpacks to more than {self.limits.ratio} times its size; send it plain")
        return some


def _has_number(file: BinaryIO) -> bool:
    try:
        file.fileno()
    except OSError:
        return False
    return True


def _opened(file: BinaryIO, start: bytes) -> tuple[Callable[[int], bytes], bool]:
    if start.startswith(_GZIP):
        return _Gunzip(file).read, True
    if start.startswith(_ZIP):
        return _only_entry(file).read, True
    return file.read, False


def _refuse_foreign(start: bytes, *, inner: bool) -> None:
    if inner and start.startswith((_GZIP, _ZIP)):
        raise FeedError("an archive inside an archive; pack the feed once")
    for magic, what in _NOT_FEEDS.items():
        if start.startswith(magic):
            raise FeedError(f"this is no feed but {what}")
    if start[257:262] == b"ustar":
        raise FeedError("this is no feed but a tar archive: pack the feed alone, with gzip or zip")


def _only_entry(file: BinaryIO) -> BinaryIO:
    """Open the one file of a zip archive; folders and what macOS adds do not count."""
    if _entries_told(file) > _MOST_ENTRIES:
        _refuse_entries(file)
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise FeedError(f"the zip archive is damaged ({error}); send it again") from error
    entries = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    if len(entries) != 1:
        _refuse_entries(file)
    if entries[0].flag_bits & 1:
        raise FeedError("the zip archive asks for a password; send it without")
    if entries[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FeedError("the zip archive is packed in a rare way; pack it with the usual one (deflate)")
    try:
        return archive.open(entries[0])  # type: ignore[return-value]
    except _DAMAGE as error:
        raise FeedError(f"the zip archive is damaged ({error}); send it again") from error


def _entries_told(file: BinaryIO) -> int:
    """How many entries the end of the archive tells of, before any of them is looked at."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _CHUNK))
    end = file.read()
    file.seek(0)
    at = end.rfind(b"PK\x05\x06")
    return int.from_bytes(end[at + 10 : at + 12], "little") if at >= 0 else 0


def _refuse_entries(file: BinaryIO) -> None:
    file.seek(0)
    if b"[Content_Types].xml" in file.read(_CHUNK):
        raise FeedError("this is no feed but a spreadsheet or document (xlsx, docx): save it as CSV UTF-8")
    raise FeedError("the zip archive must hold one file, the feed")


class _Gunzip:
    """Gzip as a stream that never unpacks more than is asked for, and does not spin on a million empty members."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.members, self.left = file, 0, b""
        self.member = zlib.decompressobj(31)

    def read(self, size: int) -> bytes:
        while True:
            packed = self.left or self.file.read(_CHUNK)
            if self.member.eof:
                packed = packed.lstrip(b"\0")  # padding is allowed between members
                if packed:
                    self._next_member()
            some = self.member.decompress(packed, size)
            self.left = self.member.unused_data if self.member.eof else self.member.unconsumed_tail
            if some:
                return some
            if not packed:
                if not self.member.eof:
                    raise EOFError("the end is missing")
                return b""

    def _next_member(self) -> None:
        self.members += 1
        if self.members > _MOST_MEMBERS:
            raise EOFError("it has too many parts")
        self.member = zlib.decompressobj(31)
