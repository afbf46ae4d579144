"""One shopper's side of a talk: say something, wait until it is answered or rightly met with silence."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.demo.xside import TalkMessage, XSide
from bot.model import MessageId, ShopperId, TurnRecord
from nlu.optout.wishes import OptWish, read_wish

_LOOK_S = 0.25


class RecordReader(Protocol):
    """Where turns are looked up afterwards: ``Store.records``."""

    async def get(self, shopper_id: ShopperId, message_id: MessageId) -> TurnRecord | None:
        """Look up the turn this message began; None until it is committed."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a message met."""

    said: str = field(repr=False)
    message_id: MessageId
    replies: tuple[str, ...] = field(repr=False)
    record: TurnRecord | None
    outcome: str
    """answered, opted_out (silence, as asked for), silent (a person has the talk), buried or unanswered."""
    ms: float

    @property
    def handled(self) -> bool:
        """Whether giftbot did with it what it promises."""
        return self.outcome in ("answered", "opted_out", "silent")


class Talker:
    """Speaks as one shopper and waits for each answer before the next message."""

    def __init__(
        self,
        x: XSide,
        records: RecordReader,
        shopper_id: ShopperId,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._x = x
        self._records = records
        self._shopper_id = shopper_id
        self._clock = clock
        self._seen = 0
        self._stopped = False

    async def say(self, text: str, timeout_s: float) -> Exchange:
        """Write ``text`` and wait for what comes of it, ``timeout_s`` seconds at most.

        Raises:
            Unavailable: the sandbox or Redis is gone.
        """
        began = self._clock()
        message_id = await self._x.write(self._shopper_id, text)
        wish = read_wish(text)
        if wish is not OptWish.NONE:
            self._stopped = wish is OptWish.STOP
        if self._stopped:
            outcome = "opted_out" if await self._taken(message_id, began + timeout_s) else "unanswered"
            record, replies = None, await self._new_replies(0)
        else:
            outcome, record, replies = await self._answer(message_id, began + timeout_s)
        return Exchange(text, message_id, replies, record, outcome, (self._clock() - began) * 1000)

    async def _answer(self, message_id: MessageId, deadline: float) -> tuple[str, TurnRecord | None, tuple[str, ...]]:
        replies: tuple[str, ...] = ()
        record: TurnRecord | None = None
        while self._clock() < deadline:
            replies += await self._new_replies(_LOOK_S if record is None else 1.0)
            record = await self._records.get(self._shopper_id, message_id)
            if record is not None and (not record.replies or carries(replies, record)):
                return record.outcome, record, replies
        return "unanswered", record, replies

    async def _taken(self, message_id: MessageId, deadline: float) -> bool:
        while self._clock() < deadline:
            if await self._x.took(message_id):
                return True
            await asyncio.sleep(_LOOK_S)
        return False

    async def _new_replies(self, wait_s: float) -> tuple[str, ...]:
        new: tuple[TalkMessage, ...] = await self._x.talk(self._shopper_id, after=self._seen, wait_s=wait_s)
        self._seen = max((message.n for message in new), default=self._seen)
        return tuple(message.text for message in new if message.sender == "brand")


def carries(texts: tuple[str, ...], record: TurnRecord) -> bool:
    """Whether ``texts`` hold everything this turn answered; a turn's replies travel merged in one message."""
    whole = _plain("\n".join(texts))
    return bool(record.replies) and all(_plain(reply) in whole for reply in record.replies)


def _plain(text: str) -> str:
    return " ".join(text.split())
