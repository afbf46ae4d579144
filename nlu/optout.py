"""Stop and start wishes, recognised at the door before any model (and in a few microseconds)."""

from __future__ import annotations

import enum


class OptWish(enum.Enum):
    """What a message wants of our writing at all."""

    NONE = "none"
    STOP = "stop"
    START = "start"


def read_wish(text: str) -> OptWish:
    """Whether the shopper wants us to stop writing, to start again, or says neither. Never raises."""
    word = text.strip(" .!").casefold()
    if word in {"stop", "unsubscribe", "end", "quit", "opt out", "optout"}:
        return OptWish.STOP
    return OptWish.START if word in {"start", "unstop"} else OptWish.NONE
