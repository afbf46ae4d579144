"""Several workers share the partitions of one Redis while they come, leave and die; every message is answered once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from structlog.testing import capture_logs

from bot import metrics
from bot.clock import utc_now
from bot.dialogue.worker import Worker, rest
from bot.model import MessageId, ShopperId
from bot.settings import DialogueSettings, StoreSettings
from bot.store.connection import Store
from bot.store.inbound.workers import NameTaken, Workers
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.store_talk import message, say
from tests.integration.worker_talk import LIMIT_S, Thinking, dialogue_settings, done

PARTITIONS = 8
LEASE_S = 1.0


@dataclass
class Running:
    """A worker with a store of its own, as a process has."""

    worker: Worker
    thinking: Thinking
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.task = asyncio.create_task(self.worker.run(self.stop))

    @property
    def owns(self) -> set[int]:
        return set(self.worker._leased)

    async def leave(self) -> None:
        """As on SIGTERM."""
        self.stop.set()
        assert self.task is not None
        await asyncio.wait_for(self.task, LIMIT_S)

    async def die(self) -> None:
        """As by kill -9: nothing is released and nobody is told."""
        assert self.task is not None

        async def nothing(*_: object, **__: object) -> None: ...

        self.worker.turns.release_lease = nothing  # type: ignore[method-assign]
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


@dataclass
class Team:
    """Workers that come and go, and the store they share."""

    store: Store
    settings: StoreSettings
    dialogue: DialogueSettings
    running: dict[str, Running] = field(default_factory=dict)
    stores: list[Store] = field(default_factory=list)

    async def comes(self, name: str, may_own: range = range(PARTITIONS)) -> Running:
        store = Store(self.settings, PRIVACY_KEY)
        self.stores.append(store)
        thinking = Thinking()
        worker = Worker(
            turns=store.turns,
            agent=thinking,  # type: ignore[arg-type]
            settings=self.dialogue,
            owner=name,
            partitions=may_own,
            clock=utc_now,
            rest=rest,
            workers=store.workers,
        )
        self.running[name] = Running(worker, thinking)
        self.running[name].start()
        return self.running[name]

    async def settled(self, *names: str) -> float:
        """Seconds until these alone own every partition, evenly."""
        began = time.monotonic()

        def even() -> bool:
            owned = [self.running[name].owns for name in names]
            sizes = [len(one) for one in owned]
            all_owned = set().union(*owned) == set(range(PARTITIONS)) and sum(sizes) == PARTITIONS
            return all_owned and max(sizes) - min(sizes) <= 1

        async def look() -> None:
            while not even():
                await asyncio.sleep(0.01)

        await asyncio.wait_for(look(), LIMIT_S)
        return time.monotonic() - began


@pytest.fixture
async def team(store_settings: StoreSettings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Team]:
    settings = replace(store_settings, partitions=PARTITIONS)
    dialogue = replace(dialogue_settings(monkeypatch), lease_s=LEASE_S)
    async with Store(settings, PRIVACY_KEY) as store:
        team = Team(store, settings, dialogue)
        try:
            yield team
        finally:
            for one in team.running.values():
                one.stop.set()
            tasks = [one.task for one in team.running.values() if one.task]
            await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), LIMIT_S)
            for each in team.stores:
                await each.close()


@asynccontextmanager
async def shoppers_writing(store: Store) -> AsyncIterator[Callable[[], int]]:
    """People write all the time; at the end each of their messages has been answered exactly once, in order."""
    written: list[tuple[ShopperId, int]] = []
    end = asyncio.Event()

    async def write() -> None:
        number = 0
        while not end.is_set():
            number += 1
            shopper = ShopperId(str(7000 + number % 23))
            await say(store, message(number, shopper, sent=number))
            written.append((shopper, number))
            await asyncio.sleep(0.005)

    task = asyncio.create_task(write())
    try:
        yield lambda: len(written)
    finally:
        end.set()
        await task
    for shopper, number in written:
        assert (await done(store, message(number, shopper))).outcome == "answered"
    assert await store.turns.waiting() == 0


def heard_twice(team: Team) -> dict[MessageId, int]:
    counts = Counter(one.id for each in team.running.values() for one, _, _ in each.thinking.heard)
    return {message_id: count for message_id, count in counts.items() if count > 1}


async def test_workers_that_come_and_leave_share_evenly_and_no_turn_is_thought_twice(team: Team) -> None:
    """What is given back is given back between two turns."""
    await team.comes("a")
    await team.settled("a")
    async with shoppers_writing(team.store):
        await team.comes("b")
        second = await team.settled("a", "b")
        await team.comes("c")
        third = await team.settled("a", "b", "c")
        await team.running["a"].leave()
        left = await team.settled("b", "c")
    print(f"hand-over: second {second:.2f} s, third {third:.2f} s, one left {left:.2f} s")

    assert heard_twice(team) == {}
    assert max(second, third, left) < 10


async def test_what_a_dead_worker_owned_is_owned_again_within_its_lease_and_a_look(team: Team) -> None:
    """kill -9: its messages wait so long and no longer; each is answered once."""
    for name in ("a", "b"):
        await team.comes(name)
    await team.settled("a", "b")
    async with shoppers_writing(team.store):
        await team.running["a"].die()
        took = await team.settled("b")
    print(f"taken over after kill -9 with a lease of {LEASE_S} s: {took:.2f} s")

    assert took < LEASE_S + 5


async def test_a_worker_bound_to_a_range_owns_nothing_else(team: Team) -> None:
    """GIFTBOT_DIALOGUE_PARTITIONS bounds what balancing may give."""
    await team.comes("low", range(4))
    await team.comes("any")
    await team.settled("low", "any")

    assert team.running["low"].owns == set(range(4))


async def test_a_worker_restarted_under_its_name_goes_on_at_once(team: Team) -> None:
    """Its own lease is not in its way."""
    await team.comes("a")
    await team.settled("a")
    await team.running["a"].die()
    await team.comes("a")

    assert await team.settled("a") < LEASE_S + 1


async def test_a_worker_of_the_release_before_keeps_what_it_owns_until_it_leaves(team: Team) -> None:
    """It announces nothing; its lease says enough."""
    old = await team.store.turns.take_lease(0, "old", 60_000)
    assert old is not None
    one = await team.comes("new")

    async def most() -> None:
        while len(one.owns) < PARTITIONS - 1:
            await asyncio.sleep(0.01)

    await asyncio.wait_for(most(), LIMIT_S)
    assert 0 not in one.owns
    await team.store.turns.release_lease(old)
    assert await team.settled("new") < 5


async def test_two_workers_of_one_name_are_noticed_and_share_all_the_same(
    team: Team,
) -> None:
    """Else they would take each other's partitions for ever; whoever set the name twice is told, once."""
    with capture_logs() as logged:
        async with shoppers_writing(team.store) as written:
            first = await team.comes("same")
            await team.settled("same")
            second = await team.comes("same")
            team.running |= {"first": first, "second": second}
            await team.settled("first", "second")
            stale = metrics.STALE_LEASES._value.get()
            ahead = written()
            while written() < ahead + 100:
                await asyncio.sleep(0.01)
            assert (first.owns | second.owns, first.owns & second.owns) == (set(range(PARTITIONS)), set())
            assert metrics.STALE_LEASES._value.get() == stale, "neither takes what the other has"

    told = [one for one in logged if one["event"] == "worker_name_shared"]
    assert [one["owner"] for one in told] == [first.worker.owner]
    assert second.worker.owner == "same"
    assert metrics.NAME_SHARED._value.get() == 1


async def test_a_worker_that_leaves_does_not_take_its_successor_of_the_same_name_off_the_list(store: Store) -> None:
    """A rolling restart starts the new one first."""
    wire = store._wire
    old, new = Workers(wire, "old"), Workers(wire, "new")
    everything = {"may_own": range(2), "owns": (), "lives_ms": 60_000}
    await old.announce("w", **everything)
    await new.announce("w", **everything)
    with pytest.raises(NameTaken):
        await old.announce("w", **everything)
    await old.leave("w")

    assert set(await Workers(wire, "third").announce("x", **everything)) == {"w", "x"}
