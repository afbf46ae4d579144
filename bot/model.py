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


class Purpose(str, enum.Enum):
    """What an outgoing message is for, the most urgent first; the governor's rules and the queue go by it."""

    ANSWER = "answer"
    """What a turn says to a message of the shopper."""
    SERVICE = "service"
    """About an order or a complaint of theirs: delivery, refund, a colleague's reply."""
    REMINDER = "reminder"
    """What the shopper asked to be told later."""
    MARKETING = "marketing"

    @property
    def urgency(self) -> int:
        """0 is the most urgent."""
        return list(Purpose).index(self)


GIFTBOT = "giftbot"
"""The department that answers; every other name is one of the brand's departments."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """One idea of an answer, as its picture shows it: the number it has in the text, and the shop's photo of it."""

    number: int
    title: str
    price: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Send:
    """One outgoing direct message with a state. A turn makes at most one; other departments make the others."""

    id: SendId
    shopper_id: ShopperId
    text: str = field(repr=False)
    in_reply_to: MessageId
    """The message it answers; empty where it answers none."""
    created_at: datetime
    """As the store made it, by its own clock; of one that is not stored yet, by the clock of who asks for it."""
    state: SendState = SendState.PENDING
    attempts: int = 0
    reason: str = ""
    """Why it is in its state; of a pending one, why it waits."""
    dm_event_id: str = ""
    purpose: Purpose = Purpose.ANSWER
    department: str = GIFTBOT
    campaign: str = ""
    approved_by: str = ""
    """Who approved it, where the rules ask for that."""
    not_before: datetime | None = None
    """A wish of who made it."""
    expires_at: datetime | None = None
    """Dropped unsent after this."""
    pictures: tuple[Pictured, ...] = field(default=(), repr=False)
    """Ideas a picture may be made of, to go with the text; the text says it all without."""
    put_off_until: datetime | None = None
    """The end of the governor's latest wait; None where it was not put off."""


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
