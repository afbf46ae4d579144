"""Ways to Redis: one server, or the nodes of a Redis Cluster, behind the same calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisClusterException, RedisError

from bot.errors import SettingsError, Unavailable
from bot.settings import StoreSettings
from bot.store.access.cluster import Cluster, broken_inside
from bot.store.access.line import LONGEST_REST_S, SHORTEST_REST_S, TRIES_MORE

CLUSTER = "+cluster"
"""Behind the scheme of an address, such as redis+cluster://: the nodes named are asked for all the others."""

FAULTS = (RedisError, RedisClusterException, OSError)
"""Whatever Redis or the way to it does wrong; redis-py's own cluster faults are no RedisError."""

_LEAST_OF_CLUSTER = 512  # to each node; there a connection too many is a fault, it does not wait for a free one


@contextmanager
def unavailable_if_redis_fails() -> Iterator[None]:
    """Turn whatever Redis or the way to it does wrong into ``Unavailable``, naming only the kind of fault."""
    try:
        yield
    except FAULTS as error:
        raise Unavailable(f"Redis did not do it ({type(error).__name__}); see GIFTBOT_STORE_REDIS_URL") from error
    except (AttributeError, TypeError) as error:
        if not broken_inside(error):
            raise
        raise Unavailable("the connection to Redis was closed meanwhile") from error


def is_cluster(url: str) -> bool:
    """Whether the address names nodes of a Redis Cluster."""
    return url.partition("://")[0].endswith(CLUSTER)


def open_client(settings: StoreSettings, connections: int, *, again: bool = True) -> Redis:
    """A client of bounded connections; it connects when first used.

    On a cluster it finds the node of each command by the key, follows slots that move and groups a pipeline by node.
    It is handed out as a Redis: the commands are the same, and nothing else of it may be used.

    Args:
        settings: where and how long.
        connections: most at once, to one server.
        again: try a lost connection three times more within about half a second; a time-out never.
    """
    backoff = ExponentialWithJitterBackoff(cap=LONGEST_REST_S, base=SHORTEST_REST_S)
    retry = Retry(backoff, TRIES_MORE, (RedisConnectionError,))
    bounds: dict[str, Any] = {
        "socket_timeout": settings.timeout_s,
        "socket_connect_timeout": settings.timeout_s,
        "health_check_interval": 30,
        "protocol": 2,
        "retry": retry if again else Retry(NoBackoff(), 0),
    }
    if is_cluster(settings.redis_url):
        nodes, options = _cluster(settings.redis_url)
        bounds["health_check_interval"] = 0  # redis-py's cluster client would check inside a pipeline's answers
        return cast(
            "Redis",
            # one shard without a node must not take the others away
            Cluster(
                startup_nodes=nodes,
                require_full_coverage=False,
                max_connections=max(connections, _LEAST_OF_CLUSTER),
                **options,
                **bounds,
            ),
        )
    pool = BlockingConnectionPool.from_url(
        settings.redis_url, max_connections=connections, timeout=settings.timeout_s, **bounds
    )
    return Redis(connection_pool=pool)


async def close_client(client: Redis) -> None:
    """Close every connection."""
    if isinstance(client, Cluster):
        await client.close_all()
    else:
        await client.aclose()
        await client.connection_pool.disconnect()


def _cluster(url: str) -> tuple[list[ClusterNode], dict[str, Any]]:
    """The nodes an address names, and what else it says (user, password, TLS)."""
    scheme, _, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    user, at, hosts = authority.rpartition("@")
    nodes: list[ClusterNode] = []
    options: dict[str, Any] = {}
    for host in hosts.split(","):
        try:
            plain = f"{scheme.removesuffix(CLUSTER)}://{user}{at}{host}{slash}{path}"
            options = dict(parse_url(plain))
            nodes.append(ClusterNode(str(options.pop("host", "")), int(options.pop("port", None) or 6379)))
            if not urlsplit(plain).hostname:
                raise ValueError("no host")
        except ValueError as error:
            raise SettingsError(
                "GIFTBOT_STORE_REDIS_URL must name nodes as redis+cluster://host:port,host:port "
                "(rediss+cluster:// for TLS)."
            ) from error
    options["ssl"] = options.pop("connection_class", None) is not None
    if options.pop("db", 0):
        raise SettingsError("GIFTBOT_STORE_REDIS_URL: a Redis Cluster has only database 0.")
    return nodes, options
