"""One writer at a time at an address that knows no locks: a file with an owner and an end, renewed while at work.

Made with the store's own "only where there is none" (S3, Google and Azure have it; so has fsspec's ``mode="create"``).
A killed owner's lease ends by itself. What one owner may still do after its lease was taken over is decided by
:meth:`Lease.still_held`, asked before anything becomes visible.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

SECONDS = 60.0
"""How long a lease lasts unless it is renewed; renewed three times as often."""


class LeaseLost(RuntimeError):
    """Another process took over while this one was at work; nothing was published. Try again."""


class Lease:
    """The right to publish below one address."""

    def __init__(self, files: Any, path: str, *, clock: Callable[[], float] = time.time, wait_s: float = 1.0) -> None:
        self._files, self._path, self._clock, self._wait_s = files, path, clock, wait_s
        self._owner = uuid.uuid4().hex

    @contextlib.contextmanager
    def held(self, waits: Callable[[], None] | None = None) -> Iterator[Lease]:
        """Wait until the lease is free, hold it, renew it, give it back; ``waits`` is called once if it is not free."""
        while not self._taken():
            if waits is not None:
                waits()
                waits = None
            time.sleep(self._wait_s)
        ended = threading.Event()
        renewing = threading.Thread(target=self._renew, args=(ended,), daemon=True)
        renewing.start()
        try:
            yield self
        finally:
            ended.set()
            renewing.join()
            if self._holder() == self._owner:
                self._files.rm_file(self._path)

    def still_held(self) -> bool:
        """Tell whether the lease is this one's and has not ended."""
        return self._holder() == self._owner

    def _taken(self) -> bool:
        if self._holder() is None:
            with contextlib.suppress(FileNotFoundError):  # one that ended
                self._files.rm_file(self._path)
            with contextlib.suppress(FileExistsError):
                self._files.pipe_file(self._path, self._content(), mode="create")
        return self.still_held()

    def _holder(self) -> str | None:
        try:
            found = json.loads(self._files.cat_file(self._path))
            return str(found["owner"]) if float(found["until"]) > self._clock() else None
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def _renew(self, ended: threading.Event) -> None:
        while not ended.wait(SECONDS / 3):
            with contextlib.suppress(OSError):  # tried again in a moment; still_held tells in the end
                if self._holder() == self._owner:
                    self._files.pipe_file(self._path, self._content())

    def _content(self) -> bytes:
        return json.dumps({"owner": self._owner, "until": self._clock() + SECONDS}).encode()
