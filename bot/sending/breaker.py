"""When X is ill, it is left alone: after a few failures in a row one probe a minute, until one succeeds. Pure.

A call to an ill X gains nothing, and each one leaves a Send in doubt that must be looked after later. What X says
clearly (429, 402, 401, 403, 400) is not illness: those have their own pauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import InDoubt, Refused, Retryable

OPENS_AFTER = 5
"""Failures in a row."""

PROBE_EVERY = timedelta(minutes=1)

NOT_REACHED = "could_not_connect"


@dataclass(frozen=True, slots=True)
class Breaker:
    """How X fared of late. Failures in a row, and when the next call may go while it is open."""

    failures: int = 0
    probe_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether X is left alone."""
        return self.probe_at is not None

    def waits_until(self, now: datetime) -> datetime | None:
        """Until when nothing may be claimed; None where a call may go."""
        return self.probe_at if self.probe_at is not None and self.probe_at > now else None

    def after(self, error: Exception | None, now: datetime) -> Breaker:
        """The state once a call ended so; ``error`` is None where X answered well.

        An answer that says clearly what is wrong shows an X in health and closes it too. What tells nothing of X
        (our own read quota, a fault of our client) leaves it as it is.
        """
        ill = is_ill(error)
        if ill is None:
            return self
        if not ill:
            return Breaker()
        failures = self.failures + 1
        return Breaker(failures, now + PROBE_EVERY if failures >= OPENS_AFTER else None)

    def probing(self, now: datetime) -> Breaker:
        """The state once a probe began: the next one may begin a minute later, whatever comes of this one."""
        return Breaker(self.failures, now + PROBE_EVERY) if self.is_open else self


def is_ill(error: Exception | None) -> bool | None:
    """Whether a call's end tells of an X, or a way to it, that does not work; None where it tells neither.

    Ill are 5xx, pages that are no JSON, hangs, resets, empty or unclear answers, and no way to X at all.
    """
    match error:
        case None | Refused():
            return False
        case InDoubt():
            return True
        case Retryable():
            reason = error.reason.removeprefix("read_")
            if reason in (NOT_REACHED, "timeout", "connection_lost") or reason.startswith("http_5"):
                return True
            return False if error.whole_account or reason == "rate_limited" else None
        case _:
            return None
