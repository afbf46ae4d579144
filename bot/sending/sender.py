"""The loop that sends: what is due, may it go, call X, tell the store what came of it.

It waits on the store's bell, which a commit or an echo rings, so an answer leaves within milliseconds and an
idle sender asks Redis about once a second. The bell is only a hint: due times are the truth, and are read
after every rest, rung or not.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.clock import Clock
from bot.errors import Unavailable
from bot.sending.delivery import Deliveries, Tools
from bot.sending.gauges import Gauges
from bot.sending.judge import Governing
from bot.sending.pace import Lane, Pace, Ticket
from bot.sending.ports import Pictures, X
from bot.sending.words import Words
from bot.settings import SendingSettings
from bot.store.connection import Store
from bot.store.outbound.claims import ClaimUnknown
from bot.x.limits import Limits

_REST_S = 1.0
_LAST_CALLS_S = 15.0

_log = structlog.get_logger()


class Sender:
    """Sends what the outbox holds. One process an account is enough; several do no harm.

    Args:
        store: the outbox and the account's allowance.
        x: X, or what plays it.
        settings: the section SENDING.
        limits: X's limits in force.
        governing: the governor.
        clock: the wall clock.
        new_token: makes a name nobody else uses, of a claim or a call.
        chance: numbers from 0 to 1.
        pictures: makes the picture of a Send and puts it at X; None: texts go alone.
        word: the sentence about a wait of so many minutes; None: no word is said.
        monotonic: seconds that never jump.
        quota_clock: the moment calls are counted at; None: Redis' own, which all senders share.
    """

    def __init__(
        self,
        store: Store,
        x: X,
        settings: SendingSettings,
        limits: Limits,
        governing: Governing,
        clock: Clock,
        new_token: Callable[[], str],
        chance: Callable[[], float],
        *,
        pictures: Pictures | None = None,
        word: Callable[[int], str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        quota_clock: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._governing = governing
        self._clock = clock
        self._new_token = new_token
        self._monotonic = monotonic
        self._pace = Pace(store.quotas, limits, new_token, quota_clock)
        self._deliveries = Deliveries(
            Tools(store, x, settings, clock, chance, monotonic, self._pace, governing, pictures)
        )
        self._words = Words(store, self._pace, settings, word if settings.word_after_min else None)
        self._gauges = Gauges(store, limits)
        self._calls: set[asyncio.Task[None]] = set()
        self._returns: set[asyncio.Task[None]] = set()
        self._awake = asyncio.Event()
        self._ended = False

    async def run(self, stop: asyncio.Event) -> None:
        """Send until ``stop`` is set; then finish the calls under way."""
        waiting = [asyncio.create_task(self._listen()), asyncio.create_task(self._wake_at(stop))]
        try:
            while not stop.is_set():
                await self._rest(await self._step())
            if self._calls or self._returns:
                await asyncio.wait(self._calls | self._returns, timeout=_LAST_CALLS_S)
        finally:
            self._ended = True
            tasks = (*waiting, *self._calls, *self._returns)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _step(self) -> float:
        """Start one call, if one may go. Answers the seconds until it makes sense to ask again."""
        if len(self._calls) >= self._deliveries.health.at_once():
            return _REST_S
        try:
            rest = await self._start_one()
            if rest > 0:
                await self._gauges.tell(self._clock(), self._deliveries.health)
        except Unavailable:
            _log.warning("store_unavailable")
            return _REST_S
        return rest

    async def _start_one(self) -> float:
        now = self._clock()
        look, first, paused = await asyncio.gather(
            self._store.outbox.earliest(looks=True), self._due(), self._store.quotas.paused_until()
        )
        due = {lane: partition for lane, (partition, at) in first.items() if at <= now}
        await self._words.note(waits=Lane.ANSWERS in due)
        shut = self._shut_until(paused, now)
        if look is not None and look[1] <= now and self._may_look(paused, now):
            # before all else, and without a ticket: behind a queue of hours it would come last
            return await self._start(look[0], now)
        if shut is not None:
            return (shut - now).total_seconds()
        if not due:
            return min(((at - now).total_seconds() for _, at in first.values()), default=_REST_S)
        ticket = await self._pace.ticket(due, now, probe_s=self._deliveries.health.probe_s())
        if ticket is None:
            if Lane.ANSWERS in due and await self._words.offer(now):
                return 0
            full = [self._pace.full_until(lane, now) for lane in due]
            return min(((at - now).total_seconds() for at in full if at is not None), default=_REST_S)
        return await self._start(due[ticket.lane], now, ticket)

    async def _due(self) -> Mapping[Lane, tuple[int, datetime]]:
        """Of each lane the partition whose next Send is due first, and when."""
        asked = (self._store.outbox.earliest(others=lane is Lane.OTHERS) for lane in Lane)
        found = zip(Lane, await asyncio.gather(*asked), strict=True)
        return {lane: one for lane, one in found if one is not None}

    def _may_look(self, paused: datetime | None, now: datetime) -> bool:
        """Whether X may be read: it asked for no pause, and reads do not fail one after the other."""
        return (paused is None or paused <= now) and self._deliveries.health.reading.waits_until(now) is None

    def _shut_until(self, paused: datetime | None, now: datetime) -> datetime | None:
        """Until when no Send may be claimed: X asked for a pause, or is ill."""
        if paused is not None and paused > now:
            self._deliveries.health = self._deliveries.health.paused()
            return paused
        return self._deliveries.health.breaker.waits_until(now)

    async def _start(self, partition: int, now: datetime, ticket: Ticket | None = None) -> float:
        """Claim and begin a call with a ticket, or without one a look."""
        started = self._monotonic()
        try:
            claim = await self._store.outbox.claim(
                partition,
                token=self._new_token(),
                now=now,
                revisit_at=now + timedelta(seconds=self._settings.settle_delay_s),
                judge=self._governing.judge_at(now),
                others=ticket is not None and ticket.lane is Lane.OTHERS,
                looks=ticket is None,
            )
        except Unavailable as error:
            if ticket is not None:
                unknown = error.claim if isinstance(error, ClaimUnknown) else None
                self._under_way(self._deliveries.never_called(ticket, unknown), self._returns)
            raise
        if claim is None:
            if ticket is not None:
                await self._pace.give_back(ticket)
            return 0.01  # another sender was faster, or what was due ended otherwise
        if ticket is not None:
            with suppress(Unavailable):  # then a call too many stays counted; the claim must be dealt with
                await (self._pace.only_looks(ticket) if claim.look else self._words.claimed(claim.send, ticket))
        self._deliveries.health = self._deliveries.health.probing(now, look=claim.look)
        self._under_way(self._deliveries.carry_out(claim, ticket, started), self._calls)
        return 0

    def _under_way(self, work: Coroutine[Any, Any, None], among: set[asyncio.Task[None]]) -> None:
        task = asyncio.create_task(work)
        among.add(task)
        task.add_done_callback(lambda ended: self._call_ended(ended, among))

    async def _listen(self) -> None:
        """Wake the loop whenever the store's bell rings."""
        # asked each time: Python 3.10 drops a cancellation that comes in the same instant as Redis' answer
        while not self._ended:
            try:
                if await self._store.outbox.wait(60_000):
                    self._awake.set()
            except Unavailable:
                await asyncio.sleep(_REST_S)

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._awake.set()

    async def _rest(self, seconds: float) -> None:
        if seconds > 0:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._awake.wait(), min(seconds, _REST_S))
            self._awake.clear()

    def _call_ended(self, call: asyncio.Task[None], among: set[asyncio.Task[None]]) -> None:
        among.discard(call)
        self._awake.set()  # the shopper's next Send may be due, and there is room for another call
        if not call.cancelled() and (error := call.exception()) is not None:
            _log.error("call_broke", exc_info=error)
