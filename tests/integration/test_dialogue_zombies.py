"""A worker stopped past its lease while it thinks, replaced, and woken up: what it thought is never committed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.store.inbound.turns import Lease
from tests.integration.store_talk import ANN, answer, end_turn, handed_out, message, say

ROOT = Path(__file__).resolve().parents[2]
LEASE_S = 0.2
LIMIT_S = 120  # a process that imports Rasa, on a machine that does much else


async def test_a_worker_that_wakes_up_after_its_lease_commits_nothing(
    store: Store, store_settings: StoreSettings
) -> None:
    """T3 of the programme, small."""
    await _rounds(store, store_settings, 5)


@pytest.mark.chaos
@pytest.mark.timeout(600)
async def test_two_hundred_workers_that_wake_up_too_late_commit_nothing(
    store: Store, store_settings: StoreSettings
) -> None:
    """T3 of the programme: 0 stale commits, as many refusals as rounds."""
    await _rounds(store, store_settings, 200)


async def _rounds(store: Store, settings: StoreSettings, rounds: int) -> None:
    async with _process(store, settings) as zombie:
        for number in range(1, rounds + 1):
            await say(store, message(number, sent=number))
            assert await _line(zombie) == f"thinking {message(number).id} {number - 1}"
            os.kill(zombie.pid, signal.SIGSTOP)
            heir = await _heir(store)
            turn = await handed_out(store, heir)
            assert await end_turn(store, heir, turn, f"heir {number}", at=number)
            await store.turns.release_lease(heir)
            assert zombie.stdin is not None
            zombie.stdin.write(b"go\n")
            os.kill(zombie.pid, signal.SIGCONT)
        await say(store, message(rounds + 1, sent=rounds + 1))
        assert await _line(zombie) == f"thinking {message(rounds + 1).id} {rounds}", "refusals = rounds"
    for number in range(1, rounds + 1):
        send = await store.outbox.get(ANN, answer(message(number)).id)
        assert send is not None
        assert send.text == f"heir {number}"
    assert await store.outbox.waiting() == 1
    assert await store.turns.waiting() == 1


async def _heir(store: Store) -> Lease:
    """The partition, once the lease of the stopped one has run out."""

    async def take() -> Lease:
        while (lease := await store.turns.take_lease(store.partition_of(ANN), "heir", 30_000)) is None:
            await asyncio.sleep(0.01)
        return lease

    return await asyncio.wait_for(take(), LIMIT_S)


@asynccontextmanager
async def _process(store: Store, settings: StoreSettings) -> AsyncIterator[Process]:
    arguments = [settings.redis_url, settings.key_prefix, str(store.partition_of(ANN)), str(LEASE_S)]
    environment = {**os.environ, "GIFTBOT_X_ACCOUNT_ID": "1", "GIFTBOT_X_CONSUMER_SECRET": "only-for-this-test"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "tests.integration.worker_process", *arguments,
        stdin=PIPE, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL, cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def _line(process: Process) -> str:
    assert process.stdout is not None
    while True:
        line = (await asyncio.wait_for(process.stdout.readline(), LIMIT_S)).decode().strip()
        assert line, "the process ended"
        if line.startswith("thinking"):
            return line
