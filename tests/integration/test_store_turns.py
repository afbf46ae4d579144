"""Turns: one owner, one commit, nothing lost, nothing answered twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.clock import to_ms
from bot.errors import StaleLease
from bot.model import ShopperId
from bot.store.connection import Store
from bot.store.inbound.turns import Talk
from tests.integration.store_talk import (
    ANN,
    NOON,
    answer,
    begun,
    end_turn,
    handed_out,
    message,
    own,
    record,
    say,
)


async def test_a_message_comes_again_until_its_turn_is_committed(store: Store) -> None:
    """A worker killed while it thinks must not lose the message."""
    await say(store, message())
    lease = await own(store)
    first = await handed_out(store, lease)
    again = await handed_out(store, lease)
    assert (first.message, again.message) == (message(), message())


async def test_being_handed_out_is_no_try_only_thinking_that_began_is(store: Store) -> None:
    """Else outages and restarts would use up the tries of a message nobody has thought about."""
    await say(store, message())
    lease = await own(store)
    for _ in range(5):
        assert (await handed_out(store, lease)).tries == 0
    kept, back = [(await begun(store, lease)).begun for _ in range(2)]
    assert back is not None
    assert (await handed_out(store, await own(store))).tries == 2, "the process died in both"
    for _ in range(2):
        await store.turns.take_try_back(back)
    assert (await handed_out(store, await own(store))).tries == 1
    assert kept != back


async def test_a_try_is_counted_by_the_owner_only_and_taken_back_by_who_lost_the_partition(store: Store) -> None:
    """A zombie must not use up tries, and what it began before is no fault of the message."""
    await say(store, message())
    zombie = await own(store)
    one = (await begun(store, zombie)).begun
    assert one is not None
    lease = await own(store)
    with pytest.raises(StaleLease):
        await store.turns.begin(zombie)
    assert (await handed_out(store, lease)).tries == 1
    await store.turns.take_try_back(one)
    assert (await handed_out(store, lease)).tries == 0


async def test_a_try_taken_back_while_redis_is_away_does_not_count_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outage takes away the very means to say that nobody is at fault."""

    async def away(*_: object) -> None:
        raise RedisConnectionError

    await say(store, message())
    lease = await own(store)
    one = (await begun(store, lease)).begun
    assert one is not None
    with monkeypatch.context() as outage:
        outage.setattr(store._wire.commands, "srem", away)
        await store.turns.take_try_back(one)
    assert (await handed_out(store, lease)).tries == 0


async def test_no_count_of_tries_outlives_its_message(store: Store) -> None:
    """A message queued again some day starts from nothing, and Redis keeps no litter."""
    await say(store, message())
    lease = await own(store)
    turn = await begun(store, lease)
    await end_turn(store, lease, turn)
    assert not await store._wire.commands.exists(store._wire.keys.tries(lease.partition, message().id))


async def test_the_next_owner_reads_the_backlog_of_the_last(store: Store) -> None:
    """A dead worker's unfinished message is answered before any newer one."""
    await say(store, message(1))
    await handed_out(store, await own(store))
    await say(store, message(2))
    lease = await own(store)
    assert (await handed_out(store, lease)).message.id == message(1).id


async def test_a_commit_keeps_talk_record_and_send_and_empties_the_queue(store: Store) -> None:
    """One script, or a crash between two writes would lose or double the answer."""
    await say(store, message())
    lease = await own(store)
    turn = await handed_out(store, lease)
    assert turn.talk == Talk(None, False)
    talk = Talk(b"\x00\xfftracker", True)
    assert await store.turns.commit(lease, turn, talk=talk, send=answer(message()), record=record(message()), now=NOON)
    assert await store.turns.waiting() == 0
    assert await store.records.get(ANN, message().id) == record(message())
    assert await store.records.send_for(ANN, message().id) == answer(message())
    assert await store.outbox.get(ANN, answer(message()).id) == answer(message())
    await say(store, message(2))
    assert (await handed_out(store, lease)).talk == talk


async def test_a_turn_repeated_after_its_commit_only_leaves_the_queue(store: Store) -> None:
    """A commit whose answer was lost on the way is tried again; the shopper gets one answer."""
    await say(store, message())
    lease = await own(store)
    turn = await handed_out(store, lease)
    assert await end_turn(store, lease, turn, "first")
    assert not await end_turn(store, lease, turn, "second")
    send = await store.records.send_for(ANN, message().id)
    assert send is not None
    assert send.text == "first"
    assert await store.outbox.waiting() == 1


async def test_a_worker_that_lost_its_partition_commits_nothing(store: Store) -> None:
    """A worker paused past its lease must not answer beside its successor."""
    await say(store, message())
    zombie = await own(store)
    turn = await handed_out(store, zombie)
    await store.turns.release_lease(zombie)
    lease = await own(store, owner="successor")
    with pytest.raises(StaleLease):
        await end_turn(store, zombie, turn)
    with pytest.raises(StaleLease):
        await store.turns.bury(zombie, turn, reason="r", send=None, record=record(turn.message), now=NOON)
    with pytest.raises(StaleLease):
        await store.turns.next(zombie, 0)
    assert not await store.turns.renew_lease(zombie, 30_000)
    assert await store.outbox.waiting() == 0
    assert await store.records.get(ANN, message().id) is None
    assert (await handed_out(store, lease)).talk == Talk(None, False)
    assert await end_turn(store, lease, turn)


