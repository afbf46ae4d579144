"""The loop that sends: what is due, may it go, call X, tell the store what came of it.

It waits on the store's bell, which a commit or an echo rings, so an answer leaves within milliseconds and an
idle sender asks Redis about once a second. The bell is only a hint: due times are the truth, and are read
after every rest, rung or not.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.errors import InDoubt, Retryable, Unavailable
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.verdict import May, Verdict
from bot.metrics import OUTBOX_WAITING, SEND_SECONDS
from bot.model import Send
from bot.sending.outcomes import (
    SKEW,
    Again,
    Decision,
    GiveUp,
    LookLater,
    Moment,
    Outage,
    Pause,
    Took,
    after_look,
    after_look_failed,
    after_send_failed,
    find_own,
    outage_after,
    pause_after_sent,
)
from bot.sending.ports import X
from bot.settings import SendingSettings
from bot.store.connection import Store
from bot.store.outbox import Claim, Judge
from bot.x.limits import limits_of

IN_FLIGHT = 8
"""Calls to X at once; each is for another shopper."""

_REST_S = 1.0
_ASK_QUOTA_AGAIN_S = 10.0
_SETTLE_TRIES = 5
_LAST_CALLS_S = 15.0

_log = structlog.get_logger()


class Sender:
    """Sends what the outbox holds. One process an account is enough; several do no harm.

    A claim is safe for ``settle_delay_s``: a call starts in its first quarter and is cut after half of it, so
    that nobody looks after a Send whose call may still reach X.
    """

    def __init__(
        self,
        store: Store,
        x: X,
        settings: SendingSettings,
        clock: Clock,
        new_token: Callable[[], str],
        chance: Callable[[], float],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._x = x
        self._settings = settings
        self._clock = clock
        self._new_token = new_token
        self._chance = chance
        self._monotonic = monotonic
        limits = limits_of("self-serve", settings)
        self._windows = (("dm_15_min", limits.per_15_min, 900), ("dm_24_h", limits.per_24_h, 86_400))
        self._reads = (("dm_read", limits.reads_per_15_min, 900),)
        self._outage: Outage | None = None
        self._calls: set[asyncio.Task[None]] = set()
        self._awake = asyncio.Event()
        self._ended = False
        self._no_quota_before: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Send until ``stop`` is set; then finish the calls under way."""
        waiting = [asyncio.create_task(self._listen()), asyncio.create_task(self._wake_at(stop))]
        try:
            while not stop.is_set():
                await self._rest(await self._step())
            if self._calls:
                await asyncio.wait(self._calls, timeout=_LAST_CALLS_S)
        finally:
            self._ended = True
            for task in (*waiting, *self._calls):
                task.cancel()
            await asyncio.gather(*waiting, *self._calls, return_exceptions=True)

    async def _step(self) -> float:
        """Start one call, if one may go. Answers the seconds until it makes sense to ask again."""
        if len(self._calls) >= IN_FLIGHT:
            return _REST_S
        try:
            rest = await self._start_one()
            if rest > 0:
                OUTBOX_WAITING.set(await self._store.outbox.waiting())
        except Unavailable:
            _log.warning("store_unavailable")
            return _REST_S
        return rest

    async def _start_one(self) -> float:
        now = self._clock()
        first = await self._store.outbox.earliest()
        if first is None:
            return _REST_S
        partition, due = first
        waits = [due, await self._store.quotas.paused_until(), self._no_quota_before]
        until = max(moment for moment in waits if moment is not None)
        if until > now:
            return (until - now).total_seconds()
        token = self._new_token()
        again = await self._store.quotas.spend(self._windows, now, token=token)
        if again is not None:
            self._no_quota_before = min(again, now + timedelta(seconds=_ASK_QUOTA_AGAIN_S))
            return (self._no_quota_before - now).total_seconds()
        started = self._monotonic()
        claim = await self._claim(partition, now)
        if claim is None or claim.look:
            await self._store.quotas.refund(self._windows, token)
        if claim is None:
            return 0.01  # another sender was faster, or what was due ended otherwise
        call = asyncio.create_task(self._deliver(claim, started, token))
        self._calls.add(call)
        call.add_done_callback(self._call_ended)
        return 0

    async def _claim(self, partition: int, now: datetime) -> Claim | None:
        return await self._store.outbox.claim(
            partition,
            token=self._new_token(),
            now=now,
            revisit_at=now + timedelta(seconds=self._settings.settle_delay_s),
            judge=self._judge(now),
        )

    def _judge(self, now: datetime) -> Judge:
        oldest = now - timedelta(minutes=self._settings.expires_after_min)

        def judge(send: Send, consent: ConsentFacts, spent: Spent) -> Verdict:
            if send.created_at < oldest:
                return Verdict(May.NEVER, "expired", "The answer is too old.")
            return Verdict(May.GO, "allowed", "Nothing speaks against it.")

        return judge

    async def _deliver(self, claim: Claim, started: float, ticket: str) -> None:
        try:
            decision, pause = await (self._look(claim) if claim.look else self._send(claim, started))
            if pause is not None:
                _log.warning("sending_paused", reason=pause.reason, at=pause.until.isoformat())
                await self._told(lambda: self._store.quotas.pause_until(pause.until, pause.reason))
            await self._told(lambda: self._settle(claim, decision))
            if isinstance(decision, Again) and not decision.left:
                await self._store.quotas.refund(self._windows, ticket)
        except Unavailable:
            # nothing is lost: the Send is revisited, and looked after before it is sent again
            _log.warning("settle_failed", send_id=claim.send.id, shopper_id=claim.send.shopper_id)

    async def _send(self, claim: Claim, started: float) -> tuple[Decision, Pause | None]:
        delay = self._settings.settle_delay_s
        if self._monotonic() - started > delay / 4:
            # this process stood still; in the rest of the claim's time a call might not end
            return Again("claim_too_old", self._clock(), counted=False, left=False), None
        try:
            with SEND_SECONDS.time():
                sent = await asyncio.wait_for(self._x.send_dm(claim.send.shopper_id, claim.send.text), delay / 2)
        except Exception as error:
            return self._send_failed(error, claim)
        self._outage = None
        return Took(sent.dm_event_id), pause_after_sent(sent.rate, self._moment())

    def _send_failed(self, error: Exception, claim: Claim) -> tuple[Decision, Pause | None]:
        self._note_surprise(error, claim)
        moment = self._moment()
        self._outage = outage_after(error, self._outage, moment)
        return after_send_failed(_named(error), claim.send, self._settings, moment, self._outage)

    async def _look(self, claim: Claim) -> tuple[Decision, Pause | None]:
        shopper_id = claim.send.shopper_id
        try:
            seen = await asyncio.wait_for(
                self._x.find_sent(shopper_id, since=claim.claimed_at - SKEW, may_read=self._may_read),
                self._settings.settle_delay_s / 2,
            )
        except Unavailable:
            raise
        except Exception as error:
            self._note_surprise(error, claim)
            return after_look_failed(_named(error), claim.send, self._settings, self._moment())
        known = await self._store.outbox.known_dm_event_ids(shopper_id)
        found = find_own(seen, claim.send, known=known, first_try=claim.claimed_at)
        return after_look(found, claim.send, self._settings, self._moment()), None

    async def _may_read(self) -> None:
        """Spend one of the account's reads: a look may take several calls, and X counts each."""
        again = await self._store.quotas.spend(self._reads, self._clock())
        if again is not None:
            raise Retryable("read_quota", at=again)

    async def _settle(self, claim: Claim, decision: Decision) -> None:
        outbox, now = self._store.outbox, self._clock()
        match decision:
            case Took(dm_event_id):
                done = await outbox.settle_sent(claim, dm_event_id=dm_event_id, now=now)
            case GiveUp(reason):
                done = await outbox.settle_refused(claim, reason=reason, now=now)
            case Again(reason, at, counted):
                done = await outbox.settle_retry(claim, reason=reason, at=at, now=now, counted=counted)
            case LookLater(reason, at):
                done = await outbox.settle_in_doubt(claim, reason=reason, look_at=at, now=now)
        _log.info(
            "send_settled" if done else "send_settled_elsewhere",
            send_id=claim.send.id,
            shopper_id=claim.send.shopper_id,
            outcome=type(decision).__name__,
            reason=getattr(decision, "reason", ""),
            attempts=claim.send.attempts,
        )

    async def _told(self, tell: Callable[[], Awaitable[None]]) -> None:
        """Tell the store, several times if need be: what X answered is known only here."""
        for tries in range(_SETTLE_TRIES - 1):
            with suppress(Unavailable):
                return await tell()
            await asyncio.sleep(0.2 * 2**tries)
        return await tell()

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

    def _call_ended(self, call: asyncio.Task[None]) -> None:
        self._calls.discard(call)
        self._awake.set()  # the shopper's next Send may be due, and there is room for another call
        if not call.cancelled() and (error := call.exception()) is not None:
            _log.error("call_broke", exc_info=error)

    def _note_surprise(self, error: Exception, claim: Claim) -> None:
        if type(error).__module__ not in ("bot.errors", "asyncio.exceptions"):
            _log.error("x_client_broke", exc_info=error, send_id=claim.send.id)

    def _moment(self) -> Moment:
        return Moment(self._clock(), self._chance())


def _named(error: Exception) -> Exception:
    return InDoubt("timeout") if isinstance(error, asyncio.TimeoutError) else error
