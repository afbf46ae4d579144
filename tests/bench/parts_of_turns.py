"""Measure parts in this process and print them as JSON: `python -m tests.bench.parts_of_turns server|here TALKS`."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from tests.bench.parts import measure

from actions.desk import Desk  # isort: skip
from actions.server import InProcess, serving
from bot.clock import utc_now
from bot.demo.plan import free_ports
from bot.dialogue.action_endpoints import LocalActions, RemoteActions
from catalog.shelf.shelf import Shelf

ROOT = Path(__file__).resolve().parents[2]


async def _run(where: str, talks: int) -> list[dict[str, float]]:
    desk = Desk(Shelf.open(ROOT / "var/catalog"), utc_now)
    if where == "here":
        return await measure(ROOT / "models", LocalActions(InProcess(desk).run), talks=talks)
    port = free_ports(1)[0]
    async with serving(desk, "127.0.0.1", port):
        remote = RemoteActions(f"http://127.0.0.1:{port}/webhook", 8)
        return await measure(ROOT / "models", remote, talks=talks)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_run(sys.argv[1], int(sys.argv[2])))))
