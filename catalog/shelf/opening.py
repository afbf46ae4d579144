"""Opens what was published since in a thread of its own: a million products, or a slow address, hold up no turn."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import Generic, TypeVar

Opened = TypeVar("Opened")


class Opening(Generic[Opened]):
    """At most one opening at a time; safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._found: Opened | None = None
        self._error: Exception | None = None

    def take(self, open_: Callable[[], Opened], patience_s: float | None) -> Opened | None:
        """Return what ``open_`` opened, now or begun by an earlier call; None where that takes longer than patience.

        Raises what ``open_`` raised, once; the next call tries again. ``patience_s`` None waits until it is there.
        """
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._open, args=(open_,), name="catalogue-opening", daemon=True)
                self._thread.start()
            self._thread.join(patience_s)
            if self._thread.is_alive():
                return None
            found, error = self._found, self._error
            self._thread = self._found = self._error = None
        if error is not None:
            raise error
        return found

    def _open(self, open_: Callable[[], Opened]) -> None:
        try:
            self._found = open_()
        except Exception as error:  # told to who takes it
            self._error = error
