"""One shopper's talk with Rasa's agent as trained."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone

from bot.dialogue.agent import GiftAgent, Handled
from bot.model import InboundMessage, MessageId, ShopperId

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


@dataclass
class Chat:
    """One shopper's talk, kept between messages as the store keeps it."""

    agent: GiftAgent
    shopper: str = "42"
    tracker: bytes | None = None
    with_person: bool = False
    texts: list[str] = field(default_factory=list)

    async def says(self, text: str) -> Handled:
        message = InboundMessage(MessageId(str(len(self.texts))), ShopperId(self.shopper), text, NOW)
        handled = await self.agent.handle(message, tracker=self.tracker, with_person=self.with_person)
        self.tracker, self.with_person = handled.tracker, handled.with_person
        self.texts.append(handled.said.text)
        return handled
