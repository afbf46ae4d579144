"""Feeds made to fill up memory, disk or time are refused in seconds; they are made here, being too big to keep."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from catalog.feeds.how import HowToRead
from catalog.feeds.limits import MIB, Limits
from catalog.feeds.reading import read_feed
from catalog.feeds.rows import FeedError

HEADER = b"id,title,price,currency,availability,link\n"
GOOD = b"%d,Tea cosy,4.95,GBP,in_stock,https://shop.example/p/1\n"
SHORT = b"1,Tea cosy\n"
RSS = b'<?xml version="1.0"?>\n<rss xmlns:g="http://base.google.com/ns/1.0"><channel>\n'


def _refusal(path: Path, limits: Limits | None = None, within: float = 5) -> FeedError:
    began = time.perf_counter()
    with read_feed(path, HowToRead(date(2026, 11, 22), limits=limits or Limits())) as feed:
        with pytest.raises(FeedError) as refused:
            for _ in feed:
                pass
        assert time.perf_counter() - began < within
        assert feed.peak_memory < 256 * MIB  # the kernel sees to it (RLIMIT_AS), also where a killed reader cannot tell
    return refused.value


def _gzip_of_zeros(megabytes: int, start: bytes = b"") -> bytes:
    """Two hundred to one, written in a moment."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    parts = [packer.compress(start)]
    chunk = b"0" * MIB
    parts += [packer.compress(chunk) for _ in range(megabytes)]
    return b"".join((*parts, packer.flush()))


def _zip_of_zeros(megabytes: int) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("feed.csv", "w") as feed,
    ):
        feed.write(HEADER)
        for _ in range(megabytes):
            feed.write(b"1,\n" * (MIB // 3))
    return packed.getvalue()


def _many_entries() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(3000):
            archive.writestr(f"{number}.csv", b"")
    return packed.getvalue()


def _rows(count: int) -> bytes:
    return HEADER + b"".join(GOOD % number for number in range(count))


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "gzip, two hundred to one, one line": (lambda: _gzip_of_zeros(80), "times its size"),
    "gzip, two hundred to one, after a good header": (lambda: _gzip_of_zeros(80, HEADER), "times its size"),
    "gzip of 60,000 empty parts, then more": (lambda: gzip.compress(b"", mtime=0) * 110_000, "too many parts"),
    "zip, short rows, hundreds to one": (lambda: _zip_of_zeros(80), "more than 1000000 rows"),
    "zip of 3,000 entries": (_many_entries, "must hold one file"),
    "a field of 10 MB": (lambda: HEADER + b"1," + b"a" * 10_000_000 + b",1\n", "longer than"),
    "a quoted field of 10 MB": (lambda: HEADER + b'1,"' + b"a\n" * 5_000_000 + b'",1\n', "more than 131072"),
    "a header of 10 MB": (lambda: b"id," * 3_300_000 + b"\n", "longer than"),
    "a million rows and one": (lambda: HEADER + SHORT * 1_000_002, "more than 1000000 rows"),
    "a million rows and one, packed": (lambda: gzip.compress(HEADER + SHORT * 1_000_002, 1), "more than 1000000 rows"),
    "a million blank lines and two": (lambda: HEADER + b"\n" * 1_000_002, "more than 1000000 rows"),
    "a million JSON lines and one": (lambda: b"{}\n" * 1_000_002, "more than 1000000 rows"),
    "a million XML items and one": (lambda: RSS + b"<item></item>\n" * 1_000_002, "more than 1000000 rows"),
    "ten thousand rows without one good": (lambda: HEADER + b"1,,,,,\n" * 20_000, "none of the first 10000 rows"),
    "a JSON line of 10 MB": (lambda: b'{"id":"' + b"1" * 10_000_000 + b'"}\n', "longer than"),
    "an XML value of 10 MB": (lambda: RSS + b"<item><title>" + b"a" * 10_000_000, "more than 131072"),
    "an XML tag of 10 MB": (lambda: RSS + b"<item " + b"a" * 10_000_000, "tag or comment"),
    "an XML attribute of 10 MB": (lambda: RSS + b'<item a="' + b"a" * 10_000_000, "tag or comment"),
    "an XML comment of 10 MB": (lambda: RSS + b"<!--" + b"a" * 10_000_000, "tag or comment"),
    "an XML item of 100,000 fields": (lambda: RSS + b"<item>" + b"<g:tax>1</g:tax>" * 100_000, "too many fields"),
    "quadratic blow-up": (
        lambda: b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 50_000 + b'">]><rss>' + b"&a;" * 50_000 + b"</rss>",
        "document type",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_bursts(name: str, tmp_path: Path) -> None:
    """Bar: a reason, under 5 s and 256 MiB."""
    make, told = BOMBS[name]
    path = tmp_path / "feed"
    path.write_bytes(make())
    assert told in _refusal(path).message


def test_a_zip_that_lies_about_its_size_is_counted_while_read(tmp_path: Path) -> None:
    """The archive says 10 bytes; what comes out is checked, never what is said."""
    packed = bytearray(_zip_of_zeros(2))
    true = (2 * (MIB // 3) * 3 + len(HEADER)).to_bytes(4, "little")
    assert packed.count(true) >= 1
    path = tmp_path / "feed"
    path.write_bytes(bytes(packed).replace(true, (10).to_bytes(4, "little")))
    _refusal(path)


def test_a_feed_larger_than_the_limit_is_not_begun(tmp_path: Path) -> None:
    """A sparse terabyte costs nothing to send."""
    path = tmp_path / "feed"
    with path.open("wb") as file:
        file.write(HEADER)
        file.truncate(1 << 40)
    assert "larger than 512 MiB" in _refusal(path).message


def test_a_parser_that_needs_more_memory_than_it_may_is_a_refused_feed(tmp_path: Path) -> None:
    """Whatever it is in a feed that eats memory, it ends at the ceiling and is told."""
    path = tmp_path / "feed"
    path.write_bytes(HEADER + b'1,"' + (b"a" * 900_000 + b"\n") * 60)
    greedy = Limits(value_characters=1 << 30, memory_bytes=64 * MIB)
    assert "more than 64 MiB of memory" in _refusal(path, greedy).message


def test_a_feed_that_takes_too_long_is_a_refused_feed(tmp_path: Path) -> None:
    """The kernel ends the reader; the one that asked goes on."""
    path = tmp_path / "feed"
    path.write_bytes(_rows(60_000))
    assert "longer than" in _refusal(path, Limits(seconds=0.2, seconds_a_row=0), within=60).message
