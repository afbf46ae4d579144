"""What uses up the tries of a message, and what does not: outages, restarts and lost leases bury nothing."""

from __future__ import annotations

import asyncio
import functools
from typing import Any

import pytest
from prometheus_client import REGISTRY

from bot.dialogue import worker
from bot.errors import StaleLease, Unavailable
from bot.model import InboundMessage
from bot.settings import DialogueSettings
from bot.store.connection import Store
from bot.store.inbound.turns import Turns
from tests.integration.store_talk import message, say
from tests.integration.worker_talk import LIMIT_S, Thinking, dialogue_settings, done, working


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    return dialogue_settings(monkeypatch)


class Failing:
    """The store's turns, of which one operation fails so often, after doing its work or without."""

    def __init__(self, turns: Turns, operation: str, error: Exception, times: int, *, first_do: bool = False) -> None:
        self._turns, self._operation, self._error, self._first_do = turns, operation, error, first_do
        self.left = times

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._turns, name)
        return functools.partial(self._fail, real) if name == self._operation else real

    async def _fail(self, real: Any, *args: Any, **kwargs: Any) -> Any:
        if self.left == 0:
            return await real(*args, **kwargs)
        self.left -= 1
        if self._first_do:
            await real(*args, **kwargs)
        raise self._error


@pytest.mark.parametrize("error", [Unavailable("away"), StaleLease("lost")], ids=["redis away", "lease lost"])
async def test_commits_that_redis_or_a_lost_lease_refused_use_up_no_tries(
    store: Store, settings: DialogueSettings, error: Exception
) -> None:
    """The message is well; what is ill is around it."""
    await say(store, message(1))
    turns = Failing(store.turns, "commit", error, settings.max_tries + 2)
    async with working(store, settings, Thinking(), turns=turns):
        record = await done(store, message(1))

    assert turns.left == 0
    assert record.outcome == "answered"


async def test_lost_answers_of_redis_use_up_no_tries(store: Store, settings: DialogueSettings) -> None:
    """A message handed out to nobody was not tried."""
    await say(store, message(1))
    turns = Failing(store.turns, "next", Unavailable("lost"), settings.max_tries + 2, first_do=True)
    async with working(store, settings, Thinking(), turns=turns):
        assert (await done(store, message(1))).outcome == "answered"


async def test_restarts_while_the_action_server_is_away_use_up_no_tries(
    store: Store, settings: DialogueSettings
) -> None:
    """A rolling restart in the middle of an outage must not bury what waits."""
    await say(store, message(1))
    for number in range(settings.max_tries + 2):
        met = asyncio.Event()

        def away(_: InboundMessage, __: int, met: asyncio.Event = met) -> Unavailable:
            met.set()
            return Unavailable("away")

        async with working(store, settings, Thinking(away), owner=f"worker {number}"):
            await asyncio.wait_for(met.wait(), LIMIT_S)
    async with working(store, settings, Thinking(), owner="last"):
        assert (await done(store, message(1))).outcome == "answered"


async def test_a_message_that_takes_the_process_down_each_time_is_buried(
    store: Store, settings: DialogueSettings
) -> None:
    """Else one message would keep all the others of its partition from their answers for ever."""

    class Killed(BaseException):
        """Nothing in the worker may handle it, as nothing handles a kill."""

    await say(store, message(1))
    await say(store, message(2))
    for _ in range(settings.max_tries):
        met = asyncio.Event()

        def die(_: InboundMessage, __: int, met: asyncio.Event = met) -> Killed:
            met.set()
            return Killed()

        with pytest.raises(Killed):
            async with working(store, settings, Thinking(die)):
                await asyncio.wait_for(met.wait(), LIMIT_S)
    after = Thinking()
    async with working(store, settings, after):
        second = await done(store, message(2))

    assert (await done(store, message(1))).outcome == "buried"
    assert second.outcome == "answered"
    assert [heard.id for heard, _, _ in after.heard] == [message(2).id]


async def test_between_failing_tries_the_worker_rests_longer_each_time(
    store: Store, settings: DialogueSettings
) -> None:
    """A fault of half a second must not use up all tries within milliseconds."""
    rests: list[float] = []

    async def rest(_: asyncio.Event, seconds: float) -> None:
        rests.append(seconds)

    await say(store, message(1))
    async with working(
        store, settings, Thinking(lambda *_: ValueError("fault")), partitions=one_partition(store), rest=rest,
        waits_s=(0.25, 0.5, 7.0),
    ):  # fmt: skip
        assert (await done(store, message(1))).outcome == "buried"

    assert rests == [0.25, 0.5], "one between each of three tries"


async def test_a_worker_at_rest_stops_at_once(store: Store, settings: DialogueSettings) -> None:
    """A deployment must not wait for it."""
    resting = asyncio.Event()

    async def rest(stop: asyncio.Event, _: float) -> None:
        resting.set()
        await worker.rest(stop, 3600)

    await say(store, message(1))
    failing = Thinking(lambda *_: ValueError("fault"))
    async with working(store, settings, failing, rest=rest):  # leaving it fails where the worker does not end
        await asyncio.wait_for(resting.wait(), LIMIT_S)
    assert len(failing.heard) == 1


async def test_only_the_first_words_of_a_talk_carry_the_introduction_when_a_message_is_buried(
    store: Store, settings: DialogueSettings
) -> None:
    """The shopper was told already how to stop."""
    await say(store, message(1))
    await say(store, message(2))
    plan = Thinking(lambda one, _: ValueError("fault") if one.id == message(2).id else "fine")
    async with working(store, settings, plan):
        assert (await done(store, message(2))).replies == ("(utter_trouble)",)


async def test_the_seconds_of_a_turn_go_to_the_end_of_its_commit(store: Store, settings: DialogueSettings) -> None:
    """A slow Redis would not be seen otherwise."""
    now = [0.0]
    counted = functools.partial(REGISTRY.get_sample_value, "giftbot_turn_seconds_sum")
    before = counted()
    ended = asyncio.Event()

    class Slow(Failing):
        async def _fail(self, real: Any, *args: Any, **kwargs: Any) -> Any:
            done = await real(*args, **kwargs)
            now[0] += 300
            ended.set()
            return done

    await say(store, message(1))
    turns = Slow(store.turns, "commit", Unavailable(""), 0)
    async with working(store, settings, Thinking(), turns=turns, monotonic=lambda: now[0]):
        await asyncio.wait_for(ended.wait(), LIMIT_S)

    assert before is not None
    assert counted() == pytest.approx(before + 300)


def one_partition(store: Store) -> range:
    """The one of Ann, whose messages these are: no other task rests meanwhile."""
    number = store.partition_of(message(1).shopper_id)
    return range(number, number + 1)
