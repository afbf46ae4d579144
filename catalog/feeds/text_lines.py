"""Bytes become text: UTF-8, or UTF-16 with its mark, and nothing else; a byte that is neither names its line."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from catalog.feeds.rows import FeedError

_UTF8_MARK = codecs.BOM_UTF8
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 16


def as_utf8(source: io.RawIOBase) -> tuple[io.BufferedReader, bool]:
    """Give the same text as UTF-8 without a mark, and whether it came as UTF-16 (what Excel calls Unicode text)."""
    buffered: io.BufferedReader = io.BufferedReader(source, _CHUNK)
    start = buffered.peek(_CHUNK)
    if start.startswith(_UTF16_MARKS):
        return io.BufferedReader(_Recoded(buffered), _CHUNK), True
    if start.startswith(_UTF8_MARK):
        buffered.read(len(_UTF8_MARK))
    return buffered, False


def lines(source: BinaryIO, line_bytes: int) -> Iterator[str]:
    """Decode line by line, so that one bad byte names its line and one endless line cannot fill memory."""
    number = 0
    while line := source.readline(line_bytes + 1):
        number += 1
        if len(line) > line_bytes:
            why = "; the line ends look like those of old Macs, save as CSV UTF-8" if b"\r" in line[:-2] else ""
            raise FeedError(f"longer than {line_bytes} bytes{why}", number)
        if b"\x00" in line:
            raise FeedError("a zero byte: save the feed as UTF-8 text", number)
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise FeedError(
                f"not UTF-8 (byte {error.start + 1} of the line): save the feed as UTF-8", number
            ) from error


class _Recoded(io.RawIOBase):
    def __init__(self, source: BinaryIO) -> None:
        self.source, self.line, self.left = source, 1, b""
        self.decoder = codecs.getincrementaldecoder("utf-16")()

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        while not self.left:
            some = self.source.read(_CHUNK)
            try:
                text = self.decoder.decode(some, final=not some)
                self.left = text.encode()
            except UnicodeError as error:
                raise FeedError("not UTF-16, as its first bytes say: save the feed as UTF-8", self.line) from error
            self.line += text.count("\n")
            if not some:
                break
        count = min(len(self.left), len(into))
        into[:count] = self.left[:count]
        self.left = self.left[count:]
        return count
