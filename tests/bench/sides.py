"""The two sides of a comparison: giftbot's worker side, and stock Rasa as its kit sets it up."""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import aiohttp
import redis.asyncio

from bot.clock import utc_now
from bot.demo.plan import Plan, make_plan, redis_conf, store_settings
from bot.demo.processes import Child, ChildFailed, start
from bot.demo.stack import redis_server
from bot.governance.verdict import May, Verdict
from bot.model import InboundMessage, MessageId, ShopperId
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from nlu.optout.wishes import OptWish
from tests.bench.figures import cpu_s
from tests.bench.script import SCRIPT

ROOT = Path(__file__).resolve().parents[2]
QUICK = 3
"""Messages of one shopper written at once."""


@dataclass
class Side:
    """One of the two: how a message is said to it, and whose processor time counts."""

    name: str
    say: Callable[..., Awaitable[None]]
    """Says messages of a shopper (``shopper, *texts``), all at once, and returns when the last is answered."""
    send: Callable[[str], Awaitable[None]]
    """Takes the answer to a shopper off the outbox, as sending does; not timed."""
    pids: dict[str, int]
    rows: dict[str, list[float]] = field(default_factory=dict)

    def cpu(self) -> dict[str, float]:
        """Milliseconds of processor time each process has used so far."""
        return {name: cpu_s([pid]) * 1_000 for name, pid in self.pids.items()}

    async def turns(self, what: str, talks: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Have talks one after the other, each a shopper and texts; keep each turn's time, and the processor time.

        The kernel counts processor time in hundredths of a second: a few talks together make it exact enough.
        """
        before, turns = self.cpu(), sum(len(texts) for _, texts in talks)
        for shopper, texts in talks:
            for text in texts:
                began = perf_counter()
                await self.say(shopper, text)
                self.rows.setdefault(f"{what}: ms", []).append((perf_counter() - began) * 1_000)
                await self.send(shopper)
        used = {name: (ms - before[name]) / turns for name, ms in self.cpu().items()}
        for name, ms in {**used, "cpu": sum(used.values())}.items():
            self.rows.setdefault(f"{what}: {name}", []).append(ms)

    async def quick(self, shopper: str) -> None:
        """Say three messages at once; keep the time until the last is answered."""
        began = perf_counter()
        await self.say(shopper, *SCRIPT[:QUICK])
        self.rows.setdefault("quick: ms", []).append((perf_counter() - began) * 1_000)
        for _ in range(QUICK):
            await self.send(shopper)

    def median(self, row: str) -> float:
        """The median of what was kept under a name; not a number where nothing was."""
        return statistics.median(self.rows[row]) if row in self.rows else float("nan")

    def p95(self, row: str) -> float:
        """The 95th percentile of it."""
        ordered = sorted(self.rows[row])
        return ordered[round(0.95 * (len(ordered) - 1))]


# ------------------------------------------------------------------ the two sides
async def _ready(child: Child, url: str, session: aiohttp.ClientSession) -> None:
    for _ in range(6_000):
        child.check()
        try:
            async with session.get(url) as answer:
                if answer.status < 500:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.1)
    raise ChildFailed(child.name, "did not become ready", child.log)


@asynccontextmanager
async def _running(
    name: str, command: Sequence[str], env: Mapping[str, str], cwd: Path, log: Path
) -> AsyncIterator[Child]:
    child = await start(name, command, env, cwd=cwd, log=log)
    try:
        yield child
    finally:
        await child.stop(15)


def anything_goes(*_: object) -> Verdict:
    """A judge that stops nothing: what the governor costs is measured elsewhere."""
    return Verdict(May.GO, "bench", "It may go.")


@asynccontextmanager
async def giftbot(folder: Path, actions: str, root: Path = ROOT) -> AsyncIterator[Side]:
    """The worker side of a tree as production sets it up, with actions ``here`` or in their ``server``."""
    plan: Plan = make_plan(root)
    conf = folder / "redis.conf"
    conf.write_text(redis_conf(plan, folder), encoding="utf-8")
    env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **plan.settings("dialogue")}
    env |= {
        "GIFTBOT_DIALOGUE_ACTIONS": actions,
        "GIFTBOT_DIALOGUE_LOOP_TURNS": "0",
        "GIFTBOT_DIALOGUE_BURST_S": "0",
    }
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        run = [sys.executable, "-W", "ignore", "-m", "bot", "run"]
        commands = {"redis": ([redis_server(), str(conf)], env), "dialogue": ([*run, "dialogue"], env)}
        if actions == "server":
            commands["actions"] = ([*run, "actions"], {**env, **plan.settings("actions")})
        children = {}
        for name, (command, values) in commands.items():
            children[name] = await stack.enter_async_context(
                _running(name, command, values, root, folder / f"{name}.log")
            )
        for name in commands.keys() - {"redis"}:
            await _ready(children[name], plan.ready_url(name), session)
        store = await stack.enter_async_context(
            Store(store_settings(plan.redis_url), plan.settings("intake")["GIFTBOT_PRIVACY_KEY"])
        )
        client = await stack.enter_async_context(redis.asyncio.from_url(plan.redis_url))
        number = itertools.count(1)

        async def accept(shopper: str, text: str) -> str:
            message = InboundMessage(MessageId(f"{next(number)}"), ShopperId(shopper), text, utc_now())
            accepted = await store.door.accept(message, wish=OptWish.NONE, too_old=False, now=utc_now())
            assert accepted is Accepted.QUEUED
            return store._wire.keys.done(store.partition_of(message.shopper_id), message.id)

        async def say(shopper: str, *texts: str) -> None:
            """As intake takes it in; answered when the turn's mark stands, which the bell tells as it tells senders."""
            marks = await asyncio.gather(*(accept(shopper, text) for text in texts))
            while await client.exists(*marks) < len(marks):
                children["dialogue"].check()
                await store._wire.wait_for_bell(10)  # a look every millisecond would cost Redis more than the turn

        async def send(shopper: str) -> None:
            """Claims and settles, as sending does around its call to X."""
            partition, now = store.partition_of(ShopperId(shopper)), utc_now()
            claim = await store.outbox.claim(partition, token="bench", now=now, revisit_at=now, judge=anything_goes)
            if claim is not None:
                await store.outbox.settle_sent(claim, dm_event_id=f"9{claim.send.in_reply_to}", now=now)

        yield Side(f"giftbot (actions: {actions})", say, send, {name: child.pid for name, child in children.items()})


def stock_environment(kit: Path, work: Path) -> dict[str, str]:
    """What the kit's bench sets for its processes."""
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "SANIC_HOST": "127.0.0.1",
        "PYTHONPATH": str(kit),
        "BENCH_WORK": str(work),
    }


