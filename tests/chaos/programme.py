"""The kill programme: talks go on while processes die and X misbehaves; then the ledgers are compared."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.demo.plan import PRIVACY_KEY, store_settings
from bot.model import MessageId, ShopperId
from bot.sandbox.config import RETRY_S
from bot.store.connection import Store
from tests.chaos.fleet import KILLABLE, Fleet
from tests.chaos.ledger import Verdict, judge, over_quota

MARKS = {
    "hi": "Hello! Tell me who",
    "are you a bot?": "I'm a bot",
    "gift for my mum, she loves gardening": "Here's what I found",
    "thank you!": "You're welcome",
}
"""Each message and the words that its answer, and no other, holds (domain.yml)."""

STOP = "STOP"
STOPPING = 10
"""Every tenth shopper's last word is STOP."""
IN_FLIGHT_S = 5.0
"""What X was called with before a stop may be taken so much later: the longest hang, and the late acceptance."""

Written = dict[str, list[tuple[MessageId, str]]]

MISBEHAVES = ("rate_limited", "server_error_before", "server_error_after", "hang_before", "hang_after", "reset_after")


@dataclass(frozen=True)
class Programme:
    """What happens in one run; ``seed`` makes it again."""

    shoppers: int
    messages: int
    """Of each shopper."""
    kills: int
    seed: int
    fault_rate: float = 0.004
    """Of each kind in MISBEHAVES, and of late acceptances."""
    late_s: float = 1.5
    duplicates: float = 0.1
    pause_s: float = 0.02
    """Between two messages of the whole run."""
    kill_gap_s: float = 0.5
    """Between two kills, on average; a start takes seconds of a core, and X gives a message up after nine tries."""
    victims: tuple[str, ...] = KILLABLE
    """Members that are killed."""
    drain_s: float = 600.0
    settled_s: float = 8.0
    """Longer than the fleet's settle delay: what comes late comes by then."""
    windows: tuple[tuple[int, float], ...] = ()
    """X's limits as the fleet was told of them: (calls, seconds)."""

    @property
    def total(self) -> int:
        """Messages of all shoppers."""
        return self.shoppers * self.messages


@dataclass(frozen=True)
class Outcome:
    """What the ledgers say, and what was done to the fleet meanwhile."""

    verdict: Verdict
    kills: int
    by_member: dict[str, int]
    given_up: int
    """Messages X tried nine times in vain: no webhook of theirs was told 200, and their shoppers are not judged."""
    died: tuple[str, ...]
    left: tuple[str, ...]
    """What still stood in the outbox a minute after the last answer: nothing may."""
    accepted: int
    wrote_s: float
    drained_s: float


async def run(fleet: Fleet, programme: Programme) -> Outcome:
    """One run from the first message to the last ledger."""
    chance = random.Random(programme.seed)
    await _misbehave(fleet, programme)
    shoppers = [ShopperId(f"6{number:06}") for number in range(programme.shoppers)]
    order = shoppers * programme.messages
    chance.shuffle(order)
    order += shoppers[::STOPPING]  # once more: their last word
    written: Written = defaultdict(list)
    stops: dict[ShopperId, MessageId] = {}
    stop = asyncio.Event()
    watching = asyncio.create_task(fleet.watch())
    began = time.monotonic()
    killing = asyncio.create_task(kill_at_random(fleet, chance, programme, stop))
    for shopper in order:
        if len(written[shopper]) == programme.messages:
            stops[shopper] = await fleet.x.write(shopper, STOP)
        else:
            text = list(MARKS)[len(written[shopper]) % len(MARKS)]
            written[shopper].append((await fleet.x.write(shopper, text), text))
        await asyncio.sleep(programme.pause_s)
    wrote_s = time.monotonic() - began
    await killing
    await fleet.settled()
    # a 429 stops all senders for up to half a minute: with thousands still to go, X would do nothing else
    await _misbehave(fleet, programme, limits=False)
    ledger = await drained(fleet, written, programme, stops, gives_up=True)
    watching.cancel()
    given_up = _given_up(ledger)
    for shopper in [one for one, messages in written.items() if not given_up.isdisjoint(id_ for id_, _ in messages)]:
        del written[shopper]
    silent = _silent_from(ledger, {shopper: id_ for shopper, id_ in stops.items() if id_ not in given_up})
    return Outcome(
        verdict=replace(judge(ledger, written, MARKS, silent), over_quota=over_quota(ledger, programme.windows)),
        given_up=len(given_up),
        kills=sum(fleet.kills.values()),
        by_member=dict(fleet.kills),
        died=tuple(fleet.died),
        left=await _left(fleet),
        accepted=len(ledger["accepted"]),
        wrote_s=wrote_s,
        drained_s=time.monotonic() - began - wrote_s,
    )


