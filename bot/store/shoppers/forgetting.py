"""Deletes what Redis keeps of a shopper: all of it at once, or all from before they asked for it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

from bot.errors import Unavailable
from bot.model import ShopperId
from bot.pseudonyms import Pseudonym
from bot.store.access.keys import RECORD_FOR, SEEN_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.shoppers.dates import dated
from bot.store.shoppers.finding import Finding, text_of
from bot.store.shoppers.shopper_data import ENTRY, FIELD, MEMBER, OWN

_PEEKS = 50
_CLOCKS_APART_MS = 5000
"""What is dated by another clock than Redis' may look so much older than it is."""
_COMMIT_MS = 100
"""The record of the turn in which they asked is written in the same instant, but Redis may date it a little later."""
_QUEUES = ("queue", "sends")
"""Their own keys that name Sends: of this release, and of the one before."""
_DATED = ("sent", "spent", "handed")
"""Sorted sets of theirs by the time (ms) of what they note."""


@dataclass(frozen=True, slots=True)
class Request:
    """They asked in the chat to be forgotten."""

    sent: int
    """When they wrote so (ms)."""
    at: int
    """When that was read (ms)."""
    sends: tuple[str, ...]
    """Sends X may have or is still to get: the answer, and what was at X already."""
    ended: tuple[str, ...]
    """Sends that waited and will never go out."""
    past: bool
    """All from before is deleted, everywhere; only the answer is waited for."""
    raw: bytes = field(repr=False)
    """As Redis holds it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Requests of one partition; ``unreadable`` is how many are not understood (of another release, or broken)."""

    requests: Mapping[ShopperId, Request]
    unreadable: int


class Forgetting:
    """What they write after it is new, and kept."""

    def __init__(self, wire: Wire, finding: Finding, hush_name: Pseudonym) -> None:
        self._wire, self._finding, self._hush_name = wire, finding, hush_name

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
        held = await self._finding.held(shopper_id)
        if not held.by_place.get("consent:<shopper>"):
            return held.counts()
        # they wrote since: what is dated after that moment is new
        return {
            # entries are dated by Redis' own clock
            name: sum(
                dated(name, one) < at - _CLOCKS_APART_MS * (name not in ENTRY) for one in held.by_place.get(name, ())
            )
            for name in held.counts()
        }

    # ---------------------------------------------------------------- what shoppers ask for in the chat
    async def hold(self, owner: str, for_s: float) -> bool:
        """Be the one process that carries out requests, for so many seconds from now."""
        return bool(await self._wire.run("hold", [self._wire.keys.account("forgetter")], [owner, int(for_s * 1000)]))

    async def let_go(self, owner: str) -> None:
        """Let another process carry out requests."""
        await self._wire.run("let_go", [self._wire.keys.account("forgetter")], [owner])

    async def asked(self, partition: int) -> Asked:
        """Who asked to be forgotten and is not yet, of one partition."""
        with unavailable_if_redis_fails():
            kept = await self._wire.commands.hgetall(self._wire.keys.of(partition, "forget"))
        found: dict[ShopperId, Request] = {}
        for one, raw in cast("dict[bytes, bytes]", kept).items():
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                found[ShopperId(text_of(one))] = _request(raw)
        return Asked(found, len(kept) - len(found))

    async def forget_past(self, shopper_id: ShopperId, request: Request) -> None:
        """Delete what is from before they asked, but the answer that says so; note that it is done."""
        keys = self._wire.keys
        partition = keys.partition_of(shopper_id)
        await self._wire.run(
            "forget_past",
            [
                keys.shopper("consent", shopper_id),
                keys.of(partition, "turns"),
                keys.of(partition, f"gone:{self._hush_name(shopper_id)}"),
                *(keys.shopper(name, shopper_id) for name in _DATED),
                *(keys.of(partition, name) for name in ENTRY if name != "turns"),
            ],
            [shopper_id, request.at, len(_DATED), seconds(SEEN_FOR), request.sent],
        )
        await self._delete_sends(shopper_id, request.ended)
        await self._delete_older(shopper_id, request.at + _COMMIT_MS)
        await self._note(shopper_id, request, json.dumps({**json.loads(request.raw), "past": True}))

    async def answer_waits(self, shopper_id: ShopperId, request: Request) -> bool:
        """Whether the answer to their request is still on its way, or something X may have is not known yet."""
        with unavailable_if_redis_fails():
            waiting = await self._wire.commands.hkeys(self._finding.own("queue:<shopper>", shopper_id))
        return bool({text_of(one) for one in cast("list[bytes]", waiting)} & set(request.sends))

    async def forget_rest(self, shopper_id: ShopperId, request: Request) -> None:
        """Delete the answer too, and the request; what they wrote since they asked stays."""
        at = await self._delete_own(shopper_id, request.sent)
        if at is not None:
            await self._delete_older(shopper_id, at)
            return
        await self._delete_sends(shopper_id, request.sends)  # they wrote since: all of that is new
        await self._note(shopper_id, request, "")

    async def _note(self, shopper_id: ShopperId, request: Request, now: str) -> None:
        key = self._wire.keys.of(self._wire.keys.partition_of(shopper_id), "forget")
        await self._wire.run("note_forgetting", [key], [shopper_id, request.raw, now])

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
                    *await wire.commands.hkeys(self._finding.own(own[0], shopper_id)),
                    *await wire.commands.lrange(self._finding.own(own[1], shopper_id), 0, -1),
                ]
            sends = sorted({one.decode() for one in cast("list[bytes]", ids)} - {"@"})
            said = await wire.run(
                "forget_shopper",
                [
                    keys.shopper("consent", shopper_id),
                    *(keys.of(partition, f"{kind}:{name}") for kind in ("hush", "gone")),
                    *(keys.of(partition, one) for one in FIELD),
                    *(self._finding.own(one, shopper_id) for one in own),
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

    async def _delete_sends(self, shopper_id: ShopperId, sends: Sequence[str]) -> None:
        keys, partition = self._wire.keys, self._wire.keys.partition_of(shopper_id)
        with unavailable_if_redis_fails():
            for one in sends:
                await self._wire.commands.delete(keys.send(partition, one))
                for name in ("all", "ended"):
                    await self._wire.commands.zrem(keys.of(partition, name), f"{one} {shopper_id}")

    async def _delete_older(self, shopper_id: ShopperId, at: int) -> None:
        queue, partition = self._finding.own("queue:<shopper>", shopper_id), self._wire.keys.partition_of(shopper_id)
        with unavailable_if_redis_fails():
            async for name, key, value in self._finding.inside(shopper_id):
                send_id = value["id"] if name.startswith("send:") else ""
                await self._wire.run("forget_kept", [key, queue], [send_id, at, seconds(RECORD_FOR)])
            for name in ("all", "ended"):
                async for member in self._finding.members(name, shopper_id):
                    send = self._wire.keys.send(partition, member.rpartition(" ")[0])
                    if not await self._wire.commands.exists(send):
                        await self._wire.commands.zrem(self._wire.keys.of(partition, name), member)


def _request(raw: bytes) -> Request:
    told = json.loads(raw)
    # Lua's empty list is written as {}
    return Request(
        int(told["sent"]), int(told["at"]), tuple(told["sends"] or ()), tuple(told.get("ended") or ()),
        bool(told.get("past")), raw,
    )  # fmt: skip
