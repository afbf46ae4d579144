"""A node of the cluster and its replica are away: who lives on another node is answered as if nothing were."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import pytest
from prometheus_client import REGISTRY

from bot.errors import Unavailable
from bot.model import MessageId, SendState, ShopperId
from bot.settings import StoreSettings
from bot.store.access.durability import shortfalls
from bot.store.connection import Store
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.redis_cluster import RedisCluster
from tests.integration.sending_talk import FakeX, MovedClock, reaches, sending
from tests.integration.store_talk import ANN, NOON, answered, message


@pytest.fixture
def cluster() -> Iterator[RedisCluster]:
    with RedisCluster() as cluster:
        yield cluster


def _settings(cluster: RedisCluster) -> StoreSettings:
    return StoreSettings(redis_url=cluster.url, partitions=9, timeout_s=1.0, key_prefix="gb", replicas=1)


def _shopper_in(store: Store, partition: int) -> ShopperId:
    return next(ShopperId(str(n)) for n in range(7000, 9000) if store.partition_of(ShopperId(str(n))) == partition)


def _away() -> float | None:
    return REGISTRY.get_sample_value("giftbot_store_partitions_away")


@pytest.mark.parametrize("which", [0, 1], ids=["one", "the other"])
async def test_who_lives_on_another_node_is_answered_while_one_is_away_and_the_others_when_it_is_back(
    cluster: RedisCluster, which: int
) -> None:
    """Senders and watchers ask all partitions at once: one silent node must not be everybody's silence."""
    async with Store(_settings(cluster), PRIVACY_KEY) as store:
        at = {n: cluster.master_of(store._wire.keys.of(n, "turns")) for n in range(store.partitions)}
        account = cluster.master_of(store._wire.keys.account("layout"))
        doomed = sorted(set(at.values()) - {account})[which]  # redis-py asks one of them for everything that has no key
        elsewhere = [_shopper_in(store, n) for n in at if at[n] != doomed]
        sick = _shopper_in(store, next(n for n in at if at[n] == doomed))
        waits = await answered(store, message(1, sick))
        replica = cluster.replica_of(doomed)
        await asyncio.to_thread(cluster.kill, replica)
        await asyncio.to_thread(cluster.kill, doomed)

        x = FakeX(MovedClock())
        async with sending(store, x):
            for shopper in elsewhere:
                await reaches(store, await answered(store, message(1, shopper)), SendState.SENT)
            assert [one.shopper_id for one in x.taken] == elsewhere, "each once, and as soon as it was written"
            assert _away() == list(at.values()).count(doomed)

            await answered(store, message(2, elsewhere[0], sent=1))
            assert (await store.backlog.oldest(NOON)).total_seconds() == 0, "told, of those who answer"
            assert await store.dead.count() == 0
            assert (await store.figures.read(NOON)).oldest_doubt.total_seconds() == 0
            with pytest.raises(Unavailable):
                await store.records.send_to(MessageId("1"))  # it may be where nobody answers
            assert await store.records.send_to(message(1, elsewhere[0]).id) is not None
            found = {one.node: one.fault for one in await shortfalls(_settings(cluster))}
            # a replica that is down is not in the cluster's list any more
            assert found[f"127.0.0.1:{doomed}"] == "no_answer"

            async with Store(_settings(cluster), PRIVACY_KEY) as started_meanwhile:
                assert await started_meanwhile.turns.waiting() == 0

            await asyncio.to_thread(cluster.start, doomed)
            await asyncio.to_thread(cluster.start, replica)
            await asyncio.to_thread(cluster.until_healthy)
            await reaches(store, waits, SendState.SENT)
            assert _away() == 0


async def test_the_account_s_node_away_holds_every_send_back_and_ends_no_sender(cluster: RedisCluster) -> None:
    """X's allowance is counted there. Messages are taken in and answered meanwhile, and go out afterwards."""
    async with Store(_settings(cluster), PRIVACY_KEY) as store:
        await answered(store, message(1, ANN))
        account = cluster.master_of(store._wire.keys.account("layout"))
        elsewhere = [
            _shopper_in(store, n)
            for n in range(store.partitions)
            if cluster.master_of(store._wire.keys.of(n, "turns")) != account
        ]
        replica = cluster.replica_of(account)
        x = FakeX(MovedClock())
        async with sending(store, x) as running:
            await reaches(store, await answered(store, message(2, ANN, sent=1)), SendState.SENT)
            await asyncio.to_thread(cluster.kill, replica)
            await asyncio.to_thread(cluster.kill, account)
            sends = [await answered(store, message(1, shopper)) for shopper in elsewhere]
            for _ in range(12):  # the sender goes on asking meanwhile
                with suppress(Unavailable):
                    await store.outbox.earliest()
            assert not running.done()
            assert len(x.taken) == 2
            await asyncio.to_thread(cluster.start, account)
            await asyncio.to_thread(cluster.start, replica)
            await asyncio.to_thread(cluster.until_healthy)
            for send in sends:
                await reaches(store, send, SendState.SENT)
        assert len(x.taken) == 2 + len(sends)


async def test_a_cluster_of_which_nothing_answers_is_away(cluster: RedisCluster) -> None:
    """Else nobody would hear that nothing is sent."""
    async with Store(_settings(cluster), PRIVACY_KEY) as store:
        await answered(store, message(1, ANN))
        for port in cluster.ports:
            await asyncio.to_thread(cluster.kill, port)
        with pytest.raises(Unavailable):
            await store.turns.waiting()