async def test_who_gave_a_partition_up_commits_nothing_more(store: Store) -> None:
    """A worker that stops gives its partition up first; a turn still running in it must not end."""
    await say(store, message())
    lease = await own(store)
    turn = await handed_out(store, lease)
    await store.turns.release_lease(lease)
    with pytest.raises(StaleLease):
        await end_turn(store, lease, turn)


async def test_a_message_queued_again_after_its_answer_is_not_answered_again(store: Store) -> None:
    """The done mark holds whatever way the message came back into the queue."""
    await say(store, message())
    lease = await own(store)
    await end_turn(store, lease, await handed_out(store, lease))
    keys = store._wire.keys
    await store._wire.commands.delete(keys.seen(lease.partition, message().id))
    await say(store, message())
    assert not await end_turn(store, lease, await handed_out(store, lease), "again")
    assert await store.turns.waiting() == 0
    assert await store.outbox.waiting() == 1


async def test_a_held_partition_is_not_taken(store: Store) -> None:
    """Two owners at once would answer out of order."""
    lease = await own(store)
    assert await store.turns.take_lease(lease.partition, "another", 30_000) is None
    assert await store.turns.renew_lease(lease, 30_000)


async def test_a_lease_that_ran_out_is_taken_with_a_higher_fence(store: Store) -> None:
    """A dead worker's partition must not stay without an owner."""
    partition = store.partition_of(ANN)
    dead = await store.turns.take_lease(partition, "dead", 1)
    assert dead is not None

    tries = [await store.turns.take_lease(partition, "heir", 30_000) for _ in range(200)]
    heir = next(lease for lease in tries if lease is not None)
    assert heir.fence == dead.fence + 1


async def test_a_waiting_worker_gets_a_message_as_soon_as_it_is_accepted(store: Store) -> None:
    """Waiting costs no polling and no delay."""
    lease = await own(store)
    waiting = asyncio.create_task(store.turns.next(lease, 20_000))
    await asyncio.wait({waiting}, timeout=0.05)
    assert not waiting.done()
    await say(store, message())
    turn = await asyncio.wait_for(waiting, 1)
    assert turn is not None
    assert turn.message == message()


async def test_waiting_ends_without_a_message_when_the_time_is_over(store: Store) -> None:
    """The worker must come back to renew its lease."""
    lease = await own(store)
    assert await asyncio.wait_for(store.turns.next(lease, 30), 2) is None


async def test_every_partition_can_wait_while_others_work(store: Store) -> None:
    """Waiting workers must not use up the connections that commits need."""
    leases = [await store.turns.take_lease(n, "w", 30_000) for n in range(store.partitions)]
    waits = [asyncio.create_task(store.turns.next(lease, 5_000)) for lease in leases if lease]
    await asyncio.gather(*(store.ping() for _ in range(100)))
    await say(store, message())
    done, rest = await asyncio.wait(waits, timeout=2, return_when=asyncio.FIRST_COMPLETED)
    assert len(done) == 1
    for wait in rest:
        wait.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


async def test_a_buried_message_is_kept_apart_and_answered_with_what_is_given(store: Store) -> None:
    """A message that breaks the bot must not block the talk, nor vanish."""
    await say(store, message(1))
    await say(store, message(2))
    lease = await own(store)
    turn = await handed_out(store, lease)
    apology = answer(turn.message, "sorry", at=3_600)
    await store.turns.bury(
        lease, turn, reason="tries", send=apology, record=record(turn.message), now=NOON + timedelta(hours=1)
    )
    assert (await handed_out(store, lease)).message == message(2)
    assert await store.outbox.get(ANN, apology.id) == apology


async def test_a_dead_message_goes_when_its_time_is_over(store: Store) -> None:
    """What a shopper wrote is kept 30 days, not until Redis finds it worth the trouble."""
    lease = await own(store)
    dead = store._wire.keys.of(lease.partition, "dead")
    for days, text in ((31, "old"), (29, "young")):
        await store._wire.commands.xadd(dead, {"text": text}, id=f"{to_ms(NOON - timedelta(days=days))}-0")
    await say(store, message())
    turn = await handed_out(store, lease)
    await store.turns.bury(lease, turn, reason="r", send=None, record=record(turn.message), now=NOON)
    left = await store._wire.commands.xrange(dead)
    assert [fields[b"text"] for _, fields in left] == [b"young", message().text.encode()]


async def test_a_send_for_another_shopper_is_refused(store: Store) -> None:
    """An answer must never reach anyone but the one who asked."""
    await say(store, message())
    lease = await own(store)
    turn = await handed_out(store, lease)
    stray = answer(message(1, ShopperId("2002")))
    with pytest.raises(ValueError, match="own message"):
        await store.turns.commit(lease, turn, talk=turn.talk, send=stray, record=record(turn.message), now=NOON)
