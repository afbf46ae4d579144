"""redis-py's cluster client, mended: a node that fails takes nobody else's connection with it.

redis-py 8.1 closes every connection to every node when one fails, under the hands of who waits for another node's
answer; and it learns the commands of whichever master comes first, so that nothing works, and no process starts, while
just that one is away. Where a connection is closed while it is written to, it raises an AttributeError.
"""

from __future__ import annotations

import asyncio
from typing import Any

from redis.asyncio.cluster import RedisCluster
from redis.exceptions import RedisClusterException, RedisError


class Cluster(RedisCluster):
    """Use it as redis-py's, and close it with `close_all`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._looking = asyncio.Lock()

    async def initialize(
        self,
        additional_startup_nodes_info: list[tuple[str, int]] | None = None,
        last_failed_node_name: str | None = None,
    ) -> Cluster:
        """Ask which node has which slots, where a fault made that doubtful; the commands are learnt once."""
        if self._initialize:
            async with self._looking:
                if self._initialize:
                    await self.nodes_manager.initialize(
                        additional_startup_nodes_info=additional_startup_nodes_info,
                        last_failed_node_name=last_failed_node_name,
                    )
                    if not self.commands_parser.commands:
                        await self._learn_commands()
                    self._initialize = False
        return self

    async def aclose(self) -> None:
        """redis-py calls it when a node fails: look around again. A connection that broke closes itself."""
        self._initialize = True

    async def close_all(self) -> None:
        """Close every connection."""
        self._initialize = False  # else it would take them for closed
        await super().aclose()

    async def _learn_commands(self) -> None:
        fault: Exception = RedisClusterException("the cluster has no node")
        for node in self.get_primaries():
            try:
                await self.commands_parser.initialize(node)
            except (RedisError, OSError) as error:
                fault = error
            else:
                self.nodes_manager.default_node = node
                return
        raise fault


def broken_inside(error: Exception) -> bool:
    """Whether an error that is no fault of Redis' kind was raised by redis-py itself: its connection was closed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and str(trace.tb_frame.f_globals.get("__name__", "")).startswith("redis.")
