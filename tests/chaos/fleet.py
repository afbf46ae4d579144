"""All of giftbot as processes with a hand on each: killed, stopped, started again, or started broken on purpose."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo.asking import tokens_file
from bot.demo.folder import RunFolder
from bot.demo.plan import KEY_PREFIX, LOOPBACK, PARTITIONS, Plan, free_ports, make_plan, redis_conf
from bot.demo.prepare import CATALOGUE, TRAINING, prepare
from bot.demo.processes import Child, start, tail
from bot.demo.progress import Progress
from bot.demo.stack import GIFTBOT, redis_server
from bot.demo.xside import XSide
from bot.private_files import write_private
from bot.settings import inherited
from tests.integration.redis_cluster import RedisCluster

READY_S = 120.0
MEMBERS = {
    "redis": "redis", "sandbox": "sandbox", "intake": "intake", "actions": "actions", "dialogue-a": "dialogue",
    "dialogue-b": "dialogue", "sending-a": "sending", "sending-b": "sending", "departments": "departments",
    "watch": "watch",
}  # fmt: skip
"""What runs in a fleet, by name; the sandbox is X and is never killed."""
KILLABLE = tuple(name for name in MEMBERS if name != "sandbox")


@dataclass
class Fleet:
    """Processes of one run. ``settings`` are laid over the demo's, ``broken`` names a fault per role (broken.py)."""

    plan: Plan
    folder: RunFolder
    session: aiohttp.ClientSession
    settings: Mapping[str, str] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    fsync: str = "always"
    cluster: RedisCluster | None = None
    """Six nodes in place of the one Redis; a kill takes one of its masters."""
    without: tuple[str, ...] = ()
    """Members that take no part: each costs seconds of a core to start."""
    children: dict[str, Child] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    ready: set[str] = field(default_factory=set)
    kills: dict[str, int] = field(default_factory=dict)
    died: list[str] = field(default_factory=list)
    """Members that ended by themselves, with the end of their log: a fault of ours, however well it is survived."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _closing: bool = False

    @property
    def x(self) -> XSide:
        """X, as shoppers use it."""
        return XSide(self.session, self.plan.sandbox_url)

    async def start_all(self) -> None:
        """Start every member that takes part; return when all are ready."""
        ports = free_ports(len(MEMBERS))
        self.ports = dict(zip(MEMBERS, ports, strict=True))
        await self.start("redis")
        await asyncio.gather(*(self.start(name) for name in MEMBERS if name not in ("redis", *self.without)))

    async def start(self, name: str, *, crash_at: str = "", wait: bool = True) -> None:
        """Start one member; ``crash_at`` lets it die at a named point (crash_at.py)."""
        role = MEMBERS[name]
        if name == "redis" and self.cluster is not None:
            self.ready.add(name)
            return
        if role == "redis":
            conf = redis_conf(self.plan, self.folder.redis).replace("appendfsync always", f"appendfsync {self.fsync}")
            write_private(self.folder.conf, conf)
            command: tuple[str, ...] = (redis_server(), str(self.folder.conf))
            env = dict(os.environ)
        else:
            command = (*GIFTBOT, "run", role)
            if crash_at:
                command = (sys.executable, "-m", "tests.chaos.crash_at", crash_at, role)
            elif role in self.broken:
                command = (sys.executable, "-m", "tests.chaos.broken", self.broken[role], role)
            env = {**inherited(), **self.plan.settings(role), "RASA_TELEMETRY_ENABLED": "false", **self.settings}
            env["GIFTBOT_OPS_PORT"] = str(self.ports[name])
            env["GIFTBOT_DIALOGUE_NAME"] = name
            if self.cluster is not None:
                env["GIFTBOT_STORE_REDIS_URL"] = self.cluster.url
            env["GIFTBOT_DEPARTMENTS_TOKENS"] = str(self.folder.path / "tokens.yml")
        log = self.folder.log(f"{name}-{self.kills.get(name, 0)}")
        child = await start(name, command, env, cwd=self.plan.root, log=log)
        self.children[name] = child
        if wait:
            await self.until_ready(name, child)

    async def until_ready(self, name: str, child: Child) -> None:
        """Wait until a member does its work; one that ends instead fails the run."""
        for _ in range(int(READY_S / 0.05)):
            if child.returncode is not None:
                return
            if await self._is_ready(name):
                self.ready.add(name)
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{name} was not ready within {READY_S} s:\n{tail(child.log)}")

    async def _is_ready(self, name: str) -> bool:
        if name == "redis":
            try:
                _, writer = await asyncio.open_connection(LOOPBACK, self.plan.ports.redis)
            except OSError:
                return False
            writer.close()
            return True
        try:
            limit = aiohttp.ClientTimeout(total=2)
            async with self.session.get(f"http://{LOOPBACK}:{self.ports[name]}/readyz", timeout=limit) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def kill(self, name: str) -> None:
        """SIGKILL one member and start it again in the background."""
        self.ready.discard(name)
        self.kills[name] = self.kills.get(name, 0) + 1
        if name == "redis" and self.cluster is not None:
            self._in_background(self._kill_a_master(self.cluster))
            return
        child = self.children[name]
        os.kill(child.pid, signal.SIGKILL)
        await child.ended()
        self.spawn_again(name)

    async def end(self, name: str) -> None:
        """End one member for good, until somebody starts it again."""
        self.ready.discard(name)
        self.kills[name] = self.kills.get(name, 0) + 1
        await self.children[name].stop(0.1)

    def spawn_again(self, name: str) -> None:
        """Start a member that has ended, without waiting for it."""
        self._in_background(self.start(name))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _kill_a_master(self, cluster: RedisCluster) -> None:
        """The node with one partition's keys dies; its replica takes over; it comes back as a replica."""
        partition = self.kills["redis"] % PARTITIONS
        port = await asyncio.to_thread(cluster.master_of, f"{{{KEY_PREFIX}:{partition}}}:turns")
        cluster.kill(port)
        await asyncio.to_thread(cluster.until_taken_over, port)
        await asyncio.to_thread(cluster.start, port)
        await asyncio.to_thread(cluster.until_healthy)
        self.ready.add("redis")

    async def watch(self) -> None:
        """As a supervisor does: whoever ends by itself is noted, and started again."""
        while not self._closing:
            for name, child in list(self.children.items()):
                if child.returncode is not None and child.returncode != -signal.SIGKILL:
                    self.died.append(f"{name} ended with {child.returncode}:\n{tail(child.log)}")
                    self.ready.discard(name)
                    self.kills[name] = self.kills.get(name, 0) + 1
                    await self.start(name, wait=False)
            await asyncio.sleep(0.2)

    async def settled(self) -> None:
        """Wait until everybody who is being started again is ready."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """End every process of the fleet: all at once, then the Redis and the X they lean on."""
        self._closing = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        last = [self.children.pop(name) for name in ("sandbox", "redis") if name in self.children]
        await asyncio.gather(*(child.stop(2.0) for child in self.children.values()))
        for child in last:
            await child.stop(2.0)


@asynccontextmanager
async def fleet(
    root: Path,
    folder: Path,
    *,
    settings: Mapping[str, str] | None = None,
    broken: Mapping[str, str] | None = None,
    fsync: str = "always",
    clustered: bool = False,
    without: tuple[str, ...] = (),
) -> AsyncIterator[Fleet]:
    """A running fleet in a folder of its own, the sample catalogue and a trained model; all ended at the end."""
    plan, run = make_plan(root), RunFolder(folder)
    run.make(fresh=True)
    env = {**inherited(), **plan.settings("dialogue"), "RASA_TELEMETRY_ENABLED": "false"}
    for what in (CATALOGUE, TRAINING):
        await prepare(root, what, run, Progress(StringIO()), GIFTBOT, env)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        cluster = stack.enter_context(RedisCluster()) if clustered else None
        write_private(run.path / "tokens.yml", tokens_file(plan))
        one = Fleet(plan, run, session, settings or {}, broken or {}, fsync, cluster, without)
        try:
            await one.start_all()
            yield one
        finally:
            await asyncio.shield(one.close())
