"""What X did not deliver is fetched, once, in order, within its price; real Redis, real HTTP, a moved clock."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.errors import Retryable, Unavailable
from bot.metrics import MESSAGES_READ_BACK
from bot.model import ShopperId
from bot.store.connection import Store
from bot.store.inbound.gaps import Doubt
from tests.fakes.x_side import SHOPPER
from tests.integration.gaps_talk import Outage, outage
from tests.integration.store_talk import answered, claim, message


async def three_missed(out: Outage, **more: object) -> None:
    for number, minutes in enumerate((90, 80, 70), start=1):
        await out.missed(f"message {number}", out.clock.ago(minutes=minutes), **more)
    await out.store.gaps.open(out.clock.ago(minutes=95), out.clock.ago(minutes=60), "intake_down")


async def test_what_was_missed_comes_by_xs_replay_in_order_and_costs_nothing(store: Store) -> None:
    """The shopper wrote during our outage and is answered after it."""
    async with outage(store) as out:
        await three_missed(out)
        await out.fill()
        assert await out.queued() == ["message 1", "message 2", "message 3"]
        assert out.fed == 0


async def test_a_long_gap_is_replayed_in_pieces_one_job_at_a_time(store: Store) -> None:
    """X takes about two hours at a time, and refuses a second job while one runs."""
    async with outage(store) as out:
        for hours in (9, 7, 5, 3, 1):
            await out.missed(f"{hours} hours ago", out.clock.ago(hours=hours))
        await out.store.gaps.open(out.clock.ago(hours=10), out.clock.ago(minutes=20), "intake_down")
        await out.fill()
        assert await out.queued() == [f"{hours} hours ago" for hours in (9, 7, 5, 3, 1)]


async def test_where_x_refuses_to_replay_it_is_read_back_oldest_first(store: Store) -> None:
    """Not every tier has replay; the pages come newest first, and a talk told backwards is no talk."""
    async with outage(store) as out:
        await three_missed(out, replay="refused")
        await out.missed("STOP", out.clock.ago(minutes=65), "3003", replay="refused")
        await out.fill()
        assert await out.queued() == ["message 1", "message 2", "message 3"]
        consent = await out.store.door.consent(ShopperId("3003"))
        assert consent is not None
        assert not consent.open, "a STOP is obeyed however it came"


async def test_what_is_said_in_a_group_is_not_read_back_as_said_to_us(store: Store) -> None:
    """X lists the account's groups among its talks, and never delivers them; a STOP among friends is not for us."""
    async with outage(store) as out:
        await out.missed("STOP it, all of you", out.clock.ago(minutes=85), "4004", group="15", replay="refused")
        await three_missed(out, replay="refused")
        await out.fill()
        assert await out.queued() == ["message 1", "message 2", "message 3"]
        assert await out.store.door.consent(ShopperId("4004")) is None


async def test_a_job_x_says_no_more_of_is_given_up_and_read_back(store: Store) -> None:
    """X may still be at it and would refuse another; the shoppers do not wait for both."""
    async with outage(store) as out:
        await three_missed(out, replay="silent")
        filler = out.filler()
        while not (await store.gaps.all())[0].progress.get("job"):
            await filler.step()
        out.clock.now += timedelta(minutes=46)
        await out.fill(most=10)
        assert await out.queued() == ["message 1", "message 2", "message 3"], "replayed and read, taken once"


async def test_a_job_that_never_delivers_all_is_given_up_and_read_back(store: Store) -> None:
    """X asks three times to retry."""
    async with outage(store) as out:
        await three_missed(out, replay="incomplete")
        await out.fill()
        assert await out.queued() == ["message 1", "message 2", "message 3"], "replayed and read, taken once"


async def test_messages_over_a_day_old_are_recorded_and_not_answered(store: Store) -> None:
    """An answer to the gift of last week is no service."""
    async with outage(store) as out:
        await out.missed("two days ago", out.clock.ago(hours=48))
        await out.missed("an hour ago", out.clock.ago(hours=1))
        await out.store.gaps.open(out.clock.ago(hours=49), out.clock.ago(minutes=40), "redis_restarted")
        await out.fill()
        assert await out.queued() == ["an hour ago"]
        assert out.fed == 2


