"""What Redis keeps of one shopper: shown whole, and gone whole, also from Redis' own files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from redis.asyncio.cluster import RedisCluster
from redis.exceptions import ResponseError

from bot.clock import to_ms
from bot.errors import Unavailable
from bot.model import ShopperId
from bot.pseudonyms import Pseudonym
from bot.store.keys import RECORD_FOR, SEEN_FOR, seconds
from bot.store.shopper_data import ENTRY, FIELD, INSIDE, MEMBER, OWN, places
from bot.store.wire import Wire, unavailable_if_redis_fails

_PEEKS = 50
_SCANNED_AT_ONCE = 2000
_LOOK_AGAIN_S = 0.05
_QUEUES = ("queue", "sends")
"""Their own keys that name Sends: of this release, and of the one before."""


_DATED = ("sent", "spent", "handed")
"""Sorted sets of theirs by the time (ms) of what they note."""


@dataclass(frozen=True, slots=True)
class Request:
    """They asked in the chat to be forgotten: when they wrote so and when it was read (ms), and their Sends then."""

    sent: int
    at: int
    sends: tuple[str, ...]


@dataclass(slots=True)
class Held:
    """What was found of a shopper: by place, readable values."""

    by_place: dict[str, list[Any]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many things lie in each place; every place is named, also the empty ones."""
        return {name: len(self.by_place.get(name, ())) for name in places()}


