"""What carries interactions to the ledger outlives every trouble, or ends its process so that it is started anew."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot import metrics
from bot.dialogue.keeping import Keeper
from bot.wiring.roles import Life, _supervised


class _Waiting:
    """A store with one turn's interactions."""

    def __init__(self) -> None:
        self.entries = ["1-0"]

    async def waiting(self, _: int) -> list[Any]:
        return [SimpleNamespace(entry_id=one) for one in self.entries]

    async def kept(self, _: int, entries: list[str]) -> None:
        self.entries = [one for one in self.entries if one not in entries]


class _Troubled:
    """A ledger that fails in other ways than a full disk before it takes anything."""

    def __init__(self) -> None:
        self.troubles: list[Exception] = [RuntimeError("moved"), KeyError("kind"), AssertionError()]

    def keep(self, _: Any) -> tuple[str, ...]:
        if self.troubles:
            raise self.troubles.pop(0)
        return ()


async def test_no_trouble_of_the_ledger_ends_the_carrying() -> None:
    """A task that died is missed by nobody until the process ends; the stream would fill meanwhile."""
    store, stop, rounds = _Waiting(), asyncio.Event(), 0
    before = metrics.INTERACTIONS_NOT_KEPT._value.get()

    async def rest(_: asyncio.Event, __: float) -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 4:
            stop.set()

    await Keeper(store, _Troubled(), range(1), rest).run(stop)  # type: ignore[arg-type]

    assert store.entries == []
    assert metrics.INTERACTIONS_NOT_KEPT._value.get() == before + 3


@pytest.mark.parametrize("error", [None, RuntimeError("gone")])
async def test_a_role_ends_when_what_runs_beside_it_dies(error: Exception | None) -> None:
    life = Life()

    async def work() -> None:
        if error:
            raise error

    await asyncio.wait([_supervised(work(), life)])
    await asyncio.sleep(0)
    assert life.stop.is_set() is (error is not None)
