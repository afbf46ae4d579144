"""Asks X whether our webhook is valid; has it checked where it is not or was long silent; notes what may be lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.errors import Refused, Retryable
from bot.gaps.ports import Hooks, ours
from bot.metrics import LAST_CRC, LAST_EVENT, WEBHOOK_CHECKS, WEBHOOK_VALID
from bot.settings import GapsSettings
from bot.store.inbound.gaps import Gaps, Signs

log = structlog.get_logger()

_LONGEST = timedelta(hours=24)
_JUST_NOW = timedelta(minutes=1)
"""Intake beats more often than that while it runs."""


class Watching:
    """One check after the other, each by `check`."""

    def __init__(self, *, hooks: Hooks, gaps: Gaps, settings: GapsSettings, webhook_url: str, clock: Clock) -> None:
        self._hooks = hooks
        self._gaps = gaps
        self._settings = settings
        self._url = webhook_url
        self._clock = clock
        self._valid_at: datetime | None = None
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
        if webhook.valid and signs.lost is None and not self._silent(signs, now):
            self._valid_at = now
            return "valid"
        if webhook.valid and signs.lost is None and not self._intake_runs(signs, now):
            # X would come to a door nobody opens, and may switch the webhook off for it
            log.warning("webhook_not_proven")
            return "valid"
        lost = signs.lost if webhook.valid else await self._lost(signs, now)
        # an invalid one is switched on again by this; of a silent one it proves the way, as X must reach us for it
        if not await self._validated(webhook.id):
            await self._lost(signs, now)
            log.error("webhook_invalid")
            return "invalid"
        self._valid_at = self._proven_at = now
        if lost is None:
            return "valid"
        await self._gaps.open(lost, now, "webhook_invalid")
        log.warning("gap_noticed", reason="webhook_invalid", at=lost.isoformat())
        await self._gaps.found_again()
        return "revalidated"

    async def _validated(self, webhook_id: str) -> bool:
        try:
            return await self._hooks.validate(webhook_id)
        except Refused as refused:
            log.error("webhook_refused", reason=refused.reason)
            return False

    async def _lost(self, signs: Signs, now: datetime) -> datetime:
        """Since when nothing may have come: the last thing that did, or the last check that was well."""
        if signs.lost is not None:
            return signs.lost
        known = [moment for moment in (signs.event, self._valid_at) if moment is not None]
        since = max([*known, now - _LONGEST])
        await self._gaps.note_lost(since)
        return since

    def _intake_runs(self, signs: Signs, now: datetime) -> bool:
        return signs.up is not None and now - signs.up < _JUST_NOW

    def _silent(self, signs: Signs, now: datetime) -> bool:
        last = max((moment for moment in (signs.event, signs.crc, self._proven_at) if moment is not None), default=None)
        return last is None or now - last > timedelta(minutes=self._settings.silent_after_min)


def _tell(signs: Signs) -> None:
    """When X last came to any intake: a new intake knows only what came to itself, nothing right after a release."""
    for gauge, moment in ((LAST_EVENT, signs.event), (LAST_CRC, signs.crc)):
        if moment is not None:
            gauge.set(moment.timestamp())
