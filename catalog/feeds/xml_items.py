"""Reads Google's XML (RSS 2.0 and Atom) as it comes, item by item; no entity is ever declared, let alone expanded."""

from __future__ import annotations

import xml.sax
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from catalog.feeds.cleaning.rules import rejection
from catalog.feeds.columns import OURS, REPEATED, SHIPPING, plain_name
from catalog.feeds.limits import Limits
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError, Row

_GOOGLE = "base.google.com/ns/1.0"
_ITEMS = ("item", "entry")
_ROOTS = ("rss", "feed", "rdf:RDF", "channel")
_MAY_DIFFER = ("category", "summary")
"""RSS and Atom have their own fields of these names, which may come several times."""
_CHUNK = 1 << 15
_DEEPEST = 20
_NAMES_KEPT = 1000


def items(source: BinaryIO, limits: Limits, *, recoded: bool) -> Iterator[Row | Rejection]:
    """Yield the items as they are read; ``recoded``: the bytes are UTF-8 whatever the XML says of itself.

    Raises FeedError with the line where it is no feed, not well formed, declares a document type, or passes a limit.
    """
    found: deque[Row | Rejection] = deque()
    handler = _Handler(found, limits)
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(handler)
    handler.line_of = parser.getLineNumber
    start = xml.sax.xmlreader.InputSource()
    if recoded:
        start.setEncoding("utf-8")
    parser.prepareParser(start)
    parser._source = start  # what parse() would set; feed() reads the encoding from it
    silent = 0
    try:
        while chunk := source.read(_CHUNK):
            before = handler.heard
            parser.feed(chunk)
            silent = silent + len(chunk) if handler.heard == before else 0
            if silent > limits.line_bytes:
                raise FeedError(f"a tag or comment of more than {limits.line_bytes} bytes", parser.getLineNumber())
            while found:
                yield found.popleft()
        parser.close()
        yield from found
    except DefusedXmlException as error:
        raise FeedError("a document type or entity is declared: feeds have none, take it out", _line(parser)) from error
    except xml.sax.SAXException as error:
        raise FeedError(f"not well-formed XML ({error.getMessage()})", _line(parser)) from error
    if not handler.rows:
        raise FeedError("no item or entry in it: a feed is RSS 2.0 or Atom with Google's g: fields", 1)


def _line(parser: xml.sax.xmlreader.Locator) -> int:
    return int(parser.getLineNumber() or 1)


class _Handler(ContentHandler):
    """Collects the fields of one item at a time; a field with parts (g:shipping) becomes Google's text form of it."""

    def __init__(self, found: deque[Row | Rejection], limits: Limits) -> None:
        super().__init__()
        self.found, self.limits = found, limits
        self.heard = self.rows = 0
        self.line_of: Callable[[], int] = int
        self.depth = 0
        self.at = 0  # depth of the item now read, 0 outside
        self.prefixes = {"g"}
        self.names: dict[str, tuple[str, bool]] = {}

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  (the name SAX calls)
        self.heard += 1
        self.depth = depth = self.depth + 1
        if self.at:
            if depth == self.at + 1:
                self.text: list[str] = []
                self.parts: list[tuple[str, str]] = []
                self.length = 0
                if name == "link" and attrs.get("href") and attrs.get("rel", "alternate") == "alternate":
                    self.text.append(attrs["href"])
            elif depth == self.at + 2:
                self.part: list[str] = []
        elif depth == 1:
            self._root(name, attrs)
        elif name in _ITEMS:
            self._begin(depth)
        if depth > _DEEPEST:
            raise FeedError(f"tags inside tags more than {_DEEPEST} deep", self.line_of())

    def characters(self, content: str) -> None:
        self.heard += 1
        if not self.at or self.depth == self.at:
            return
        self.length += len(content)
        if self.length > self.limits.value_characters:
            raise FeedError(f"a value of more than {self.limits.value_characters} characters", self.line_of())
        (self.text if self.depth == self.at + 1 else self.part).append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.heard += 1
        deeper = self.depth - self.at
        self.depth -= 1
        if not self.at:
            return
        if deeper == 1:
            self._field(name)
        elif deeper == 2:
            self.parts.append((self._name(name)[0], "".join(self.part).strip()))
        elif deeper == 0:
            self.at = 0
            self._end()

    def _root(self, name: str, attrs: AttributesImpl) -> None:
        if name not in _ROOTS:
            raise FeedError(f"the first tag is <{name[:40]}>; a feed begins with <rss> or <feed>", self.line_of())
        for key, value in attrs.items():
            if _GOOGLE in value and (key == "xmlns" or key.startswith("xmlns:")):
                self.prefixes.add(key[len("xmlns:") :])  # "" where it is the namespace of all names without a prefix

    def _begin(self, depth: int) -> None:
        self.at, self.begins = depth, self.line_of()
        self.google: dict[str, str] = {}
        self.plain: dict[str, str] = {}
        self.doubled: dict[str, bool] = {}
        self.size = self.count = 0
        self.rows += 1
        if self.rows > self.limits.rows:
            raise FeedError(f"more than {self.limits.rows} items; split the feed", self.begins)

    def _name(self, tag: str) -> tuple[str, bool]:
        """The plain name of a tag, and whether it is one of Google's."""
        known = self.names.get(tag)
        if known is None:
            prefix, _, own = tag.rpartition(":")
            is_google = prefix in self.prefixes
            known = plain_name(own if is_google else tag), is_google
            if len(self.names) < _NAMES_KEPT:
                self.names[tag] = known
        return known

    def _field(self, tag: str) -> None:
        name, is_google = self._name(tag)
        value = "".join(self.text).strip() if not self.parts else _joined(name, self.parts, "".join(self.text))
        self.size += len(value)
        self.count += 1
        fields = self.google if is_google else self.plain
        if name in fields:
            if name in REPEATED:
                value = f"{fields[name]},{value}"
            elif value and fields[name] not in ("", value) and name not in _MAY_DIFFER and (is_google or name in OURS):
                self.doubled[name] = is_google or self.doubled.get(name, False)
        if value or not fields.get(name):
            fields[name] = value
        if self.count > 5 * self.limits.columns or self.size > self.limits.line_bytes:
            raise FeedError("an item with too many fields or too much text", self.begins)

    def _end(self) -> None:
        google, plain = self.google, self.plain
        for name, is_google in self.doubled.items():
            if is_google or not google.get(name):
                self.found.append(rejection(self.begins, name, (google if is_google else plain)[name], "doubled_field"))
                return
        filled = {name: value for name, value in google.items() if value or not plain.get(name)}
        self.found.append(Row(self.begins, {**plain, **filled}))


def _joined(name: str, parts: list[tuple[str, str]], text: str) -> str:
    if name == "shipping":
        told: Mapping[str, str] = dict(parts)
        return ":".join(told.get(part, "").replace(":", " ").replace(",", " ") for part in SHIPPING)
    if name in ("structured_title", "structured_description"):
        return dict(parts).get("content", "")
    if name in ("description", "summary", "content", "title"):  # markup that was not escaped
        return " ".join((text, *(value for _, value in parts))).strip()
    return ", ".join(f"{part}: {value}" for part, value in parts if value)
