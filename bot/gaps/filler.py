"""Fetches what may be missing: one process at a time, one gap after the other, each step told to the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.errors import Refused, Retryable
from bot.gaps import plan
from bot.gaps.handing_over import hand_over
from bot.gaps.order import next_of
from bot.gaps.ports import Hooks, Take, Talks, ours
from bot.metrics import GAPS, GAPS_OPEN, MESSAGES_READ_BACK
from bot.settings import GapsSettings
from bot.store.access.keys import SEEN_FOR
from bot.store.connection import Store
from bot.store.inbound.gaps import KeptGap
from bot.store.inbound.restored import RESTORED
from bot.x.events import Happening

log = structlog.get_logger()

REST_S = 30.0
_ASK_AGAIN_S = 60.0
_HOLD_S = 300.0
_MARGIN = timedelta(minutes=1)
_HAND_OVER_AGAIN = timedelta(minutes=1)
"""While a shopper's node is away each try costs a time-out, which other gaps wait for."""
_MOST_FAILURES = 5
_NOT_THE_PAGES = ("quota", "rate_limited", "could_not_connect", "timeout", "connection_lost", "http_5", "server_error")
"""Reasons that tell of X or the account, not of the page asked for: they pass by themselves."""


@dataclass(slots=True)
class _Reading:
    """A gap being read back. Kept here alone: if this process dies, it is read anew, which costs but loses nothing."""

    gap_id: str
    till: datetime
    """The gap's end when reading began; where it grows later, what is new of it is not among what was found."""
    found: list[Happening] = field(default_factory=list)
    pages: int = 0
    billed: int = 0
    token: str | None = None
    failures: int = 0
    """Of this very page, one after the other."""
    complete: bool = False
    """Nothing more is to be read; what was found may not be handed over yet."""
    rest: plan.Wait | None = None
    """Until what could not be stored is tried again."""


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
        self._readings: dict[str, _Reading] = {}
        self._bounds = f"{settings.max_messages} messages, {settings.reads_per_15_min} reads"

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
                case plan.Wait(until, why):
                    self.said = why or f"X replays it from {until:%H:%M} UTC on"
                    rest = (until - now).total_seconds()
                case plan.Replay():
                    gap, rest = await self._replay(gap, step, now)
                case plan.AskJob(job):
                    self.said = f"X's replay job {job} is running"
                    gap, rest = await self._ask(gap, job)
                case plan.Read(since):
                    if self._is_part(kept):
                        return await self._close(kept, "read_in_part")
                    return await self._read(kept, gap, since)
                case plan.Done():
                    return await self._close(kept, "replayed")
        except Retryable as error:
            log.warning("gap_waits", reason=error.reason)
            self.said = f"X has to be waited for ({error.reason})"
            return _until(error.at, now)
        await self._store.gaps.keep(replace(kept, progress=plan.progress(gap)))
        return min(max(rest, 0.0), REST_S)

    def _next(self, gaps: Sequence[KeptGap], now: datetime) -> tuple[KeptGap, plan.Gap, plan.Step]:
        there = {kept.id for kept in gaps}
        self._readings = {id_: reading for id_, reading in self._readings.items() if id_ in there}
        rests = {id_: reading.rest for id_, reading in self._readings.items() if reading.rest is not None}
        part = plan.Wait(now + timedelta(seconds=REST_S), f"not all of it could be read: {self._bounds}")
        rests |= {kept.id: part for kept in gaps if self._is_part(kept) and now - kept.till < SEEN_FOR}
        chosen = next_of(gaps, now, begun=self._readings.keys(), rests=rests)
        return chosen.kept, chosen.gap, chosen.step

    def _is_part(self, kept: KeptGap) -> bool:
        """Whether it was read with these very bounds and not whole: it would not be at the next try either."""
        return kept.progress.get("part_by") == self._bounds

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

    async def _read(self, kept: KeptGap, gap: plan.Gap, since: datetime) -> float:
        """Read one page; with the last one, hand all over."""
        reading = self._readings.get(kept.id)
        if reading is None or reading.till != kept.till:
            reading = self._readings[kept.id] = _Reading(kept.id, kept.till)
        left = self._settings.max_messages - reading.billed
        if left > 0 and self._settings.reads_per_15_min and not reading.complete:
            await self._page(reading, since - _MARGIN)
            if reading.token is not None and reading.billed < self._settings.max_messages and not reading.complete:
                return 0.0
        reading.complete = True
        found = len(reading.found)
        reading.found = await hand_over(reading.found, self._take, self._clock)
        if reading.found:
            log.warning("gap_not_handed_over", count=len(reading.found), reason=kept.reason)
            reading.rest = plan.Wait(self._clock() + _HAND_OVER_AGAIN, "some of what was read could not be stored yet")
            return 0.0
        log.info("gap_read", count=found, reason=kept.reason)
        del self._readings[kept.id]
        if reading.pages and reading.token is None:
            return await self._close(kept, "read_back")
        outcome = "read_in_part" if reading.pages else "not_read"
        if kept.reason != RESTORED:
            return await self._close(kept, outcome)
        # what is missing is the oldest, which the earlier life may have answered: nobody may think that all is known
        log.error("gap_stays_open", outcome=outcome, reason=kept.reason, count=found)
        GAPS.labels(outcome).inc()
        await self._store.gaps.keep(replace(kept, progress=plan.progress(replace(gap, part_by=self._bounds))))
        return 0.0

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
        reading.pages += 1
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


def _until(at: datetime | None, now: datetime) -> float:
    return _ASK_AGAIN_S if at is None else min(max((at - now).total_seconds(), 1.0), 900.0)
