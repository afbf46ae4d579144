"""One turn: tried, thought through, committed once; buried where it cannot be answered.

A crash before a commit repeats the turn from the old talk; a crash after it finds the done marks. A turn that keeps
failing for a reason of its own is buried with an apology, so that the talk goes on. Only tries that failed so, or that
took the process down, are counted: no outage, lost lease or restart buries a message.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from bot import metrics
from bot.clock import Clock
from bot.dialogue.agent import ActionUnanswered, GiftAgent, Handled
from bot.dialogue.answer import answer_to, pictures_of
from bot.dialogue.bursts import as_one
from bot.dialogue.channel import Piece
from bot.dialogue.doubts import Doubt, Doubts
from bot.dialogue.recent_briefs import RecentBriefs
from bot.dialogue.replies import Folded, fold
from bot.dialogue.silence import Manners, Silence
from bot.errors import Changed, StaleLease, Unavailable
from bot.model import Send, TurnRecord
from bot.settings import DialogueSettings
from bot.store.inbound.queued import Lease, QueuedTurn, Talk
from bot.store.inbound.turns import Turns

log = structlog.get_logger()

NOTHING = Folded("", {}, (), False, ())


class _ActionsAway(Exception):
    """The action server cannot be reached: the turn goes back to the queue, and nobody is at fault."""


PROBE_S = 3.0
"""How long a well action server may take to show that it is; or a tenth of a lease, if that is shorter."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers turns of partitions somebody owns."""

    turns: Turns
    agent: GiftAgent
    settings: DialogueSettings
    manners: Manners
    clock: Clock
    monotonic: Callable[[], float] = time.monotonic
    keeps_interactions: bool = False
    recent_briefs: RecentBriefs | None = None
    model: str = ""

    async def take(self, lease: Lease, turn: QueuedTurn, doubts: Doubts) -> bool:
        """One try at a turn, begun. True at its commit or burial; False where it stays in the queue and comes again.

        ``doubts`` are those of this ownership of the partition; they are kept up to date.

        Raises:
            StaleLease: another owns the partition.
            Unavailable: Redis is away.
        """
        began = self.monotonic()
        silence = self.manners.silence(turn.talk, self.clock())
        doubt = doubts.of(turn)
        if turn.tries or doubt is not None or silence is not Silence.NONE:
            turn = turn.alone()  # to find the one at fault; and a wish to have the bot back stands by itself
        try:
            if doubt is not None and not await self._actions_answer():
                doubts.put_off(turn)
                raise _ActionsAway
            done = await self._ended(self._ending(lease, turn, silence, doubt, began))
        except ActionUnanswered as silent:
            self._tell_silent(lease, turn, str(silent))
            doubts.fell_silent(turn, str(silent))
            # uncounted until the server is seen to answer; where one before it waited for that, this one's count is its
            if doubt is None:
                await self._take_back(turn)
            return False
        except _ActionsAway:
            await self._take_back(turn)
            return False
        except (asyncio.CancelledError, StaleLease, Unavailable):
            await self._take_back(turn)
            raise
        if done is None:
            await self._take_back(turn)
        elif done:
            doubts.over(turn)
        return bool(done)

    async def _actions_answer(self) -> bool:
        return await self.agent.actions_answer(min(PROBE_S, self.settings.lease_s / 10))

    async def _ending(
        self, lease: Lease, turn: QueuedTurn, silence: Silence, doubt: Doubt | None, began: float
    ) -> bool:
        tries = turn.tries + (doubt is not None)  # the server answers: so the silence before was this message's
        if tries < self.settings.max_tries:
            return await self._try(lease, turn, silence, began)
        # else it took the process down each time
        return await self._bury(lease, turn, doubt.reason if doubt is not None else "crashed", began)

    def _tell_silent(self, lease: Lease, turn: QueuedTurn, reason: str) -> None:
        metrics.TURN_RETRIES.labels(reason=reason).inc()
        log.warning(
            "action_unanswered", reason=reason, message_id=turn.messages[0].id, partition=lease.partition,
            tries=turn.tries,
        )  # fmt: skip

    async def _take_back(self, turn: QueuedTurn) -> None:
        if turn.begun is not None:
            await self.turns.take_try_back(turn.begun)

    async def _ended(self, ending: Awaitable[bool]) -> bool | None:
        """What the ending says; None where the talk changed meanwhile, and nobody is at fault."""
        try:
            return await ending
        except Changed:
            metrics.TURNS_REDONE.inc()
            return None

    async def _try(self, lease: Lease, turn: QueuedTurn, silence: Silence, began: float) -> bool:
        if silence is Silence.PAUSED:
            return await self._commit(lease, turn, NOTHING, turn.talk, began)
        if silence is Silence.NONE and self.manners.too_many(turn.talk, self.clock()):
            return await self._pause(lease, turn, began)
        try:
            handled = await self._think(turn, silence)
        except (asyncio.CancelledError, ActionUnanswered, _ActionsAway):
            raise
        except Exception as error:
            return await self._failed(lease, turn, error, began)
        if silence is not Silence.NONE and handled.with_person and not handled.said.text:
            return await self._commit(lease, turn, NOTHING, turn.talk, began)
        talk = self.manners.kept(
            turn.talk,
            self.clock(),
            tracker=handled.tracker,
            with_person=handled.with_person,
            answered=bool(handled.said.text),
            model=self.model,
        )
        return await self._commit(lease, turn, handled.said, talk, began)

    async def _think(self, turn: QueuedTurn, silence: Silence) -> Handled:
        try:
            return await asyncio.wait_for(
                self.agent.handle(
                    as_one(turn.messages), tracker=turn.talk.tracker, with_person=silence is not Silence.NONE
                ),
                self.settings.turn_timeout_s,
            )
        except Unavailable as error:
            metrics.TURN_RETRIES.labels(reason="actions_unavailable").inc()
            log.error("actions_unavailable", message_id=turn.message.id)
            raise _ActionsAway from error

    async def _failed(self, lease: Lease, turn: QueuedTurn, error: Exception, began: float) -> bool:
        reason = "too_slow" if isinstance(error, asyncio.TimeoutError) else type(error).__name__
        metrics.TURN_RETRIES.labels(reason=reason).inc()
        tries, ids = turn.tries + 1, {"message_id": turn.messages[0].id, "partition": lease.partition}
        log.warning("turn_failed", reason=reason, tries=tries, count=len(turn.messages), exc_info=error, **ids)
        if tries < self.settings.max_tries:
            return False
        return await self._bury(lease, turn, reason, began)

    async def _commit(self, lease: Lease, turn: QueuedTurn, said: Folded, talk: Talk, began: float) -> bool:
        now = self.clock()
        outcome = "opted_out" if said.opted_out else "answered" if said.text else "silent"
        record = self._record(turn, said.recorded, outcome, began, said)
        send: Send | None = None
        if said.text and not said.opted_out:
            send = answer_to(turn.message, said.text, now, replay=turn.replay, pictures=pictures_of(said.suggestions))
        felt = said.interactions if self.keeps_interactions else ()
        done = await self.turns.commit(
            lease,
            turn,
            talk=talk,
            send=send,
            record=record,
            now=now,
            interactions=felt,
            opted_out=said.opted_out,
            forget=said.forget,
        )
        if said.hand_over and not turn.talk.with_person:
            metrics.HANDOVERS.inc()
            log.warning("handover_asked", shopper_id=turn.message.shopper_id, message_id=turn.message.id)
        if done and said.suggestions and self.recent_briefs is not None:
            self.recent_briefs.add(said.brief)
        if done and len(turn.messages) > 1:
            metrics.BURSTS.inc()
        metrics.TURNS.labels(outcome=outcome if done else "repeated").inc()
        metrics.TURN_SECONDS.observe(self.monotonic() - began)
        log.info(
            "turn_done",
            message_id=turn.message.id,
            outcome=outcome,
            ms=record.ms,
            partition=lease.partition,
            count=len(turn.messages),
        )
        return True

    async def _pause(self, lease: Lease, turn: QueuedTurn, began: float) -> bool:
        now = self.clock()
        record = self._record(turn, (), "paused", began)
        await self.turns.commit(
            lease, turn, talk=self.manners.paused(turn.talk, now), send=None, record=record, now=now
        )
        metrics.TALKS_PAUSED.inc()
        metrics.TURNS.labels(outcome="paused").inc()
        log.error("talk_paused", shopper_id=turn.message.shopper_id, message_id=turn.message.id)
        return True

    async def _bury(self, lease: Lease, turn: QueuedTurn, reason: str, began: float) -> bool:
        now = self.clock()
        send: Send | None = None
        replies: tuple[str, ...] = ()
        # while a person has the talk the bot is silent, also about its own trouble
        if self.manners.silence(turn.talk, now) is Silence.NONE:
            first = turn.talk.tracker is None  # then it is what tells the shopper who writes, and how to stop
            intro = await self.agent.say("utter_intro") if first else ""
            apology = fold([Piece(await self.agent.say("utter_trouble"))], intro=intro).text
            send = answer_to(turn.message, apology, now, replay=turn.replay)
            replies = (apology,)
        record = self._record(turn, replies, "buried", began)
        await self.turns.bury(lease, turn, reason=reason, send=send, record=record, now=now)
        metrics.TURNS.labels(outcome="buried").inc()
        log.error("turn_buried", message_id=turn.message.id, reason=reason)
        return True

    def _record(
        self, turn: QueuedTurn, replies: tuple[str, ...], outcome: str, began: float, said: Folded = NOTHING
    ) -> TurnRecord:
        return TurnRecord(
            message_id=turn.message.id,
            shopper_id=turn.message.shopper_id,
            replies=replies,
            brief=said.brief,
            suggestions=said.suggestions,
            ms=round((self.monotonic() - began) * 1000, 1),  # the commit itself cannot be in what it commits
            outcome=outcome,
        )
