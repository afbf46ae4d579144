"""The departments' interface as it runs for real, and schemathesis against it, each a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.demo.plan import free_ports
from bot.settings import StoreSettings
from tests.fakes.x_side import BRAND, SECRET
from tests.integration.departments_desk import tokens_in
from tests.unit.governance.cases import CAMPAIGN, FILE

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "bot/departments/openapi.yml"
_START_S = 30


@dataclass(frozen=True)
class DepartmentsProcess:
    """A running `giftbot run departments`."""

    url: str
    log: Path


@contextmanager
def departments_process(store: StoreSettings, folder: Path) -> Iterator[DepartmentsProcess]:
    """Run it on a free port before this store; ended when the block ends."""
    [port] = free_ports(1)
    tokens_in(folder)
    rules, log = folder / "governance.yml", folder / "log.jsonl"
    rules.write_text(FILE.read_text() + CAMPAIGN)
    given = {
        "X_ACCOUNT_ID": BRAND, "X_CONSUMER_SECRET": SECRET, "OPS_PORT": "0", "OPS_LOG_LEVEL": "debug",
        "STORE_REDIS_URL": store.redis_url, "STORE_KEY_PREFIX": store.key_prefix,
        "STORE_PARTITIONS": str(store.partitions), "SENDING_RULES": str(rules), "DEPARTMENTS_PORT": str(port),
        "DEPARTMENTS_TOKENS": str(folder / "tokens.yml"), "DEPARTMENTS_PER_MINUTE": "1000000",
    }  # fmt: skip
    environment = {**os.environ, **{f"GIFTBOT_{name}": value for name, value in given.items()}}
    with log.open("wb") as stderr:
        child = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "departments"], cwd=ROOT, env=environment, stderr=stderr
        )
    found = DepartmentsProcess(f"http://127.0.0.1:{port}", log)
    try:
        _until_open(found, child)
        yield found
    finally:
        child.terminate()
        child.wait(10)


def schemathesis(
    process: DepartmentsProcess, folder: Path, *, token: str, examples: int, seed: int, phases: str
) -> str:
    """Every check of schemathesis in these phases, with one token; what it says of faults, else empty."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", str(DOCUMENT), "--url", process.url, "--mode", "all",
        "--checks", "all", "--phases", phases, "--max-examples", str(examples),
        "--seed", str(seed), "--continue-on-failure", "--header", f"Authorization: Bearer {token}",
        "--suppress-health-check", "all", "--request-timeout", "60",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=3000, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _until_open(process: DepartmentsProcess, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_S
    while True:
        try:
            urllib.request.urlopen(f"{process.url}/v1/openapi.yml", timeout=2).close()
        except OSError:
            assert child.poll() is None, process.log.read_text()[-2000:]
            assert time.monotonic() < until
            time.sleep(0.05)
        else:
            return
