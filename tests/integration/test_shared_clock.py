"""Senders whose machines disagree about the time agree about it all the same."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from inspect import signature

import pytest

from bot.clock import utc_now
from bot.errors import Unavailable
from bot.settings import StoreSettings
from bot.store.access.shared_clock import LONGEST_LOOK_S, SharedClock, seconds_passed
from bot.store.connection import Store


class Monotonic:
    """Seconds that go on when told to; ``passing`` of them at each reading."""

    def __init__(self) -> None:
        self.now, self.passing = 100.0, 0.0

    def __call__(self) -> float:
        self.now += self.passing
        return self.now


def _ahead(minutes: float) -> Callable[[], datetime]:
    return lambda: utc_now() + timedelta(minutes=minutes)


async def test_machines_an_hour_apart_tell_the_same_moment(store: Store) -> None:
    """To within the look."""
    early, late = (SharedClock(store._wire, wall=_ahead(minutes)) for minutes in (-30, 30))
    await early.look()
    await late.look()
    assert abs(early() - late()) < timedelta(seconds=1)


async def test_a_jump_of_the_wall_clock_moves_nothing(store: Store) -> None:
    """Somebody sets the machine's clock; the moment goes on at the monotonic clock's pace."""
    wall, monotonic = [datetime(2026, 5, 4, tzinfo=timezone.utc)], Monotonic()
    clock = SharedClock(store._wire, monotonic=monotonic, wall=lambda: wall[0])
    await clock.look()
    before = clock()
    wall[0] += timedelta(days=1)
    monotonic.now += 7
    assert clock() - before == timedelta(seconds=7)


def test_a_machine_that_slept_knows_that_time_passed() -> None:
    """A suspended machine's monotonic clock stands still; a sender that wakes would take an old moment for now."""
    if not hasattr(time, "CLOCK_BOOTTIME"):
        pytest.skip("this system does not tell")
    assert abs(seconds_passed() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 5
    assert signature(SharedClock).parameters["monotonic"].default is seconds_passed


async def test_a_slow_answer_is_not_believed(store: Store) -> None:
    """It tells a moment of some time ago; what is known already is better."""
    monotonic = Monotonic()
    clock = SharedClock(store._wire, monotonic=monotonic)
    await clock.look()
    before, started = clock(), monotonic.now
    monotonic.passing = LONGEST_LOOK_S * 2
    await clock.look()
    monotonic.passing = 0
    assert clock() - before == timedelta(seconds=monotonic.now - started)


async def test_nobody_goes_on_before_the_moment_is_known() -> None:
    """A sender whose Redis is away waits, and ends when told to."""
    away = StoreSettings("redis://127.0.0.1:9/0", 2, 0.2, "t")
    async with Store(away) as store:
        stop = asyncio.Event()
        waiting = asyncio.create_task(store.clock.first_seen(stop))
        with pytest.raises(Unavailable):
            await store.clock.look()
        assert not waiting.done()
        stop.set()
        await asyncio.wait_for(waiting, 10)
