"""Every talk with the brand's account, as X keeps it: pure state, ids and time handed in."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import to_ms

_SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Message:
    """One direct message in a talk; ``n`` counts from 1 within it."""

    n: int
    id: str
    shopper_id: str
    from_brand: bool
    text: str = field(repr=False)
    at: datetime
    media: tuple[str, ...] = ()
    typed: bool = False
    """A person of the brand typed it in X's app; X itself does not tell."""
    group: str = ""
    """X's id of the talk, where it is one of several people."""


class Talks:
    """Messages by shopper, and the ledger of what was taken from the brand, in order of acceptance."""

    def __init__(self) -> None:
        self._by_shopper: dict[str, list[Message]] = {}
        self._ids: set[str] = set()
        self._last_id = 0
        self.accepted: deque[Message] = deque(maxlen=_KEPT)

    def new_id(self, at: datetime) -> str:
        """An id as X makes them: growing with time, 19 digits, never twice."""
        self._last_id = max(self._last_id + 1, (to_ms(at) - _SNOWFLAKE_EPOCH_MS) << 22)
        return str(self._last_id)

    def add(
        self,
        shopper_id: str,
        text: str,
        at: datetime,
        *,
        from_brand: bool,
        id_: str = "",
        media: tuple[str, ...] = (),
        typed: bool = False,
        group: str = "",
    ) -> Message:
        """Put a message into a talk.

        Raises:
            ValueError: the id is in use.
        """
        id_ = id_ or self.new_id(at)
        if id_ in self._ids:
            raise ValueError("this id is in use")
        talk = self._by_shopper.setdefault(f"group {group}" if group else shopper_id, [])
        message = Message(len(talk) + 1, id_, shopper_id, from_brand, text, at, media, typed, group)
        self._ids.add(id_)
        talk.append(message)
        if from_brand and not typed:
            self.accepted.append(message)
        return message

    def after(self, shopper_id: str, n: int) -> list[Message]:
        """The messages of one talk that follow number ``n``, oldest first."""
        return self._by_shopper.get(shopper_id, [])[max(n, 0) :]

    def newest(self, shopper_id: str | None) -> Iterator[Message]:
        """The messages of one talk, or of all, newest first."""
        if shopper_id is not None:
            return reversed(self._by_shopper.get(shopper_id, []))
        everything = [message for talk in self._by_shopper.values() for message in talk]
        return iter(sorted(everything, key=lambda message: int(message.id), reverse=True))
