"""`giftbot run watch` and `giftbot x replay` as processes and commands, against the sandbox and a real Redis."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import urllib.request
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner

from bot.cli import giftbot
from bot.clock import utc_now
from bot.demo.plan import free_ports
from bot.store.connection import Store
from tests.integration.gaps_talk import outage
from tests.integration.test_x_setup import environment

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 30.0


async def until(condition: object, what: str) -> None:
    deadline = asyncio.get_running_loop().time() + LIMIT_S
    while not await condition():  # type: ignore[operator]
        assert asyncio.get_running_loop().time() < deadline, what
        await asyncio.sleep(0.1)


async def test_the_watch_role_switches_the_webhook_on_again_and_says_so_in_its_metrics(store: Store) -> None:
    """Nobody has to be awake for it."""
    async with outage(store) as out:
        await out.hand.put("/sandbox/webhook", valid=False)
        port = free_ports(1)[0]
        given = {
            **os.environ,
            **environment(out.hand._url, store._wire.settings),
            "GIFTBOT_X_BEARER_TOKEN": "app-token",
            "GIFTBOT_OPS_PORT": str(port),
            "GIFTBOT_OPS_LOG_LEVEL": "error",
        }
        command = [sys.executable, "-W", "ignore", "-m", "bot", "run", "watch"]
        role = await asyncio.to_thread(subprocess.Popen, command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL)
        try:

            async def valid() -> bool:
                return (await out.admin.webhooks())[0].valid

            await until(valid, "the webhook stayed invalid")

            def metrics() -> str:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
                    return str(answer.read().decode())

            async def told() -> bool:
                said = await asyncio.to_thread(metrics)
                return "giftbot_webhook_valid 1.0" in said and 'checks_total{found="revalidated"} 1.0' in said

            await until(told, "the metrics do not say so")
        finally:
            role.terminate()
            assert await asyncio.to_thread(role.wait, 10) == 0


async def test_a_person_can_have_a_stretch_delivered_again_and_see_it_through(store: Store) -> None:
    """After an outage only a person knows of: one command, done when it ends."""
    async with outage(store) as out:
        await out.missed("an hour and a half ago", out.clock.ago(minutes=90))
        given = {**environment(out.hand._url, store._wire.settings), "GIFTBOT_X_BEARER_TOKEN": "app-token"}

        async def replay(**back: int) -> tuple[int, dict[str, str]]:
            since, till = utc_now() - timedelta(minutes=back["since"]), utc_now() - timedelta(minutes=back["till"])
            arguments = ["x", "replay", "--from", since.isoformat(), "--to", till.isoformat(), "--json"]
            done = await asyncio.to_thread(CliRunner().invoke, giftbot, arguments, env=given)
            assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
            return done.exit_code, json.loads(done.stdout)

        assert await replay(since=100, till=60) == (0, {"ended": "filled"})
        assert await out.queued() == ["an hour and a half ago"]
        code, told = await replay(since=60, till=100)
        assert code == 1
        assert "--from" in told["error"]
        assert await store.gaps.hold("the watch role", 60)
        assert await replay(since=100, till=60) == (0, {"ended": "left_to_watch"})
