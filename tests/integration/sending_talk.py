"""An X that does as it is told, and a sender beside it, for the sending tests."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.governance.rule_file import read_rules
from bot.governance.rules import Rules
from bot.model import Send, SendState, ShopperId
from bot.sending.judge import Governing
from bot.sending.ports import Pictures, X
from bot.sending.sender import Sender
from bot.settings import SendingSettings
from bot.store.connection import Store
from bot.x.limits import limits_of
from tests.integration.store_talk import NOON

SETTINGS = SendingSettings(
    per_15_min=1000,
    per_24_h=10_000,
    reads_per_15_min=1000,
    settle_delay_s=120,
    max_attempts=6,
    expires_after_min=720,
    word_after_min=0,
    domain=Path("domain.yml"),
    rules=Path("data/governance.yml"),
    start_paused=False,
    pictures=True,
    pictures_timeout_s=6,
)
RULES = read_rules((Path(__file__).parents[2] / SETTINGS.rules).read_text("utf-8"))


@dataclass(frozen=True)
class Taken:
    """A message X has; also X's answer."""

    id: str
    shopper_id: str
    text: str
    created_at: datetime
    rate: None = None
    media_id: str = ""

    @property
    def dm_event_id(self) -> str:
        return self.id


@dataclass
class MovedClock:
    """Stands at noon until moved."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class FakeX:
    """X: takes what it is sent, unless told to raise before or after taking it."""

    clock: MovedClock
    before: list[Exception] = field(default_factory=list)
    after: list[Exception] = field(default_factory=list)
    unread: list[Exception] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    pages: int = 1
    """Calls one look takes."""
    calls: int = 0
    looks: int = 0
    reads: int = 0
    busy: int = 0
    most_busy: int = 0
    hold: Callable[[], Awaitable[object]] | None = None
    took: asyncio.Event = field(default_factory=asyncio.Event)

    async def send_dm(self, shopper_id: ShopperId, text: str, media_id: str = "") -> Taken:
        self.calls += 1
        self.busy += 1
        self.most_busy = max(self.busy, self.most_busy)
        try:
            if self.hold:
                await self.hold()
            if self.before:
                raise self.before.pop(0)
            self.taken.append(Taken(str(9000 + self.calls), shopper_id, text, self.clock(), media_id=media_id))
            self.took.set()
            if self.after:
                raise self.after.pop(0)
            return self.taken[-1]
        finally:
            self.busy -= 1

    async def find_sent(
        self, shopper_id: ShopperId, *, since: datetime, may_read: Callable[[], Awaitable[None]]
    ) -> list[Taken]:
        self.looks += 1
        for _ in range(self.pages):
            await may_read()
            self.reads += 1
        if self.unread:
            raise self.unread.pop(0)
        return [one for one in self.taken if one.shopper_id == shopper_id and one.created_at >= since]


@asynccontextmanager
async def sending(
    store: Store,
    x: FakeX,
    settings: SendingSettings = SETTINGS,
    monotonic: Callable[[], float] = lambda: 0.0,
    name: str = "s",
    rules: Rules = RULES,
    word: Callable[[int], str] | None = None,
    pictures: Pictures | None = None,
) -> AsyncIterator[asyncio.Task[None]]:
    """Run a sender while the block runs. Its calls are counted by X's clock, which stands until it is moved."""
    numbers = itertools.count()
    sender = Sender(
        store,
        x,
        settings,
        limits_of("self-serve", settings),
        Governing(lambda: rules),
        x.clock,
        lambda: f"{name}{next(numbers)}",
        lambda: 0.5,
        pictures=pictures,
        word=word,
        monotonic=monotonic,
        quota_clock=x.clock,
    )
    stop = asyncio.Event()
    running = asyncio.create_task(sender.run(stop))
    try:
        yield running
    finally:
        stop.set()
        await asyncio.wait_for(running, 10)


async def until(holds: Callable[[], Awaitable[bool]], store: Store) -> None:
    """Wait for a condition, ringing the store's bell so that a moved clock is noticed at once."""
    clock = asyncio.get_running_loop().time
    # not wait_for: Python 3.10 drops a cancellation that comes in the same instant as Redis' answer
    deadline = clock() + 10
    while not await holds():
        assert clock() < deadline, "it did not come about within 10 s"
        await store._wire.ring()


async def state_of(store: Store, send: Send) -> tuple[SendState, str]:
    """State and reason of a Send."""
    kept = await store.outbox.get(send.shopper_id, send.id)
    assert kept is not None
    return kept.state, kept.reason


async def reaches(store: Store, send: Send, state: SendState) -> None:
    """Wait until a Send is in a state."""

    async def reached() -> bool:
        return (await state_of(store, send))[0] is state

    await until(reached, store)


def comes_round(store: Store) -> Callable[[], Awaitable[bool]]:
    """Whether the sender has come round a few times: it takes each ring off the bell."""
    empty = 0

    async def heard() -> bool:
        nonlocal empty
        empty += not await store._wire.commands.llen(store._wire.keys.account("bell"))
        return empty > 5

    return heard


async def not_found(store: Store, send: Send) -> None:
    """Wait until a look has told that X has not this Send."""

    async def told() -> bool:
        return await state_of(store, send) == (SendState.PENDING, "not_found")

    await until(told, store)


async def until_empty(store: Store) -> None:
    """Wait until no Send is unfinished."""

    async def empty() -> bool:
        return await store.outbox.waiting() == 0

    await until(empty, store)


class Driven:
    """A sender without a loop of its own: time stands until the sender has nothing to do, then it is moved on.

    So a day of X's limits takes seconds, and what happens when is the same in every run.
    """

    def __init__(
        self,
        store: Store,
        x: X,
        clock: MovedClock,
        settings: SendingSettings = SETTINGS,
        *,
        rules: Rules = RULES,
        word: Callable[[int], str] | None = None,
        name: str = "d",
    ) -> None:
        numbers = itertools.count()
        self.clock = clock
        self.sender = Sender(
            store,
            x,
            settings,
            limits_of("self-serve", settings),
            Governing(lambda: rules),
            clock,
            lambda: f"{name}{next(numbers)}",
            lambda: 0.5,
            word=word,
            monotonic=lambda: 0.0,
            quota_clock=clock,
        )

    async def settle(self) -> None:
        """Do all that can be done at this moment."""
        while True:
            rest = await self.sender._step()
            if self.sender._calls:
                await asyncio.wait(self.sender._calls, return_when=asyncio.FIRST_COMPLETED)
            elif rest > 0.01:
                return

    async def run_for(self, seconds: float, step: float = 10.0) -> None:
        """Let so much time pass."""
        for _ in range(int(seconds / step)):
            self.clock.move(step)
            await self.settle()
