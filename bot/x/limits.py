"""What X publishes about its limits, as data; read in its documentation of 2026-08-22.

Older pages contradict; the stricter figure is taken. Used for defaults and by the sandbox; a running giftbot
goes by its settings and the headers of X's answers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """So many calls in so many seconds, for one account."""

    calls: int
    seconds: int


SEND_MESSAGE = (Window(15, 15 * 60), Window(1440, 24 * 3600))
"""Each POST dm_conversations call, self-serve tier. The brand is one account: this is for all shoppers."""

READ_MESSAGES = (Window(15, 15 * 60),)
"""GET dm_events and both per-conversation reads."""
