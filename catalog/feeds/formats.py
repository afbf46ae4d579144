"""Tells the format of a feed by what it holds; a file's name says nothing."""

from __future__ import annotations

import csv
import re

from catalog.feeds.columns import our_names, plain_name
from catalog.feeds.rows import FeedError

FORMATS = ("google-xml", "google-tsv", "shopify-csv", "meta-csv", "csv", "jsonl")
"""google-xml: RSS 2.0 or Atom. csv: any other table with named columns, parted by commas, semicolons or tabs."""
_META_MUST = frozenset(
    ("id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand")
)
_GOOGLE_MUST = frozenset(("id", "title", "link", "availability", "price"))
EXCEL_SEPARATOR = re.compile(r"sep=(.)\r?\n?", re.I)
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.I)


def format_of(start: bytes) -> str:
    """Name the format by the first bytes (UTF-8, unpacked); raises FeedError where they are no feed."""
    text = start.lstrip()
    if not text:
        raise FeedError("the feed is empty: the first line must name the columns")
    if text.startswith(b"<"):
        if _PAGE.match(text):
            raise FeedError("this is a web page, not a feed: is the address right, does it ask for a password?")
        return "google-xml"
    if text.startswith(b"{"):
        return "jsonl"
    if text.startswith(b"[") and re.match(rb"\[\s*[{\]]", text):
        raise FeedError("a JSON list: write one product a line, without brackets and commas (JSON lines)", 1)
    return _of_table(header_of(start)[0])


def header_of(start: bytes) -> tuple[str, str]:
    """The line that names a table's columns, and what Excel's ``sep=`` line before it says parts them (else empty)."""
    separator = ""
    for line in start.decode("utf-8", "replace").split("\n"):
        excel = EXCEL_SEPARATOR.fullmatch(line.strip("\r"))
        if excel:
            separator = excel[1]
        elif line.strip():
            return line, separator
    return "", separator


def separator_of(header: str) -> str:
    """What parts the columns: the one of tab, semicolon, comma and bar found most often in the header."""
    return max("\t,;|", key=header.count)


def _of_table(header: str) -> str:
    separator = separator_of(header)
    try:
        told = {plain_name(name) for name in next(csv.reader([header], delimiter=separator), [])}
    except csv.Error:
        return "csv"
    if told & {"handle", "url_handle"} and told & {
        "variant_price",
        "option1_name",
        "option1_value",
        "body_html",
        "vendor",
    }:
        return "shopify-csv"
    if separator == "\t" and told >= _GOOGLE_MUST:
        return "google-tsv"
    if separator == "," and told >= _META_MUST:
        return "meta-csv"
    return "csv"


def missing_columns(names: set[str], *, update: bool, has_template: bool) -> list[str]:
    """Which columns a table cannot do without and has not; ``names`` are ours."""
    ours = set(our_names(sorted(names)))
    if update:
        gives = {"price", "sale_price", "availability", "quantity"}
        return [*([] if "id" in ours else ["id"]), *([] if ours & gives else ["price or availability"])]
    lacking = [name for name in ("id", "title", "price") if name not in ours]
    if "link" not in ours and not has_template:
        lacking.append("link")
    if not ours & {"availability", "quantity"}:
        lacking.append("availability")
    return lacking
