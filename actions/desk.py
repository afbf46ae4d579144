"""What the actions of this process work with: the catalogue's Shelf and a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from catalog.shelf.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed in once before the action server starts."""

    shelf: Shelf
    clock: Callable[[], datetime]


_desk: Desk | None = None


def configure(desk: Desk) -> None:
    """Hand the actions their Desk. Call before the first action runs."""
    global _desk  # noqa: PLW0603 -- rasa_sdk builds actions with no arguments; this is the one way in
    _desk = desk


def desk() -> Desk:
    """The Desk of this process.

    Raises:
        RuntimeError: if `configure` was not called.
    """
    if _desk is None:
        raise RuntimeError("The actions have no catalogue: start them with `giftbot run actions`.")
    return _desk
