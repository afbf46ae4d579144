"""``python -m tests.chaos.soak --minutes 60``: an hour at fifty times X's limit, with kills; what grows is told.

Resident memory of every role and the number of keys of each kind are read every minute. A kind of key that ends by
itself after days grows for days: its growth is told per message, so that docs/scale.md can be held against it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from redis.asyncio import Redis

from bot.model import ShopperId
from tests.chaos.__main__ import ROOT, SETTINGS
from tests.chaos.fleet import KILLABLE, Fleet, fleet
from tests.chaos.ledger import Verdict, judge
from tests.chaos.programme import MARKS, Programme, Written, drained

X_A_MINUTE = 1
"""What X lets the account send on the self-serve tier."""
TALK = 8
"""Messages of one shopper before another one comes."""


GROWTH = 1.0
"""MiB an hour a role may grow once it is warm; lives shorter than `LONG_MIN` minutes after it are told, not judged."""
LONG_MIN = 25
NOT_JUDGED = ("redis", "sandbox")
"""Redis keeps what it is given for days, and is held to its keys; the sandbox is X, with a ledger of all."""

KEPT = {"done": 1, "record": 1, "seen": 1, "send": 1} | dict.fromkeys(
    ("consent", "consents", "sent", "spent", "talk", "queue"), 1 / TALK
)
"""Keys that end by themselves after days (docs/scale.md), a message; no other kind may grow with messages."""


@dataclass
class Seen:
    """What was read, by minute."""

    rss: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    """Per life of a member ("dialogue-a#2"): (hours since the start, MiB)."""
    keys: list[tuple[int, Counter[str]]] = field(default_factory=list)
    """(messages written, keys by kind)."""


def slope(points: list[tuple[float, float]]) -> float:
    """The growth per unit of the first coordinate, by least squares."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0


async def soak(running: Fleet, minutes: float, times: int, kill_every_min: float, seed: int) -> tuple[Seen, Verdict]:
    """Write at an even pace, kill one member now and then, read what grows; then judge."""
    chance, seen = random.Random(seed), Seen()
    written: Written = defaultdict(list)
    began = time.monotonic()
    ends, next_kill, next_look = began + minutes * 60, began + kill_every_min * 60, began
    watching = asyncio.create_task(running.watch())
    count = 0
    while (now := time.monotonic()) < ends:
        shopper = ShopperId(f"5{count // TALK:07}")
        text = list(MARKS)[count % TALK % len(MARKS)]
        written[shopper].append((await running.x.write(shopper, text), text))
        count += 1
        if now >= next_kill:
            next_kill += kill_every_min * 60
            await running.kill(chance.choice([name for name in KILLABLE if name in running.ready]))
        if now >= next_look:
            next_look += 60
            await _look(running, seen, (now - began) / 3600, count)
        await asyncio.sleep(max(0.0, began + count * 60 / (X_A_MINUTE * times) - time.monotonic()))
    await running.settled()
    ledger = await drained(running, written, Programme(len(written), TALK, 0, seed, drain_s=300))
    watching.cancel()
    return seen, judge(ledger, written, MARKS)


async def _look(running: Fleet, seen: Seen, hours: float, count: int) -> None:
    for name in running.ready & running.children.keys():
        life = f"{name}#{running.kills.get(name, 0)}"
        try:
            seen.rss[life].append((hours, psutil.Process(running.children[name].pid).memory_info().rss / 2**20))
        except psutil.NoSuchProcess:
            continue
    if "redis" in running.ready:
        kinds: Counter[str] = Counter()
        async with Redis.from_url(running.plan.redis_url) as redis:
            async for key in redis.scan_iter(count=1000):
                kinds[re.sub(r":[^:]*$", ":<id>", key.decode().split("}:", 1)[-1], count=1)] += 1
        seen.keys.append((count, kinds))


def report(seen: Seen, warm_up_h: float) -> dict[str, object]:
    """Growth after the warm-up: MiB an hour of each life long enough to tell, and keys a message."""
    growth = {
        life: {"MiB": round(points[-1][1], 1), "MiB_an_hour": round(slope(points), 2), "minutes": len(points)}
        for life, all_points in sorted(seen.rss.items())
        if len(points := [one for one in all_points if one[0] - all_points[0][0] >= warm_up_h]) >= 10
    }
    kinds = sorted({kind for _, counted in seen.keys for kind in counted})
    a_message = {
        kind: round(slope([(float(n), float(counted[kind])) for n, counted in seen.keys]), 3) for kind in kinds
    }
    return {"rss": growth, "keys_a_message": a_message, "keys_at_the_end": dict(seen.keys[-1][1]) if seen.keys else {}}


def faults(told: Mapping[str, Any], verdict: Verdict) -> list[str]:
    """What breaks the bars, in words; nothing where all hold."""
    found = [] if verdict.clean else [f"the ledgers differ: {verdict}"]
    for life, grown in told["rss"].items():
        judged = grown["minutes"] >= LONG_MIN and not life.startswith(NOT_JUDGED)
        if judged and grown["MiB_an_hour"] >= GROWTH:
            found.append(f"{life} grows by {grown['MiB_an_hour']} MiB an hour")
    for kind, grown in told["keys_a_message"].items():
        if grown > KEPT.get(kind.partition(":")[0], 0) + 0.02:
            found.append(f"{grown} keys {kind} a message")
    return found


async def _main(minutes: float, times: int, kill_every_min: float, seed: int) -> None:
    with tempfile.TemporaryDirectory(prefix="gbs") as folder:
        async with fleet(ROOT, Path(folder), settings=SETTINGS) as running:
            seen, verdict = await soak(running, minutes, times, kill_every_min, seed)
            told = report(seen, warm_up_h=min(0.2, minutes / 300))
            broken = faults(told, verdict)
            kept = {"broken": broken, "kills": dict(running.kills), "died": running.died, "seed": seed}
            print(json.dumps({**told, **kept}, indent=1))
            if broken:
                sys.exit(1)


def main() -> None:
    """Run and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--times", type=int, default=50, help="times X's limit")
    asked.add_argument("--kill-every", type=float, default=10, help="minutes between two kills")
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = asked.parse_args()
    asyncio.run(_main(chosen.minutes, chosen.times, chosen.kill_every, chosen.seed))


if __name__ == "__main__":
    main()
