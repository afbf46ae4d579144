"""Reads a feed of comma-, semicolon- or tab-separated text: row by row, every value text, nothing guessed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO, Protocol

from catalog.feeds.cleaning.rules import rejection
from catalog.feeds.columns import REPEATED, plain_name, shipping_in_order
from catalog.feeds.formats import EXCEL_SEPARATOR, separator_of
from catalog.feeds.limits import Limits
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError, Row
from catalog.feeds.text_lines import lines

_SHIPPING = re.compile(r"\s*(?:g:)?shipping\s*\(([\w\s:]+)\)\s*", re.I)
_OLD_MAC = "the line ends are those of old Macs: save as CSV UTF-8"


class _Reader(Protocol):
    line_num: int

    def __next__(self) -> list[str]: ...


class Table:
    """A feed with a header; ``names`` are the columns as plain names, iterating gives the rows as they are read.

    The last columns of a short row are empty; surplus values of a long row stand under the name ``""``. A line whose
    quotes do not match is a Rejection; raises FeedError where there is no header, a limit is passed, or quotes run over
    lines.
    """

    def __init__(self, source: BinaryIO, limits: Limits) -> None:
        self.limits = limits
        self.before = 0
        self.shipping: list[str] = []
        text = lines(source, limits.line_bytes)
        first, excel = next(text, ""), None
        while first and (not first.strip() or EXCEL_SEPARATOR.fullmatch(first)):
            excel = EXCEL_SEPARATOR.fullmatch(first) or excel
            first = next(text, "")
            self.before += 1
        if not first:
            raise FeedError("the feed is empty: the first line must name the columns", 1)
        csv.field_size_limit(limits.value_characters)
        separator = excel[1] if excel else separator_of(first)
        self.reader: _Reader = csv.reader(chain([first], text), delimiter=separator, strict=True)
        try:
            told = next(self.reader)
        except csv.Error as error:
            why = (
                _OLD_MAC
                if "new-line" in str(error)
                else f"the header cannot be read ({error}); it must name the columns"
            )
            raise FeedError(why, self._line) from error
        self.names = self._header(told)

    @property
    def _line(self) -> int:
        return self.reader.line_num + self.before

    def _header(self, told: Sequence[str]) -> list[str]:
        names = [plain_name(name) for name in told]
        for at, name in enumerate(told):
            ordered = _SHIPPING.fullmatch(name)
            if ordered:
                names[at] = "shipping"
                self.shipping = [plain_name(part) for part in ordered[1].split(":")]
        if len(names) > self.limits.columns:
            raise FeedError(f"more than {self.limits.columns} columns", self._line)
        doubled = sorted({name for name in names if name and name not in REPEATED and names.count(name) > 1})
        if doubled:
            raise FeedError(f"the header names {', '.join(doubled)} more than once", self._line)
        if len([name for name in names if name]) < 2:
            raise FeedError("the first line must name the columns, parted by commas, semicolons or tabs", self._line)
        return names

    def __iter__(self) -> Iterator[Row | Rejection]:
        names, width = self.names, len(self.names)
        simple = all(names) and len(set(names)) == width
        count = 0
        while True:
            begins = self._line + 1
            try:
                told = next(self.reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._unquoted(begins, error)
                continue
            count += 1
            if count > self.limits.rows:
                raise FeedError(f"more than {self.limits.rows} rows; split the feed", begins)
            values = [value.strip() for value in told]
            if not any(values):
                continue
            values += [""] * (width - len(values))
            named = dict(zip(names, values)) if simple else _joined(names, values)  # noqa: B905  (rows may be long)
            surplus = next((value for value in values[width:] if value), "") if len(values) > width else ""
            if surplus:
                named[""] = surplus
            if self.shipping and named.get("shipping"):
                named["shipping"] = shipping_in_order(named["shipping"], self.shipping)
            yield Row(begins, named)

    def _unquoted(self, begins: int, error: csv.Error) -> Rejection:
        if "field larger" in str(error):
            most = self.limits.value_characters
            raise FeedError(
                f"a value of more than {most} characters begins here; is a quote not closed?", begins
            ) from error
        if "new-line" in str(error):
            raise FeedError(_OLD_MAC, begins) from error
        if self._line > begins:
            raise FeedError(f"a quote that opens here does not match up to line {self._line}", begins) from error
        return rejection(begins, "", str(error), "broken_quoting")


def _joined(names: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """Values by name where a name stands for several columns or for none."""
    named: dict[str, str] = {}
    for name, value in zip(names, values):  # noqa: B905  (rows may be long)
        if name and value:
            named[name] = f"{named[name]},{value}" if name in named else value
        elif name:
            named.setdefault(name, "")
    return named
