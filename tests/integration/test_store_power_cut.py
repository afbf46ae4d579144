"""The power goes: only what was synced to disk is left, and every message accepted is among it."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.errors import Unavailable
from bot.settings import StoreSettings
from bot.store.connection import Store
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.redis_server import RedisServer
from tests.integration.store_talk import message, say

ROUNDS = 2
TOGETHER = 40


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What notes the syncs, compiled."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("a C compiler is needed to see what Redis syncs")
    made = tmp_path_factory.mktemp("synced") / "synced.so"
    source = Path(__file__).with_name("synced.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(source), "-ldl"], check=True)
    return made


def _cut_the_power(server: RedisServer, notes: Path) -> int:
    """End Redis and take away what was not synced; answers how many bytes that were."""
    server.kill()
    log = server.log_of_writes
    inode, size = log.stat().st_ino, log.stat().st_size
    synced = [int(line.split()[1]) for line in notes.read_text().splitlines() if int(line.split()[0]) == inode]
    left = min(size, synced[-1]) if synced else 0
    with log.open("r+b") as file:
        file.truncate(left)
    return size - left


@pytest.mark.parametrize("appendfsync", ["always", "everysec"])
async def test_what_was_accepted_outlives_a_power_cut_only_where_every_write_is_synced(
    appendfsync: str, shim: Path, tmp_path: Path
) -> None:
    """That it loses with everysec shows that this test can see a loss."""
    notes = tmp_path / "notes"
    notes.touch()  # with everysec the power may be cut before the first sync
    accepted: set[str] = set()
    lost: set[str] = set()
    with RedisServer(appendfsync, LD_PRELOAD=str(shim), SYNCED_NOTES=str(notes)) as server:
        settings = StoreSettings(redis_url=server.url, partitions=1, timeout_s=1.0, key_prefix="gb")
        async with Store(settings, PRIVACY_KEY) as store:
            enough = asyncio.Event()

            async def write(numbers: range) -> None:
                for number in numbers:
                    try:
                        inbound = message(number, sent=number)
                        await say(store, inbound)
                    except Unavailable:
                        return
                    accepted.add(inbound.id)
                    if number % 20 == 0:
                        enough.set()

            for round_number in range(ROUNDS):
                first = 1 + 10_000 * round_number
                enough.clear()
                shares = [range(first + 200 * n, first + 200 * (n + 1)) for n in range(TOGETHER)]
                writing = [asyncio.create_task(write(share)) for share in shares]
                await asyncio.wait_for(enough.wait(), 20)
                await asyncio.to_thread(_cut_the_power, server, notes)
                await asyncio.gather(*writing)
                await asyncio.to_thread(server.start)
                entries = await store._wire.commands.xrange(store._wire.keys.of(0, "turns"))
                lost |= accepted - {fields[b"message"].decode() for _, fields in entries}
    assert len(accepted) > ROUNDS * TOGETHER
    assert bool(lost) == (appendfsync != "always"), f"{len(lost)} of {len(accepted)}"
