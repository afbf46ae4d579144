"""The connections workers keep: an answer is never taken for that of another question, and no wait is for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from bot.clock import utc_now
from bot.store.access.line import Lines
from bot.store.connection import Store
from tests.integration.store_talk import begun, end_turn, message, own, say


@pytest.fixture
async def lines(store: Store) -> AsyncIterator[Lines]:
    if store._wire._lines is None:
        pytest.skip("on a cluster redis-py's own client speaks to the nodes")
    made = Lines(store._wire.settings)
    yield made
    await made.close()


async def test_who_goes_away_leaves_no_answer_to_the_next(lines: Lines) -> None:
    """A worker that is told to leave stops waiting; the connection is used again."""
    waiting = asyncio.create_task(lines.ask([("BLPOP", "nothing", 5)], 10))
    await lines.ask([("PING",)], 1)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert await lines.ask([("LPUSH", "nothing", "late")], 1) == [1]
    assert [await lines.ask([("ECHO", n)], 1) for n in range(3)] == [[b"0"], [b"1"], [b"2"]]


async def test_an_answer_that_does_not_come_is_given_up_in_time_and_not_met_later(lines: Lines) -> None:
    """Else a silent Redis would hold a worker beyond its lease."""
    with pytest.raises(RedisTimeoutError):
        await lines.ask([("BLPOP", "silence", 5)], 0.05)
    assert await lines.ask([("ECHO", "next")], 1) == [b"next"]


async def test_a_connection_lost_meanwhile_is_made_again(lines: Lines) -> None:
    """Redis closes connections that are idle, and is restarted; nobody should notice."""
    await lines.ask([("PING",)], 1)
    await lines.ask([("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no")], 1)
    assert await lines.ask([("ECHO", "here")], 1) == [b"here"]


async def test_a_refusal_stands_among_the_answers_where_its_command_stood(lines: Lines) -> None:
    """One script in a batch that fails must not fail the others, nor shift their answers."""
    first, refused, last = await lines.ask([("ECHO", 1), ("NO-SUCH-COMMAND",), ("ECHO", 2)], 1)
    assert (first, last) == (b"1", b"2")
    assert isinstance(refused, ResponseError)


async def test_without_a_redis_the_fault_is_told_within_about_a_second(store: Store) -> None:
    """Intake answers 503 then, and X delivers again."""
    if store._wire._lines is None:
        pytest.skip("on a cluster redis-py's own client speaks to the nodes")
    nowhere = Lines(replace(store._wire.settings, redis_url="redis://127.0.0.1:1/0"))
    with pytest.raises(RedisConnectionError):
        await asyncio.wait_for(nowhere.ask([("PING",)], 5), 3)
    await nowhere.close()


async def test_the_bell_rings_with_the_commit_of_an_answer_and_of_nothing_else(store: Store) -> None:
    """A sender that waits for it finds the Send in its place."""
    await say(store, message())
    lease = await own(store)
    assert not await store._wire.wait_for_bell(10)
    await end_turn(store, lease, await begun(store, lease), "an answer")
    assert await store._wire.wait_for_bell(1_000)


async def test_what_came_meanwhile_is_told_by_the_commit_and_taken_without_another_look(store: Store) -> None:
    """One question less a turn; and nothing is passed over or taken twice."""
    lease = await own(store)
    for number in (1, 2, 3):
        await say(store, message(number))
    first = await begun(store, lease)
    await say(store, message(4))
    taken = [first.message.id]
    await end_turn(store, lease, first)
    while (turn := await store.turns.begin(lease)) is not None:
        taken.append(turn.message.id)
        assert turn.tries == 0
        await end_turn(store, lease, turn)
    assert taken == [message(number).id for number in (1, 2, 3, 4)]


async def test_the_oldest_message_without_an_answer_tells_its_age(store: Store) -> None:
    """The alarm that shoppers wait must not sleep where workers own a queue and do nothing."""
    assert (await store.backlog.oldest(utc_now())).total_seconds() == 0
    await say(store, message())
    lease = await own(store)
    turn = await begun(store, lease)
    age = await store.backlog.oldest(utc_now() + timedelta(seconds=90))
    assert 85 < age.total_seconds() < 110
    await end_turn(store, lease, turn)
    assert (await store.backlog.oldest(utc_now())).total_seconds() == 0
