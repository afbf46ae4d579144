"""Reads a feed of comma-, semicolon- or tab-separated text: row by row, every value text, nothing guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from catalog.feeds.rows import FeedError, Row

MAX_COLUMNS = 200
MAX_FIELD = 20_000
MAX_ROWS = 1_000_000
MAX_LINE_BYTES = 1_000_000


class _Reader(Protocol):
    line_num: int

    def __next__(self) -> list[str]: ...
    def __iter__(self) -> Iterator[list[str]]: ...


def read_rows(source: BinaryIO) -> Iterator[Row]:
    """Yield the rows of a feed as they are read; memory does not grow with the feed.

    Short rows miss their last columns, surplus values of a long row are kept under the name ``""`` so that
    cleaning can refuse the row. Raises FeedError where there is no header or a limit is passed.
    """
    reader = _reader(_lines(source))
    try:
        header = _header(next(reader, []))
        for count, values in enumerate(reader, start=1):
            if count > MAX_ROWS:
                raise FeedError(f"more than {MAX_ROWS} rows")
            if any(value.strip() for value in values):
                yield Row(reader.line_num, _named(header, values))
    except csv.Error as error:
        raise FeedError(f"line {reader.line_num}: {error}") from error


def _lines(source: BinaryIO) -> Iterator[str]:
    """Decode line by line, so that one bad byte names its line and one endless line cannot fill memory."""
    number = 0
    while line := source.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            raise FeedError(f"line {number} is longer than {MAX_LINE_BYTES} bytes")
        if b"\x00" in line:
            raise FeedError(f"line {number} holds a zero byte: save the feed as UTF-8 text")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise FeedError(f"line {number} is not UTF-8 (byte {error.start + 1} of the line)") from error


def _reader(lines: Iterator[str]) -> _Reader:
    first = next(lines, "")
    if not first.strip():
        raise FeedError("the feed is empty: the first line must name the columns")
    separator = max(",\t;", key=first.count)
    csv.field_size_limit(MAX_FIELD)
    return csv.reader(_chain(first, lines), delimiter=separator, strict=True)


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _header(names: list[str]) -> list[str]:
    header = [name.strip().casefold().removeprefix("g:").replace(" ", "_") for name in names]
    if len(header) > MAX_COLUMNS:
        raise FeedError(f"more than {MAX_COLUMNS} columns")
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        raise FeedError(f"the header names {', '.join(doubled)} more than once")
    return header


def _named(header: list[str], values: list[str]) -> dict[str, str]:
    named = {name: value.strip() for name, value in zip(header, values, strict=False) if name}
    surplus = [value for value in values[len(header) :] if value.strip()]
    return {**named, "": surplus[0]} if surplus else named


def read_bytes(content: bytes) -> Iterator[Row]:
    """Read a feed already in memory."""
    return read_rows(io.BytesIO(content))
