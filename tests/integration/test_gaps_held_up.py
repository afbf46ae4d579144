"""A gap that cannot be finished holds up no other, is not paid twice, and is not told as done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.errors import Unavailable
from bot.gaps.filler import Filler
from bot.metrics import MESSAGES_READ_BACK
from bot.store.connection import Store
from bot.store.inbound.gaps import Doubt
from bot.store.inbound.restored import RESTORED
from tests.integration.gaps_talk import Outage, outage


async def _steps(
    out: Outage, filler: Filler, until: Callable[[list[str]], bool] = lambda open_: not open_
) -> list[str]:
    """Fill, the clock moving on, until so much is left; the reasons of what is."""
    for _ in range(300):
        left = [gap.reason for gap in await out.store.gaps.all()]
        if until(left):
            return left
        out.clock.now += timedelta(seconds=await filler.step())
    raise AssertionError(f"still open: {left}")


def _billed() -> float:
    return float(MESSAGES_READ_BACK._value.get())


def _with_node_away(filler: Filler, shoppers: set[str]) -> None:
    take = filler._take

    async def partly(happenings: list[Any], now: datetime) -> None:
        if happenings[0].shopper_id in shoppers:
            raise Unavailable("its node is away")
        await take(happenings, now)

    filler._take = partly


async def _one_gap_on_a_node_away(out: Outage) -> tuple[Filler, set[str]]:
    """One message of a gap is a shopper's whose node is away; what is read back is not handed over whole."""
    await out.missed("a gift for dad?", out.clock.ago(minutes=90), "7007")
    await out.store.gaps.doubt(Doubt(out.clock.ago(minutes=95), out.clock.ago(minutes=85), "unsubscribed", "only"))
    filler, away = out.filler(), {"7007"}
    _with_node_away(filler, away)
    for _ in range(3):
        out.clock.now += timedelta(seconds=await filler.step())
    return filler, away


async def test_a_node_that_is_away_for_hours_stops_the_filling_of_no_other_gap(store: Store) -> None:
    """Else a STOP of everybody else is unknown for as long; and what is over a day old X no longer replays."""
    async with outage(store) as out:
        filler, away = await _one_gap_on_a_node_away(out)
        await out.missed("message 1", out.clock.ago(minutes=70))
        await store.gaps.open(out.clock.ago(minutes=75), out.clock.ago(minutes=60), "intake_down")
        await out.missed("message 2", out.clock.ago(minutes=50), replay="refused")
        await store.gaps.doubt(Doubt(out.clock.ago(minutes=55), out.clock.ago(minutes=45), "webhook_invalid", "only"))
        assert await _steps(out, filler, lambda left: len(left) == 1) == ["unsubscribed"]
        assert sorted(await out.queued()) == ["message 1", "message 2"]
        before = _billed()
        away.clear()
        await _steps(out, filler)
        assert await out.queued("7007") == ["a gift for dad?"]
        assert _billed() == before, "paid once, though another gap was read meanwhile"


async def test_a_gap_that_grew_while_its_messages_could_not_be_stored_is_not_done_without_what_is_new(
    store: Store,
) -> None:
    """What was read was read before the rest happened."""
    async with outage(store) as out:
        await out.missed("message 1", out.clock.ago(minutes=50), replay="refused")
        start = out.clock.ago(minutes=60)
        await store.gaps.doubt(Doubt(start, out.clock.ago(minutes=40), "silent"))
        filler, away = out.filler(), {"2002", "1001", "3003"}
        _with_node_away(filler, away)
        for _ in range(4):
            out.clock.now += timedelta(seconds=await filler.step())
        await out.missed("STOP", out.clock.now, "3003", replay="refused")
        await store.gaps.doubt(Doubt(start + timedelta(minutes=1), out.clock.now, "silent"))
        away.clear()
        assert len(await store.gaps.all()) == 1, "it grew"
        await _steps(out, filler)
        consent = await store.door.consent("3003")  # type: ignore[arg-type]
        assert consent is not None
        assert not consent.open


async def test_a_restored_stretch_that_was_not_read_whole_stays_open_until_its_bounds_are_raised(store: Store) -> None:
    """What is missing is the oldest, just what waits in the backup's queue: nobody may start to answer yet."""
    async with outage(store) as out:
        for number in range(110):
            await out.missed(f"message {number}", out.clock.ago(minutes=90) + number * timedelta(seconds=1))
        out.max_messages = 100
        await store.gaps.doubt(Doubt(out.clock.ago(minutes=95), out.clock.ago(minutes=30), RESTORED, "only"))
        filler = out.filler()
        for _ in range(20):
            out.clock.now += timedelta(seconds=await filler.step())
        assert [gap.reason for gap in await store.gaps.all()] == [RESTORED]
        assert "not all of it could be read: 100 messages" in filler.said
        before = _billed()
        await store.gaps.let_go("me")
        filler = out.filler("another, after a restart")
        for _ in range(5):
            out.clock.now += timedelta(seconds=await filler.step())
        assert _billed() == before, "it would not be whole at the next try either"
        await store.gaps.open(out.clock.ago(minutes=25), out.clock.ago(minutes=20), "intake_down")
        assert await _steps(out, filler, lambda left: len(left) == 1) == [RESTORED], "what came since is fetched"
        out.max_messages = 1000
        await _steps(out, out.filler("another, after a restart"))
        assert sorted(await out.queued()) == sorted(f"message {number}" for number in range(110))


async def test_a_restored_stretch_in_which_nobody_wrote_is_read_whole(store: Store) -> None:
    """Else nobody could start to answer."""
    async with outage(store) as out:
        await store.gaps.doubt(Doubt(out.clock.ago(minutes=95), out.clock.ago(minutes=30), RESTORED, "only"))
        await out.fill(most=5)
