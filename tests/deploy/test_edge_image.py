"""The small image: its roles start and the runbook's commands run with nothing but what edge.txt pins."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.demo.plan import free_ports
from tests.deploy.deployed import ROOT
from tests.integration.redis_server import RedisServer

PROGRAMME = str(ROOT / "tests" / "deploy" / "edge_image.py")
ROLES = ("intake", "sending", "departments", "watch")
LEFT_OUT = ("catalog ", "x replay")
"""The one needs the catalogue's image; the other waits for X as long as X is away (its parts are those of x status)."""
WORDS = {"SEND": "0-1", "ID": "1", "SHOPPER": "1700000000000000002", "NAME": "care", "LIST": "list", "FILE": os.devnull}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What a container has: keys, a Redis, an X that nobody reaches."""
    tokens = tmp_path_factory.mktemp("edge") / "tokens.yml"
    tokens.write_text(f"- {{name: a, department: care, role: reader, sha256: {'a' * 64}}}\n")
    with RedisServer("everysec") as redis:
        yield {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIFTBOT_")},
            "GIFTBOT_X_ACCOUNT_ID": "1700000000000000001",
            "GIFTBOT_X_CONSUMER_KEY": "key",
            "GIFTBOT_X_CONSUMER_SECRET": "only-for-this-test",
            "GIFTBOT_X_ACCESS_TOKEN": "token",
            "GIFTBOT_X_ACCESS_TOKEN_SECRET": "secret",
            "GIFTBOT_X_API_BASE_URL": "http://127.0.0.1:1",
            "GIFTBOT_PRIVACY_KEY": "only-for-this-test-only-for-this-test",
            "GIFTBOT_STORE_REDIS_URL": redis.url,
            "GIFTBOT_DEPARTMENTS_TOKENS": str(tokens),
        }


@pytest.mark.parametrize("role", ROLES)
def test_a_role_of_the_small_image_starts(role: str, environment: dict[str, str], tmp_path: Path) -> None:
    """It gets ready and ends when told to; a package missing in the image would end it at its start."""
    ops, door = free_ports(2)
    ports = {"GIFTBOT_OPS_PORT": str(ops), f"GIFTBOT_{role}_PORT".upper(): str(door)}
    log = tmp_path / "log"
    with log.open("w") as out:
        run = subprocess.Popen(
            [sys.executable, PROGRAMME, "run", role], cwd=ROOT, env=environment | ports, stdout=out, stderr=out
        )
        try:
            assert _gets_ready(run, ops), log.read_text()
            run.terminate()
            assert run.wait(20) == 0, log.read_text()
        finally:
            run.kill()
            run.wait()
    assert "ModuleNotFoundError" not in log.read_text()


def _gets_ready(run: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until and run.poll() is None:
        address = f"http://127.0.0.1:{port}/readyz"
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
        with suppress(subprocess.TimeoutExpired):
            run.wait(0.1)
    return False


def commands() -> list[str]:
    """Every ``giftbot ...`` of the runbook and of docs/departments' tokens, its placeholders filled in."""
    text = (ROOT / "docs" / "runbook.md").read_text()
    text += "\n`giftbot departments token NAME --department care --role sender`\n`giftbot governance check`"
    found = re.findall(r"`giftbot ([^`]+)`|^giftbot ([^#\n]+)", text, re.MULTILINE)
    filled = []
    for inline, block in found:
        # what a shell does with it is not the command's
        line = re.sub(r'"\$\([^)]*\)"', "2026-11-22T10:30Z", (inline or block).strip()).split(" > ")[0]
        for word, value in WORDS.items():
            line = re.sub(rf"\b{word}\b", value, line)
        filled.append(line)
    return sorted(set(filled))


def test_the_runbook_s_commands_run_in_the_small_image(environment: dict[str, str]) -> None:
    """None dies for want of a package; what needs the catalogue says where to run it."""
    lines = [line for line in commands() if not line.startswith(LEFT_OUT)]
    run = subprocess.run(
        [sys.executable, PROGRAMME, "-"],
        input="\n".join(lines), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    ended = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(ended) == len(lines) > 15
    for one in ended:
        assert not one["crashed"], one
        assert "Usage: " not in one["said"], one  # there is no such command or option
        if one["command"].startswith("privacy "):
            assert "run it where the catalogue is" in one["said"]
