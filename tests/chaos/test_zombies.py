"""A process that stands still, is replaced, and wakes up: what it had in hand changes nothing (T3)."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.model import ShopperId
from tests.chaos.__main__ import ROOT, SETTINGS
from tests.chaos.fleet import Fleet, fleet
from tests.chaos.ledger import judge
from tests.chaos.programme import MARKS, Programme, Written, drained

SLEEPERS = ("dialogue-a", "dialogue-b", "sending-a", "sending-b")


@pytest.mark.chaos
@pytest.mark.timeout(3600)
async def test_two_hundred_sleepers_change_nothing_when_they_wake(tmp_path: Path) -> None:
    """Past its lease, or past its claim, in the middle of talks."""
    await _sleep(tmp_path, rounds=200)


@pytest.mark.timeout(300)
async def test_a_sleeper_changes_nothing_when_it_wakes(tmp_path: Path) -> None:
    """Each of the four once."""
    await _sleep(tmp_path, rounds=4)


async def _sleep(tmp_path: Path, rounds: int) -> None:
    settings = {**SETTINGS, "GIFTBOT_DIALOGUE_LEASE_S": "1", "GIFTBOT_SENDING_SETTLE_DELAY_S": "2"}
    async with fleet(ROOT, tmp_path / "run", settings=settings, without=("departments", "watch")) as running:
        written: Written = defaultdict(list)
        for number in range(rounds):
            name = SLEEPERS[number % len(SLEEPERS)]
            if name.startswith("sending"):
                await _sender_round(running, name, number, written)
            else:
                await _worker_round(running, name, number, written)
        ledger = await drained(running, written, Programme(rounds, len(MARKS), 0, 0, drain_s=120, settled_s=5))
        verdict = judge(ledger, written, MARKS)
        assert verdict.clean, verdict
        woke_too_late = sum(_told(running, name, "send_settled_elsewhere") for name in SLEEPERS[2:])
        assert woke_too_late >= rounds // 2, "each sender that slept had a call in hand, and was told it is not its own"


async def _worker_round(running: Fleet, name: str, number: int, written: Written) -> None:
    """Three shoppers talk while one worker sleeps through its lease and wakes."""
    shoppers = [ShopperId(f"8{number:05}{one}") for one in range(3)]
    texts = list(MARKS)
    for shopper in shoppers:
        await _write(running, shopper, texts[0], written)
    with _asleep(running, name):
        for text in texts[1:]:
            for shopper in shoppers:
                await _write(running, shopper, text, written)
        await asyncio.sleep(2.5)  # past the lease: the sleep is what is tested


async def _sender_round(running: Fleet, name: str, number: int, written: Written) -> None:
    """A sender falls asleep in the middle of a call X does not answer; the other one sends, then the first wakes."""
    shopper, texts = ShopperId(f"8{number:05}0"), list(MARKS)
    (other,) = {*SLEEPERS[2:]} - {name}
    await _until("all is sent", lambda: _sent(running, written))
    with ExitStack() as sleeping:
        with _asleep(running, other):
            await running.x._call("PUT", "/sandbox/faults", json={"send": [SILENT]})
            await _write(running, shopper, texts[0], written)
            await _until("X is called", lambda: _silence_used(running))
            sleeping.enter_context(_asleep(running, name))
        for text in texts[1:]:
            await _write(running, shopper, text, written)
        await _until("the other one has sent", lambda: _sent(running, {shopper: written[shopper][:1]}))


SILENT = {"kind": "hang_before", "count": 1, "seconds": 60.0}


async def _write(running: Fleet, shopper: ShopperId, text: str, written: Written) -> None:
    written[shopper].append((await running.x.write(shopper, text), text))


@contextmanager
def _asleep(running: Fleet, name: str) -> Iterator[None]:
    pid = running.children[name].pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def _until(what: str, holds: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + 60
    while not await holds():
        assert time.monotonic() < deadline, f"not within a minute: {what}"
        await asyncio.sleep(0.05)


async def _sent(running: Fleet, written: Written) -> bool:
    """Whether X took as many answers for each shopper as messages were written."""
    ledger = await running.x._call("GET", "/sandbox/ledger", timeout_s=30)
    taken = Counter(one["to"] for one in ledger["accepted"])
    return all(taken[shopper] >= len(messages) for shopper, messages in written.items())


async def _silence_used(running: Fleet) -> bool:
    plan = await running.x._call("GET", "/sandbox/faults")
    return bool(plan["send"][0]["count"] == 0)


def _told(running: Fleet, name: str, event: str) -> int:
    """How often a member said so in its log."""
    return sum(log.read_text().count(f'"{event}"') for log in running.folder.path.glob(f"logs/{name}-*.log"))