async def test_our_own_sends_seen_while_reading_settle_their_doubts(store: Store) -> None:
    """They are the echoes the outage swallowed: what X took must not be sent again."""
    async with outage(store) as out:
        send = await answered(store, message(shopper_id=ShopperId(SHOPPER)))
        assert await claim(store, shopper_id=ShopperId(SHOPPER)) is not None, "it is being sent, and then we die"
        await out.hand.faults(delivery={"echo": "none"}, replay="refused")
        sent = await out.x.send_dm(ShopperId(SHOPPER), send.text)
        await out.store.gaps.open(out.clock.ago(minutes=2), out.clock.now, "intake_down")
        out.clock.now += timedelta(minutes=40)
        await out.fill()
        keys = store._wire.keys
        kept = await store._wire.commands.hgetall(keys.send(keys.partition_of(ShopperId(SHOPPER)), send.id))
        assert (kept[b"state"], kept[b"dm_event"].decode()) == (b"sent", sent.dm_event_id)


async def test_reading_stops_at_its_price(store: Store) -> None:
    """A cent a message: a month of silence must not cost a fortune unasked."""
    async with outage(store) as out:
        for number in range(110):
            await out.missed(
                f"message {number}", out.clock.ago(minutes=90) + number * timedelta(seconds=1), replay="refused"
            )
        out.max_messages = 100
        await out.store.gaps.open(out.clock.ago(minutes=95), out.clock.ago(minutes=60), "intake_down")
        await out.fill()
        assert out.fed == 100
        assert await out.queued() == [f"message {number}" for number in range(10, 110)], "the newest, in order"


async def test_a_page_x_gives_no_more_is_begun_anew_and_then_given_up_and_holds_up_no_later_gap(store: Store) -> None:
    """A page's token lives for a while; X may refuse it for ever, and later gaps wait for their turn."""
    async with outage(store) as out:
        await three_missed(out, replay="refused")
        await out.store.gaps.open(out.clock.ago(minutes=50), out.clock.ago(minutes=40), "intake_down")
        read, asked = out.x.read_back, []

        async def expired(token: str | None, *, since: datetime, may_read: Any) -> Any:
            asked.append(token)
            if token is not None:
                raise Retryable("read_http_400")
            found, billed, _ = await read(token, since=since, may_read=may_read)
            return found, billed, "a token of before" if since < out.clock.ago(minutes=60) else None

        out.x.read_back = expired  # type: ignore[method-assign]
        filler = out.filler()
        for _ in range(60):
            if not await store.gaps.all():
                break
            out.clock.now += timedelta(seconds=await filler.step())
        assert await store.gaps.all() == ()
        assert asked.count(None) <= 4, "each reading costs"
        assert await out.queued() == ["message 1", "message 2", "message 3"], "what was read is taken"


async def test_a_store_that_fails_at_the_end_does_not_have_all_read_and_paid_again(store: Store) -> None:
    """What was read waits in this process until it is handed over."""
    async with outage(store) as out:
        await three_missed(out, replay="refused")
        filler, before = out.filler(), MESSAGES_READ_BACK._value.get()
        take, fails = filler._take, iter((True, True))

        async def away(happenings: list[Any], now: datetime) -> None:
            if next(fails, False):
                raise Unavailable("away")
            await take(happenings, now)

        filler._take = away
        for _ in range(20):
            with suppress(Unavailable):
                out.clock.now += timedelta(seconds=await filler.step())
        assert await store.gaps.all() == ()
        assert await out.queued() == ["message 1", "message 2", "message 3"]
        assert MESSAGES_READ_BACK._value.get() - before == 3


