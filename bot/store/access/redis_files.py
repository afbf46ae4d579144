"""Redis' own files: what was deleted lives on in its append-only file until that is written anew."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from redis.asyncio.cluster import RedisCluster
from redis.exceptions import ResponseError

from bot.clock import to_ms
from bot.errors import Unavailable
from bot.store.access.wire import Wire, unavailable_if_redis_fails

_LOOK_AGAIN_S = 0.05


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of Redis' files. Not ``done``: Redis refused, and who runs it must see to it."""

    done: bool
    sentence: str


class RedisFiles:
    """Has them written anew, now or when it is due."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def rewrite_later(self, now: datetime) -> None:
        """Note that something was deleted which Redis' files still hold."""
        with unavailable_if_redis_fails():
            await self._wire.commands.set(self._wire.keys.account("rewrite"), to_ms(now), nx=True)

    async def rewrite_due(self, before: datetime, *, timeout_s: float) -> Rewritten | None:
        """Rewrite the files if something was deleted before then; None where not.

        The note of it goes only when the files are written: whoever is killed on the way leaves it to the next one.

        Raises:
            Unavailable: not done in time; still due.
        """
        keys = [self._wire.keys.account(name) for name in ("rewrite", "rewriting")]
        since = await self._wire.run("begin_rewrite", keys, [to_ms(before)])
        if since is None:
            return None
        done = await self._rewrite(timeout_s)
        if done.done:
            await self._wire.run("let_go", keys[1:], [since])
        return done

    async def rewrite(self, *, timeout_s: float) -> str:
        """Have Redis write its append-only file anew: deleted data lives on in the old one. Waits for its end.

        Returns:
            What was done, or why it could not be (a managed Redis may not allow it), as a sentence.

        Raises:
            Unavailable: not done in time.
        """
        return (await self._rewrite(timeout_s)).sentence

    async def _rewrite(self, timeout_s: float) -> Rewritten:
        with unavailable_if_redis_fails():
            await self._everywhere("SLOWLOG RESET")  # it quotes commands, with ids and texts
            if not any(await self._aof("aof_enabled")):
                return Rewritten(True, "Redis keeps no append-only file")
            # one begun before the deletion would still hold what was deleted
            await self._until(self._no_rewrite, timeout_s)
            try:
                await self._everywhere("BGREWRITEAOF")
            except ResponseError as error:
                return Rewritten(
                    False, f"Redis does not rewrite its append-only file when asked ({error}): do it there"
                )
            await self._until(self._no_rewrite, timeout_s)
        if not all(await self._aof("aof_last_bgrewrite_status", "ok")):
            raise Unavailable("Redis could not write its append-only file anew: see its log (disk full?)")
        return Rewritten(True, "append-only file written anew, slow log emptied")

    async def _everywhere(self, *command: str) -> list[Any]:
        """The answers of every node, or of the one there is."""
        if isinstance(self._wire.commands, RedisCluster):
            said = await self._wire.commands.execute_command(*command, target_nodes=RedisCluster.ALL_NODES)
            return list(said.values()) if isinstance(said, dict) else [said]
        return [await self._wire.commands.execute_command(*command)]  # type: ignore[no-untyped-call]

    async def _aof(self, name: str, wanted: object = 1) -> list[bool]:
        return [told.get(name) == wanted for told in await self._everywhere("INFO", "persistence")]

    async def _no_rewrite(self) -> bool:
        return not any([*await self._aof("aof_rewrite_in_progress"), *await self._aof("aof_rewrite_scheduled")])

    async def _until(self, done: Callable[[], Awaitable[bool]], timeout_s: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout_s
        while True:
            if await done():
                return
            if loop.time() > until:
                raise Unavailable(f"Redis was not done with its append-only file within {timeout_s:.0f} s")
            await asyncio.sleep(_LOOK_AGAIN_S)
