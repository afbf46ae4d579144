"""Questions to all partitions at once. On a cluster a node that is away takes no other node's answers with it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster

from bot.errors import Unavailable
from bot.metrics import PARTITIONS_AWAY
from bot.store.access.clients import FAULTS, unavailable_if_redis_fails
from bot.store.access.keys import Keys

AWAY_FOR_S = 5.0
"""So long a node that did not answer is not asked again: one that is silent costs a time-out each time."""

Ask = Callable[[Any, int], object]
"""Puts what is asked of a partition on a pipeline; of each the same number of commands."""

log = structlog.get_logger()


class Sweeps:
    """Asks partitions, all nodes at once.

    Args:
        keys: names of keys.
        client: one server's client, or a cluster's that does not try again by itself: it would close every
            connection to every node first.
        look_around: asks the cluster which node has which slots now.
        monotonic: seconds that never jump.
    """

    def __init__(
        self, keys: Keys, client: Redis, look_around: Callable[[], Awaitable[None]], monotonic: Callable[[], float]
    ) -> None:
        self._keys = keys
        self._client = client
        self._look_around = look_around
        self._monotonic = monotonic
        self._away: dict[str, float] = {}  # nodes that did not answer, and until when they are left alone
        self._missing = 0
        self._looking: asyncio.Task[None] | None = None

    async def ask(self, ask: Ask, of: Iterable[int] | None = None) -> dict[int, list[Any]]:
        """What each partition answers, in the order asked; one whose node does not answer is not among them.

        Args:
            ask: what to ask of each.
            of: the partitions; all where left out.

        Raises:
            Unavailable: none answers.
        """
        partitions = list(range(self._keys.partitions) if of is None else of)
        if not partitions:
            return {}
        if not isinstance(self._client, RedisCluster):
            with unavailable_if_redis_fails():
                return await self._of_server(self._client, partitions, ask)
        answers = await self._of_nodes(self._client, partitions, ask)
        if of is None:
            self._tell(len(partitions) - len(answers))
        if not answers:
            raise Unavailable("no node of the Redis Cluster answers; see GIFTBOT_STORE_REDIS_URL")
        return answers

    async def close(self) -> None:
        """Leave nothing running."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    async def _of_nodes(self, client: RedisCluster, partitions: list[int], ask: Ask) -> dict[int, list[Any]]:
        answers: dict[int, list[Any]] = {}
        for again in (False, True):
            if again:
                # another node may have their slots by now
                try:
                    await self._look_around()
                except FAULTS:
                    break
            places, unknown = await self._placed(client, [one for one in partitions if one not in answers])
            told = await asyncio.gather(*(self._of_node(client, ask, those) for _, those in places))
            for some in told:
                answers |= some
            silent = {node for some, (node, _) in zip(told, places, strict=True) if not some}
            whole = not unknown and sum(map(len, told)) == sum(len(those) for _, those in places)
            known = bool(silent) and silent <= self._away.keys()
            for node, _ in places:
                self._away.pop(node, None)
            if whole:
                break
            if again or known:
                self._away.update(dict.fromkeys(silent, self._monotonic() + AWAY_FOR_S))
            if known and not again:
                # it was away before: nobody waits any longer for it than it takes to be silent once
                if self._looking is None or self._looking.done():
                    self._looking = asyncio.create_task(self._look_quietly())
                break
        return answers

    async def _look_quietly(self) -> None:
        with suppress(*FAULTS):
            await self._look_around()

    async def _placed(self, client: RedisCluster, partitions: list[int]) -> tuple[list[tuple[str, list[int]]], bool]:
        """The partitions by the node that has them, without those of nodes left alone; whether some have no node."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        unknown, now = False, self._monotonic()
        try:
            await client.initialize()
        except FAULTS:
            return [], True
        for partition in partitions:
            try:
                node = client.get_node_from_key(self._keys.of(partition, "turns"))
            except FAULTS:
                node = None
            if node is None:
                unknown = True
            elif self._away.get(node.name, now) <= now:
                places[node.name].append(partition)
        return list(places.items()), unknown

    async def _of_node(self, client: RedisCluster, ask: Ask, partitions: list[int]) -> dict[int, list[Any]]:
        """Of one node; a partition that answers with a fault is left out (its slot is elsewhere, or on the way)."""
        with suppress(Unavailable), unavailable_if_redis_fails():
            return await self._of_server(client, partitions, ask, raise_on_error=False, allow_redirections=False)
        return {}

    async def _of_server(self, client: Any, partitions: list[int], ask: Ask, **options: bool) -> dict[int, list[Any]]:
        async with client.pipeline(transaction=False) as pipe:
            for partition in partitions:
                ask(pipe, partition)
            told = list(await pipe.execute(**options))
        size = len(told) // len(partitions)
        parts = {one: told[place * size : (place + 1) * size] for place, one in enumerate(partitions)}
        return {one: part for one, part in parts.items() if not any(isinstance(said, Exception) for said in part)}

    def _tell(self, away: int) -> None:
        if away != self._missing:
            log.warning("partitions_away", count=away)
            self._missing = away
        PARTITIONS_AWAY.set(away)
