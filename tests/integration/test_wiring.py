"""Roles as processes: ready only while they can do their work, and clear about what is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis_server import RedisServer

from bot.demo.plan import free_ports
from bot.errors import GiftbotError
from bot.wiring.roles import partitions_of
from tests.fakes.x_side import BRAND, delivery, signed

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 30
KEYS = {
    "GIFTBOT_X_ACCOUNT_ID": "1",
    "GIFTBOT_X_CONSUMER_SECRET": "only-for-this-test",
    "GIFTBOT_OPS_LOG_LEVEL": "error",
}


def _giftbot(*arguments: str, **settings: str) -> subprocess.Popen[str]:
    env = {**os.environ, **KEYS, **settings}
    command = [sys.executable, "-W", "ignore", "-m", "bot", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def _running(role: str, **settings: str) -> Iterator[str]:
    """A role in a process of its own; yields the address of its health endpoints."""
    port = str(free_ports(1)[0])
    process = _giftbot("run", role, GIFTBOT_OPS_PORT=port, **settings)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=LIMIT_S)


def _becomes(url: str, status: int) -> str:
    """The answer's ``status`` field, once /readyz answers with that code."""
    deadline = time.monotonic() + LIMIT_S
    seen: object = "nothing"
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
                seen, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            seen, text = error.code, error.read()
        except OSError as error:
            seen, text = error, b""
        if seen == status:
            return str(json.loads(text)["status"])
        time.sleep(0.05)
    pytest.fail(f"/readyz did not become {status}; last seen: {seen}")


def test_intake_stays_at_the_door_while_redis_is_away() -> None:
    """Were it not ready, a balancer would take it away: X's challenge would fail, and the webhook be switched off."""
    port = str(free_ports(1)[0])
    door = f"http://127.0.0.1:{port}/webhooks/x"
    with (
        RedisServer("everysec") as redis,
        _running(
            "intake",
            GIFTBOT_STORE_REDIS_URL=redis.url,
            GIFTBOT_INTAKE_PORT=port,
            GIFTBOT_X_ACCOUNT_ID=BRAND,
        ) as url,
    ):
        _becomes(url, 200)
        redis.kill()
        body = delivery(("1", "hello"))
        headers = signed(body, KEYS["GIFTBOT_X_CONSUMER_SECRET"])
        request = urllib.request.Request(door, body, headers, method="POST")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=LIMIT_S)
        assert refused.value.code == 503, "X delivers it again"
        assert _becomes(url, 200) == "ready"
        with urllib.request.urlopen(f"{door}?crc_token=challenge-token-0123", timeout=5) as answer:
            assert answer.status == 200


def test_a_role_is_ready_only_while_redis_answers() -> None:
    """Else nobody would see why it does nothing."""
    with RedisServer("everysec") as redis, _running("sending", GIFTBOT_STORE_REDIS_URL=redis.url) as url:
        _becomes(url, 200)
        redis.kill()
        assert "Redis" in _becomes(url, 503)
        redis.start()
        assert _becomes(url, 200) == "ready"


def test_check_says_what_to_do_about_everything_that_is_missing(tmp_path: Path) -> None:
    """On a machine where nothing is set up yet, without a stack trace and without secrets."""
    nowhere = str(free_ports(1)[0])
    process = _giftbot(
        "check",
        GIFTBOT_STORE_REDIS_URL=f"redis://127.0.0.1:{nowhere}/0",
        GIFTBOT_CATALOG_DIR=str(tmp_path),
        GIFTBOT_DIALOGUE_MODEL_DIR=str(tmp_path),
        GIFTBOT_DIALOGUE_ACTIONS_URL=f"http://127.0.0.1:{nowhere}/webhook",
        GIFTBOT_X_API_BASE_URL=f"http://127.0.0.1:{nowhere}",
    )
    out, err = process.communicate(timeout=LIMIT_S)

    assert process.returncode == 1
    for hint in ("start it, or set GIFTBOT_STORE_REDIS_URL", "giftbot catalog import", "giftbot rasa train"):
        assert hint in out
    assert "start `giftbot run actions`" in out
    assert "GIFTBOT_X_API_BASE_URL" in out
    assert KEYS["GIFTBOT_X_CONSUMER_SECRET"] not in out + err
    assert "Traceback" not in out + err


def test_actions_without_a_catalogue_say_so(tmp_path: Path) -> None:
    """Rather than a stack trace."""
    process = _giftbot("run", "actions", GIFTBOT_CATALOG_DIR=str(tmp_path))
    _, err = process.communicate(timeout=LIMIT_S)

    assert process.returncode == 1
    assert "giftbot catalog import" in err
    assert "Traceback" not in err


def test_every_wrong_setting_is_named_at_once() -> None:
    """One start is enough to learn of all of them."""
    process = _giftbot("run", "intake", GIFTBOT_STORE_PARTITIONS="many", GIFTBOT_INTAKE_PORT="-1")
    _, err = process.communicate(timeout=LIMIT_S)

    assert process.returncode == 2
    assert "GIFTBOT_STORE_PARTITIONS" in err
    assert "GIFTBOT_INTAKE_PORT" in err


def test_a_worker_may_own_a_share_of_the_partitions() -> None:
    """And is told where the share does not exist."""
    assert partitions_of("all", 4) == range(4)
    assert partitions_of("2-3", 4) == range(2, 4)
    with pytest.raises(GiftbotError, match="0 to 3"):
        partitions_of("2-4", 4)