class Forgetting:
    """Finds, shows and deletes; the only part of the store that looks through whole partitions."""

    def __init__(self, wire: Wire, hush_name: Pseudonym) -> None:
        self._wire, self._hush_name = wire, hush_name

    async def held(self, shopper_id: ShopperId) -> Held:
        """Everything Redis keeps of a shopper, place by place, as plain values."""
        await self._wire.check_layout()
        found = Held()
        with unavailable_if_redis_fails():
            for name in OWN:
                value = await self._value(self._own(name, shopper_id))
                if value not in (None, {}, []):
                    found.by_place[name] = [value]
            for name in MEMBER:
                found.by_place[name] = [one async for one in self._members(name, shopper_id)]
            for name in FIELD:
                asked = await self._wire.commands.hget(self._of(name, shopper_id), shopper_id)
                found.by_place[name] = [] if asked is None else [_readable(cast("bytes", asked))]
            for name in ENTRY:
                found.by_place[name] = [one async for one in self._entries(name, shopper_id)]
            for name in INSIDE:
                found.by_place[name] = [value async for _, value in self._inside(name, shopper_id)]
        return found

    async def forget(self, shopper_id: ShopperId) -> int:
        """Delete all that is from before this moment; what they write from now on is new, and kept.

        A STOP outlives it under a keyed hash. A turn in work cannot commit, as its message is gone; a Send in flight
        may still arrive at X, and nothing of it is noted.

        Returns:
            The moment, in ms by Redis' clock.

        Raises:
            Unavailable: perhaps a part is deleted; the same call again deletes the rest.
        """
        await self._wire.check_layout()
        at = await self._delete_own(shopper_id, "")
        assert at is not None
        await self._delete_older(shopper_id, at)
        return at

    async def left(self, shopper_id: ShopperId, at: int) -> dict[str, int]:
        """What is still there of before ``at``; forgets it again on the way, so that a crash between leaves nothing."""
        await self._delete_older(shopper_id, at)
        held = await self.held(shopper_id)
        wrote_since = bool(held.by_place.get("consent:<shopper>"))
        counts = held.counts()
        if wrote_since:  # whatever their keys hold by now was made from nothing after that moment
            counts = dict.fromkeys(counts, 0) | {name: await self._older(name, shopper_id, at) for name in ENTRY}
        return counts

    # ---------------------------------------------------------------- what shoppers ask for in the chat
    async def asked(self, partition: int) -> dict[ShopperId, Request]:
        """Who asked to be forgotten and is not yet, of one partition."""
        with unavailable_if_redis_fails():
            kept = await self._wire.commands.hgetall(self._wire.keys.of(partition, "forget"))
        return {
            ShopperId(_text(one)): Request(int(told["sent"]), int(told["at"]), tuple(told["sends"] or ()))
            for one, told in ((one, json.loads(raw)) for one, raw in cast("dict[bytes, bytes]", kept).items())
        }

    async def forget_past(self, shopper_id: ShopperId, request: Request) -> bool:
        """Delete what is from before they asked, but the answer that says so while it is on its way.

        Returns:
            True where nothing of before is left, and the request with it; False: ask again, the answer is not sent.
        """
        keys = self._wire.keys
        partition = keys.partition_of(shopper_id)
        await self._wire.run(
            "forget_past",
            [
                keys.shopper("consent", shopper_id),
                keys.of(partition, "turns"),
                *(keys.shopper(name, shopper_id) for name in _DATED),
                *(keys.of(partition, name) for name in ENTRY if name != "turns"),
            ],
            [shopper_id, request.at, len(_DATED)],
        )
        await self._delete_older(shopper_id, request.at)
        with unavailable_if_redis_fails():
            waiting = await self._wire.commands.hkeys(self._own("queue:<shopper>", shopper_id))
            if {_text(one) for one in cast("list[bytes]", waiting)} & set(request.sends):
                return False
        at = await self._delete_own(shopper_id, request.sent)
        if at is not None:
            await self._delete_older(shopper_id, at)
            return True
        with unavailable_if_redis_fails():  # they wrote since: all of that is new
            for one in request.sends:
                await self._wire.commands.delete(keys.send(partition, one))
                for name in ("all", "ended"):
                    await self._wire.commands.zrem(keys.of(partition, name), f"{one} {shopper_id}")
            await self._wire.commands.hdel(keys.of(partition, "forget"), shopper_id)
        return True

    async def rewrite_later(self, now: datetime) -> None:
        """Note that something was deleted which Redis' files still hold."""
        with unavailable_if_redis_fails():
            await self._wire.commands.set(self._wire.keys.account("rewrite"), to_ms(now), nx=True)

    async def rewrite_due(self, before: datetime, *, timeout_s: float) -> str | None:
        """Rewrite the files if something was deleted before then; None where not. Raises as `rewrite_files`."""
        key = self._wire.keys.account("rewrite")
        with unavailable_if_redis_fails():
            since = cast("bytes | None", await self._wire.commands.get(key))
            if since is None or int(since) > to_ms(before):
                return None
            await self._wire.commands.delete(key)
        try:
            return await self.rewrite_files(timeout_s=timeout_s)
        except Unavailable:
            await self.rewrite_later(before)
            raise

    async def rewrite_files(self, *, timeout_s: float) -> str:
        """Have Redis write its append-only file anew: deleted data lives on in the old one. Waits for its end.

        Returns:
            What was done, or why it could not be (a managed Redis may not allow it), as a sentence.

        Raises:
            Unavailable: not done in time.
        """
        with unavailable_if_redis_fails():
            await self._everywhere("SLOWLOG RESET")  # it quotes commands, with ids and texts
            if not any(await self._aof("aof_enabled")):
                return "Redis keeps no append-only file"
            # one begun before the deletion would still hold what was deleted
            await self._until(self._no_rewrite, timeout_s)
            try:
                await self._everywhere("BGREWRITEAOF")
            except ResponseError as error:
                return f"Redis does not rewrite its append-only file when asked ({error}): do it there"
            await self._until(self._no_rewrite, timeout_s)
        if not all(await self._aof("aof_last_bgrewrite_status", "ok")):
            raise Unavailable("Redis could not write its append-only file anew: see its log (disk full?)")
        return "append-only file written anew, slow log emptied"

    # ---------------------------------------------------------------- deleting
    async def _delete_own(self, shopper_id: ShopperId, unless_wrote_after: int | str) -> int | None:
        keys, wire = self._wire.keys, self._wire
        partition = keys.partition_of(shopper_id)
        name = self._hush_name(shopper_id)
        own = [f"{one}:<shopper>" for one in _QUEUES]
        own += [one for one in OWN if one not in own and one != "consent:<shopper>"]
        for _ in range(_PEEKS):
            with unavailable_if_redis_fails():
                ids = [
                    *await wire.commands.hkeys(self._own(own[0], shopper_id)),
                    *await wire.commands.lrange(self._own(own[1], shopper_id), 0, -1),
                ]
            sends = sorted({one.decode() for one in cast("list[bytes]", ids)} - {"@"})
            said = await wire.run(
                "forget_shopper",
                [
                    keys.shopper("consent", shopper_id),
                    *(keys.of(partition, f"{kind}:{name}") for kind in ("hush", "gone")),
                    *(keys.of(partition, one) for one in FIELD),
                    *(self._own(one, shopper_id) for one in own),
                    *(keys.of(partition, one) for one in (*MEMBER, *ENTRY)),
                    *(keys.send(partition, one) for one in sends),
                ],
                [
                    shopper_id, seconds(SEEN_FOR), len(own), len(MEMBER), len(ENTRY), len(sends), unless_wrote_after,
                    *sends,
                ],
            )  # fmt: skip
            if said[0] == b"GONE":
                return int(said[1])
            if said[0] == b"WROTE":
                return None
        raise Unavailable("the shopper's outbox changed faster than it could be read")

    async def _delete_older(self, shopper_id: ShopperId, at: int) -> None:
        queue, partition = self._own("queue:<shopper>", shopper_id), self._wire.keys.partition_of(shopper_id)
        with unavailable_if_redis_fails():
            for name in INSIDE:
                async for key, value in self._inside(name, shopper_id):
                    send_id = value["id"] if name.startswith("send:") else ""
                    await self._wire.run("forget_kept", [key, queue], [send_id, at, seconds(RECORD_FOR)])
            for name in ("all", "ended"):
                async for member in self._members(name, shopper_id):
                    send = self._wire.keys.send(partition, member.rpartition(" ")[0])
                    if not await self._wire.commands.exists(send):
                        await self._wire.commands.zrem(self._wire.keys.of(partition, name), member)

    # ---------------------------------------------------------------- finding
    def _own(self, kind: str, shopper_id: ShopperId) -> str:
        return self._wire.keys.shopper(kind.partition(":")[0], shopper_id)

    def _of(self, name: str, shopper_id: ShopperId) -> str:
        return self._wire.keys.of(self._wire.keys.partition_of(shopper_id), name)

    async def _value(self, key: str) -> Any:
        kind = cast("bytes", await self._wire.commands.type(key)).decode()
        if kind == "hash":
            kept = cast("dict[bytes, bytes]", await self._wire.commands.hgetall(key))
            return {_text(name): _readable(value) for name, value in kept.items()}
        if kind == "list":
            return [_readable(one) for one in cast("list[bytes]", await self._wire.commands.lrange(key, 0, -1))]
        if kind == "zset":
            scored = await self._wire.commands.zrange(key, 0, -1, withscores=True)
            return {_text(one): score for one, score in cast("list[tuple[bytes, float]]", scored)}
        if kind == "string":
            return _readable(cast("bytes | None", await self._wire.commands.get(key)) or b"")
        return None

    async def _members(self, name: str, shopper_id: ShopperId) -> AsyncIterator[str]:
        key = self._of(name, shopper_id)
        # a member is the id alone, or an id of a Send, a space, and this
        async for member, _ in self._wire.commands.zscan_iter(key, match=f"*{shopper_id}", count=_SCANNED_AT_ONCE):
            if member.decode().rpartition(" ")[2] == shopper_id:
                yield member.decode()

    async def _entries(self, name: str, shopper_id: ShopperId) -> AsyncIterator[dict[str, Any]]:
        key, since = self._of(name, shopper_id), "-"
        while True:
            read = await self._wire.commands.xrange(key, min=since, count=_SCANNED_AT_ONCE)
            found = cast("list[tuple[bytes, dict[bytes, bytes]]]", read)
            for entry, fields in found:
                if fields.get(b"shopper") == shopper_id.encode():
                    yield {"entry": _text(entry), **{_text(one): _readable(value) for one, value in fields.items()}}
            if len(found) < _SCANNED_AT_ONCE:
                return
            since = f"({_text(found[-1][0])}"

    async def _older(self, name: str, shopper_id: ShopperId, at: int) -> int:
        return len([one async for one in self._entries(name, shopper_id) if int(one["entry"].split("-")[0]) < at])

    async def _inside(self, name: str, shopper_id: ShopperId) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        partition = self._wire.keys.partition_of(shopper_id)
        pattern = self._wire.keys.of(partition, f"{name.partition(':')[0]}:*")
        batch: list[str] = []
        async for key in self._wire.commands.scan_iter(match=pattern, count=_SCANNED_AT_ONCE):
            batch.append(key.decode())
            if len(batch) >= _SCANNED_AT_ONCE:
                async for one in self._theirs(name, batch, shopper_id):
                    yield one
                batch = []
        async for one in self._theirs(name, batch, shopper_id):
            yield one

    async def _theirs(
        self, name: str, batch: list[str], shopper_id: ShopperId
    ) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        if not batch:
            return
        as_hash = name.startswith("send:")
        async with self._wire.commands.pipeline(transaction=False) as pipe:
            for key in batch:
                if as_hash:
                    pipe.hgetall(key)
                else:
                    pipe.get(key)
            values = await pipe.execute()
        for key, value in zip(batch, values, strict=True):
            if as_hash and value.get(b"shopper") == shopper_id.encode():
                yield key, {_text(one): _readable(kept) for one, kept in value.items()} | {"id": _text(value[b"id"])}
            elif not as_hash and value and shopper_id.encode() in value:
                record = json.loads(value)
                if record.get("shopper_id") == shopper_id:
                    yield key, record

    # ---------------------------------------------------------------- Redis' files
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


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _readable(raw: bytes) -> Any:
    """JSON as what it means, all else as text."""
    text = _text(raw)
    if text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
