"""A real Redis, append-only, on a socket in a folder of its own; an understanding that Rasa trained, for all tests."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.desk import Desk
from actions.server import InProcess
from bot.dialogue.action_endpoints import LocalActions
from bot.dialogue.agent import GiftAgent
from bot.settings import StoreSettings
from bot.store.connection import Store
from catalog.shelf.shelf import Shelf
from tests.integration.redis_cluster import RedisCluster
from tests.integration.redis_server import TESTED_WITH, RedisServer
from tests.integration.shipped_redis import shipped_redis
from tests.integration.understood_chat import NOW, Chat

PRIVACY_KEY = os.environ["GIFTBOT_PRIVACY_KEY"]  # tests/conftest.py
ROOT = Path(__file__).resolve().parents[2]


ALSO_ON_A_CLUSTER = ("turns", "outbox", "door", "echo", "quotas", "withdrawals")
"""Files test_store_<name>.py whose tests run on one server, on a Redis Cluster and on the Redis that is shipped."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the chosen files twice, or three times where this machine has the Redis that is shipped."""
    chosen = metafunc.module.__name__.rpartition("test_store_")[2] in ALSO_ON_A_CLUSTER
    if chosen and "store" in metafunc.fixturenames:
        # no third time where all of them run on that one
        third = ["shipped"] if shipped_redis() and TESTED_WITH not in os.environ else []
        metafunc.parametrize("redis_url", ["server", "cluster", *third], indirect=True, scope="session")


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A real redis-server that lives as long as the test session."""
    with RedisServer("everysec") as server:
        yield server


@pytest.fixture(scope="session")
def redis_shipped() -> Iterator[RedisServer]:
    """The same of the major version that is shipped."""
    with RedisServer("everysec", executable=shipped_redis()) as server:
        yield server


@pytest.fixture(scope="session")
def redis_cluster() -> Iterator[RedisCluster]:
    """Six nodes of a Redis Cluster that live as long; nobody kills one of these."""
    with RedisCluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def redis_url(request: pytest.FixtureRequest) -> str:
    """Address of that server, or of the cluster where a test is run on it."""
    return str(request.getfixturevalue(f"redis_{getattr(request, 'param', 'server')}").url)


def _settings(redis_url: str) -> StoreSettings:
    return StoreSettings(
        redis_url=redis_url,
        partitions=2,
        timeout_s=2.0,
        key_prefix=f"t{uuid.uuid4().hex[:12]}",
        replicas=int("+cluster" in redis_url),
    )


@pytest.fixture
def store_settings(redis_url: str) -> StoreSettings:
    """Settings of a store nobody else uses."""
    return _settings(redis_url)


@pytest.fixture
async def store(store_settings: StoreSettings) -> AsyncIterator[Store]:
    """An empty store in the session's Redis."""
    async with Store(store_settings, PRIVACY_KEY) as store:
        yield store


@pytest.fixture
def own_server() -> Iterator[RedisServer]:
    """A redis-server of one test alone, whose files can be searched."""
    with RedisServer("everysec") as server:
        yield server


@pytest.fixture
async def one_partition(own_server: RedisServer) -> AsyncIterator[Store]:
    """An empty store in it where everybody shares streams and sets with everybody."""
    settings = StoreSettings(redis_url=own_server.url, partitions=1, timeout_s=5.0, key_prefix="gb")
    async with Store(settings, PRIVACY_KEY) as store:
        yield store


@pytest.fixture
def new_store(redis_url: str) -> Callable[[], Store]:
    """Makes further empty stores; whoever makes one closes it."""
    return lambda: Store(_settings(redis_url), PRIVACY_KEY)


@pytest.fixture(scope="session")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the understanding alone, trained by Rasa from the repository's own files."""
    from rasa.model_training import train_nlu

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(Path(__file__).parents[2])
        out = tmp_path_factory.mktemp("model")
        path = train_nlu(config="config.yml", nlu_data="data/nlu", output=str(out), domain="domain.yml")
    assert path is not None
    return Path(path)


@pytest.fixture(scope="session")
def parse(understanding: Path) -> Iterator[Callable[[str], dict[str, Any]]]:
    """Parses a message as the trained model does."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(understanding))
    loop = asyncio.new_event_loop()
    yield lambda text: loop.run_until_complete(agent.parse_message(text))
    loop.close()


@pytest.fixture(scope="session")
def models() -> Path:
    """The repository's own model, trained if it changed."""
    command = [sys.executable, "-W", "ignore", "-m", "bot", "rasa", "train"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return ROOT / "models"


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The sample catalogue, published if it changed."""
    command = [sys.executable, "-W", "ignore", "-m", "bot", "catalog", "import", "sample"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return Desk(Shelf.open(ROOT / "var/catalog"), lambda: NOW)


@pytest.fixture(scope="session")
def agent(models: Path, desk: Desk) -> GiftAgent:
    """Rasa's agent with its actions in this process."""
    return asyncio.run(GiftAgent.load(models, LocalActions(InProcess(desk).run), kept_events=40))


@pytest.fixture
def chat(agent: GiftAgent) -> Chat:
    """A new shopper's talk."""
    return Chat(agent)
