"""An outage for the tests of gaps: a sandbox, intake and a filler on one moved clock over a real store."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.clock import to_ms, utc_now
from bot.gaps.earlier_life import EarlierLife
from bot.gaps.filler import Filler
from bot.gaps.watching import Watching
from bot.intake.signs import Signs
from bot.intake.taking import take
from bot.model import ShopperId
from bot.store.connection import Store
from bot.x.admin import XAdmin
from bot.x.client import XClient
from bot.x.events import Happening
from tests.fakes.x_side import BRAND, SHOPPER, SandboxHand, intake, sandbox, settings, x_settings

DAY = timedelta(hours=24)


@dataclass
class Moved:
    """A clock the test moves."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def ago(self, **span: float) -> datetime:
        return self.now - timedelta(**span)


@dataclass
class Outage:
    """Everything a test of gaps touches."""

    store: Store
    clock: Moved
    hand: SandboxHand
    admin: XAdmin
    x: XClient
    reads: int = 15
    max_messages: int = 1000
    fed: int = 0

    async def missed(self, text: str, at: datetime, shopper_id: str = SHOPPER, *, group: str = "", **more: Any) -> str:
        """A shopper wrote then (in a group of people where named), and X's delivery never came."""
        await self.hand.faults(delivery={"lost_rate": 1.0, "echo": "none"}, **more)
        id_ = await self.hand.says(text, shopper_id, at_ms=to_ms(at), group=group)
        await self.hand.faults(delivery={"echo": "none"}, **more)
        return id_

    def filler(self, owner: str = "me") -> Filler:
        async def taken(happenings: list[Happening], now: datetime) -> None:
            self.fed += len(happenings)
            await take(happenings, self.store.door, now=now, max_age=DAY)

        chosen = dataclasses.replace(settings().gaps, max_messages=self.max_messages)
        return Filler(
            store=self.store, hooks=self.admin, talks=self.x,
            take=EarlierLife(self.store, taken, lambda text: text.startswith("word:")), settings=chosen, webhook_url="",
            reads=self.reads, clock=self.clock, owner=owner,
        )  # fmt: skip

    def watching(self) -> Watching:
        return Watching(
            hooks=self.admin, gaps=self.store.gaps, settings=settings().gaps, webhook_url="", account_id=BRAND,
            clock=self.clock,
        )  # fmt: skip

    async def intake_seen(self) -> None:
        """Return once intake has told that it runs, at the present moment of the clock."""
        deadline = asyncio.get_running_loop().time() + 5
        while (up := (await self.store.gaps.signs()).up) is None or up < self.clock.ago(seconds=10):
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.02)

    async def fill(self, most: int = 1500) -> None:
        """Step until no gap is left; where a step asks for a rest, the clock moves on by it."""
        filler = self.filler()
        for _ in range(most):
            if not await self.store.gaps.all():
                return
            self.clock.now += timedelta(seconds=await filler.step())
        raise AssertionError("the gap was never closed")

    async def queued(self, shopper_id: str = SHOPPER) -> list[str]:
        """What waits for an answer in the shopper's partition, in order."""
        keys = self.store._wire.keys
        stream = keys.of(keys.partition_of(ShopperId(shopper_id)), "turns")
        return [fields[b"text"].decode() for _, fields in await self.store._wire.commands.xrange(stream)]

    async def until_queued(self, text: str, shopper_id: str = SHOPPER) -> None:
        """Return once intake has taken it."""
        deadline = asyncio.get_running_loop().time() + 5
        while text not in await self.queued(shopper_id):
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.02)


@asynccontextmanager
async def outage(store: Store, **changes: Any) -> AsyncIterator[Outage]:
    """Intake is up again and X's side remembers; nothing was delivered meanwhile."""
    clock = Moved(utc_now())
    # the clock is moved by hours: that is no outage
    signs = Signs(store.gaps, clock, timedelta(days=2), every_s=0.05)
    async with intake(store.door, clock=clock, signs=signs) as hook:
        chosen = {"webhook_url": hook, "bearer_token": "app-token", "clock": clock, **changes}
        async with sandbox(**chosen) as url, aiohttp.ClientSession() as session:
            x = dataclasses.replace(x_settings(url, oauth2_token="user-token"), bearer_token="app-token")
            async with XAdmin(x) as admin, XClient(x) as client:
                yield Outage(store, clock, SandboxHand(session, url), admin, client)
