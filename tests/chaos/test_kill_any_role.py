"""kill -9 of any one role in the middle of 200 talks, restarted: every message answered exactly once, in order."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from pathlib import Path

import pytest

from bot.demo.xside import XSide
from bot.model import ShopperId
from tests.chaos.ledger import judge
from tests.chaos.stack_to_kill import killable

ROOT = Path(__file__).resolve().parents[2]
SHOPPERS = 200
KILLS = 3
DRAIN_S = 120
ROLES = ("dialogue", "sending", "intake", "actions", "redis")

# Each message and the words that its answer, and no other, holds (domain.yml).
MARKS = {
    "hi": "Hello! Tell me who",
    "are you a bot?": "I'm a bot",
    "gift for my mum, she loves gardening": "Here's what I found",
    "thank you!": "You're welcome",
}

Written = dict[str, list[tuple[str, str]]]


@pytest.mark.timeout(900)
async def test_a_killed_role_loses_doubles_and_mixes_nothing(tmp_path: Path) -> None:
    """One run, each role killed in turn; the seed is printed, so that a red run can be had again."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    async with killable(ROOT, tmp_path / "run") as (stack, session, x):
        for round_, role in enumerate(ROLES):
            written: Written = defaultdict(list)
            writing = asyncio.create_task(_write(x, round_, written, chance))
            for _ in range(KILLS):
                await _until_some_wrote(written, writing, chance)
                await stack.kill(role)
                await stack.restart(role, session)
            await writing
            ledger = await _drained(x, written)

            verdict = judge(ledger, written, MARKS)

            assert (verdict.lost, verdict.doubled, verdict.out_of_order) == ((), (), ()), f"{role}, seed {seed}"
            assert sum(len(messages) for messages in written.values()) == SHOPPERS * len(MARKS)


async def _write(x: XSide, round_: int, written: Written, chance: random.Random) -> None:
    """Every shopper writes all messages in order; shoppers mixed by chance."""
    order = [ShopperId(f"6{round_}{number:05}") for number in range(SHOPPERS)] * len(MARKS)
    chance.shuffle(order)
    texts = list(MARKS)
    for shopper in order:
        text = texts[len(written[shopper])]
        written[shopper].append((await x.write(shopper, text), text))
        await asyncio.sleep(0.01)  # a load that lasts while processes die, not a wait for anything


async def _until_some_wrote(written: Written, writing: asyncio.Task[None], chance: random.Random) -> None:
    goal = sum(map(len, written.values())) + chance.randrange(40, 140)
    while sum(map(len, written.values())) < goal and not writing.done():
        await asyncio.sleep(0.005)


async def _drained(x: XSide, written: Written) -> dict[str, object]:
    """The ledger once every written message is taken and as many answers stand in it, or time is up."""
    due = {id_ for messages in written.values() for id_, _ in messages}
    deadline = time.monotonic() + DRAIN_S
    while True:
        ledger = await x._call("GET", "/sandbox/ledger")
        taken = {one["message_id"] for one in ledger["delivered"] if one["status"] == 200} & due
        answers = [one for one in ledger["accepted"] if one["to"] in written]
        ledger["accepted"] = answers
        if (taken == due and len(answers) >= len(due)) or time.monotonic() > deadline:
            # Late doubles would come within the settle delay of the demo (2 s) and its checks.
            await asyncio.sleep(4)
            ledger = await x._call("GET", "/sandbox/ledger")
            ledger["accepted"] = [one for one in ledger["accepted"] if one["to"] in written]
            assert taken == due, "the sandbox could not deliver everything"
            return ledger
        await asyncio.sleep(0.25)
