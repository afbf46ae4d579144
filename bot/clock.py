"""Time as something handed in, so that tests can move it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

Clock = Callable[[], datetime]
"""Answers the present moment as aware UTC."""


def utc_now() -> datetime:
    """The wall clock. Only wiring hands it out; nothing else calls it."""
    return datetime.now(timezone.utc)


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970, as keys and scores in the store hold them."""
    return int(moment.timestamp() * 1000)


def from_ms(ms: int | float | str | bytes) -> datetime:
    """The aware UTC moment of so many milliseconds since 1970."""
    return datetime.fromtimestamp(float(ms) / 1000, tz=timezone.utc)
