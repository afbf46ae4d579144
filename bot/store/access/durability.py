"""Whether this Redis keeps what giftbot promises to keep: asked of every node, told with what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster
from redis.exceptions import ResponseError

from bot.settings import StoreSettings
from bot.store.access.clients import FAULTS, close_client, open_client, unavailable_if_redis_fails

LEAST_VERSION = (6, 2)

ADVICE = {
    "too_old": "Redis is older than 6.2: take a later one.",
    "not_appendonly": "a restart forgets what was accepted: set `appendonly yes`.",
    "not_synced": "a power cut forgets up to a second of what was accepted: set `appendfsync always`.",
    "not_synced_on_rewrite": "nothing is synced while the log is rewritten: set `no-appendfsync-on-rewrite no`.",
    "evicts": "when memory is full it throws talks and STOPs away: set `maxmemory-policy noeviction`.",
    "no_memory_limit": "a backlog grows until the machine kills it, and then it cannot load what it wrote: set "
    "`maxmemory` to about 60 % of what its container or machine gives it.",
    "cannot_write": "it cannot write its log to disk: look at disk and permissions, then at its log.",
    "no_answer": "this node does not answer: start it on its data; `redis-cli --cluster check` tells what it served.",
    "cluster_down": "the cluster does not serve every slot: `redis-cli --cluster check` says which node is missing.",
    "too_few_replicas": "fewer replicas follow it than GIFTBOT_STORE_REPLICAS says, and it takes in nothing: "
    "start them, or set a smaller number.",
    "settings_hidden": "it does not tell its settings (CONFIG is forbidden): make sure of `appendfsync always`.",
}
"""Each way in which a Redis falls short, and what to do."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One way in which one node falls short; ``fault`` is a key of ``ADVICE``."""

    node: str
    fault: str

    def __str__(self) -> str:
        return f"{self.node}: {ADVICE[self.fault]}"


@dataclass(frozen=True, slots=True)
class Look:
    """What the nodes said of themselves."""

    shortfalls: list[Shortfall]
    memory: float
    """Of the fullest node, the part of its ``maxmemory`` in use; 0 where none has a limit."""


async def shortfalls(settings: StoreSettings) -> list[Shortfall]:
    """Ask every node of the Redis these settings name.

    Raises:
        Unavailable: it does not answer.
    """
    return (await look(settings)).shortfalls


async def look(settings: StoreSettings) -> Look:
    """The same, and how full the fullest node is.

    Raises:
        Unavailable: it does not answer.
    """
    client = open_client(settings, 4)
    found: list[Shortfall] = []
    fullest = 0.0
    try:
        with unavailable_if_redis_fails():
            if not isinstance(client, RedisCluster):
                about = await _about(client, {})
                return Look(_told("Redis", about, settings.replicas), full(about))
            await client.initialize()
            if b"cluster_state:ok" not in await _raw(client, "CLUSTER INFO", client.get_default_node()):
                found.append(Shortfall("the cluster", "cluster_down"))
            for node in client.get_nodes():
                name = f"{node.host}:{node.port}"
                try:
                    about = await _about(cast("Redis", client), {"target_nodes": node})
                except FAULTS:
                    found.append(Shortfall(name, "no_answer"))
                else:
                    found += _told(name, about, settings.replicas)
                    fullest = max(fullest, full(about))
    finally:
        await close_client(client)
    return Look(found, fullest)


def full(about: Mapping[str, Any]) -> float:
    """The part of its ``maxmemory`` a node uses; 0 where it has no limit."""
    limit = int(about.get("maxmemory", 0))
    return int(about.get("used_memory", 0)) / limit if limit else 0.0


def judged(about: Mapping[str, Any], replicas: int) -> list[str]:
    """The faults of one node, by what its INFO and its settings say."""
    faults = []
    version = tuple(int(part) for part in re.findall(r"\d+", str(about.get("redis_version", "0")))[:2])
    if version < LEAST_VERSION:
        faults.append("too_old")
    if not int(about.get("aof_enabled", 0)):
        faults.append("not_appendonly")
    elif "appendfsync" not in about:
        faults.append("settings_hidden")
    elif about["appendfsync"] != "always":
        faults.append("not_synced")
    if about.get("no-appendfsync-on-rewrite", "no") != "no":
        faults.append("not_synced_on_rewrite")
    if about.get("maxmemory_policy", "noeviction") != "noeviction":
        faults.append("evicts")
    if not int(about.get("maxmemory", 0)):
        faults.append("no_memory_limit")
    if about.get("aof_last_write_status", "ok") != "ok":
        faults.append("cannot_write")
    if about.get("role", "master") == "master" and int(about.get("connected_slaves", 0)) < replicas:
        faults.append("too_few_replicas")
    return faults


def _told(node: str, about: Mapping[str, Any], replicas: int) -> list[Shortfall]:
    return [Shortfall(node, fault) for fault in judged(about, replicas)]


async def _about(client: Redis, where: dict[str, Any]) -> dict[str, Any]:
    about = dict(await client.execute_command("INFO", **where))  # type: ignore[no-untyped-call]
    for name in ("appendfsync", "no-appendfsync-on-rewrite"):
        try:
            said = await client.execute_command("CONFIG GET", name, **where)  # type: ignore[no-untyped-call]
        except ResponseError:
            continue  # hosted ones forbid it
        pairs = said.items() if isinstance(said, dict) else zip(said[::2], said[1::2], strict=True)
        about |= {_text(key): _text(value) for key, value in pairs}
    return about


async def _raw(client: RedisCluster, command: str, node: Any) -> bytes:
    said = await client.execute_command(command, target_nodes=node)
    if isinstance(said, dict):
        return b"\n".join(f"{_text(key)}:{_text(value)}".encode() for key, value in said.items())
    return bytes(said)


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
