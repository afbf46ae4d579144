"""Asks X whether webhook and subscriptions are as they must be; has the way proven; notes what may be lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.errors import Refused, Retryable
from bot.gaps.ports import Hooks, ours
from bot.metrics import LAST_CRC, LAST_EVENT, SUBSCRIPTIONS_MISSING, WEBHOOK_CHECKS, WEBHOOK_VALID
from bot.settings import GapsSettings
from bot.store.inbound.gaps import Doubt, Gaps, Signs
from bot.x.webhooks import missing_events

log = structlog.get_logger()

_MESSAGES = "dm.received"
_JUST_NOW = timedelta(minutes=1)
"""Intake beats more often than that while it runs."""


class Watching:
    """One check after the other, each by `check`."""

    def __init__(
        self, *, hooks: Hooks, gaps: Gaps, settings: GapsSettings, webhook_url: str, account_id: str, clock: Clock
    ) -> None:
        self._hooks = hooks
        self._gaps = gaps
        self._settings = settings
        self._url = webhook_url
        self._account = account_id
        self._clock = clock
        self._check_every = timedelta(seconds=settings.check_every_s)
        self._silent_after = timedelta(minutes=settings.silent_after_min)
        self._valid_at: datetime | None = None
        self._subscribed_at: datetime | None = None
        self._proven_at: datetime | None = None

    async def check(self) -> str:
        """Check once; answers valid, revalidated, invalid, missing or unknown.

        Raises:
            Unavailable: the store did not answer.
        """
        try:
            found = await self._checked()
        except Retryable as error:
            log.warning("webhook_not_checked", reason=error.reason)
            found = "unknown"
        WEBHOOK_CHECKS.labels(found).inc()
        WEBHOOK_VALID.set({"valid": 1, "revalidated": 1, "unknown": -1}.get(found, 0))
        return found

    async def _checked(self) -> str:
        signs, now = await self._gaps.signs(), self._clock()
        _tell(signs)
        webhook = ours(await self._hooks.webhooks(), self._url)
        if webhook is None:
            await self._lost(signs, now)
            log.error("webhook_missing")
            return "missing"
        await self._look_at_subscriptions(webhook.id, signs, now)
        if webhook.valid and signs.lost is None and self._came_lately(signs, now):
            self._valid_at = now
            return "valid"
        if webhook.valid and signs.lost is None and not self._intake_runs(signs, now):
            # X would come to a door nobody opens, and may switch the webhook off for it
            log.warning("webhook_not_proven")
            return "valid"
        lost = signs.lost if webhook.valid else await self._lost(signs, now)
        # an invalid one is switched on again by this; of a quiet one it proves the way, as X must reach us for it. It
        # proves no more than this moment and a GET: deliveries that stay out are a gap all the same (beat.lua)
        if not await self._validated(webhook.id):
            await self._lost(signs, now)
            log.error("webhook_invalid")
            return "invalid"
        self._valid_at = self._proven_at = now
        if lost is None:
            return "valid"
        await self._gaps.doubt(Doubt(lost, now, "webhook_invalid", "too"), silent_after=self._silent_after)
        log.warning("gap_noticed", reason="webhook_invalid", at=lost.isoformat())
        await self._gaps.found_again()
        return "revalidated"

    async def _validated(self, webhook_id: str) -> bool:
        try:
            return await self._hooks.validate(webhook_id)
        except Refused as refused:
            log.error("webhook_refused", reason=refused.reason)
            return False

    async def _look_at_subscriptions(self, webhook_id: str, signs: Signs, now: datetime) -> None:
        """Tell what X was not asked to deliver; where that was messages, they are read back once it is asked again."""
        try:
            missing = missing_events(await self._hooks.subscriptions(), self._account, webhook_id)
        except (Refused, Retryable) as error:
            log.warning("subscriptions_not_told", reason=error.reason)
            SUBSCRIPTIONS_MISSING.set(-1)
            return
        SUBSCRIPTIONS_MISSING.set(len(missing))
        for name in missing:
            log.error("not_subscribed", event_type=name)
        if _MESSAGES in missing:
            if signs.unsubscribed is None and (signs.event or self._subscribed_at) is not None:
                await self._gaps.note_lost(_since(now, signs.event, self._subscribed_at), "unsubscribed")
            return
        self._subscribed_at = now
        if signs.unsubscribed is not None:
            # X replays nothing from before a subscription
            await self._gaps.doubt(Doubt(signs.unsubscribed, now, "unsubscribed", "only"))
            log.warning("gap_noticed", reason="unsubscribed", at=signs.unsubscribed.isoformat())
            await self._gaps.found_again("unsubscribed")

    async def _lost(self, signs: Signs, now: datetime) -> datetime:
        """Since when nothing may have come: the last thing that did, or the last check that was well.

        What is noted as a gap is no such sign: most gaps are replayed alone, and of what X did not try a replay brings
        nothing. It counts only where nothing else is known.
        """
        if signs.lost is not None:
            return signs.lost
        since = _since(signs.noted or now, signs.event, self._valid_at)
        await self._gaps.note_lost(since)
        return since

    def _intake_runs(self, signs: Signs, now: datetime) -> bool:
        return signs.up is not None and now - signs.up < _JUST_NOW

    def _came_lately(self, signs: Signs, now: datetime) -> bool:
        """Whether something of X's came since the last check; anybody can ask for a CRC, so that is no sign."""
        known = [moment for moment in (signs.event, self._proven_at) if moment is not None]
        return bool(known) and now - max(known) < self._check_every


def _since(new: datetime, *known: datetime | None) -> datetime:
    """The latest known; where there is none giftbot is ``new`` here, and what was said before is not its own."""
    return max((moment for moment in known if moment is not None), default=new)


def _tell(signs: Signs) -> None:
    """When X last came to any intake: a new intake knows only what came to itself, nothing right after a release."""
    for gauge, moment in ((LAST_EVENT, signs.event), (LAST_CRC, signs.crc)):
        if moment is not None:
            gauge.set(moment.timestamp())
