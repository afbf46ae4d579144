"""X's side and the records in memory, for the parts of the demo that only read and write there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.demo.xside import Picture, TalkMessage
from bot.errors import Unavailable
from bot.model import MessageId, ShopperId, TurnRecord

Answer = Callable[[str], "tuple[tuple[str, ...], str] | None"]


class FakeX:
    """Answers every message as ``answer`` says: (replies, outcome), or None for nothing at all."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.messages: list[TalkMessage] = []
        self.records: dict[str, TurnRecord] = {}
        self.pictures: dict[str, Picture] = {}
        self.taken = True
        self.gone = False

    async def write(self, shopper_id: ShopperId, text: str) -> MessageId:
        if self.gone:
            raise Unavailable("the sandbox did not answer")
        message_id = MessageId(self._add("shopper", text))
        found = self._answer(text)
        if found is not None:
            replies, outcome = found
            self.records[message_id] = TurnRecord(
                message_id, shopper_id, replies, {"recipient": "mum"}, SUGGESTIONS, 12.0, outcome
            )
            if replies:
                self._add("brand", "\n\n".join(replies))
        return message_id

    async def write_as_colleague(self, shopper_id: ShopperId, text: str) -> MessageId:
        return MessageId(self._add("brand", text, typed=True))

    async def picture(self, media_id: str) -> Picture | None:
        return self.pictures.get(media_id)

    async def standing(self, shopper_id: ShopperId) -> dict[str, Any]:
        return {"silence": {"why": ""}, "sent": len(self.messages), "sends": [{"shopper": shopper_id}]}

    async def talk(self, shopper_id: ShopperId, *, after: int, wait_s: float) -> tuple[TalkMessage, ...]:
        if self.gone:
            raise Unavailable("the sandbox did not answer")
        return tuple(self.messages[after:])

    async def took(self, message_id: MessageId) -> bool:
        return self.taken

    async def get(self, shopper_id: ShopperId, message_id: MessageId) -> TurnRecord | None:
        return self.records.get(message_id)

    def _add(self, sender: str, text: str, *, media: tuple[str, ...] = (), typed: bool = False) -> str:
        n = len(self.messages) + 1
        self.messages.append(TalkMessage(n, str(1000 + n), sender, text, "2026-01-01T12:00:00+00:00", media, typed))
        return self.messages[-1].id


SUGGESTIONS = (
    {
        "id": "22423",
        "title": "Cake stand",
        "price": "12.75",
        "currency": "GBP",
        "link": "https://shop.example/p/22423",
        "rank": 1,
        "score": 1.5,
        "parts": {"text": 1.0, "popularity": 0.5},
        "reasons": ["For baking."],
        "codes": ["matches"],
    },
)


@pytest.fixture
def fake_x() -> Callable[[Answer], FakeX]:
    return FakeX
