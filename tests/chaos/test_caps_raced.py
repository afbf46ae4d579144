"""Four senders killed at random over ten thousand due Sends of several departments: no shopper over their cap, ever."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.model import MessageId, Purpose, Send, SendId, SendState, ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from nlu.optout.wishes import OptWish
from tests.chaos.cap_sender import PARTITIONS, REVISIT, cap_of
from tests.integration.redis_server import RedisServer
from tests.integration.store_talk import message

ROOT = Path(__file__).parents[2]
SENDERS, SENDS, SHOPPERS = 4, 10_000, 1_500
MOST_KILLS = 40


async def _fill(store: Store) -> None:
    now, purposes = utc_now(), [Purpose.SERVICE, Purpose.REMINDER, Purpose.MARKETING]
    for number in range(SHOPPERS):
        inbound = message(1, ShopperId(str(10_000 + number)))
        await store.door.accept(inbound, wish=OptWish.START, too_old=True, now=now)

    async def one(number: int) -> None:
        shopper = ShopperId(str(10_000 + number % SHOPPERS))
        send = Send(
            SendId(f"s{number}"), shopper, f"news {number}", MessageId(""), now,
            purpose=purposes[number % 3], department=f"d{number % 4}",
        )  # fmt: skip
        await store.outbox.propose(send, now)

    for start in range(0, SENDS, 500):
        await asyncio.gather(*(one(number) for number in range(start, start + 500)))


async def _settled(store: Store) -> bool:
    """Nothing is at X, and nothing else may go today."""
    first = await store.outbox.earliest(others=True)
    return await store.outbox.at_x() == 0 and (first is None or first[1] > utc_now() + 10 * REVISIT)


async def _ends(store: Store) -> Counter[str]:
    """How many Sends of each shopper were not found at X and given up."""
    lost, cursor = Counter[str](), ""
    while True:
        page = await store.outbox.listed(state=SendState.REFUSED, limit=1000, cursor=cursor)
        lost.update(send.shopper_id for send in page.sends if send.reason == "not_found")
        cursor = page.cursor
        if not cursor:
            return lost


@pytest.mark.chaos
async def test_no_shopper_is_over_their_cap_whoever_dies_when(tmp_path: Path) -> None:
    """And nobody gets the same message twice, or fewer than they may."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    ledger, chance, kills, started = tmp_path / "x", random.Random(seed), 0, 0
    ledger.touch()
    with RedisServer("everysec") as server:
        settings = StoreSettings(redis_url=server.url, partitions=PARTITIONS, timeout_s=30.0, key_prefix="caps")
        async with Store(settings, "a key of the tests, 32 characters or more") as store:
            await _fill(store)
            running: list[asyncio.subprocess.Process] = []
            try:
                while not await _settled(store):
                    running = [one for one in running if one.returncode is None]
                    while len(running) < SENDERS:
                        started += 1
                        words = [server.url, "caps", str(ledger), f"{seed}.{started}"]
                        command = [sys.executable, "-m", "tests.chaos.cap_sender", *words]
                        running.append(await asyncio.create_subprocess_exec(*command, cwd=ROOT))
                    await asyncio.sleep(chance.uniform(0.5, 2))
                    if kills < MOST_KILLS:
                        with suppress(ProcessLookupError):
                            chance.choice(running).kill()
                        kills += 1
            finally:
                for one in running:
                    with suppress(ProcessLookupError):
                        one.kill()
                    await one.wait()
            lost = await _ends(store)
    lines = [line.split() for line in ledger.read_text().splitlines()]
    got = Counter(shopper for shopper, _ in lines)
    assert len({send for _, send in lines}) == len(lines), "twice at X"
    asked = SENDS // SHOPPERS
    for number in range(SHOPPERS):
        shopper = ShopperId(str(10_000 + number))
        assert got[shopper] <= cap_of(shopper), f"{shopper} got {got[shopper]}, over the cap (seed {seed})"
        assert got[shopper] + lost[shopper] >= min(cap_of(shopper), asked), f"{shopper} got too few"
    print(f"{len(lines)} sent, {sum(lost.values())} not found, {kills} killed, {started} senders, seed {seed}")
    assert started > SENDERS
