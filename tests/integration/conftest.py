"""A real Redis, append-only, on a socket in a folder of its own; every test has its own key prefix."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from bot.settings import StoreSettings
from bot.store.connection import Store
from tests.integration.redis_server import RedisServer


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Address of a real redis-server that lives as long as the test session."""
    with RedisServer("everysec") as server:
        yield server.url


def _settings(redis_url: str) -> StoreSettings:
    return StoreSettings(redis_url=redis_url, partitions=2, timeout_s=2.0, key_prefix=f"t{uuid.uuid4().hex[:12]}")


@pytest.fixture
def store_settings(redis_url: str) -> StoreSettings:
    """Settings of a store nobody else uses."""
    return _settings(redis_url)


@pytest.fixture
async def store(store_settings: StoreSettings) -> AsyncIterator[Store]:
    """An empty store in the session's Redis."""
    async with Store(store_settings) as store:
        yield store


@pytest.fixture
def new_store(redis_url: str) -> Callable[[], Store]:
    """Makes further empty stores; whoever makes one closes it."""
    return lambda: Store(_settings(redis_url))
