"""How many signed webhooks a second intake stores: one intake process, a real Redis that syncs every write, and a load
generator that is a process of its own, all on this machine.

    python -m tests.bench.intake_load                      as fast as it goes, then at half that
    python -m tests.bench.intake_load --rate 1000          so many a second, whatever the answers (open loop)

Bodies are signed before the clock starts; each is a message of its own, from one of many shoppers. At a rate the loop
is open: latency counts from when a webhook was due, not from when it was written, so an intake that stalls cannot hide
it; how late the generator itself awoke is told beside it. CPU is that of each process alone.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.bench.webhook_traffic import requests, send_all
from tests.fakes.x_side import BRAND, SECRET

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Figures:
    """What one run came to. Times in milliseconds, CPU in microseconds a webhook."""

    sent: int
    not_200: int
    per_s: float
    p50: float
    p99: float
    worst: float
    late_p99: float = 0.0
    cpu_intake: float = 0.0
    cpu_redis: float = 0.0
    cpu_generator: float = 0.0


def _generate(port: int, count: int, first: int, shoppers: int, connections: int, rate: float, out: Any) -> None:
    prepared = requests(count, first, shoppers, port)
    out.send("ready")
    out.recv()
    before = time.process_time()
    sent = send_all(port, prepared, connections, rate)
    cpu = 1e6 * (time.process_time() - before) / count
    took = [_at(sent.took, share) for share in (0.5, 0.99, 1.0)]
    figures = Figures(len(sent.took), sent.not_200, len(sent.took) / sent.seconds, *took)
    figures.late_p99, figures.cpu_generator = _at(sent.late, 0.99), cpu
    out.send(asdict(figures))


def _at(seconds: list[float], share: float) -> float:
    """In milliseconds, what so large a share of them stays below."""
    return 1000 * sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))] if seconds else 0.0


@contextmanager
def redis_process(folder: Path) -> Iterator[tuple[str, int]]:
    """A redis-server that syncs every write; yields its address and process."""
    from tests.integration.redis_server import RedisServer

    with RedisServer("always") as server:
        yield server.url, server.pid


@contextmanager
def intake_processes(url: str, count: int = 1) -> Iterator[tuple[int, list[int]]]:
    """Intake processes on one port; yields the port and the processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    given = {
        "GIFTBOT_X_ACCOUNT_ID": BRAND, "GIFTBOT_X_CONSUMER_SECRET": SECRET, "GIFTBOT_INTAKE_PORT": str(port),
        "GIFTBOT_OPS_PORT": "0", "GIFTBOT_STORE_REDIS_URL": url, "GIFTBOT_INTAKE_MAX_CONNECTIONS": "1024",
        "GIFTBOT_PRIVACY_KEY": "a-key-for-measuring-only-0123456789abcdef", "GIFTBOT_INTAKE_SHARE_PORT": "true",
    }  # fmt: skip
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "intake"],
            cwd=ROOT,
            env={**os.environ, **given},
            stderr=subprocess.PIPE if number == 0 else subprocess.DEVNULL,
            text=True,
        )
        for number in range(count)
    ]
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit("intake did not start")
        drain = subprocess.Popen(["cat"], stdin=children[0].stderr, stdout=subprocess.DEVNULL)
        time.sleep(1.0)  # the others too
        yield port, [child.pid for child in children]
        drain.kill()
    finally:
        for child in children:
            child.kill()
            child.wait()


def _cpu(pids: list[int]) -> float:
    times = [psutil.Process(pid).cpu_times() for pid in pids]
    return float(sum(one.user + one.system for one in times))


def measure(port: int, pids: list[int], redis_pid: int, asked: argparse.Namespace, first: int, rate: float) -> Figures:
    """One run of the generator."""
    here, there = multiprocessing.Pipe()
    child = multiprocessing.Process(
        target=_generate, args=(port, asked.count, first, asked.shoppers, asked.connections, rate, there)
    )
    child.start()
    assert here.recv() == "ready"
    before = _cpu(pids), _cpu([redis_pid])
    here.send("go")
    figures = Figures(**here.recv())
    child.join()
    figures.cpu_intake = 1e6 * (_cpu(pids) - before[0]) / asked.count
    figures.cpu_redis = 1e6 * (_cpu([redis_pid]) - before[1]) / asked.count
    return figures


def told(name: str, figures: Figures) -> str:
    """One line for a person."""
    return (
        f"{name:24} {figures.per_s:7.0f}/s  p50 {figures.p50:6.1f} ms  p99 {figures.p99:6.1f} ms  "
        f"worst {figures.worst:6.1f} ms  not 200: {figures.not_200}  "
        f"CPU a webhook: intake {figures.cpu_intake:.0f} µs, Redis {figures.cpu_redis:.0f} µs, "
        f"generator {figures.cpu_generator:.0f} µs (late: {figures.late_p99:.1f} ms at p99)"
    )


def main() -> None:
    """Run what was asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000, help="webhooks a run")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--shoppers", type=int, default=5_000)
    parser.add_argument("--rate", type=float, default=0.0, help="webhooks a second; 0: as fast as it goes, then half")
    parser.add_argument("--processes", type=int, default=1, help="intake processes on one port")
    asked = parser.parse_args()
    with redis_process(ROOT) as (url, redis_pid), intake_processes(url, asked.processes) as (port, pids):
        warm = argparse.Namespace(**{**vars(asked), "count": 2000})
        measure(port, pids, redis_pid, warm, 0, 0.0)
        if asked.rate:
            print(told(f"{asked.rate:.0f} a second", measure(port, pids, redis_pid, asked, 10_000, asked.rate)))
            return
        most = measure(port, pids, redis_pid, asked, 10_000, 0.0)
        print(told("as fast as it goes", most))
        half = most.per_s / 2
        print(told(f"half that ({half:.0f} a second)", measure(port, pids, redis_pid, asked, 1_000_000, half)))


if __name__ == "__main__":
    main()
