"""giftbot and stock Rasa, the same messages, in turns, in one run.

giftbot is measured over its whole path: a direct message is written at the sandbox, and the clock stops when the
answer stands in the talk there. Stock Rasa (the kit's bench) is measured at its REST channel, with a Redis tracker
and lock and an action server.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from bot.demo.folder import RunFolder
from bot.demo.plan import ROLES, Plan, make_plan
from bot.demo.progress import Progress
from bot.demo.stack import Stack, running
from bot.demo.xside import XSide
from bot.model import ShopperId
from tests.bench.figures import cpu_s, memory_mb, spread
from tests.bench.script import SCRIPT

OURS = ("intake", "dialogue", "actions", "sending", "departments", "watch")
"""giftbot's own roles; Redis and the sandbox (X's side) are counted apart."""


@dataclass(frozen=True, slots=True)
class StockKit:
    """Where the stock-Rasa kit lies, the Python that has Rasa with TensorFlow, and its work folder with a model."""

    folder: Path
    python: Path
    work: Path


async def giftbot(plan: Plan, rounds: int, talks: int, between: Any) -> dict[str, Any]:
    """Start giftbot, run ``rounds`` rounds of talks at 1, 4 and 16 shoppers; ``between`` runs before each round."""
    with tempfile.TemporaryDirectory() as folder:
        progress = Progress(StringIO())
        async with running(plan, RunFolder(Path(folder)), progress, dict(os.environ), fresh=True) as (
            stack,
            session,
        ):
            await stack.start_beside(session)
            x = XSide(session, plan.sandbox_url)
            pids = {child.name: child.pid for child in stack._children}
            ours = [pids[name] for name in OURS]
            await _round(x, "w", 2, 4, ours)
            rows: dict[int, list[dict[str, float]]] = {1: [], 4: [], 16: []}
            for number in range(rounds):
                await between(number)
                for shoppers, kept in rows.items():
                    kept.append(await _round(x, f"{number}{shoppers}", shoppers, max(talks, shoppers), ours))
            return {
                "rounds": rows,
                "memory": {name: memory_mb(pid) for name, pid in pids.items()},
            }


async def _round(x: XSide, tag: str, shoppers: int, talks: int, ours: list[int]) -> dict[str, float]:
    times: list[float] = []
    waiting = iter(range(talks))
    base = int.from_bytes(tag.encode(), "big") % 10**6

    async def shopper() -> None:
        for number in waiting:
            times.extend(await _one_talk(x, ShopperId(f"8{base:06}{number:03}")))

    cpu, began = cpu_s(ours), time.perf_counter()
    await asyncio.gather(*(shopper() for _ in range(shoppers)))
    seconds = time.perf_counter() - began
    return {
        **spread(times),
        "per_s": round(len(times) / seconds, 1),
        "cpu_ms": round((cpu_s(ours) - cpu) / len(times) * 1000, 2),
    }


async def _one_talk(x: XSide, shopper: ShopperId) -> list[float]:
    times, seen = [], 0
    for text in SCRIPT:
        began = time.perf_counter()
        await x.write(shopper, text)
        answered = False
        while not answered:
            new = await x.talk(shopper, after=seen, wait_s=20)
            seen = max((one.n for one in new), default=seen)
            answered = any(one.sender == "brand" for one in new)
        times.append(time.perf_counter() - began)
    return times


def stock(kit: StockKit, config: str) -> list[dict[str, Any]]:
    """One run of the kit's HTTP measurement with Redis; its rows."""
    out = kit.work / "giftbot-side-by-side.jsonl"
    out.unlink(missing_ok=True)
    from bot.demo.stack import redis_server

    path = f"{Path(redis_server()).parent}:{os.environ['PATH']}"
    env: Mapping[str, str] = {**os.environ, "BENCH_WORK": str(kit.work), "BENCH_OUT": str(out), "PATH": path}
    command = [str(kit.python), "-W", "ignore", "bench.py", "http", "--config", config, "--redis", "--runs", "1"]
    subprocess.run(command, cwd=kit.folder, env=env, check=True, stdout=subprocess.DEVNULL)
    return [json.loads(line) for line in out.read_text().splitlines()]


__all__ = ["OURS", "ROLES", "Stack", "StockKit", "giftbot", "make_plan", "stock"]
