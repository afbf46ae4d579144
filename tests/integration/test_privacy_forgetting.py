"""Forgetting a shopper in Redis and its files: all of them, nothing of others, whatever is under way."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from bot.clock import to_ms, utc_now
from bot.model import InboundMessage, ShopperId
from bot.store.access.keys import ACCOUNT_KINDS, PARTITION_KINDS
from bot.store.connection import Store
from bot.store.inbound.door import Accepted, EchoOutcome
from bot.store.inbound.turns import Talk
from bot.store.shoppers.shopper_data import ENTRY, FIELD, INSIDE, MEMBER, NAMED, NOBODY, OWN
from nlu.optout.wishes import OptWish
from tests.integration.redis_server import RedisServer
from tests.integration.shopper_everywhere import (
    BOB,
    EVE,
    PHRASE,
    answer_to,
    claimed,
    fill,
    late_echo,
    moment,
    say,
    traces,
    turn_ends,
    uncompressed,
    wrote,
)
from tests.integration.store_talk import handed_out, own, record

OTHERS = "marigold-zeppelin"


def test_every_kind_of_key_says_what_it_holds_of_whom() -> None:
    """A key nobody thought of would be the place that does not forget."""
    told = [*OWN, *MEMBER, *FIELD, *ENTRY, *INSIDE, *NAMED, *NOBODY]
    assert len(told) == len(set(told))
    assert {kind.name for kind in (*PARTITION_KINDS, *ACCOUNT_KINDS)} == set(told)


async def test_a_forgotten_shopper_is_in_no_key_no_log_and_no_file(
    one_partition: Store, own_server: RedisServer
) -> None:
    """T19: whatever they left, in whatever place; and nobody else loses anything."""
    store, folder = one_partition, uncompressed(own_server.url)
    await fill(store, BOB, phrase=OTHERS, older=False)
    before = (await store.finding.held(BOB)).counts()
    await fill(store, EVE)
    held = await store.finding.held(EVE)
    assert [name for name, count in held.counts().items() if not count] == [], "the test fills every place"
    assert any("appendonly" in one for one in traces(own_server.url, [PHRASE], folder)), "the search can find"

    at = await store.forgetting.forget(EVE)
    left = await store.forgetting.left(EVE, at)
    said = await store.files.rewrite(timeout_s=30)  # last: the slow log quotes the search itself

    assert "written anew" in said
    assert set(left.values()) == {0}
    assert traces(own_server.url, [EVE, PHRASE], folder) == []
    assert (await store.finding.held(BOB)).counts() == before
    assert traces(own_server.url, [OTHERS], folder) != []


async def test_what_they_write_after_it_is_new_and_kept(one_partition: Store) -> None:
    """Being forgotten is no stop."""
    store = one_partition
    await fill(store)
    at = await store.forgetting.forget(EVE)
    new = _since("again")
    assert await store.door.accept(new, wish=OptWish.NONE, too_old=False, now=new.sent_at) is Accepted.QUEUED
    await turn_ends(store, new)
    assert set((await store.forgetting.left(EVE, at)).values()) == {0}
    counts = (await store.finding.held(EVE)).counts()
    assert (counts["record:<message>"], counts["send:<send>"], counts["talk:<shopper>"]) == (1, 1, 1)


@pytest.mark.parametrize("closed", [True, False])
async def test_a_stop_outlives_forgetting_and_nothing_else_does(one_partition: Store, closed: bool) -> None:
    """Who said STOP and then wants all deleted, wants silence still; START opens as ever."""
    store = one_partition
    await say(store, wrote(1))
    if closed:
        await say(store, wrote(2), OptWish.STOP)
    await store.forgetting.forget(EVE)
    assert await store.door.consent(EVE) is None
    after = _since("hello")
    said = await store.door.accept(after, wish=OptWish.NONE, too_old=False, now=after.sent_at)
    assert said is (Accepted.SILENCED if closed else Accepted.QUEUED)
    if closed:
        assert set((await store.finding.held(EVE)).counts().values()) == {0}, "silence keeps no words"
        late, start = wrote(1, text="start"), _since("start", 1)
        assert await _accepted(store, late, OptWish.START) is Accepted.DUPLICATE
        assert await _accepted(store, start, OptWish.START) is Accepted.STARTED
        assert await _accepted(store, _since("more", 2), OptWish.NONE) is Accepted.QUEUED


def _since(text: str, number: int = 0) -> InboundMessage:
    """Written after now by anybody's clock."""
    return dataclasses.replace(
        wrote(100 + number, text=text), sent_at=utc_now().replace(microsecond=0) + timedelta(seconds=60 + number)
    )


