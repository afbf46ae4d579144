"""What the worker's tests say and do: a stand-in for Rasa's agent, and a worker that runs for a while."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.clock import utc_now
from bot.dialogue.agent import Handled
from bot.dialogue.replies import Folded
from bot.dialogue.worker import Worker
from bot.model import InboundMessage, TurnRecord
from bot.settings import DialogueSettings, load
from bot.store.connection import Store

LIMIT_S = 20


class Thinking:
    """Stands in for Rasa's agent: ``plan`` says what a message does; everything it was given is kept."""

    def __init__(self, plan: Callable[[InboundMessage, int], Any] | None = None) -> None:
        self.heard: list[tuple[InboundMessage, bytes | None, bool]] = []
        self._plan = plan or (lambda message, _: f"answer to {message.text}")

    async def handle(self, message: InboundMessage, *, tracker: bytes | None, with_person: bool) -> Handled:
        self.heard.append((message, tracker, with_person))
        tries = sum(one.id == message.id for one, _, _ in self.heard)
        planned = self._plan(message, tries)
        if isinstance(planned, BaseException):
            raise planned
        if planned == "hand over":
            return Handled(Folded("a person comes", {}, (), True, ("a person comes",)), b"talk", True)
        return Handled(
            Folded(str(planned), {"recipient": "mom"}, (), False, (str(planned),)),
            f"after {message.id}".encode(),
            False,
        )

    async def say(self, response: str) -> str:
        return f"({response})"


def dialogue_settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    """Three tries of a second each; each message a turn of its own."""
    monkeypatch.setenv("GIFTBOT_X_ACCOUNT_ID", "1")
    monkeypatch.setenv("GIFTBOT_X_CONSUMER_SECRET", "only-for-this-test")
    monkeypatch.setenv("GIFTBOT_DIALOGUE_MAX_TRIES", "3")
    monkeypatch.setenv("GIFTBOT_DIALOGUE_TURN_TIMEOUT_S", "1")
    monkeypatch.setenv("GIFTBOT_DIALOGUE_BURST_S", "0")
    monkeypatch.setenv("GIFTBOT_DIALOGUE_BURST_GAP_S", "0")
    return load().dialogue


async def no_rest(stop: asyncio.Event, seconds: float) -> None:
    """Goes on at once; the others get their turn."""
    await asyncio.sleep(0)


@asynccontextmanager
async def working(
    store: Store, settings: DialogueSettings, thinking: Thinking, owner: str = "one", **more: Any
) -> AsyncIterator[asyncio.Event]:
    """A worker over all partitions while the block runs."""
    stop = asyncio.Event()
    parts: dict[str, Any] = {
        "turns": store.turns, "rest": no_rest, "partitions": range(store.partitions), "clock": utc_now, **more
    }  # fmt: skip
    worker = Worker(
        agent=thinking,  # type: ignore[arg-type]
        settings=settings,
        owner=owner,
        **parts,
    )
    task = asyncio.create_task(worker.run(stop))
    with capture_logs():  # else each failure that is meant costs half a second of printing
        try:
            yield stop
        finally:
            stop.set()
            await asyncio.wait_for(task, LIMIT_S)


async def done(store: Store, inbound: InboundMessage) -> TurnRecord:
    """The record of the turn, once it is committed."""

    async def look() -> TurnRecord:
        while (record := await store.records.get(inbound.shopper_id, inbound.id)) is None:
            await asyncio.sleep(0.01)
        return record

    return await asyncio.wait_for(look(), LIMIT_S)
