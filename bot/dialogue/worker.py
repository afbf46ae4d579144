"""The dialogue worker: owns partitions by lease, takes turns in order, commits each once. Never sends.

A crash before a commit repeats the turn from the old talk; a crash after it finds the done mark. A worker that lost
its lease commits nothing. While Redis or the action server is away, the turn waits; a turn that keeps failing for a
reason of its own is buried with an apology, so that the talk goes on. Only tries that failed so, or that took the
process down, are counted: no outage, lost lease or restart buries a message.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot import metrics
from bot.clock import Clock
from bot.dialogue.agent import GiftAgent, Handled
from bot.dialogue.channel import Piece
from bot.dialogue.recent_briefs import RecentBriefs
from bot.dialogue.replies import fold
from bot.errors import StaleLease, Unavailable
from bot.model import InboundMessage, Send, SendId, TurnRecord
from bot.settings import DialogueSettings
from bot.store.turns import Lease, QueuedTurn, Talk, Turns

log = structlog.get_logger()

BLOCK_MS = 1_000
"""How long one read waits for a message; short enough to renew leases and to stop in good time."""

OUTAGE_WAITS_S = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Waits between tries that fail, of one message or while a service is away; the last one repeats."""


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """Wait, or return at once when stopping."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except asyncio.TimeoutError:
        return


class _ActionsAway(Exception):
    """The action server did not answer: the turn goes back to the queue, and nobody is at fault."""


@dataclass(slots=True)
class Worker:
    """One worker process. ``owner`` names it in leases; ``partitions`` are those it may own."""

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
    rest: Callable[[asyncio.Event, float], Awaitable[None]] = rest

    @property
    def _lease_ms(self) -> int:
        return int(self.settings.lease_s * 1000)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve every partition this worker can get a lease for, until ``stop``."""
        tasks = [asyncio.create_task(self._own(partition, stop)) for partition in self.partitions]
        try:
            await asyncio.gather(*tasks)  # the first error is a bug and ends the worker
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _own(self, partition: int, stop: asyncio.Event) -> None:
        away = 0
        while not stop.is_set():
            try:
                lease = await self.turns.take_lease(partition, self.owner, self._lease_ms)
                if lease is None:
                    await self.rest(stop, self.settings.lease_s / 3)
                    continue
                metrics.PARTITIONS_OWNED.inc()
                try:
                    await self._serve(lease, stop)
                    await self.turns.release_lease(lease)
                finally:
                    metrics.PARTITIONS_OWNED.dec()
                away = 0
            except StaleLease:
                log.warning("lease_lost", partition=partition, owner=self.owner)
            except Unavailable:
                if away == 0:
                    log.error("store_unavailable", partition=partition)
                await self.rest(stop, self._wait_s(away))
                away += 1

    async def _serve(self, lease: Lease, stop: asyncio.Event) -> None:
        renewed, failed = self.monotonic(), 0
        while not stop.is_set():
            if self.monotonic() - renewed > self.settings.lease_s / 3:
                await self._renew(lease)
                renewed = self.monotonic()
            turn = await self.turns.next(lease, BLOCK_MS)
            if turn is None:
                continue
            if await self._take(lease, turn):
                failed = 0
                continue
            # not so long that the lease runs out meanwhile
            await self.rest(stop, min(self._wait_s(failed), self.settings.lease_s / 3))
            failed += 1

    def _wait_s(self, failed: int) -> float:
        return self.waits_s[min(failed, len(self.waits_s) - 1)]

    async def _renew(self, lease: Lease) -> None:
        if not await self.turns.renew_lease(lease, self._lease_ms):
            metrics.STALE_LEASES.inc()
            raise StaleLease(f"partition {lease.partition}")

    async def _take(self, lease: Lease, turn: QueuedTurn) -> bool:
        """One try at a turn. True at its commit or burial; False where it stays in the queue and comes again."""
        began = self.monotonic()
        if turn.tries >= self.settings.max_tries:  # it took the process down each time
            await self._bury(lease, turn, "crashed", began)
            return True
        one = await self.turns.begin_try(lease, turn)
        try:
            return await self._try(lease, turn, began)
        except _ActionsAway:
            await self.turns.take_try_back(one)
            return False
        except (asyncio.CancelledError, StaleLease, Unavailable):
            await self.turns.take_try_back(one)
            raise

    async def _try(self, lease: Lease, turn: QueuedTurn, began: float) -> bool:
        try:
            handled = await self._think(turn)
        except (asyncio.CancelledError, _ActionsAway):
            raise
        except Exception as error:
            reason = "too_slow" if isinstance(error, asyncio.TimeoutError) else type(error).__name__
            metrics.TURN_RETRIES.labels(reason=reason).inc()
            tries, ids = turn.tries + 1, {"message_id": turn.message.id, "partition": lease.partition}
            log.warning("turn_failed", reason=reason, tries=tries, exc_info=error, **ids)
            if tries < self.settings.max_tries:
                return False
            await self._bury(lease, turn, reason, began)
        else:
            await self._commit(lease, turn, handled, began)
        return True

    async def _think(self, turn: QueuedTurn) -> Handled:
        talk = turn.talk
        try:
            return await asyncio.wait_for(
                self.agent.handle(turn.message, tracker=talk.tracker, with_person=talk.with_person),
                self.settings.turn_timeout_s,
            )
        except Unavailable as error:
            metrics.TURN_RETRIES.labels(reason="actions_unavailable").inc()
            log.error("actions_unavailable", message_id=turn.message.id)
            raise _ActionsAway from error

    async def _commit(self, lease: Lease, turn: QueuedTurn, handled: Handled, began: float) -> None:
        said, now = handled.said, self.clock()
        outcome = "answered" if said.text else "silent"
        record = TurnRecord(
            message_id=turn.message.id,
            shopper_id=turn.message.shopper_id,
            replies=said.recorded,
            brief=said.brief,
            suggestions=said.suggestions,
            ms=self._ms_since(began),  # the commit itself cannot be in what it commits
            outcome=outcome,
        )
        send = answer_to(turn.message, said.text, now) if said.text else None
        talk = Talk(tracker=handled.tracker, with_person=handled.with_person)
        felt = said.interactions if self.keeps_interactions else ()
        done = await self.turns.commit(lease, turn, talk=talk, send=send, record=record, now=now, interactions=felt)
        if said.hand_over and not turn.talk.with_person:
            metrics.HANDOVERS.inc()
            log.warning("handover_asked", shopper_id=turn.message.shopper_id, message_id=turn.message.id)
        if done and said.suggestions and self.recent_briefs is not None:
            self.recent_briefs.add(said.brief)
        metrics.TURNS.labels(outcome=outcome if done else "repeated").inc()
        metrics.TURN_SECONDS.observe(self.monotonic() - began)
        log.info("turn_done", message_id=turn.message.id, outcome=outcome, ms=record.ms, partition=lease.partition)

    async def _bury(self, lease: Lease, turn: QueuedTurn, reason: str, began: float) -> None:
        first = turn.talk.tracker is None  # then it is what tells the shopper who writes, and how to stop
        intro = await self.agent.say("utter_intro") if first else ""
        apology = fold([Piece(await self.agent.say("utter_trouble"))], intro=intro).text
        now = self.clock()
        record = TurnRecord(
            message_id=turn.message.id,
            shopper_id=turn.message.shopper_id,
            replies=() if turn.talk.with_person else (apology,),
            brief={},
            suggestions=(),
            ms=self._ms_since(began),
            outcome="buried",
        )
        # while a person has the talk the bot is silent, also about its own trouble
        send = None if turn.talk.with_person else answer_to(turn.message, apology, now)
        await self.turns.bury(lease, turn, reason=reason, send=send, record=record, now=now)
        metrics.TURNS.labels(outcome="buried").inc()
        log.error("turn_buried", message_id=turn.message.id, reason=reason)

    def _ms_since(self, began: float) -> float:
        return round((self.monotonic() - began) * 1000, 1)


def answer_to(message: InboundMessage, text: str, now: datetime) -> Send:
    """The Send that answers ``message``; a repeated turn makes the same id, so it cannot become two."""
    return Send(
        id=SendId(f"re-{message.id}"),
        shopper_id=message.shopper_id,
        text=text,
        in_reply_to=message.id,
        created_at=now,
    )