async def _accepted(store: Store, inbound, wish: OptWish) -> Accepted:  # type: ignore[no-untyped-def]
    return await store.door.accept(inbound, wish=wish, too_old=False, now=inbound.sent_at)


async def test_an_old_start_delivered_late_does_not_undo_a_stop_that_outlived_forgetting(one_partition: Store) -> None:
    """The wish written last wins, also where only its hash is left."""
    store = one_partition
    await say(store, wrote(5), OptWish.STOP)
    await store.forgetting.forget(EVE)
    assert await _accepted(store, wrote(4), OptWish.START) is Accepted.SILENCED
    assert await _accepted(store, wrote(6), OptWish.STOP) is Accepted.STOPPED
    assert await _accepted(store, _since("start"), OptWish.START) is Accepted.STARTED


async def test_the_proof_tells_of_old_things_left_also_where_they_wrote_since(one_partition: Store) -> None:
    """A proof that cannot fail proves nothing."""
    store, raw = one_partition, one_partition._wire.commands
    keys, old = store._wire.keys, str(to_ms(moment(0)))
    at = await store.forgetting.forget(EVE)
    await _accepted(store, _since("hello"), OptWish.NONE)
    await raw.rpush(keys.shopper("consents", EVE), f'{{"purpose": "all", "at": {old}}}')
    await raw.hset(keys.shopper("talk", EVE), mapping={"answered": old})
    for name in ("sent", "spent", "handed"):
        await raw.zadd(keys.shopper(name, EVE), {"a": int(old), "b": at + 60_000})
    await raw.hset(keys.send(0, "s1"), mapping={"id": "s1", "shopper": EVE, "created": old, "text": PHRASE})
    await raw.hset(keys.shopper("queue", EVE), "s1", f"0 {old} {old} w m")
    await raw.xadd(keys.of(0, "dead"), {"shopper": EVE, "text": PHRASE}, id=f"{old}-0")
    left = await store.forgetting.left(EVE, at)
    assert {name for name, count in left.items() if count} == {
        "consents:<shopper>", "talk:<shopper>", "sent:<shopper>", "spent:<shopper>", "handed:<shopper>", "send:<send>",
        "dead",
    }  # fmt: skip


async def test_what_they_wrote_before_it_and_x_delivers_late_brings_nothing_back(one_partition: Store) -> None:
    """X tries for minutes, and a gap is filled hours later; but a stop is a stop, whenever it comes."""
    store = one_partition
    await say(store, wrote(1))
    await store.forgetting.forget(EVE)
    assert await _accepted(store, wrote(2), OptWish.NONE) is Accepted.SILENCED
    assert await _accepted(store, wrote(3), OptWish.START) is Accepted.SILENCED
    assert set((await store.finding.held(EVE)).counts().values()) == {0}
    assert await _accepted(store, wrote(4), OptWish.STOP) is Accepted.STOPPED
    assert await _accepted(store, _since("hello"), OptWish.NONE) is Accepted.SILENCED


async def test_a_turn_in_work_brings_nothing_back(one_partition: Store) -> None:
    """Its commit comes after the forgetting."""
    store = one_partition
    await say(store, wrote(1))
    lease = await own(store, EVE)
    turn = await handed_out(store, lease)
    await store.forgetting.forget(EVE)
    done = await store.turns.commit(
        lease, turn, talk=Talk(b"x"), send=answer_to(turn.message), record=record(turn.message), now=moment(9),
        interactions=({"kind": "shown", "product_id": "p"},),
    )  # fmt: skip
    assert not done
    assert set((await store.finding.held(EVE)).counts().values()) == {0}


