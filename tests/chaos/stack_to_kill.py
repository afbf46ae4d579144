"""All of giftbot, with a hand on each process: kill it with -9, start it again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

import aiohttp

from bot.demo.folder import RunFolder
from bot.demo.plan import make_plan
from bot.demo.progress import Progress
from bot.demo.stack import Stack
from bot.demo.xside import XSide


class KillableStack(Stack):
    """The demo's stack; `kill` ends one process without warning, `restart` brings it back."""

    async def kill(self, role: str) -> None:
        """SIGKILL, and wait until the process is gone."""
        child = next(child for child in self._children if child.name == role)
        os.kill(child.pid, signal.SIGKILL)
        await child.ended()
        self._children.remove(child)

    async def restart(self, role: str, session: aiohttp.ClientSession) -> None:
        """Start it as it was started first, and wait until it is ready."""
        if role == "redis":
            await self._redis()
        else:
            await self._role(role, session)


@asynccontextmanager
async def killable(root: Path, folder: Path) -> AsyncIterator[tuple[KillableStack, aiohttp.ClientSession, XSide]]:
    """A running stack in a folder of its own, stopped at the end whatever happened."""
    plan = make_plan(root)
    run = RunFolder(folder)
    run.make(fresh=True)
    stack = KillableStack(plan, run, Progress(StringIO()), dict(os.environ))
    async with aiohttp.ClientSession() as session:
        try:
            await stack.start(session)
            yield stack, session, XSide(session, plan.sandbox_url)
        finally:
            await asyncio.shield(stack.stop())
