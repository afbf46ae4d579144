"""Intake as it runs for real: a process of its own, whose memory can be read apart from the test's."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import StoreSettings
from tests.fakes.x_side import BRAND, SECRET

ROOT = Path(__file__).parents[2]
START_S = 30


@dataclass(frozen=True)
class IntakeProcess:
    """A running `giftbot run intake`."""

    url: str
    pid: int

    def peak_mib(self) -> float:
        """The most memory the process ever had resident. It never falls: compare with what it was before."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


@asynccontextmanager
async def intake_process(store: StoreSettings) -> AsyncIterator[IntakeProcess]:
    """Run intake on a free port before this store; ended when the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    given = {
        "GIFTBOT_X_ACCOUNT_ID": BRAND, "GIFTBOT_X_CONSUMER_SECRET": SECRET, "GIFTBOT_INTAKE_PORT": str(port),
        "GIFTBOT_OPS_PORT": "0", "GIFTBOT_STORE_REDIS_URL": store.redis_url,
        "GIFTBOT_STORE_KEY_PREFIX": store.key_prefix, "GIFTBOT_STORE_PARTITIONS": str(store.partitions),
        "GIFTBOT_OPS_LOG_LEVEL": "error",
    }  # fmt: skip
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "intake", cwd=ROOT, env={**os.environ, **given}
    )
    try:
        await asyncio.wait_for(_until_open(child, port), START_S)
        yield IntakeProcess(f"http://127.0.0.1:{port}/webhooks/x", child.pid)
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def _until_open(child: asyncio.subprocess.Process, port: int) -> None:
    while True:
        assert child.returncode is None, "intake did not start"
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionError:
            await asyncio.sleep(0.02)
            continue
        writer.close()
        return
