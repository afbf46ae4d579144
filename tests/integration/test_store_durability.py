"""`giftbot check` and intake ask Redis itself whether it keeps what it is given."""

from __future__ import annotations

import asyncio
import dataclasses

from prometheus_client import REGISTRY

from bot.settings import StoreSettings
from bot.store.access.durability import look, shortfalls
from bot.store.connection import Store
from bot.wiring.durable import watch_redis
from tests.integration.redis_cluster import RedisCluster
from tests.integration.redis_server import RedisServer


async def _faults(settings: StoreSettings) -> set[str]:
    return {one.fault for one in await shortfalls(settings)}


async def test_a_redis_that_syncs_once_a_second_is_told_and_one_that_always_does_is_not(
    store_settings: StoreSettings,
) -> None:
    """Everything works with both, until the power goes."""
    assert await _faults(store_settings) == {"not_synced"}
    with RedisServer("always") as server:
        assert await _faults(dataclasses.replace(store_settings, redis_url=server.url)) == set()


async def test_a_replica_asked_for_and_not_there_is_told(store_settings: StoreSettings) -> None:
    """With it missing, nothing is taken in."""
    assert "too_few_replicas" in await _faults(dataclasses.replace(store_settings, replicas=1))


async def test_a_redis_without_a_limit_of_memory_is_told(own_server: RedisServer) -> None:
    """It would be killed instead of saying no, and then not start again on what it wrote."""
    settings = StoreSettings(redis_url=own_server.url, partitions=1, timeout_s=5.0, key_prefix="gb")
    assert 0 < (await look(settings)).memory < 0.6
    async with Store(settings) as store:
        await store._wire.commands.config_set("maxmemory", 0)
    assert "no_memory_limit" in await _faults(settings)
    assert (await look(settings)).memory == 0


async def test_every_node_of_a_cluster_is_asked(redis_cluster: RedisCluster, store_settings: StoreSettings) -> None:
    """The one node that differs is the one that fails."""
    settings = dataclasses.replace(store_settings, redis_url=redis_cluster.url, replicas=1)
    assert await _faults(settings) == set()
    found = await shortfalls(dataclasses.replace(settings, replicas=2))
    assert [one.fault for one in found] == ["too_few_replicas"] * 3


async def test_intake_tells_it_in_the_metric(store_settings: StoreSettings) -> None:
    """An alert rule watches it."""
    stop = asyncio.Event()
    watching = asyncio.create_task(watch_redis(store_settings, stop))
    while not REGISTRY.get_sample_value("giftbot_store_shortfalls", {"fault": "not_synced"}):
        await asyncio.sleep(0.01)
    stop.set()
    await watching
    assert REGISTRY.get_sample_value("giftbot_store_shortfalls", {"fault": "evicts"}) == 0
    assert 0 < (REGISTRY.get_sample_value("giftbot_store_memory_ratio") or 0) < 1
