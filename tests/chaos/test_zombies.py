"""A process that stands still, is replaced, and wakes up: what it had in hand changes nothing (T3)."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import defaultdict
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
    async with fleet(ROOT, tmp_path / "run", settings=settings) as running:
        written: Written = defaultdict(list)
        for number in range(rounds):
            await _round(running, SLEEPERS[number % len(SLEEPERS)], number, written)
        ledger = await drained(running, written, Programme(rounds, len(MARKS), 0, 0, drain_s=120, settled_s=5))
        verdict = judge(ledger, written, MARKS)
        assert verdict.clean, verdict


async def _round(running: Fleet, name: str, number: int, written: Written) -> None:
    """Three shoppers talk while one process sleeps through its lease and wakes."""
    shoppers = [ShopperId(f"8{number:05}{one}") for one in range(3)]
    texts = list(MARKS)
    for shopper in shoppers:
        written[shopper].append((await running.x.write(shopper, texts[0]), texts[0]))
    pid = running.children[name].pid
    os.kill(pid, signal.SIGSTOP)
    try:
        for text in texts[1:]:
            for shopper in shoppers:
                written[shopper].append((await running.x.write(shopper, text), text))
        await asyncio.sleep(2.5)  # past the lease and the claim: the sleep is what is tested
    finally:
        os.kill(pid, signal.SIGCONT)
