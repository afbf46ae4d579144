"""Fetches what may be missing: one process at a time, one gap after the other, each step told to the store."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.errors import Refused, Retryable, Unavailable
from bot.gaps import plan
from bot.gaps.ports import Hooks, Take, Talks, ours
from bot.metrics import GAP_MESSAGES, GAPS, GAPS_OPEN, MESSAGES_READ_BACK
from bot.model import Echo, InboundMessage
from bot.settings import GapsSettings
from bot.store.connection import Store
from bot.store.inbound.gaps import KeptGap
from bot.store.inbound.restored import RESTORED
from bot.x.events import Happening
from nlu.optout.wishes import OptWish, read_wish

log = structlog.get_logger()

REST_S = 30.0
_ASK_AGAIN_S = 60.0
_HOLD_S = 300.0
_MARGIN = timedelta(minutes=1)
_MOST_FAILURES = 5
_AT_ONCE = 16
"""Shoppers whose messages are handed over in the same moment."""
_NOT_THE_PAGES = ("quota", "rate_limited", "could_not_connect", "timeout", "connection_lost", "http_5", "server_error")
"""Reasons that tell of X or the account, not of the page asked for: they pass by themselves."""


@dataclass(slots=True)
class _Reading:
    """A gap being read back. Kept here alone: if this process dies, it is read anew, which costs but loses nothing."""

    gap_id: str
    found: list[Happening] = field(default_factory=list)
    billed: int = 0
    token: str | None = None
    failures: int = 0
    """Of this very page, one after the other."""
    complete: bool = False
    """Nothing more is to be read; what was found may not be handed over yet."""


class Filler:
    """``owner`` names this process; ``reads`` are the account's reads in 15 minutes, of which it takes its share."""

    def __init__(
        self,
        *,
        store: Store,
        hooks: Hooks,
        talks: Talks,
        take: Take,
        settings: GapsSettings,
        webhook_url: str,
        reads: int,
        clock: Clock,
        owner: str,
    ) -> None:
        self._store = store
        self._hooks = hooks
        self._talks = talks
        self._take = take
        self._settings = settings
        self._url = webhook_url
        share = min(settings.reads_per_15_min, max(1, reads - 1))  # a look must always find room
        self._windows = (("dm_read", reads, 900), ("dm_read_gaps", share, 900))
        self._clock = clock
        self.owner = owner
        self.said = ""
        """What the last step was about, for a person who waits."""
        self._reading: _Reading | None = None

    async def step(self) -> float:
        """Do one thing about the oldest gap. Answers the seconds until it makes sense to ask again.

        Raises:
            Unavailable: the store did not answer; asking again is safe.
        """
        gaps = await self._store.gaps.all()
        GAPS_OPEN.set(len(gaps))
        if not gaps or not await self._store.gaps.hold(self.owner, _HOLD_S):
            return REST_S
        now = self._clock()
        kept, gap, step = self._next(gaps, now)
        try:
            match step:
                case plan.Wait(until):
                    self.said = f"X replays it from {until:%H:%M} UTC on"
                    rest = (until - now).total_seconds()
                case plan.Replay():
                    gap, rest = await self._replay(gap, step, now)
                case plan.AskJob(job):
                    self.said = f"X's replay job {job} is running"
                    gap, rest = await self._ask(gap, job)
                case plan.Read(since):
                    return await self._read(kept, since, now)
                case plan.Done():
                    return await self._close(kept, "replayed")
        except Retryable as error:
            log.warning("gap_waits", reason=error.reason)
            self.said = f"X has to be waited for ({error.reason})"
            return _until(error.at, now)
        await self._store.gaps.keep(replace(kept, progress=plan.progress(gap)))
        return min(max(rest, 0.0), REST_S)

    def _next(self, gaps: Sequence[KeptGap], now: datetime) -> tuple[KeptGap, plan.Gap, plan.Step]:
        """The gap to go on with: what is being read is paid for; one that must wait holds up none that need not.

        What happened since a backup that was restored comes first: replayed, it would be answered once more.
        """
        steps = [(kept, *plan.next_step(plan.begin(kept.since, kept.till, kept.progress), now)) for kept in gaps]
        reading = self._reading
        begun = [one for one in steps if reading is not None and one[0].id == reading.gap_id]
        free = [one for one in steps if not isinstance(one[2], plan.Wait)]
        restored = [one for one in steps if one[0].reason == RESTORED]
        return (restored + begun + free + steps)[0]

    async def let_go(self) -> None:
        """Let another process fill gaps. Raises Unavailable."""
        await self._store.gaps.let_go(self.owner)

    async def _replay(self, gap: plan.Gap, piece: plan.Replay, now: datetime) -> tuple[plan.Gap, float]:
        webhook = ours(await self._hooks.webhooks(), self._url)
        if webhook is None:
            log.error("webhook_missing")
            return plan.leave_to_reading(gap), 0.0
        try:
            job = await self._hooks.replay(webhook.id, piece.since, piece.till)
        except Refused as refused:
            log.warning("replay_refused", reason=refused.reason)
            if refused.reason in ("ReplayConflictError", "CrcValidationFailed"):
                return gap, _ASK_AGAIN_S  # the one ends by itself, the other is told by intake not answering
            return plan.leave_to_reading(gap), 0.0
        log.info("replay_started", at=piece.since.isoformat())
        return plan.job_started(gap, piece, job, now), 1.0

    async def _ask(self, gap: plan.Gap, job: str) -> tuple[plan.Gap, float]:
        complete = await self._store.gaps.how_replay_ended(job)
        if complete is None:
            return gap, 5.0
        return plan.job_ended(gap, complete=complete), 0.0

    async def _read(self, kept: KeptGap, since: datetime, now: datetime) -> float:
        """Read one page; with the last one, hand all over."""
        reading = self._reading
        if reading is None or reading.gap_id != kept.id:
            reading = self._reading = _Reading(kept.id)
        left = self._settings.max_messages - reading.billed
        if left > 0 and self._settings.reads_per_15_min and not reading.complete:
            await self._page(reading, since - _MARGIN)
            if reading.token is not None and reading.billed < self._settings.max_messages and not reading.complete:
                return 0.0
        reading.complete = True
        found = len(reading.found)
        await self._hand_over(reading)
        log.info("gap_read", count=found, reason=kept.reason)
        whole = reading.billed > 0 and reading.token is None
        self._reading = None
        return await self._close(kept, "read_back" if whole else "read_in_part" if reading.billed else "not_read")

    async def _hand_over(self, reading: _Reading) -> None:
        """Hand over what was read: STOPs first, then all, oldest first, as talks went on.

        A shopper whose node of a cluster is away holds up nobody else; what is theirs stays to be handed over. Which
        wish counts is told by when it was written, so a STOP may come before what was said earlier.
        """
        oldest_first = reading.found[::-1]
        for stop in (one for one in oldest_first if _is_stop(one)):
            with suppress(Unavailable):
                await self._take([stop], self._clock())
        talks: dict[str, list[Happening]] = {}
        for happening in oldest_first:
            talks.setdefault(_whose(happening), []).append(happening)
        at_once, left = asyncio.Semaphore(_AT_ONCE), set[str]()

        async def hand_over(whose: str, talk: list[Happening]) -> None:
            async with at_once:
                try:
                    await self._take(talk, self._clock())
                except Unavailable:
                    left.add(whose)
                    return
            for happening in talk:
                GAP_MESSAGES.labels(_kind(happening)).inc()

        await asyncio.gather(*(hand_over(whose, talk) for whose, talk in talks.items()))
        reading.found = [one for one in reading.found if _whose(one) in left]
        if left:
            log.warning("gap_not_handed_over", count=len(reading.found))
            raise Unavailable("what was read back is not stored yet")

    async def _page(self, reading: _Reading, since: datetime) -> None:
        """Read the next page. One X gives no more, however often it is asked, ends the reading."""
        try:
            found, billed, token = await self._talks.read_back(reading.token, since=since, may_read=self._may_read)
        except Retryable as error:
            passes = error.whole_account or error.reason.removeprefix("read_").startswith(_NOT_THE_PAGES)
            if reading.token is not None and not passes:
                reading.failures += 1
            if reading.failures < _MOST_FAILURES:
                raise
            log.error("gap_page_given_up", reason=error.reason, count=len(reading.found))
            reading.complete = True
            return
        MESSAGES_READ_BACK.inc(billed)
        reading.found += found
        reading.billed, reading.token, reading.failures = reading.billed + billed, token, 0

    async def _close(self, kept: KeptGap, outcome: str) -> float:
        await self._store.gaps.close(kept)
        GAPS.labels(outcome).inc()
        log.info("gap_closed", outcome=outcome, reason=kept.reason, seconds=(kept.till - kept.since).total_seconds())
        return 0.0

    async def _may_read(self) -> None:
        """Spend one read of the account and of the share for gaps; looks after Sends need none of that share."""
        full = await self._store.quotas.spend(self._windows, None)
        if full is not None:
            raise Retryable("read_quota", at=full.again)


def _kind(happening: Happening) -> str:
    return "message" if isinstance(happening, InboundMessage) else "echo" if isinstance(happening, Echo) else "other"


def _whose(happening: Happening) -> str:
    return happening.shopper_id if isinstance(happening, (InboundMessage, Echo)) else ""


def _is_stop(happening: Happening) -> bool:
    return isinstance(happening, InboundMessage) and read_wish(happening.text) is OptWish.STOP


def _until(at: datetime | None, now: datetime) -> float:
    return _ASK_AGAIN_S if at is None else min(max((at - now).total_seconds(), 1.0), 900.0)
