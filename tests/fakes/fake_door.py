"""A door that remembers in memory, for tests of what stands before the store."""

from __future__ import annotations

import asyncio
import enum
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import Unavailable
from bot.model import Echo, InboundMessage
from nlu.optout.wishes import OptWish


class Became(enum.Enum):
    """Named as the store's own outcomes are."""

    QUEUED = "queued"
    DUPLICATE = "duplicate"
    TOO_OLD = "too_old"
    SETTLED = "settled"


@dataclass
class FakeDoor:
    """Accepts each message id once; can be down, or never answer."""

    taken: dict[str, InboundMessage] = field(default_factory=dict)
    wishes: dict[str, OptWish] = field(default_factory=dict)
    old: set[str] = field(default_factory=set)
    echoes: list[Echo] = field(default_factory=list)
    calls: int = 0
    down: bool = False
    hangs: bool = False
    called: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def accept(self, message: InboundMessage, *, wish: OptWish, too_old: bool, now: datetime) -> Became:
        await self._answer()
        if message.id in self.taken:
            return Became.DUPLICATE
        self.taken[message.id] = message
        self.wishes[message.id] = wish
        if too_old:
            self.old.add(message.id)
        self.changed.set()
        return Became.TOO_OLD if too_old else Became.QUEUED

    async def accept_echo(self, echo: Echo, *, now: datetime) -> Became:
        await self._answer()
        self.echoes.append(echo)
        self.changed.set()
        return Became.SETTLED

    async def until(self, count: int, *, echoes: int = 0, deadline_s: float = 5.0) -> None:
        """Wait until so many messages and echoes are taken."""

        async def enough() -> None:
            while len(self.taken) < count or len(self.echoes) < echoes:
                self.changed.clear()
                await self.changed.wait()

        await asyncio.wait_for(enough(), deadline_s)

    async def _answer(self) -> None:
        self.calls += 1
        self.called.set()
        if self.hangs:
            await asyncio.Event().wait()
        if self.down:
            raise Unavailable("the door is down")