def train_stock(kit: Path, python: Path, work: Path) -> None:
    """Train the kit's stock model (DIET, TED, UnexpecTED) unless it is there: six minutes of two cores."""
    if (work / "models" / "stock.tar.gz").exists():
        return
    work.mkdir(parents=True, exist_ok=True)
    command = [str(python), "-W", "ignore", "bench.py", "train", "--config", "stock", "--runs", "1"]
    subprocess.run(command, cwd=kit, env=stock_environment(kit, work), check=True)


@asynccontextmanager
async def stock(kit: Path, python: Path, work: Path, folder: Path) -> AsyncIterator[Side]:
    """The kit's servers, as its own bench starts them."""
    env = stock_environment(kit, work)
    model, py = work / "models" / "stock.tar.gz", str(python)
    rest = "http://127.0.0.1:5105"  # the kit's own ports
    commands = {
        "redis": [redis_server(), "--port", "6399", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        "actions": [py, "-m", "rasa_sdk", "--actions", "actions.actions", "--port", "5055"],
        "server": [py, "-m", "rasa", "run", "-i", "127.0.0.1", "-p", "5105", "-m", str(model), "--enable-api"],
    }
    commands["server"] += [
        "--endpoints",
        str(kit / "endpoints-redis.yml"),
        "--credentials",
        str(kit / "credentials.yml"),
    ]
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        pids = {}
        for name, command in commands.items():
            where = folder if name == "redis" else kit
            log = folder / f"stock-{name}.log"
            child = await stack.enter_async_context(_running(f"stock {name}", command, env, where, log))
            pids[name] = child.pid
            if name != "redis":
                await _ready(child, f"{rest}/status" if name == "server" else "http://127.0.0.1:5055/health", session)

        async def post(shopper: str, text: str) -> None:
            body = {"sender": shopper, "message": text}
            async with session.post(f"{rest}/webhooks/rest/webhook", json=body) as answer:
                assert answer.status == 200
                assert await answer.json()

        async def say(shopper: str, *texts: str) -> None:
            """Over the REST channel, which answers when the turn is done."""
            await asyncio.gather(*(post(shopper, text) for text in texts))

        async def send(_: str) -> None:
            """It has no outbox: its REST channel has answered."""

        yield Side("stock Rasa", say, send, pids)
