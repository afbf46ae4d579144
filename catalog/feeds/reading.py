"""Reads a feed file in a process of its own, so that no feed can take down, fill up or hold up the one that asked."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from catalog.feeds import wire
from catalog.feeds.how import HowToRead
from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError
from catalog.product import Product

_ROOT = Path(__file__).resolve().parents[2]
_MOST_OF_A_LINE = 64 << 20
_CHUNK = 1 << 18


def read_feed(path: Path, how: HowToRead) -> FeedReading:
    """Open a feed, to be iterated once, best in a ``with`` block, which ends the reading process in any case.

    Results come as they are read: a Product a row (an OfferUpdate where ``how.kind`` is ``update``), or the Rejection
    of it; at most one product an id. Memory does not grow with the feed. Iterating raises FeedError where the feed as a
    whole cannot be read (wrong format, a limit passed, damaged), OSError where there is no such file.
    """
    return FeedReading(path, how)


class FeedReading:
    """A feed being read; the figures are those so far, and final once iterating has ended."""

    def __init__(self, path: Path, how: HowToRead) -> None:
        self.path, self.how = path, how
        self.format = ""
        """One of :data:`catalog.feeds.formats.FORMATS`; empty before the first result."""
        self.rows = 0
        """Rows read: products, rejections and, of Shopify, handles; without those skipped."""
        self.bytes_read = 0
        """Of the unpacked feed; equals ``bytes_in_all`` at the end of a plain one: for a progress bar."""
        self.bytes_in_all = 0
        """Of the file as it lies there."""
        self.skipped: dict[str, int] = {}
        """What the shop itself does not offer, by reason: draft, archived, unpublished, gift_card (Shopify)."""
        self.peak_memory = 0
        """Bytes of memory the reading process used at its most; known at the end."""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> FeedReading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the reading process; what was not read yet is never read."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
        self._process = None

    def __iter__(self) -> Iterator[Product | OfferUpdate | Rejection]:
        if self.path.exists() and not self.path.is_file():  # a pipe would be waited for, without end
            raise FeedError(f"{self.path} is no file: save the feed first")
        with self.path.open("rb") as file:
            self._process = _started(file.fileno(), self.how)
        try:
            for line in self._lines():
                word, *parts = json.loads(line)
                if word == "batch":
                    self.rows, self.bytes_read, results = parts
                    for result in results:
                        yield wire.unpacked(result, self.how.as_of)
                elif word == "format":
                    self.format, self.bytes_in_all = parts
                elif word == "end":
                    self.skipped, peak = parts
                    self.peak_memory = peak * 1024
                    return
                else:
                    message, at, peak = parts
                    self.peak_memory = peak * 1024
                    raise FeedError(message, at)
            raise FeedError(self._why_ended())
        finally:
            self.close()

    def _lines(self) -> Iterator[bytes]:
        assert self._process is not None
        assert self._process.stdout is not None
        handle = self._process.stdout.fileno()
        parts: list[bytes] = []
        size = 0
        while True:
            ready, _, _ = select.select([handle], [], [], self.how.limits.silence)
            if not ready:
                raise FeedError(
                    f"no word from the reader for {self.how.limits.silence:g} s: the feed is too hard to read"
                )
            some = os.read(handle, _CHUNK)
            if not some:
                return
            *ended, rest = some.split(b"\n")
            for piece in ended:
                yield b"".join((*parts, piece))
                parts, size = [], 0
            parts.append(rest)
            size += len(rest)
            if size > _MOST_OF_A_LINE:
                raise FeedError("the reader says more of one row than a row can hold")

    def _why_ended(self) -> str:
        assert self._process is not None
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return "reading it takes longer than a feed of so many rows may: is it a feed at all?"
        return f"the reader was ended (code {code}) before the end of the feed: is the machine short of memory?"


def _started(feed: int, how: HowToRead) -> subprocess.Popen[bytes]:
    """Start the reading process with nothing of ours but the open file: no secrets of the environment, no folder."""
    command: list[Any] = [sys.executable, "-s", "-m", "catalog.feeds.child", wire.told(how)]
    return subprocess.Popen(  # noqa: S603  (our own module, arguments as a list)
        command, stdin=feed, stdout=subprocess.PIPE, env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}, cwd="/"
    )