async def test_a_stop_read_back_is_obeyed_first_and_a_node_that_is_away_holds_up_its_own_shoppers_alone(
    store: Store,
) -> None:
    """Else a reminder goes to who said STOP, as long as any one node of the cluster is away."""
    async with outage(store) as out:
        await out.missed("a gift for dad?", out.clock.ago(minutes=90), "7007", replay="refused")
        await three_missed(out, replay="refused")
        await out.missed("STOP", out.clock.ago(minutes=65), "3003", replay="refused")
        filler = out.filler()
        take, taken, away = filler._take, [], {"7007"}

        async def partly(happenings: list[Any], now: datetime) -> None:
            if happenings[0].shopper_id in away:
                raise Unavailable("its node is away")
            taken.append(happenings[0].text)
            await take(happenings, now)

        filler._take = partly
        for _ in range(10):
            with suppress(Unavailable):
                out.clock.now += timedelta(seconds=await filler.step())
        assert taken[0] == "STOP"
        consent = await store.door.consent(ShopperId("3003"))
        assert consent is not None
        assert not consent.open
        assert await out.queued() == ["message 1", "message 2", "message 3"]
        assert len(await store.gaps.all()) == 1, "somebody's is still to be taken"
        before = MESSAGES_READ_BACK._value.get()
        away.clear()
        out.clock.now += timedelta(minutes=1)
        await filler.step()
        assert await store.gaps.all() == ()
        assert await out.queued("7007") == ["a gift for dad?"]
        assert MESSAGES_READ_BACK._value.get() == before, "paid once"


async def test_a_gap_x_may_not_have_tried_to_deliver_is_read_back_though_its_replay_ends_well(store: Store) -> None:
    """While X calls a webhook invalid it tries nothing, and replays only what it tried."""
    async with outage(store) as out:
        await out.missed("while it was invalid", out.clock.ago(minutes=50))
        await store.gaps.doubt(Doubt(out.clock.ago(minutes=60), out.clock.ago(minutes=20), "webhook_invalid", "too"))
        billed = MESSAGES_READ_BACK._value.get()
        await out.fill()
        assert await out.queued() == ["while it was invalid"]
        assert MESSAGES_READ_BACK._value.get() == billed + 1
        assert out.fed == 1, "replayed, then read, taken once"


async def test_a_gap_that_waits_for_xs_replay_holds_up_none_that_is_read_back(store: Store) -> None:
    """X takes a replay only of what began half an hour ago; who said STOP meanwhile need not wait for it."""
    async with outage(store) as out:
        await out.missed("STOP", out.clock.ago(minutes=1), "3003")
        await store.gaps.open(out.clock.ago(minutes=9), out.clock.ago(minutes=8), "intake_down")
        await store.gaps.doubt(Doubt(out.clock.ago(minutes=2), out.clock.now, "unsubscribed", "only"))
        filler = out.filler()
        for _ in range(3):
            await filler.step()
        (waits,) = await store.gaps.all()
        assert waits.reason == "intake_down"
        consent = await store.door.consent(ShopperId("3003"))
        assert consent is not None
        assert not consent.open


async def test_gaps_take_their_share_of_reads_and_leave_the_rest_to_looks(store: Store) -> None:
    """A Send in doubt holds a shopper's talk: its look goes first."""
    async with outage(store) as out:
        filler = out.filler()
        for _ in range(5):
            await filler._may_read()
        with pytest.raises(Retryable, match="read_quota"):
            await filler._may_read()
        for _ in range(10):
            assert await out.store.quotas.spend((("dm_read", 15, 900),), None) is None
        assert await out.store.quotas.spend((("dm_read", 15, 900),), None) is not None


async def test_only_one_process_fills(store: Store) -> None:
    """Two would pay twice."""
    async with outage(store) as out:
        await three_missed(out)
        assert await out.store.gaps.hold("another", 60)
        for _ in range(3):
            assert await out.filler("me").step() > 1
        assert await out.queued() == []
        await out.store.gaps.let_go("another")
        await out.fill()
        assert len(await out.queued()) == 3


async def test_a_filler_that_dies_at_any_step_leaves_the_rest_to_the_next(store: Store) -> None:
    """Each step by another process, as after a kill: the job's id is in the store, not in memory."""
    async with outage(store) as out:
        await three_missed(out)
        for _ in range(200):
            if not await out.store.gaps.all():
                break
            out.clock.now += timedelta(seconds=await out.filler().step())
        assert await out.queued() == ["message 1", "message 2", "message 3"]
