"""Tells people who look how the way out fares: every few seconds, as metrics."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.metrics import (
    BREAKER_OPEN,
    OUTBOX_AT_X,
    OUTBOX_DUE,
    OUTBOX_OLDEST_DOUBT,
    OUTBOX_OLDEST_DUE,
    OUTBOX_WAITING,
    QUOTA_LEFT,
    SENDING_PAUSED,
)
from bot.sending.health import Health
from bot.sending.pace import all_windows
from bot.store.connection import Store
from bot.x.limits import Limits

EVERY = timedelta(seconds=5)


class Gauges:
    """Keeps the gauges of one sender true."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._windows = all_windows(limits)
        self._told_at: datetime | None = None
        self._paused_for = ""

    async def tell(self, now: datetime, health: Health) -> None:
        """Read the figures and set the gauges; nothing where that was done a moment ago."""
        if self._told_at is not None and timedelta(0) <= now - self._told_at < EVERY:
            return
        self._told_at = now
        figures = await self._store.figures.read(now)
        OUTBOX_WAITING.set(await self._store.outbox.waiting())
        for lane, count in figures.waiting.items():
            OUTBOX_DUE.labels(lane).set(count)
            OUTBOX_OLDEST_DUE.labels(lane).set(figures.oldest[lane].total_seconds())
        OUTBOX_AT_X.set(figures.at_x)
        OUTBOX_OLDEST_DOUBT.set(figures.oldest_doubt.total_seconds())
        for window, left in (await self._store.quotas.left(self._windows, now)).items():
            QUOTA_LEFT.labels(window).set(left)
        BREAKER_OPEN.set(health.breaker.is_open)
        await self._tell_pause(now)

    async def _tell_pause(self, now: datetime) -> None:
        until, reason = await self._store.quotas.pause()
        seconds = 0.0 if until is None else max(0.0, (until - now).total_seconds())
        if self._paused_for and self._paused_for != reason:
            SENDING_PAUSED.labels(self._paused_for).set(0)
        if reason:
            SENDING_PAUSED.labels(reason).set(seconds)
            self._paused_for = reason
