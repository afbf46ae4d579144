"""The worker killed before and after each of its scripts: after a restart every message is answered once, in order."""

from __future__ import annotations

import asyncio
import functools
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import Unavailable
from bot.model import InboundMessage
from bot.settings import DialogueSettings
from bot.store.connection import Store
from bot.store.inbound.turns import Turns
from tests.integration.store_talk import ANN, after, claim, message, say
from tests.integration.worker_talk import LIMIT_S, Thinking, dialogue_settings, done, working

SCRIPTS = ("take_lease", "renew_lease", "begin", "commit", "bury", "take_try_back", "release_lease")


class Killed(BaseException):
    """Nothing in the worker may handle it, as nothing handles a kill."""


class Dying:
    """The store's turns; the process dies before or after one operation has been done, the first time it comes."""

    def __init__(self, turns: Turns, operation: str, moment: str) -> None:
        self._turns, self._operation, self._moment = turns, operation, moment
        self.died = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._turns, name)
        if self.died.is_set():
            return self._dead  # not even what is done on the way out happens
        return functools.partial(self._die, real) if name == self._operation else real

    async def _die(self, real: Any, *args: Any, **kwargs: Any) -> Any:
        if self._moment == "after":
            await real(*args, **kwargs)
        self.died.set()
        raise Killed

    async def _dead(self, *_: Any, **__: Any) -> Any:
        raise Killed


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    return dialogue_settings(monkeypatch)


def thinking() -> Thinking:
    """Ann's second message is poison; her third finds nobody at fault once, as the action server is away."""
    away = [Unavailable("away")]

    def plan(one: InboundMessage, _: int) -> object:
        if message(2).text in one.text:
            return ValueError("poison")
        if one.text == message(3).text and away:
            return away.pop()
        return f"answer to {one.text}"

    return Thinking(plan)


@pytest.mark.parametrize("bundled", [False, True], ids=["one by one", "bursts"])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("operation", SCRIPTS)
async def test_killed_there_nothing_is_lost_doubled_or_out_of_order(
    store: Store, settings: DialogueSettings, operation: str, moment: str, bundled: bool
) -> None:
    """T2 of the programme, for the scripts of a turn."""
    rules = replace(settings, burst_gap_s=10.0 if bundled else 0.0)
    for number in (1, 2, 3):
        await say(store, message(number, sent=number))
    with pytest.raises(Killed):
        await _work_until_killed(store, rules, Dying(store.turns, operation, moment))
    await _lease_ran_out(store)
    async with working(store, rules, thinking(), "second"):
        outcomes = [(await done(store, message(number))).outcome for number in (1, 2, 3)]

    assert outcomes == ["answered", "buried", "answered"]
    assert await store.turns.waiting() == 0
    assert await store.dead.count() == 1
    assert await _sent(store) == ["answer to said 1", "(utter_trouble)", "answer to said 3"]


async def _work_until_killed(store: Store, rules: DialogueSettings, dying: Dying) -> None:
    anns = store.partition_of(ANN)
    own_alone: dict[str, Any] = {"partitions": range(anns, anns + 1), "monotonic": _Hurrying()}
    async with working(store, rules, thinking(), "first", turns=dying, **own_alone) as stop:
        ending = asyncio.create_task(dying.died.wait())
        answered = asyncio.create_task(done(store, message(3)))
        await asyncio.wait({ending, answered}, timeout=LIMIT_S, return_when=asyncio.FIRST_COMPLETED)
        stop.set()  # to meet the last of them
        await asyncio.wait_for(ending, LIMIT_S)
        answered.cancel()


class _Hurrying:
    """A clock by which a lease must be renewed at every look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 20.0
        return self.now


async def _lease_ran_out(store: Store) -> None:
    await store._wire.commands.delete(store._wire.keys.of(store.partition_of(ANN), "lease"))


async def _sent(store: Store) -> list[str]:
    """What a sender would send now, in order."""
    texts = []
    while (one := await claim(store, f"t{len(texts)}", at=1e8)) is not None:
        texts.append(one.send.text)
        await store.outbox.settle_sent(one, dm_event_id=str(len(texts)), now=after(1e8))
    return texts
