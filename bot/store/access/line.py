"""Connections to one server that their user keeps: no pool to ask, no check before each use, no timer for each answer.

redis-py's pool takes a lock, checks the connection and makes a task and two timers for every command. Whoever talks to
Redis all the time keeps a connection instead, and one timer bounds all that is asked at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from async_timeout import timeout
from hiredis import pack_command
from redis.asyncio import ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from bot.settings import StoreSettings

TRIES_MORE = 3
LONGEST_REST_S, SHORTEST_REST_S = 0.25, 0.05

Command = tuple[Any, ...]


class Line:
    """One connection, for one user at a time. It connects when first used, and again when it was lost."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._connection = pool.make_connection()  # type: ignore[no-untyped-call]
        self._retry = Retry(
            ExponentialWithJitterBackoff(cap=LONGEST_REST_S, base=SHORTEST_REST_S), TRIES_MORE, (RedisConnectionError,)
        )

    async def ask(self, commands: Sequence[Command], within_s: float) -> list[Any]:
        """The answers to commands, sent together; what Redis refuses is among them as an exception.

        A lost connection is tried three times more, with the same words; a time-out never.

        Raises:
            RedisError: no answer in ``within_s`` seconds, or no connection. What was done is then unknown.
        """
        try:
            async with timeout(within_s):
                return await self._retry.call_with_retry(lambda: self._ask(commands), lambda _: self.close())
        except asyncio.TimeoutError as error:
            await self.close()
            raise RedisTimeoutError("no answer in time") from error
        except BaseException:  # an answer may still come, and would be taken for that of the next question
            await self.close()
            raise

    async def _ask(self, commands: Sequence[Command]) -> list[Any]:
        connection = self._connection
        if not connection.is_connected:
            await connection.connect()
        packed = b"".join(pack_command(command) for command in commands)  # in C: redis-py's own takes ten times as long
        await connection.send_packed_command(packed, check_health=False)
        answers: list[Any] = []
        for _ in commands:
            try:
                answers.append(await connection.read_response())
            except ResponseError as refused:
                answers.append(refused)
        return answers

    async def close(self) -> None:
        """Close the connection; used again, it opens another."""
        await self._connection.disconnect(nowait=True)


class Lines:
    """Lines to one server, made when all are in use and kept for the next who asks.

    Those who use it are few and known: carriers of scripts, and one who waits for each partition.
    """

    def __init__(self, settings: StoreSettings) -> None:
        self._pool = ConnectionPool.from_url(
            settings.redis_url,
            socket_connect_timeout=settings.timeout_s,
            socket_timeout=None,  # a Line bounds all of an exchange at once
            protocol=2,
            retry=Retry(NoBackoff(), 0),
        )
        self._free: list[Line] = []
        self._all: set[Line] = set()

    async def ask(self, commands: Sequence[Command], within_s: float) -> list[Any]:
        """As a Line's; each call has one to itself."""
        line = self._free.pop() if self._free else self._made()
        try:
            return await line.ask(commands, within_s)
        finally:
            self._free.append(line)

    async def close(self) -> None:
        """Close every connection."""
        for line in self._all:
            await line.close()

    def _made(self) -> Line:
        line = Line(self._pool)
        self._all.add(line)
        return line