@pytest.mark.parametrize("outcome", ["sent", "refused", "retry", "in doubt"])
async def test_a_send_in_flight_leaves_no_note(one_partition: Store, outcome: str) -> None:
    """X took it (or not) after the forgetting; its late report must not even look like a colleague's message."""
    store = one_partition
    await say(store, wrote(1))
    await turn_ends(store, wrote(1))
    claim = await claimed(store, EVE, "t1", 5)
    at = await store.forgetting.forget(EVE)
    settle = store.outbox
    if outcome == "sent":
        await settle.settle_sent(claim, dm_event_id="4711", now=moment(6))  # type: ignore[arg-type]
    elif outcome == "refused":
        await settle.settle_refused(claim, reason="r", now=moment(6))  # type: ignore[arg-type]
    elif outcome == "retry":
        await settle.settle_retry(claim, reason="r", at=moment(9), now=moment(6))  # type: ignore[arg-type]
    else:
        await settle.settle_in_doubt(claim, reason="r", look_at=moment(9), now=moment(6))  # type: ignore[arg-type]
    echo = late_echo(wrote(1), 7)
    assert await store.door.accept_echo(echo, now=moment(8)) is EchoOutcome.KNOWN
    assert set((await store.forgetting.left(EVE, at)).values()) == {0}
    assert set((await store.finding.held(EVE)).counts().values()) == {0}


async def test_forgetting_whom_nobody_knows_does_nothing(one_partition: Store) -> None:
    """A mistyped id, or the same command twice."""
    store = one_partition
    await fill(store, BOB)
    before = (await store.finding.held(BOB)).counts()
    for _ in range(2):
        await store.forgetting.forget(ShopperId("1"))
    assert (await store.finding.held(BOB)).counts() == before


async def test_who_shares_the_end_of_an_id_is_somebody_else(one_partition: Store) -> None:
    """Members are told by the whole id."""
    store, other = one_partition, ShopperId(EVE[3:])
    await fill(store, other, phrase=OTHERS, older=False)
    before = (await store.finding.held(other)).counts()
    await fill(store, EVE)
    await store.forgetting.forget(EVE)
    assert (await store.finding.held(other)).counts() == before


async def test_messages_that_wait_for_others_are_answered_in_order_after_it(one_partition: Store) -> None:
    """The streams were written anew without the forgotten one's entries, under the workers' eyes."""
    store = one_partition
    mixed = [wrote(n, EVE if n % 2 else BOB) for n in range(1, 41)]
    for one in mixed:
        await say(store, one)
    lease = await own(store, EVE)
    await handed_out(store, lease)  # read by an owner, not ended
    await store.forgetting.forget(EVE)
    await say(store, wrote(41, BOB))
    heard = []
    while (turn := await store.turns.next(lease, 0)) is not None:
        answered = await store.turns.commit(
            lease, turn, talk=Talk(b"x"), send=None, record=record(turn.message), now=moment(60)
        )
        if answered:
            heard.append(turn.message)
    assert heard == [*mixed[1::2], wrote(41, BOB)]


async def test_who_writes_after_an_emptied_queue_is_heard_though_the_clock_went_back(
    one_partition: Store, own_server: RedisServer
) -> None:
    """The owner looks behind the last entry it knew: what comes must never be numbered below it."""
    store = one_partition
    await say(store, wrote(1, BOB))
    async with Redis.from_url(own_server.url) as raw:
        ((entry, fields),) = await raw.xrange("{gb:0}:turns")
        await raw.delete("{gb:0}:turns")
        await raw.xadd("{gb:0}:turns", fields, id=f"{int(entry.split(b'-')[0]) + 3_600_000}-0")  # it was an hour ahead
    lease = await own(store, EVE)
    turn = await handed_out(store, lease)
    await store.turns.commit(lease, turn, talk=Talk(b"x"), send=None, record=record(turn.message), now=moment(60))
    await store.forgetting.forget(EVE)
    await say(store, wrote(2, BOB))
    assert (await handed_out(store, lease)).message == wrote(2, BOB)
