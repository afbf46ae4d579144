"""What the sender needs of X; `bot.x.client.XClient` is it in production."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Send, ShopperId


class Allowance(Protocol):
    """X's rate limit as its answer tells it."""

    @property
    def remaining(self) -> int:
        """Calls left in this window."""

    @property
    def resets_at(self) -> datetime:
        """When the next window starts."""


class SentDm(Protocol):
    """X took a message."""

    @property
    def dm_event_id(self) -> str:
        """X's id of it."""

    @property
    def rate(self) -> Allowance | None:
        """What is left, where X told."""


class SeenDm(Protocol):
    """A message of our account, read back from X."""

    @property
    def id(self) -> str:
        """X's id of it."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def created_at(self) -> datetime:
        """When X took it."""


class X(Protocol):
    """The two calls the sender makes."""

    async def send_dm(self, shopper_id: ShopperId, text: str, media_id: str = "") -> SentDm:
        """Send one direct message, with the picture of this id where one is given.

        Raises:
            Refused, Retryable, InDoubt: from `bot.errors`.
        """

    async def find_sent(
        self, shopper_id: ShopperId, *, since: datetime, may_read: Callable[[], Awaitable[None]]
    ) -> Sequence[SeenDm]:
        """Read our own messages of ``since`` or later in one talk.

        ``may_read`` is awaited before each single call to X; what it raises ends the look.

        Raises:
            Retryable, InDoubt, Refused: X did not tell, or not for certain.
        """


Pictures = Callable[[Send], Awaitable[str]]
"""Puts the picture of a Send at X and answers X's id of it, empty where there is none. Takes seconds, never raises."""
