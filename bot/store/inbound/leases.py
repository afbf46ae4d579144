"""Who owns a partition: one at a time, by a lease that runs out, with a number that rises with every owner."""

from __future__ import annotations

from bot.errors import StaleLease
from bot.metrics import STALE_LEASES
from bot.store.access.wire import Wire
from bot.store.inbound.queued import Lease


class Leases:
    """Takes, keeps and gives up partitions."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def take_lease(self, partition: int, owner: str, lease_ms: int) -> Lease | None:
        """Own a partition, or None where another owner holds it.

        ``owner`` is one process's own name. Taking what one holds already counts as a new ownership.
        """
        fence = await self._wire.run("take_lease", self._of(partition, "lease", "fence"), [owner, lease_ms])
        return None if fence is None else Lease(partition, owner, int(fence))

    async def renew_lease(self, lease: Lease, lease_ms: int) -> bool:
        """Keep a partition for ``lease_ms`` from now; False where another took it."""
        keys = self._of(lease.partition, "lease", "fence")
        return bool(await self._wire.run("renew_lease", keys, [lease.owner, lease_ms, lease.fence]))

    async def release_lease(self, lease: Lease) -> None:
        """Give a partition up, so that another can have it at once. Nothing when it was lost before."""
        keys = self._of(lease.partition, "lease", "fence")
        await self._wire.run("release_lease", keys, [lease.owner, lease.fence])

    def _of(self, partition: int, *names: str) -> list[str]:
        return [self._wire.keys.of(partition, name) for name in names]

    def _stale(self, lease: Lease) -> StaleLease:
        STALE_LEASES.inc()
        return StaleLease(f"partition {lease.partition} has another owner than fence {lease.fence}")
