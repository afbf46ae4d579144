"""What a decision looks at, as values: the store reads them, tests make them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model import Purpose, SendId


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What a shopper allows, of every purpose.

    ``opened``: they wrote to us once. ``closed``: they told us to stop, and nobody may write until they write START.
    ``granted`` holds what they were asked for and said yes (True) or took back (False); absent: never asked.
    """

    opened: bool
    closed: bool
    overruled: bool = False
    """The Send answers something from before their latest stop."""
    last_wrote_at: datetime | None = None
    unreachable_since: datetime | None = None
    """When X last said that they blocked us, or take no messages from us."""
    granted: Mapping[Purpose, bool] = field(default_factory=dict)
    time_zone: str = ""
    """IANA name, where they told it; else the account's holds."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One message that was handed to X for this shopper, or may have been; what X certainly refused is not here."""

    send_id: SendId
    at: datetime
    purpose: Purpose
    department: str
    campaign: str
    mark: str
    """Fingerprint of the text, links and white space apart (bot.governance.text_mark)."""
    words: str = ""
    """Fingerprint of the words as a reader sees them (words_mark); empty of what was handed over before there was."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What this shopper already got from all departments together, newest first, 35 days back.

    The claim of an ANSWER reads none of it: no rule about what was sent before binds answers.
    """

    handed: tuple[Handed, ...] = ()
    newer_answer_waits: bool = False
    """A later ANSWER of this shopper is pending too."""
