"""What is shipped is what is tested: the Redis of deploy/ is of a major version that the store's tests run on."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import redis

from bot.store.access.durability import LEAST_VERSION
from tests.integration.redis_server import TESTED_WITH, RedisServer, redis_server_path
from tests.integration.shipped_redis import ROOT, shipped_redis, shipped_tag, version_of

MISSING = f"no Redis {shipped_tag().split('.')[0]} on this machine: `make shipped-redis`, or {TESTED_WITH}=PATH"
SUITE = ("store_", "outbox_", "intake_hardship", "batches_break", "privacy_forgetting", "cluster_", "sending_role")
"""Of tests/integration: what touches Redis most."""


def test_both_ways_ship_the_same_redis() -> None:
    """Compose and Kubernetes."""
    text = (ROOT / "deploy" / "kubernetes" / "redis.yml").read_text("utf-8")
    assert re.findall(r"image: redis:(\S+)", text) == [shipped_tag()]


def test_every_other_test_runs_on_the_oldest_redis_giftbot_takes() -> None:
    """Scripts that need a later one would break only at somebody's who has an older one."""
    if TESTED_WITH in os.environ:
        pytest.skip("another one was asked for")
    assert version_of(redis_server_path()).startswith(".".join(map(str, LEAST_VERSION)) + ".")


@pytest.mark.skipif(not shipped_redis(), reason=MISSING)
def test_the_store_s_tests_run_on_the_redis_that_is_shipped() -> None:
    """Each of `ALSO_ON_A_CLUSTER` runs a third time, on it (conftest.py)."""
    with RedisServer("everysec", executable=shipped_redis()) as server, redis.Redis.from_url(server.url) as client:
        assert client.info("server")["redis_version"].split(".")[0] == shipped_tag().split(".")[0]


@pytest.mark.chaos
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not shipped_redis(), reason=MISSING)
def test_all_that_touches_redis_passes_on_the_redis_that_is_shipped() -> None:
    """Its log lies in parts, its scripts are held to more: histories, restarts, power cuts, lost nodes."""
    files = [path for one in SUITE for path in (ROOT / "tests" / "integration").glob(f"test_{one}*.py")]
    assert len(files) > 10
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, files)]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, TESTED_WITH: shipped_redis()}, capture_output=True, text=True
    )
    failed = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    assert run.returncode == 0, "\n".join([run.stdout[-4000:], *failed])
