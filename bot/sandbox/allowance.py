"""X's rate limits, counted as X tells them in its headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.x.limits import Window


@dataclass(slots=True)
class _Count:
    window: Window
    used: int = 0
    ends: datetime | None = None


class Allowance:
    """Fixed windows that start with their first call; one for each kind of call."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self._counts = [_Count(window) for window in windows]

    def spend(self, now: datetime) -> tuple[bool, Mapping[str, str]]:
        """Count one call: whether it may pass, and the headers X would send with the answer.

        A refused call is not counted. The headers tell of the first window, or of the one that is used up.
        """
        for count in self._counts:
            if count.ends is None or now >= count.ends:
                count.used, count.ends = 0, now + timedelta(seconds=count.window.seconds)
        full = [count for count in self._counts if count.used >= count.window.calls]
        if not full:
            for count in self._counts:
                count.used += 1
        told = (full or self._counts)[0]
        reset = int(told.ends.timestamp()) + 1 if told.ends else 0
        headers = {
            "x-rate-limit-limit": str(told.window.calls),
            "x-rate-limit-remaining": str(told.window.calls - told.used),
            "x-rate-limit-reset": str(reset),
        }
        return not full, headers
