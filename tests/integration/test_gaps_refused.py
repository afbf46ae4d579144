"""What intake itself refused is fetched: X gives a delivery up after some minutes, and tells nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

from bot.clock import to_ms, utc_now
from bot.intake.signs import Signs
from bot.store.connection import Store
from bot.store.inbound.gaps import KeptGap
from tests.fakes.fake_door import FakeDoor
from tests.fakes.x_side import SECRET, delivery, intake, signed
from tests.integration.gaps_talk import Moved

DOWN = timedelta(minutes=5)
OTHER = "another-secret-of-another-app"


@dataclass
class Knocking:
    """Deliveries posted to an intake by hand, on a clock the test moves; its door may fail."""

    store: Store
    url: str
    session: aiohttp.ClientSession
    door: FakeDoor
    clock: Moved

    async def knock(self, id_: str, secret: str = SECRET, *, headers: bool = True) -> int:
        body = delivery((id_, "a gift for mum?"), sent_ms=to_ms(self.clock.now))
        sent = signed(body, secret) if headers else {}
        async with self.session.post(self.url, data=body, headers=sent) as answer:
            return answer.status

    async def goes_on(self, **span: float) -> None:
        """Time passes, intake beating all the while."""
        end = self.clock.now + timedelta(**span)
        while self.clock.now < end:
            self.clock.now = min(self.clock.now + timedelta(minutes=2), end)
            await self._beaten()

    async def told(self) -> tuple[KeptGap, ...]:
        """The gaps, once intake has told all it knows."""
        await self.goes_on(seconds=1)
        return await self.store.gaps.all()

    async def _beaten(self) -> None:
        deadline = asyncio.get_running_loop().time() + 5
        while (await self.store.gaps.signs()).up != _to_the_ms(self.clock):
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.005)


def _to_the_ms(clock: Moved) -> object:
    return clock.now.replace(microsecond=clock.now.microsecond // 1000 * 1000)


@asynccontextmanager
async def knocking(store: Store) -> AsyncIterator[Knocking]:
    """An intake over a door of its own, telling the real store of itself."""
    clock, door = Moved(utc_now()), FakeDoor()
    signs = Signs(store.gaps, clock, DOWN, every_s=0.01)
    async with intake(door, clock=clock, signs=signs) as url, aiohttp.ClientSession() as session:
        yield Knocking(store, url, session, door, clock)


async def test_what_was_answered_503_is_a_gap_though_intake_ran_on_and_beat(store: Store) -> None:
    """One node of a cluster away for six minutes, or a Redis too slow: X gives up, and a STOP may be among it."""
    async with knocking(store) as at:
        assert await at.knock("1") == 200
        await at.goes_on(minutes=1)
        since = at.clock.now
        at.door.down = True
        for number in range(6):
            assert await at.knock(f"2{number}") == 503
            await at.goes_on(minutes=1)
        at.door.down = False
        (gap,) = await at.told()
        assert gap.reason == "not_stored"
        assert gap.since <= since - DOWN, "what X refused to give up may have been written minutes before"
        assert gap.till >= at.clock.ago(minutes=2)
        assert await at.knock("3") == 200
        await at.goes_on(minutes=20)
        assert await at.store.gaps.all() == (gap,), "told once"


async def test_deliveries_with_a_wrong_signature_for_minutes_and_no_right_one_are_a_gap(store: Store) -> None:
    """A secret rotated at X alone: every message is refused, and nobody fetches it once it is set right."""
    async with knocking(store) as at:
        assert await at.knock("1") == 200
        await at.goes_on(minutes=1)
        since = at.clock.now
        for number in range(6):
            assert await at.knock(f"2{number}", OTHER) == 401
            await at.goes_on(minutes=2)
        (gap,) = await at.told()
        assert gap.reason == "unsigned"
        assert gap.since <= since
        assert gap.till >= at.clock.ago(minutes=3)


async def test_strangers_who_knock_between_xs_deliveries_open_no_gap(store: Store) -> None:
    """Else anybody could have us fetch for ever; where X's own deliveries pass, its secret is ours."""
    async with knocking(store) as at:
        for number in range(12):
            assert await at.knock(f"1{number}") == 200
            assert await at.knock(f"2{number}", OTHER) == 401
            assert await at.knock(f"3{number}", headers=False) == 401
            await at.goes_on(minutes=2)
        for number in range(6):
            assert await at.knock(f"4{number}", headers=False) == 401, "X always signs"
            await at.goes_on(minutes=2)
        assert await at.told() == ()


async def test_an_intake_that_stops_tells_what_it_refused_before_it_goes(store: Store) -> None:
    """A release in the middle of an outage must not forget it."""
    clock = Moved(utc_now())
    signs = Signs(store.gaps, clock, DOWN, every_s=3600)
    door = FakeDoor()
    async with intake(door, clock=clock, signs=signs) as url, aiohttp.ClientSession() as session:
        at = Knocking(store, url, session, door, clock)
        await at._beaten()
        door.down = True
        clock.now += timedelta(seconds=10)
        assert await at.knock("1") == 503
    (gap,) = await store.gaps.all()
    assert gap.reason == "not_stored"


async def test_a_refusal_that_could_not_be_told_is_told_when_the_store_is_back(store: Store) -> None:
    """The one Redis is away: then nothing can be told either."""
    async with knocking(store) as at:
        assert await at.knock("1") == 200
        await at.goes_on(minutes=1)
        beat, at.door.down = store.gaps.beat, True

        async def away(**_: object) -> str:
            from bot.errors import Unavailable

            raise Unavailable("away")

        store.gaps.beat = away  # type: ignore[method-assign, assignment]
        since = at.clock.now
        assert await at.knock("2") == 503
        await asyncio.sleep(0.05)
        at.clock.now += timedelta(minutes=3)
        assert await at.knock("3") == 503
        store.gaps.beat = beat  # type: ignore[method-assign]
        at.door.down = False
        (gap,) = await at.told()
        assert gap.reason == "not_stored"
        assert gap.since < since < gap.till
