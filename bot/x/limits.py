"""What X publishes about its limits, as data with the day it was read.

Used for defaults and by the sandbox; a running giftbot goes by its settings and the headers of X's answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

READ_ON = date(2026, 8, 22)
"""Day of the documentation the figures come from. Older pages contradict; the stricter figure is taken."""


@dataclass(frozen=True, slots=True)
class Window:
    """So many calls in so many seconds, for one account."""

    calls: int
    seconds: int


SEND_MESSAGE = (Window(15, 15 * 60), Window(1440, 24 * 3600))
"""Each POST dm_conversations call, self-serve tier. The brand is one account: this is for all shoppers."""

READ_MESSAGES = (Window(15, 15 * 60),)
"""GET dm_events and both per-conversation reads."""

MAX_WEBHOOK_ANSWER_S = 10.0
"""X counts a delivery as failed after this; older pages say 3 s, so giftbot stays under that."""
