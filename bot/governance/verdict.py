"""What the governor says of a Send."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class May(str, enum.Enum):
    """The three answers there are."""

    GO = "go"
    WAIT = "wait"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer, with its reason for programs (``reason``, snake_case) and for people (``sentence``).

    ``until`` is set of a WAIT alone: the Send is judged again then, not before.
    """

    may: May
    reason: str
    sentence: str
    until: datetime | None = None
