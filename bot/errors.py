"""Errors named by what to do next. Anything else that is raised is a bug and stops the turn."""

from __future__ import annotations

from datetime import datetime


class GiftbotError(Exception):
    """Base of every error giftbot raises on purpose; its text says what to do."""


class SettingsError(GiftbotError):
    """One or more settings are missing or wrong; all of them are listed."""


class Unavailable(GiftbotError):
    """A service giftbot needs (Redis, the action server, X) did not answer in time."""


class StaleLease(GiftbotError):
    """Another owner has taken this partition meanwhile; nothing was changed. Drop the work, it is theirs."""


class Changed(GiftbotError):
    """What the work was based on changed meanwhile; nothing was changed. Do it again from what stands now."""


class Refused(GiftbotError):
    """X will not take this message, now or later. Do not send it again."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class Retryable(GiftbotError):
    """X certainly did not take the message. Send it again, not before ``at`` where that is known."""

    def __init__(self, reason: str, *, at: datetime | None = None, whole_account: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at
        self.whole_account = whole_account
        """True where nothing else will pass either (rate limit, credits, token): pause every Send."""


class InDoubt(GiftbotError):
    """X may have taken the message. Look before sending again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
