"""The dialogue worker: owns its share of the partitions by lease, takes their turns in order. Never sends.

A worker that lost its lease commits nothing. While Redis or the action server is away, turns wait.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot import metrics
from bot.clock import Clock
from bot.dialogue.agent import GiftAgent
from bot.dialogue.answer import answer_to
from bot.dialogue.answering import Answering
from bot.dialogue.bursts import Bursts
from bot.dialogue.doubts import DOUBT_WAITS_S, Doubts
from bot.dialogue.recent_briefs import RecentBriefs
from bot.dialogue.sharing import shares
from bot.dialogue.silence import Manners
from bot.errors import StaleLease, Unavailable
from bot.settings import DialogueSettings
from bot.store.inbound.queued import Choose, Lease
from bot.store.inbound.turns import Turns
from bot.store.inbound.workers import NameTaken, Workers

__all__ = ["Worker", "answer_to", "rest"]

log = structlog.get_logger()

LONGEST_WAIT_S = 5.0
"""How long one read waits for a message; or a sixth of a lease, so that leases are renewed in good time."""

SHARE_EVERY_S = 1.0
"""How often a worker says that it lives and looks at its share; or three times a lease, if that is oftener."""

LEASE_AGAIN_S = 0.25
"""How long until a partition that falls to this worker is asked for again, while its former owner has it."""

OUTAGE_WAITS_S = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Waits between tries that fail, of one message or while a service is away; the last one repeats."""


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """Wait, or return at once when stopping."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except asyncio.TimeoutError:
        return


@dataclass(slots=True)
class Worker:
    """One worker process. ``owner`` names it in leases; ``partitions`` are those it may own.

    Without ``workers`` it shares with nobody: it owns whatever it can get of them.
    """

    turns: Turns
    agent: GiftAgent
    settings: DialogueSettings
    owner: str
    partitions: range
    clock: Clock
    monotonic: Callable[[], float] = time.monotonic
    keeps_interactions: bool = False
    """Whether what shoppers do with what is shown may be kept at all (the ledger still asks for each of them)."""
    recent_briefs: RecentBriefs | None = None
    waits_s: tuple[float, ...] = OUTAGE_WAITS_S
    doubt_waits_s: tuple[float, ...] = DOUBT_WAITS_S
    rest: Callable[[asyncio.Event, float], Awaitable[None]] = rest
    workers: Workers | None = None
    model: str = ""
    """Name of the model in use; kept with each talk."""
    own_part: str = field(default_factory=lambda: secrets.token_hex(4))
    """What is added to its name where another running worker has that name too."""
    _answering: Answering = field(init=False)
    _choose: Choose = field(init=False)
    _leased: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._choose = Bursts.of(self.settings)
        self._answering = Answering(
            turns=self.turns,
            agent=self.agent,
            settings=self.settings,
            manners=Manners.of(self.settings),
            clock=self.clock,
            monotonic=self.monotonic,
            keeps_interactions=self.keeps_interactions,
            recent_briefs=self.recent_briefs,
            model=self.model,
        )

    @property
    def _lease_ms(self) -> int:
        return int(self.settings.lease_s * 1000)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve this worker's share of the partitions until ``stop``; what it gives back, between two turns."""
        owning: dict[asyncio.Task[Any], tuple[int, asyncio.Event]] = {}
        stopping: asyncio.Task[Any] = asyncio.create_task(stop.wait())
        every_s = min(SHARE_EVERY_S, self.settings.lease_s / 3)
        share: frozenset[int] = frozenset()
        try:
            while not stop.is_set():
                share = await self._share(share)
                begun = {partition for partition, _ in owning.values()}
                for partition, leave in owning.values():
                    if partition not in share:
                        leave.set()
                for partition in sorted(share - begun):
                    leave = asyncio.Event()
                    owning[asyncio.create_task(self._own(partition, leave))] = (partition, leave)
                await asyncio.wait({stopping, *owning}, timeout=every_s, return_when=asyncio.FIRST_COMPLETED)
                for task in [task for task in owning if task.done()]:
                    del owning[task]
                    task.result()  # an error is a bug and ends the worker
            for _, leave in owning.values():
                leave.set()
            await asyncio.gather(*owning)
            await self._leave()
        finally:
            for task in (stopping, *owning):
                task.cancel()
            await asyncio.gather(stopping, *owning, return_exceptions=True)

    async def _share(self, before: frozenset[int]) -> frozenset[int]:
        """The partitions this worker should own; as before, where Redis cannot be asked."""
        if self.workers is None:
            return frozenset(self.partitions)
        try:
            alive = await self.workers.announce(
                self.owner, may_own=self.partitions, owns=self._leased, lives_ms=self._lease_ms
            )
        except Unavailable:
            return before
        except NameTaken:
            self._go_by_a_name_of_its_own()
            return before
        metrics.WORKERS.set(len(alive))
        mine = frozenset(partition for partition, name in shares(alive).items() if name == self.owner)
        if mine != before:
            log.info("share_changed", owner=self.owner, count=len(mine))
        return mine

    def _go_by_a_name_of_its_own(self) -> None:
        """Two of one name would take each other's partitions for ever; of two names they share."""
        self.owner = f"{self.owner}-{self.own_part}"
        metrics.NAME_SHARED.set(1)
        log.error("worker_name_shared", owner=self.owner)

    async def _leave(self) -> None:
        if self.workers is not None:
            try:
                await self.workers.leave(self.owner)
            except Unavailable:
                log.warning("store_unavailable", owner=self.owner)  # the others wait until it counts as dead

    async def _own(self, partition: int, leave: asyncio.Event) -> None:
        away = 0
        while not leave.is_set():
            try:
                lease = await self.turns.take_lease(partition, self.owner, self._lease_ms)
                if lease is None:
                    await self.rest(leave, min(LEASE_AGAIN_S, self.settings.lease_s / 3))
                    continue
                self._leased.add(partition)
                metrics.PARTITIONS_OWNED.inc()
                try:
                    await self._serve(lease, leave)
                    await self.turns.release_lease(lease)
                finally:
                    self._leased.discard(partition)
                    metrics.PARTITIONS_OWNED.dec()
                away = 0
            except StaleLease:
                log.warning("lease_lost", partition=partition, owner=self.owner)
            except Unavailable:
                if away == 0:
                    log.error("store_unavailable", partition=partition)
                await self.rest(leave, self._wait_s(away))
                away += 1

    async def _serve(self, lease: Lease, leave: asyncio.Event) -> None:
        renewed, failed = self.monotonic(), 0
        doubts = Doubts(self._choose, self.monotonic, self.doubt_waits_s)
        leaving = asyncio.create_task(leave.wait())
        try:
            while not leave.is_set():
                if self.monotonic() - renewed > self.settings.lease_s / 3:
                    await self._renew(lease)
                    renewed = self.monotonic()
                turn = await self.turns.begin(lease, doubts)
                if turn is None:
                    await self._wait_for_more(lease, leaving)
                elif await self._answering.take(lease, turn, doubts):
                    failed = 0
                else:
                    # not so long that the lease runs out meanwhile
                    await self.rest(leave, min(self._wait_s(failed), self.settings.lease_s / 3))
                    failed += 1
        finally:
            leaving.cancel()

    async def _wait_for_more(self, lease: Lease, leaving: asyncio.Task[Any]) -> None:
        """Return when there may be a turn, after a while, or at once when leaving."""
        at_most_s = min(LONGEST_WAIT_S, self.settings.lease_s / 6)
        waiting = asyncio.create_task(self.turns.wait(lease, max(1, int(at_most_s * 1000))))
        try:
            await asyncio.wait({waiting, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                waiting.result()
        finally:
            while not waiting.done():
                waiting.cancel()  # again: Python 3.10 can swallow one that meets an answer
                await asyncio.wait({waiting}, timeout=0.05)
            if not waiting.cancelled():
                waiting.exception()  # met while leaving: whoever comes next meets it too

    def _wait_s(self, failed: int) -> float:
        return self.waits_s[min(failed, len(self.waits_s) - 1)]

    async def _renew(self, lease: Lease) -> None:
        if not await self.turns.renew_lease(lease, self._lease_ms):
            metrics.STALE_LEASES.inc()
            raise StaleLease(f"partition {lease.partition}")
