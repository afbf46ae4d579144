"""Feeds that were good once: any damage gives results or a word on what is wrong, nothing else."""

from __future__ import annotations

import contextlib
import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.feeds.rows import FeedError

SAMPLES = Path(__file__).resolve().parents[4] / "data/samples/feeds"


def _zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("feed"), content)
    return packed.getvalue()


PLAIN = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir())}
GOOD = {
    **PLAIN,
    "gzip": gzip.compress(PLAIN["google.tsv"], mtime=0),
    "zip": _zipped(PLAIN["google-rss.xml"]),
    "utf-16": PLAIN["plain.csv"].decode().encode("utf-16"),
}
_PIECES = st.one_of(
    st.binary(min_size=1, max_size=3),
    st.sampled_from([b"\x00", b'"', b"<", b"]]>", b"\n", b"\xff\xfe", b"&x;", b"<!DOCTYPE x>", b"\xe2\x80\xae", b"{"]),
)


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(GOOD)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), _PIECES), min_size=1, max_size=4),
    st.floats(0, 1),
)
@example("zip", [(0.5, 2, b"\0")], 1.0)
def test_a_damaged_feed_is_read_or_refused(
    read: Any, name: str, edits: list[tuple[float, int, bytes]], keep: float
) -> None:
    """Bytes changed, added, taken out, or the end cut off."""
    content = bytearray(GOOD[name])
    for where, taken, piece in edits:
        at = int(where * len(content))
        content[at : at + taken] = piece
    if keep < 0.5:
        del content[int(2 * keep * len(content)) :]
    for kind in ("full", "update"):
        with contextlib.suppress(FeedError):
            read(bytes(content), kind=kind, currency="GBP", link_template="https://shop.example/{handle}")
