"""A fit on a cluster of processes equals the fit in one process, and says what to do where there is no cluster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from distributed import LocalCluster

from catalog.interactions.consent import ShopsConsent
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row
from catalog.model.engines.dask_cluster import ClusterMissing, on_cluster
from catalog.model.fitted import MODELS, POINTER, Fitted
from catalog.model.item_model import Recipe
from catalog.model.refit import refit
from catalog.storage import Storage

NOW = datetime(2026, 11, 22, tzinfo=timezone.utc)
PRODUCTS = 40
IDS = [f"p{at}" for at in range(PRODUCTS)]
TITLES = [f"{'red' if at % 2 else 'blue'} {'mug' if at % 3 else 'pot'}" for at in range(PRODUCTS)]
RECIPE = Recipe(most_products=30)
BOUND = 1e-9


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Storage:
    storage = Storage.at(tmp_path_factory.mktemp("shop"))
    ledger = Ledger.open(storage.below("interactions"), ShopsConsent(frozenset(["purchase"])), clock=lambda: NOW)
    chance = np.random.default_rng(1)
    rows = [
        Row(
            f"s{chance.integers(60):03d}",
            f"p{min(int(chance.exponential(9)), PRODUCTS)}",  # the last is of no product
            "bought",
            NOW - timedelta(days=int(chance.integers(1, 300))),
            1.0,
            "purchase",
            group_id=f"o{at}",
        )
        for at in range(1500)
    ]
    ledger.append(rows)
    taken_back = [Row(one.shopper_id, "", "bought", NOW, -1.0, "purchase", group_id=one.group_id) for one in rows[:9]]
    ledger.append(taken_back)
    return storage


def published(storage: Storage) -> Fitted:
    return Fitted.open(storage.local_copy(f"{MODELS}/{storage.read_pointer(POINTER)}"))


def test_two_worker_processes_learn_what_one_process_learns(storage: Storage, scheduler: str) -> None:
    ledger = Ledger.open(storage.below("interactions"))
    with on_cluster(scheduler, storage.below("interactions")) as engine:
        there = refit(storage, ledger, IDS, TITLES, as_of=0, recipe=RECIPE, engine=engine)
    cluster = published(storage)
    storage.remove(f"{MODELS}/{there.name}")
    here = refit(storage, ledger, IDS, TITLES, as_of=0, recipe=RECIPE)
    local = published(storage)
    assert (there.purchases, there.shoppers, there.unknown) == (here.purchases, here.shoppers, here.unknown)
    assert not here.skipped
    assert here.unknown > 0
    np.testing.assert_allclose(cluster.model.inverse.base, local.model.inverse.base, atol=BOUND)
    np.testing.assert_array_equal(cluster.popularity.buyers, local.popularity.buyers)
    np.testing.assert_array_equal(cluster.popularity.sold, local.popularity.sold)
    np.testing.assert_array_equal(cluster.popularity.aged, local.popularity.aged)
    assert cluster.histories.names.tolist() == local.histories.names.tolist()
    for name in ("s003", "s017", "s059"):
        past, same = cluster.histories.past_of(name), local.histories.past_of(name)
        assert past.product.tolist() == same.product.tolist()
        assert past.day.tolist() == same.day.tolist()
        scores = [one.model.score(past.product, one.model.profile(past.day, 20_000)) for one in (cluster, local)]
        np.testing.assert_allclose(scores[0], scores[1], atol=BOUND)


def test_without_a_scheduler_it_is_said_what_is_missing(tmp_path: Path) -> None:
    nobody = on_cluster("tcp://127.0.0.1:9", Storage.at(tmp_path), wait_s=0.2)
    with pytest.raises(ClusterMissing, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"), nobody:
        pass
