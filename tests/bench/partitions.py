"""Turns a second of 1, 2, 4 ... dialogue workers that share the partitions of one Redis.

    python -m tests.bench.partitions [--workers 1,2,4,8] [--partitions 8] [--burn-ms 8] [--messages 2000] [--agent burn]

Each worker is a process of its own: the production worker on the production store, Redis synced at every write. Its
agent burns a fixed time of CPU (``burn``), or is Rasa's as trained with the sample catalogue (``real``). All messages
wait before the workers begin; the clock runs from the moment all own their share to the last commit. Printed are the
wall time and, as it tells more on a busy machine, the CPU time of the workers and of Redis for each turn.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import structlog

from bot.rasa_host import prepare

prepare()

from bot.clock import utc_now  # noqa: E402
from bot.dialogue.agent import Handled  # noqa: E402
from bot.dialogue.replies import Folded  # noqa: E402
from bot.dialogue.worker import Worker  # noqa: E402
from bot.model import InboundMessage, MessageId, ShopperId  # noqa: E402
from bot.settings import StoreSettings, load  # noqa: E402
from bot.store.connection import Store  # noqa: E402
from nlu.optout.wishes import OptWish  # noqa: E402
from tests.bench.parts import redis  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PRIVACY_KEY = "only for the bench, and never for a shopper"
SAID = "a birthday present for my mum, she loves gardening, £20 to £30"


class Burning:
    """Stands in for Rasa's agent: so much CPU a turn, nothing else."""

    def __init__(self, ms: float) -> None:
        self._s = ms / 1000

    async def handle(self, message: InboundMessage, *, tracker: bytes | None, with_person: bool) -> Handled:
        until = time.thread_time() + self._s
        while time.thread_time() < until:
            pass
        return Handled(Folded("an answer", {}, (), False, ("an answer",)), b"x" * 1500, False)


def settings_of(url: str, partitions: int) -> StoreSettings:
    return StoreSettings(redis_url=url, partitions=partitions, timeout_s=10.0, key_prefix="bench", replicas=0)


async def work(url: str, partitions: int, name: str, kind: str, burn_ms: float) -> None:
    """One worker, until its input ends."""
    dialogue = replace(load().dialogue, burst_s=0.0, burst_gap_s=0.0, lease_s=30.0)
    agent = await _real(dialogue.model_dir) if kind == "real" else Burning(burn_ms)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, sys.stdin.read).add_done_callback(lambda _: stop.set())
    async with Store(settings_of(url, partitions), PRIVACY_KEY) as store:
        worker = Worker(
            turns=store.turns,
            agent=agent,
            settings=dialogue,
            owner=name,
            partitions=range(partitions),
            clock=utc_now,
            workers=store.workers,
        )
        running = asyncio.create_task(worker.run(stop))
        print("ready", flush=True)
        await running


async def _real(models: Path):  # type: ignore[no-untyped-def]
    from actions.desk import Desk
    from actions.server import InProcess
    from bot.dialogue.action_endpoints import LocalActions
    from bot.dialogue.agent import GiftAgent
    from catalog.shelf.shelf import Shelf

    desk = Desk(Shelf.open(ROOT / "var/catalog"), utc_now)
    return await GiftAgent.load(models, LocalActions(InProcess(desk).run), kept_events=40)


async def measure(workers: int, partitions: int, kind: str, burn_ms: float, messages: int) -> dict[str, float]:
    """One run."""
    with redis() as url:
        async with Store(settings_of(url, partitions), PRIVACY_KEY) as store:
            await _ready(store)
            children = [_child(url, partitions, f"w{number}", kind, burn_ms) for number in range(workers)]
            try:
                for child in children:
                    assert child.stdout is not None
                    while child.stdout.readline().strip() != "ready":
                        assert child.poll() is None
                await _shared(store, workers, partitions)
                before = [_cpu(child.pid) for child in children] + [_redis_cpu(await _info(store))]
                began = time.perf_counter()
                await _write(store, messages)
                while await store.turns.waiting():
                    await asyncio.sleep(0.01)
                took = time.perf_counter() - began
                after = [_cpu(child.pid) for child in children] + [_redis_cpu(await _info(store))]
            finally:
                for child in children:
                    child.kill()
                    child.wait()
    spent = [later - earlier for earlier, later in zip(before, after, strict=True)]
    return {
        "workers": workers,
        "turns a second": round(messages / took, 1),
        "a second and worker": round(messages / took / workers, 1),
        "worker CPU ms a turn": round(sum(spent[:-1]) / messages * 1000, 2),
        "Redis CPU ms a turn": round(spent[-1] / messages * 1000, 2),
        "busiest worker's share": round(max(spent[:-1]) / sum(spent[:-1]), 2),
    }


def _child(url: str, partitions: int, name: str, kind: str, burn_ms: float) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "GIFTBOT_X_ACCOUNT_ID": "1",
        "GIFTBOT_X_CONSUMER_SECRET": "only-for-this-bench",
        "GIFTBOT_PRIVACY_KEY": PRIVACY_KEY,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.partitions", "--child"]
    command += [url, str(partitions), name, kind, str(burn_ms)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


async def _ready(store: Store) -> None:
    for _ in range(100):
        try:
            await store.ping()
            return
        except Exception:
            await asyncio.sleep(0.1)


async def _shared(store: Store, workers: int, partitions: int) -> None:
    """Wait until every partition is owned and shares are even."""
    while True:
        alive = await store.workers.announce("bench", may_own=(), owns=(), lives_ms=0)
        owned = [len(one.owns) for one in alive.values()]
        if len(owned) == workers and sum(owned) == partitions and max(owned) - min(owned) <= 1:
            return
        await asyncio.sleep(0.1)


async def _write(store: Store, messages: int) -> None:
    """From many shoppers, spread over the partitions; the workers begin at once."""
    batch = 100
    for first in range(0, messages, batch):
        await asyncio.gather(*(_say(store, number) for number in range(first, first + batch)))


async def _say(store: Store, number: int) -> None:
    now = utc_now()
    message = InboundMessage(MessageId(str(10**6 + number)), ShopperId(str(5000 + number % 997)), SAID, now)
    await store.door.accept(message, wish=OptWish.NONE, too_old=False, now=now)


def _cpu(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


async def _info(store: Store) -> dict[str, float]:
    return dict(await store._wire.commands.info("cpu"))


def _redis_cpu(info: dict[str, float]) -> float:
    return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])


def main() -> None:
    """Run them all and print a line of JSON each."""
    if sys.argv[1:2] == ["--child"]:
        url, partitions, name, kind, burn_ms = sys.argv[2:]
        # nobody reads what it prints after "ready", and a full pipe would stop it
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
        asyncio.run(work(url, int(partitions), name, kind, float(burn_ms)))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", default="1,2,4,8")
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--burn-ms", type=float, default=8.0)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--agent", choices=["burn", "real"], default="burn")
    chosen = parser.parse_args()
    for workers in map(int, chosen.workers.split(",")):
        figures = asyncio.run(measure(workers, chosen.partitions, chosen.agent, chosen.burn_ms, chosen.messages))
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
