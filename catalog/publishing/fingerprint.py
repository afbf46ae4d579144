"""Names what a feed makes, and tells whether the file stayed what it was while it was read."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import replace
from pathlib import Path

from catalog.feeds.how import HowToRead
from catalog.feeds.rows import FeedError

_CODE = ("feeds", "feeds/columns.json", "feeds/currencies.json", "shelf", "words", "publishing", "product.py")


def fingerprint(feed: Path, how: HowToRead, terms: Path) -> str:
    """Digest a feed's bytes, what is said beside it (but the day), the terms and the code.

    Raises FeedError where ``feed`` is no file.
    """
    state_of(feed)
    digest = hashlib.sha256(repr(replace(how, as_of=how.as_of.min)).encode())
    root = Path(__file__).parents[1]
    code = [file for part in _CODE for file in ([root / part] if "." in part else (root / part).rglob("*.py"))]
    for path in (feed, terms, *sorted(code)):
        with path.open("rb") as source:
            while piece := source.read(1 << 20):
                digest.update(piece)
        digest.update(b"\0")
    return digest.hexdigest()


def state_of(feed: Path) -> tuple[int, int, int]:
    """Return what changes with every write to a feed's file.

    Raises FeedError where it is no file (a pipe would be waited for, without end), OSError where there is none.
    """
    found = feed.stat()
    if not stat.S_ISREG(found.st_mode):
        raise FeedError(f"{feed} is no file: save the feed first")
    return found.st_ino, found.st_size, found.st_mtime_ns


def check_unchanged(feed: Path, before: tuple[int, int, int]) -> None:
    """Raise FeedError where the file was written to since: what was read may be half of one feed, half of another."""
    if state_of(feed) != before:
        raise FeedError(f"{feed} was written to while it was read: import it again once it is whole")
