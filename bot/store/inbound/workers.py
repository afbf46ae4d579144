"""Which dialogue workers live, what they may own and what they own: what the shares are made of."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from bot.errors import GiftbotError
from bot.store.access.wire import Wire


@dataclass(frozen=True, slots=True)
class Peer:
    """A dialogue worker that lives."""

    may_own: frozenset[int]
    owns: frozenset[int]


class NameTaken(GiftbotError):
    """Two workers that run have one name: each would take the other's leases for its own of before."""


class Workers:
    """The list all dialogue workers of an account share. Who does not announce itself in time is dead to the others.

    It only says who should own what. Who does own a partition is told by its lease, and by the fence at each commit.
    """

    def __init__(self, wire: Wire, process: str = "") -> None:
        """``process`` tells this process from every other; made up where left out."""
        self._wire = wire
        self._process = process or secrets.token_hex(8)
        self._announced: set[str] = set()

    async def announce(
        self, name: str, *, may_own: Collection[int], owns: Collection[int], lives_ms: int
    ) -> dict[str, Peer]:
        """Say that ``name`` lives for ``lives_ms`` from now (0: it leaves); answers all who live.

        Raises:
            NameTaken: since this process last said so another one did under this name, and it lives.
        """
        said = await self._wire.run(
            "announce_worker",
            [self._wire.keys.account("workers")],
            [name, _written(may_own), _written(owns), lives_ms, self._process, int(name in self._announced)],
        )
        if said == b"TWIN":
            raise NameTaken(f"another running worker is called {name}")
        if lives_ms:
            self._announced.add(name)
        else:
            self._announced.discard(name)
        return {one.decode(): _peer(partitions.decode()) for one, partitions in zip(said[::2], said[1::2], strict=True)}

    async def leave(self, name: str) -> None:
        """Be dead to the others at once."""
        await self.announce(name, may_own=(), owns=(), lives_ms=0)


def _written(partitions: Collection[int]) -> str:
    """``0-3,7`` for many; ``-`` for none."""
    runs: list[list[int]] = []
    for one in sorted(partitions):
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return ",".join(f"{first}-{last}" for first, last in runs) or "-"


def _read(written: str) -> frozenset[int]:
    if written == "-":
        return frozenset()
    bounds = (run.split("-") for run in written.split(","))
    return frozenset(one for first, last in bounds for one in range(int(first), int(last) + 1))


def _peer(partitions: str) -> Peer:
    may_own, owns = partitions.split(" ")[:2]
    return Peer(_read(may_own), _read(owns))
