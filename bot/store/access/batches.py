"""Scripts on their way to Redis: those asked for in the same moment travel together, and are synced to disk together.

With ``appendfsync always`` Redis writes its log to disk once for all it was handed at once. So what is asked while a
batch is on its way waits for the next one, and a thousand messages a second cost a few hundred writes.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.exceptions import (
    AskError,
    ClusterDownError,
    MovedError,
    NoScriptError,
    ReadOnlyError,
    SlotNotCoveredError,
    TryAgainError,
)
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.errors import Unavailable
from bot.store.access.clients import FAULTS
from bot.store.access.line import Command, Lines

MOST_TOGETHER = 64
"""Scripts in one batch; more would only make the first of them wait for the last."""
_AT_ONCE = 2  # batches under way to one node: one is being made or read while Redis works on the other
_RESTS_S = (0.05, 0.1, 0.2, 0.3)
_MOVING = (
    MovedError, AskError, TryAgainError, ClusterDownError, SlotNotCoveredError, ReadOnlyError, RedisConnectionError,
)  # fmt: skip

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Script:
    """A Lua text, known to Redis by its hash."""

    text: str
    sha: str

    @staticmethod
    def of(text: str) -> Script:
        """The script of a text."""
        return Script(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


def _plain(value: str | bytes | int) -> bytes | int:
    return value.encode() if isinstance(value, str) else value


def _closing() -> Unavailable:
    return Unavailable("the store is being closed")


@dataclass(slots=True)
class _Asked:
    script: Script
    keys: Sequence[bytes]
    args: Sequence[bytes | int]
    lasting: bool
    answer: asyncio.Future[Any]
    hints: Sequence[Command] = ()
    tries: int = 0
    by_text: bool = False

    def command(self) -> Command:
        if self.by_text:
            return ("EVAL", self.script.text, len(self.keys), *self.keys, *self.args)
        return ("EVALSHA", self.script.sha, len(self.keys), *self.keys, *self.args)


@dataclass(slots=True)
class _PerNode:
    node: ClusterNode | None
    waiting: deque[_Asked] = field(default_factory=deque)
    under_way: int = 0
    woken: bool = False


class Batches:
    """One way to each node: to a server by lines of its own, to a cluster's nodes by its client.

    ``replicas`` is how many of a node's replicas must have what is lasting.
    """

    def __init__(self, way: Lines | Redis, replicas: int, timeout_s: float, wait_ms: int) -> None:
        self._lines = way if isinstance(way, Lines) else None
        self._cluster = way if isinstance(way, RedisCluster) else None
        self._timeout_s = timeout_s
        self._replicas = replicas
        self._wait_ms = wait_ms
        self._nodes: dict[str, _PerNode] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._looking: asyncio.Task[None] | None = None
        self._answers: set[asyncio.Future[Any]] = set()
        self._closed = False

    async def run(
        self,
        script: Script,
        keys: Sequence[str],
        args: Sequence[str | bytes | int],
        *,
        lasting: bool,
        hints: Sequence[Command] = (),
    ) -> Any:
        """Run a script; ``lasting``: answer only when enough replicas have what it changed.

        ``hints`` go right behind it on the same way, whatever it answers, and nobody minds if they get lost. Not on a
        cluster, where their keys may be another node's.

        Raises:
            RedisError: as redis-py raises it.
            Unavailable: too few replicas have it, the store is closed, or something broke on the way; it may be done
                all the same.
            UnicodeEncodeError: a text no UTF-8 can hold; nothing was asked.
        """
        if self._closed:
            raise _closing()
        # each by itself, before it joins others: what cannot be sent must fail alone
        plain_keys, plain_args = [one.encode() for one in keys], [_plain(one) for one in args]
        answer = asyncio.get_running_loop().create_future()
        asked = _Asked(script, plain_keys, plain_args, lasting and self._replicas > 0, answer, hints)
        self._answers.add(answer)
        try:
            await self._put(asked)
            return await answer
        finally:
            self._answers.discard(answer)

    async def close(self) -> None:
        """End what is under way; whoever waits for it is told, wherever it is."""
        self._closed = True
        for one in self._nodes.values():
            one.waiting.clear()
        tasks = [*self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for answer in self._answers:
            if not answer.done():
                answer.set_exception(_closing())

    async def _put(self, asked: _Asked) -> None:
        node = None
        if self._cluster is not None:
            await self._cluster.initialize()
            node = self._cluster.get_node_from_key(asked.keys[0])
            if node is None:
                raise SlotNotCoveredError("no node has this key's slot")
        name = node.name if node else ""
        one = self._nodes.get(name)
        if one is None or one.node is not node:
            one = self._nodes[name] = _PerNode(node)
        if self._closed:
            raise _closing()
        one.waiting.append(asked)
        if not one.woken:
            one.woken = True
            # at the end of this turn of the loop, so that all who ask in it go together
            asyncio.get_running_loop().call_soon(self._go, one)

    def _go(self, one: _PerNode) -> None:
        one.woken = False
        while one.waiting and one.under_way < _AT_ONCE:
            batch = [one.waiting.popleft() for _ in range(min(len(one.waiting), MOST_TOGETHER))]
            one.under_way += 1
            self._start(self._carry(one, batch))

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, one: _PerNode, batch: list[_Asked]) -> None:
        answers: list[Any]
        try:
            answers = await self._sent(one.node, batch)
        except FAULTS as error:
            answers = [error] * len(batch)
        except asyncio.CancelledError:
            answers = [_closing()] * len(batch)
        except Exception as error:
            # nobody knows what it is; whoever waits must be told, and the way go on
            _log.error("lane_broke", exc_info=error)
            answers = [Unavailable(f"something broke on the way to Redis ({type(error).__name__})")] * len(batch)
        finally:
            one.under_way -= 1
            self._go(one)
        later: defaultdict[float, list[_Asked]] = defaultdict(list)
        for asked, answer in zip(batch, answers, strict=True):
            rest = self._rest(asked, answer)
            if rest is not None:
                later[rest].append(asked)
            elif asked.answer.done():
                pass  # nobody waits any more
            elif isinstance(answer, Exception):
                asked.answer.set_exception(answer)
            else:
                asked.answer.set_result(answer)
        for rest, those in later.items():
            self._start(self._again(those, rest))

    async def _sent(self, node: ClusterNode | None, batch: list[_Asked]) -> list[Any]:
        commands = [asked.command() for asked in batch]
        commands += [hint for asked in batch for hint in asked.hints]
        lasting = any(asked.lasting for asked in batch)
        if lasting:
            # of this very connection: it covers all that the node did before, a repeat's first try too
            commands.append(("WAIT", self._replicas, self._wait_ms))
        told = await self._told(node, commands)
        answers = told[: len(batch)]
        if lasting:
            have = told[-1]
            if not isinstance(have, int) or have < self._replicas:
                fault = have if isinstance(have, Exception) else Unavailable(f"only {have} replicas have it")
                answers = [
                    fault if asked.lasting and not isinstance(answer, Exception) else answer
                    for asked, answer in zip(batch, answers, strict=True)
                ]
        return answers

    async def _told(self, node: ClusterNode | None, commands: list[Command]) -> list[Any]:
        if self._lines is not None:
            return await self._lines.ask(commands, self._timeout_s)
        assert self._cluster is not None
        async with self._cluster.pipeline(transaction=False) as pipe:
            for command in commands:
                pipe.execute_command(*command, target_nodes=node)
            return list(await pipe.execute(raise_on_error=False, allow_redirections=False))

    def _rest(self, asked: _Asked, answer: Any) -> float | None:
        """Seconds to rest before the same is asked again; None where the answer stands."""
        if isinstance(answer, NoScriptError) and not asked.by_text:
            asked.by_text = True
            return 0.0
        if self._cluster is None or not isinstance(answer, _MOVING) or asked.tries >= len(_RESTS_S):
            return None
        asked.tries += 1
        return _RESTS_S[asked.tries - 1]

    async def _again(self, those: list[_Asked], rest_s: float) -> None:
        try:
            if rest_s:
                await self.look_around()
                await asyncio.sleep(rest_s)
            for asked in those:
                await self._put(asked)
        except (Exception, asyncio.CancelledError) as error:
            known = isinstance(error, (*FAULTS, Unavailable))
            told = error if known else Unavailable(f"it could not be asked again ({type(error).__name__})")
            for asked in those:
                if not asked.answer.done():
                    asked.answer.set_exception(told)

    async def look_around(self) -> None:
        """Ask the cluster which node has which slots now; those who ask at the same time ask once."""
        assert self._cluster is not None
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._cluster.nodes_manager.initialize())
        await asyncio.shield(self._looking)
