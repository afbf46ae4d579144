"""The whole way of one feed, from its bytes to products and rejections; runs in the reading process (child.py)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from catalog.feeds.cleaning.availability import left_out
from catalog.feeds.cleaning.product import Cleaner
from catalog.feeds.cleaning.rules import rejection
from catalog.feeds.cleaning.update import update
from catalog.feeds.columns import our_names
from catalog.feeds.delimited import Table
from catalog.feeds.formats import FORMATS, format_of, header_of, missing_columns, separator_of
from catalog.feeds.how import HowToRead
from catalog.feeds.json_lines import objects
from catalog.feeds.limits import Limits
from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError, Row
from catalog.feeds.shopify import GIFT_CARD, products
from catalog.feeds.text_lines import as_utf8, lines
from catalog.feeds.unpacking import Unpacked
from catalog.product import Product

Result = Product | OfferUpdate | Rejection
_HEAD = 1 << 16
_ROW_MARKS = {"google-xml": (b"<item>", b"<item ", b"<entry>", b"<entry "), "jsonl": (b"}\n", b"}\r\n")}
"""What a row must have; of a table it is the line's end."""


class Parsing:
    """Reads one feed; iterate it once. ``file`` must be able to go back to its start."""

    def __init__(self, file: BinaryIO, how: HowToRead) -> None:
        self.file, self.how = file, how
        self.skipped: Counter[str] = Counter()
        self.rows = 0
        if how.format is not None and how.format not in FORMATS:
            raise FeedError(f"{how.format!r} is no format; there are {', '.join(FORMATS)}")
        self.bytes = Unpacked(file, how.limits)
        text, self._recoded = as_utf8(self.bytes)
        self._text = text
        told = format_of(text.peek(_HEAD))
        self.format = how.format or told

    def __iter__(self) -> Iterator[Result]:
        self._count_first()
        cleaner = Cleaner(self.how, self.format)
        seen: set[int] = set()
        taken, first_refused = 0, None
        updating = self.how.kind == "update"
        for row in self._rows():
            why = "" if isinstance(row, Rejection) else row.left_out or left_out(row.values)
            if why and (why == GIFT_CARD or not updating):
                self.skipped[why] += 1
                continue
            self.rows += 1
            result: Result
            if isinstance(row, Rejection):
                result = row
            else:
                result = update(cleaner, row, withdrawn=bool(why)) if updating else cleaner.clean(row)
                if not isinstance(result, Rejection):
                    # a keyed hash, not the id: a million of them fit the process, and two agree by chance once in
                    # thirty million such feeds
                    mark = hash(result.id)
                    if mark in seen:
                        result = rejection(row.number, "id", result.id, "doubled")
                    seen.add(mark)
            if not isinstance(result, Rejection):
                taken += 1
            else:
                first_refused = first_refused or result
            yield result
            if not taken and self.rows >= self.how.limits.hopeless_rows and first_refused:
                raise FeedError(_hopeless(self.rows, first_refused), first_refused.row)

    def _rows(self) -> Iterable[Row | Rejection]:
        if self.format == "google-xml":
            # here, so that the process for all other feeds starts twice as fast and has no XML parser in it
            from catalog.feeds.xml_items import items

            return _ours(items(self._text, self.how.limits, recoded=self._recoded))
        if self.format == "jsonl":
            return _ours(objects(self._text, self.how.limits))
        table = Table(self._text, self.how.limits)
        if self.format == "shopify-csv":
            self._ask_for_shopify()
            return _ours(products(table))
        lacking = missing_columns(
            set(table.names), update=self.how.kind == "update", has_template=bool(self.how.link_template)
        )
        if lacking:
            raise FeedError(_lacking(lacking, table.names, self.how), 1)
        table.names = our_names(table.names)
        return table

    def _ask_for_shopify(self) -> None:
        if not self.how.currency:
            raise FeedError("Shopify's export names no currency: give it, as in --currency GBP")
        if not self.how.link_template and self.how.kind == "full":
            raise FeedError(
                "Shopify's export holds no addresses: give --link-template https://shop.example/products/{handle}"
            )

    def _count_first(self) -> None:
        """Refuse a feed of too many rows before any of them is cleaned: seconds instead of minutes."""
        limits = self.how.limits
        if not self._recoded and (self.bytes.is_packed or self.bytes.packed > limits.rows):
            _refuse_too_many(self.file, self.format, limits)
            self.bytes = Unpacked(self.file, limits)
            self._text, self._recoded = as_utf8(self.bytes)


def _refuse_too_many(file: BinaryIO, format: str, limits: Limits) -> None:  # noqa: A002
    """Count what may be rows, never too many: what slips through here meets the same limit when it is read."""
    marks = _ROW_MARKS.get(format, (b"\n",))
    longest = max(map(len, marks)) - 1
    count, tail, quoted = 0, b"", False
    raw = Unpacked(file, limits)
    while chunk := raw.read(1 << 20):
        text = tail + chunk
        count += sum(text.count(mark) for mark in marks) - sum(tail.count(mark) for mark in marks)
        tail = text[-longest:] if longest else b""
        quoted = quoted or (format not in ("google-xml", "jsonl") and b'"' in chunk)
        if count > limits.rows + 1 and not quoted:
            raise FeedError(f"more than {limits.rows} rows; split the feed")
    if count > limits.rows + 1:
        _refuse_too_many_records(file, limits)


def _refuse_too_many_records(file: BinaryIO, limits: Limits) -> None:
    """Count again where lines are more than rows may be: values may hold line breaks."""
    text, _ = as_utf8(Unpacked(file, limits))
    csv.field_size_limit(limits.value_characters)
    header, separator = header_of(text.peek(_HEAD))
    separator = separator or separator_of(header)
    records = csv.reader(lines(text, limits.line_bytes), delimiter=separator)
    try:
        for count, _ in enumerate(records):
            if count > limits.rows:
                raise FeedError(f"more than {limits.rows} rows; split the feed", records.line_num)
    except csv.Error:
        return  # told by whoever reads the rows, with the line it begins in


def _ours(rows: Iterable[Row | Rejection]) -> Iterator[Row | Rejection]:
    """The same rows with our names for their columns; the few sets of names of a feed are looked up once."""
    known: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        if isinstance(row, Rejection):
            yield row
            continue
        theirs = tuple(row.values)
        ours = known.get(theirs)
        if ours is None:
            ours = our_names(theirs)
            if len(known) < 1000:
                known[theirs] = ours
        yield Row(row.number, dict(zip(ours, row.values.values(), strict=True)), row.left_out)


def _lacking(lacking: list[str], names: list[str], how: HowToRead) -> str:
    told = ", ".join(name for name in names if name)[:300]
    hint = "" if how.kind == "update" else "; for new prices or stock alone, import it as a partial update"
    return f"no column for {', '.join(lacking)}; the header names {told}{hint}"


def _hopeless(rows: int, first: Rejection) -> str:
    return f"none of the first {rows} rows can be taken; here {first.field} breaks the rule {first.rule}: {first.hint}"
