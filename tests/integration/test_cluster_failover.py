"""A node of the cluster is killed: what was accepted is there afterwards, and the others' partitions never stop."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.errors import Unavailable
from bot.model import InboundMessage, ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.redis_cluster import RedisCluster
from tests.integration.store_talk import end_turn, handed_out, message, own, say

FAILOVER_S = 20
"""Most seconds until a replica has taken over and our client has found it; the cluster's node time-out is 1.5."""


@pytest.fixture
def cluster() -> Iterator[RedisCluster]:
    with RedisCluster() as cluster:
        yield cluster


def _settings(cluster: RedisCluster, replicas: int = 1) -> StoreSettings:
    return StoreSettings(redis_url=cluster.url, partitions=9, timeout_s=1.0, key_prefix="gb", replicas=replicas)


def _shopper_in(store: Store, partition: int) -> ShopperId:
    return next(ShopperId(str(n)) for n in range(7000, 9000) if store.partition_of(ShopperId(str(n))) == partition)


async def _until_accepted(store: Store, inbound: InboundMessage) -> int:
    """As X does: again until it is told 200; how often it was told otherwise."""
    end, refused = time.monotonic() + FAILOVER_S, 0
    while True:
        try:
            await say(store, inbound)
            return refused
        except Unavailable:
            refused += 1
            assert time.monotonic() < end, "no failover"
            await asyncio.sleep(0.1)


async def _in_queues(store: Store) -> Counter[str]:
    """Every message that waits for an answer, by id."""
    found: Counter[str] = Counter()
    for partition in range(store.partitions):
        for _, fields in await store._wire.commands.xrange(store._wire.keys.of(partition, "turns")):
            found[fields[b"message"].decode()] += 1
    return found


async def test_a_master_killed_under_load_costs_no_accepted_message_and_no_other_partition_anything(
    cluster: RedisCluster,
) -> None:
    """Zero lost of what was answered 200."""
    async with Store(_settings(cluster), PRIVACY_KEY) as store:
        shoppers = [_shopper_in(store, partition) for partition in range(store.partitions)]
        doomed = cluster.master_of(store._wire.keys.of(0, "turns"))
        at = {n: cluster.master_of(store._wire.keys.of(n, "turns")) for n in range(store.partitions)}
        assert len(set(at.values())) > 1, "the partitions lie on several nodes"
        accepted: list[str] = []
        refused = dict.fromkeys(range(store.partitions), 0)
        killed = asyncio.Event()

        async def write(partition: int) -> None:
            for number in range(1, 121):
                inbound = message(number, shoppers[partition], sent=number)
                refused[partition] += await _until_accepted(store, inbound)
                accepted.append(inbound.id)
                if number == 20:
                    killed.set()

        writing = [asyncio.create_task(write(partition)) for partition in range(store.partitions)]
        begun = asyncio.create_task(killed.wait())
        await asyncio.wait([begun, *writing], return_when=asyncio.FIRST_COMPLETED)
        assert killed.is_set()
        await asyncio.to_thread(cluster.kill, doomed)
        await asyncio.gather(*(writing[n] for n in at if at[n] != doomed))
        assert [n for n in at if not writing[n].done()] == [n for n in at if at[n] == doomed]
        # with one replica a master, the one that took over has none: it takes in nothing before the dead one is back
        await asyncio.to_thread(cluster.start, doomed)
        await asyncio.gather(*writing)

        found = await _in_queues(store)
        assert [one for one in accepted if found[one] != 1] == []
        assert len(accepted) == sum(found.values()) == 120 * store.partitions
        assert [n for n in refused if refused[n] and at[n] != doomed] == [], "who lives on another node notices nothing"
        assert any(refused.values()), "the dead node's partitions were away"

        lease = await own(store, shoppers[0])
        turn = await handed_out(store, lease)
        assert await end_turn(store, lease, turn), "the transaction holds at the new master"


@pytest.mark.parametrize("replicas", [1, 0], ids=["as set on a cluster", "were it not waited for"])
async def test_what_only_the_dead_master_had_was_never_accepted(cluster: RedisCluster, replicas: int) -> None:
    """A replica that lags and is then promoted has forgotten; seen by the same test where no replica is waited for."""
    async with Store(_settings(cluster, replicas), PRIVACY_KEY) as store:
        shopper = _shopper_in(store, 0)
        await _until_accepted(store, message(1, shopper))
        master = cluster.master_of(store._wire.keys.of(0, "turns"))
        replica = cluster.replica_of(master)
        cluster.hold(replica, still=True)
        cluster.cut_off(master)
        try:
            told = await say(store, message(2, shopper, sent=1))
        except Unavailable:
            told = None
        await asyncio.to_thread(cluster.kill, master)
        cluster.hold(replica, still=False)
        await asyncio.to_thread(cluster.until_taken_over, master)
        await asyncio.to_thread(cluster.start, master)
        await _until_accepted(store, message(3, shopper, sent=2))
        found = await _in_queues(store)
        lost = told is not None and found[message(2, shopper).id] == 0
        assert lost == (replicas == 0)
        assert found[message(1, shopper).id] == found[message(3, shopper).id] == 1
