"""Why a feed was not pulled, by what to do about it."""

from __future__ import annotations

from typing import ClassVar


class PullError(Exception):
    """A feed was not fetched; what was published stays. The text says what to do and names no secret."""

    exit_code: ClassVar[int] = 4


class AddressRefused(PullError):
    """The address, or one it led to, is not one a feed may come from. Nothing was sent there."""

    exit_code = 3


class NotDelivered(PullError):
    """The server could not be reached or did not deliver. Worth trying again."""

    def __init__(self, text: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(text)
        self.retry_after_s = retry_after_s
        """What the server asked to be waited, where it did."""


class Denied(PullError):
    """The server wants other credentials, or has no such feed. Trying again will not help."""


class TooMuch(PullError):
    """The feed is larger, slower or otherwise more than the limits allow."""