async def kill_at_random(fleet: Fleet, chance: random.Random, programme: Programme, stop: asyncio.Event) -> None:
    """Kill one after the other, until all kills are done; a member still starting is left."""
    done = 0
    while done < programme.kills and not stop.is_set():
        await asyncio.sleep(programme.kill_gap_s * (0.5 + chance.random()))
        name = chance.choice(programme.victims)
        if name in fleet.ready:
            await fleet.kill(name)
            done += 1


async def _left(fleet: Fleet) -> tuple[str, ...]:
    url = fleet.plan.redis_url if fleet.cluster is None else fleet.cluster.url
    async with Store(store_settings(url), PRIVACY_KEY) as store:
        for _ in range(60):
            waits = {
                "answers": await store.outbox.earliest(),
                "others": await store.outbox.earliest(others=True),
                "looks": await store.outbox.earliest(looks=True),
            }
            left = tuple(f"{kind} of partition {one[0]}" for kind, one in waits.items() if one is not None)
            if not left:
                return ()
            await asyncio.sleep(1.0)
    return left


def _silent_from(ledger: Mapping[str, Any], stops: Mapping[ShopperId, MessageId]) -> dict[str, datetime]:
    """From when on nothing new may reach them: their STOP was told 200, and what was under way has arrived."""
    told = {one["message_id"]: one["at"] for one in reversed(ledger["delivered"]) if one["status"] == 200}
    grace = timedelta(seconds=IN_FLIGHT_S)
    return {shopper: datetime.fromisoformat(told[id_]) + grace for shopper, id_ in stops.items()}


async def _misbehave(fleet: Fleet, programme: Programme, *, limits: bool = True) -> None:
    kinds = MISBEHAVES if limits else [kind for kind in MISBEHAVES if kind != "rate_limited"]
    faults: list[dict[str, Any]] = [{"kind": kind, "rate": programme.fault_rate, "seconds": 2.0} for kind in kinds]
    faults.append({"kind": "late_accept", "rate": programme.fault_rate, "seconds": programme.late_s})
    plan = {
        "seed": programme.seed,
        "send": faults if programme.fault_rate else [],
        "delivery": {"duplicate_rate": programme.duplicates, "reorder_s": 0.3},
    }
    await fleet.x._call("PUT", "/sandbox/faults", json=plan)


async def drained(
    fleet: Fleet,
    written: Written,
    programme: Programme,
    stops: Mapping[ShopperId, MessageId] | None = None,
    *,
    gives_up: bool = False,
) -> dict[str, Any]:
    """The ledger once all is answered (or time is up) and what might come late has come.

    ``gives_up``: X may give deliveries up; otherwise each must have been told 200.
    """
    stops = stops or {}
    answered = {id_ for shopper, messages in written.items() if shopper not in stops for id_, _ in messages}
    due = {id_ for messages in written.values() for id_, _ in messages} | set(stops.values())
    deadline = time.monotonic() + programme.drain_s
    while time.monotonic() < deadline:
        ledger = await fleet.x._call("GET", "/sandbox/ledger", timeout_s=30)
        settled = _taken(ledger, due) | (_given_up(ledger) & due if gives_up else set())
        got = [one for one in ledger["accepted"] if one["to"] not in stops]
        if settled == due and len(got) >= len(answered - _given_up(ledger)):
            break
        await asyncio.sleep(1.0)
    await asyncio.sleep(programme.settled_s)
    ledger = await fleet.x._call("GET", "/sandbox/ledger", timeout_s=30)
    missing = due - _taken(ledger, due) - (_given_up(ledger) if gives_up else set())
    assert not missing, f"the sandbox could not deliver {len(missing)} messages"
    return ledger


def _taken(ledger: Mapping[str, Any], due: set[MessageId]) -> set[MessageId]:
    return {one["message_id"] for one in ledger["delivered"] if one["status"] == 200} & due


def _given_up(ledger: Mapping[str, Any]) -> set[MessageId]:
    """Messages whose last try failed, and no other did better."""
    tries = ledger["delivered"]
    last = len(RETRY_S) + 1
    failed = {one["message_id"] for one in tries if one["attempt"] == last and one["status"] != 200}
    return failed - {one["message_id"] for one in tries if one["status"] == 200}
