"""What one claim goes through: a call to X or a look, what its end means, and the store told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.errors import InDoubt, Refused, Retryable, Unavailable
from bot.metrics import SEND_SECONDS, SENDING_OUTCOMES
from bot.model import Send
from bot.sending.health import Health
from bot.sending.judge import Governing
from bot.sending.outcomes import (
    SKEW,
    Again,
    Decision,
    GiveUp,
    LookLater,
    Moment,
    Pause,
    Took,
    after_look,
    after_look_failed,
    after_send_failed,
    find_own,
    pause_after_sent,
)
from bot.sending.pace import Pace, Ticket
from bot.sending.picturing import Picturing, may_be_the_picture
from bot.sending.ports import Pictures, X
from bot.sending.telling import LONGEST_REST_S, TRIES, UNCALLED_TRIES, told
from bot.settings import SendingSettings
from bot.store.connection import Store
from bot.store.outbound.outbox import Claim

_ASK_AGAIN = timedelta(seconds=5)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Tools:
    """What every delivery works with."""

    store: Store
    x: X
    settings: SendingSettings
    clock: Clock
    chance: Callable[[], float]
    monotonic: Callable[[], float]
    pace: Pace
    governing: Governing
    pictures: Pictures | None = None


class Deliveries:
    """Carries claims out. Keeps what their ends tell of X's health.

    A claim is safe for ``settle_delay_s``: a call starts in its first quarter and is cut after half of it, so
    that nobody looks after a Send whose call may still reach X.
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._picturing = Picturing(tools.pictures, tools.settings.settle_delay_s / 8)
        self.health = Health()

    async def carry_out(self, claim: Claim, ticket: Ticket | None, started: float) -> None:
        """Do what is claimed, to the end.

        Args:
            claim: a Send to send or to look after.
            ticket: the call it was counted as; a look needs none.
            started: the monotonic moment before the claim.
        """
        store = self._tools.store
        try:
            if claim.look or ticket is None:
                decision, pause = await self._look(claim)
            else:
                decision, pause = await self._send(claim, ticket, started)
            if pause is not None:
                _log.warning("sending_paused", reason=pause.reason, at=pause.until.isoformat())
                await told(lambda: store.quotas.pause_until(pause.until, pause.reason))
            uncalled = isinstance(decision, Again) and not decision.left
            # an untold call is looked for; what was never called would be found nowhere and given up: told for longer
            await told(lambda: self._settle(claim, decision), UNCALLED_TRIES if uncalled else TRIES)
            if ticket is not None and uncalled:
                await self._tools.pace.give_back(ticket)
            if isinstance(decision, GiveUp) and not claim.look:
                await self._tools.pace.budget_back(self._tools.governing.budgets(claim.send), claim.send.id)
        except Unavailable:
            # nothing is lost: the Send is revisited, and looked after before it is sent again
            _log.warning("settle_failed", send_id=claim.send.id, shopper_id=claim.send.shopper_id)

    async def never_called(self, ticket: Ticket, claim: Claim | None) -> None:
        """Give back a call that was counted, and the claim it was for where one may have been made: X is not called.

        Else the Send would be looked after when its time is over, be found nowhere, and perhaps given up for it.
        """
        pace, clock = self._tools.pace, self._tools.clock

        async def claim_back() -> None:
            if claim is None:
                return
            again = Again("claim_unknown", clock() + _ASK_AGAIN, counted=False, left=False)
            if not await self._settle(claim, again):
                # not made, or still under way on a connection that was closed: once more
                await asyncio.sleep(LONGEST_REST_S)
                await self._settle(claim, again)

        for give_back in (lambda: pace.give_back(ticket), claim_back):
            try:
                await told(give_back, UNCALLED_TRIES)
            except Unavailable:
                _log.warning("give_back_failed", send_id="" if claim is None else claim.send.id)

    async def _send(self, claim: Claim, ticket: Ticket, started: float) -> tuple[Decision, Pause | None]:
        send, delay = claim.send, self._tools.settings.settle_delay_s
        try:
            held = await self._held(claim, ticket)
            if held is not None:
                return held, None
            media_id = await self._picturing.of(send, self._tools.clock())
            stopped = bool(send.pictures) and await self._stopped(send)
        except Unavailable:
            return Again("store_unavailable", self._tools.clock(), counted=False, left=False), None
        if stopped:
            with suppress(Unavailable):
                await self._tools.pace.give_back(ticket)
            return GiveUp("opted_out"), None
        if self._tools.monotonic() - started > delay / 4:
            # this process stood still; in the rest of the claim's time a call might not end
            return Again("claim_too_old", self._tools.clock(), counted=False, left=False), None
        try:
            with SEND_SECONDS.time():
                sent = await asyncio.wait_for(self._tools.x.send_dm(send.shopper_id, send.text, media_id), delay / 2)
        except Exception as error:
            return self._send_failed(_named(error), claim, pictured=bool(media_id))
        if media_id:
            self._picturing.taken()
        self.health = self.health.succeeded(sent.rate)
        return Took(sent.dm_event_id), pause_after_sent(sent.rate, self._moment())

    async def _stopped(self, send: Send) -> bool:
        """Whether they told us to stop while the picture was made: the claim read consent before that."""
        consent, _ = await self._tools.store.outbox.facts(send.shopper_id, send.id)
        return consent.closed or consent.overruled or not consent.opened

    async def _held(self, claim: Claim, ticket: Ticket) -> Again | None:
        """Why this very Send does not go now though its claim is ours: a budget many shoppers share is used up."""
        pace, governing = self._tools.pace, self._tools.governing
        if claim.send.attempts > 1:
            full = await pace.retry(ticket)
            if full is not None:
                return Again("retry_budget", full.again, counted=False, left=False)
        full = await pace.budget(governing.budgets(claim.send), claim.send.id)
        if full is None:
            return None
        governing.used_up(full)
        # judged again at once, and the judge knows of it now
        return Again("budget", self._tools.clock(), counted=False, left=False)

    def _send_failed(self, error: Exception, claim: Claim, *, pictured: bool) -> tuple[Decision, Pause | None]:
        self._note_surprise(error, claim)
        moment = self._moment()
        if pictured and may_be_the_picture(error):
            self._picturing.refused(claim.send, moment.now)
            if isinstance(error, Refused):
                # X certainly has it not; what it says of the words alone, the next try tells
                self.health = self.health.failed(Refused("picture_refused"), claim.send.shopper_id, moment)
                return Again("picture_refused", moment.now), None
        self.health = self.health.failed(error, claim.send.shopper_id, moment)
        if self.health.forbidden_everywhere:
            error = Retryable("forbidden_everywhere", whole_account=True)
        decision, pause = after_send_failed(error, claim.send, self._tools.settings, moment, self.health.outage)
        if isinstance(decision, Again) and pictured and may_be_the_picture(error):
            decision = replace(decision, counted=True)  # so the next try goes without
        return decision, pause

    async def _look(self, claim: Claim) -> tuple[Decision, Pause | None]:
        shopper_id, settings = claim.send.shopper_id, self._tools.settings
        try:
            seen = await asyncio.wait_for(
                self._tools.x.find_sent(shopper_id, since=claim.claimed_at - SKEW, may_read=self._may_read),
                settings.settle_delay_s / 2,
            )
        except Unavailable:
            raise
        except Exception as error:
            named = _named(error)
            self._note_surprise(named, claim)
            moment = self._moment()
            self.health = self.health.looked(named, moment.now)
            return after_look_failed(named, claim.send, settings, moment)
        self.health = self.health.looked(None, self._tools.clock())
        known = await self._tools.store.outbox.known_dm_event_ids(shopper_id)
        found = find_own(seen, claim.send, known=known, first_try=claim.claimed_at)
        return after_look(found, claim.send, settings, self._moment()), None

    async def _may_read(self) -> None:
        """Spend one of the account's reads: a look may take several calls, and X counts each."""
        full = await self._tools.pace.read()
        if full is not None:
            raise Retryable("read_quota", at=full.again)

    async def _settle(self, claim: Claim, decision: Decision) -> bool:
        outbox, now = self._tools.store.outbox, self._tools.clock()
        match decision:
            case Took(dm_event_id):
                done = await outbox.settle_sent(claim, dm_event_id=dm_event_id, now=now)
            case GiveUp(reason):
                done = await outbox.settle_refused(claim, reason=reason, now=now)
            case Again(reason, at, counted):
                done = await outbox.settle_retry(claim, reason=reason, at=at, now=now, counted=counted)
            case LookLater(reason, at):
                done = await outbox.settle_in_doubt(claim, reason=reason, look_at=at, now=now)
        outcome = type(decision).__name__
        SENDING_OUTCOMES.labels(claim.send.purpose.value, outcome.lower(), getattr(decision, "reason", "")).inc()
        _log.info(
            "send_settled" if done else "send_settled_elsewhere",
            send_id=claim.send.id,
            shopper_id=claim.send.shopper_id,
            outcome=outcome,
            reason=getattr(decision, "reason", ""),
            attempts=claim.send.attempts,
        )
        return done

    def _note_surprise(self, error: Exception, claim: Claim) -> None:
        if type(error).__module__ != "bot.errors":
            _log.error("x_client_broke", exc_info=error, send_id=claim.send.id)

    def _moment(self) -> Moment:
        return Moment(self._tools.clock(), self._tools.chance())


def _named(error: Exception) -> Exception:
    return InDoubt("timeout") if isinstance(error, asyncio.TimeoutError) else error
