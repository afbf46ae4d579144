"""The nouns of giftbot's wiring: frozen values, no input or output.

The words are the glossary's (docs/glossary.md). A Shopper writes to us; the Recipient gets the gift and
never appears here; X's own ``recipient_id`` is renamed at the border in ``bot.x.events``.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NewType

ShopperId = NewType("ShopperId", str)
"""X user id of the person who writes to us: decimal digits, kept as text (ids pass 2**53)."""

MessageId = NewType("MessageId", str)
"""X's id of one direct message, inbound or outbound; what duplicates are recognised by."""

SendId = NewType("SendId", str)
"""Our id of one outgoing direct message; made from the MessageId it answers, so a repeated turn makes the same."""


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A direct message a shopper sent us, as it passed the door."""

    id: MessageId
    shopper_id: ShopperId
    text: str = field(repr=False)
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Echo:
    """X's own report (``dm.sent``) of a direct message that left our account."""

    id: MessageId
    shopper_id: ShopperId
    text: str = field(repr=False)
    sent_at: datetime


class SendState(str, enum.Enum):
    """Where an outgoing message stands; the last three never change again."""

    PENDING = "pending"
    SENDING = "sending"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Send:
    """One outgoing direct message with a state. A turn makes at most one."""

    id: SendId
    shopper_id: ShopperId
    text: str = field(repr=False)
    in_reply_to: MessageId
    created_at: datetime
    state: SendState = SendState.PENDING
    attempts: int = 0
    reason: str = ""
    dm_event_id: str = ""


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """What one turn understood and offered: for the people who look after the bot, kept for a few days.

    ``brief`` and ``suggestions`` are plain JSON values as the action server proposed them; ``ms`` is the time
    from reading the message to just before the commit.
    """

    message_id: MessageId
    shopper_id: ShopperId
    replies: tuple[str, ...] = field(repr=False)
    brief: Mapping[str, Any] = field(repr=False)
    suggestions: tuple[Mapping[str, Any], ...] = field(repr=False)
    ms: float
    outcome: str = "answered"
    """answered, silent (a person has the talk) or buried (given up after repeated failure)."""
