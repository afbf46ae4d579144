"""X's allowance for the account: spent before the call, in one script, by every sender."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.clock import from_ms, to_ms
from bot.metrics import QUOTA_WAITS
from bot.store.keys import PAUSE_FOR, seconds
from bot.store.wire import Wire, unavailable_if_redis_fails

Window = tuple[str, int, int]
"""Name, most calls, and length in seconds of a sliding window."""


class Quotas:
    """Counts calls to X. Where Redis does not answer, nothing is spent: no quota, no call."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def spend(self, windows: Sequence[Window], now: datetime) -> datetime | None:
        """Count one call in all of the windows, or in none.

        Returns:
            None when spent; else the moment at which there is room in all of them again.
        """
        limits = [number for _, limit, length in windows for number in (limit, length * 1000)]
        said = await self._wire.run(
            "spend_quota",
            [self._wire.keys.account("spent"), *self._names(windows)],
            [to_ms(now), *limits],
        )
        if int(said[0]) == 0:
            return None
        QUOTA_WAITS.labels(windows[int(said[1]) - 1][0]).inc()
        return from_ms(said[0])

    async def refund(self, windows: Sequence[Window], spent_at: datetime) -> None:
        """Give one call back that was spent at ``spent_at`` and never made."""
        await self._wire.run("refund_quota", self._names(windows), [to_ms(spent_at)])

    async def pause_until(self, at: datetime, reason: str) -> None:
        """No Send before ``at``; a longer pause stays."""
        await self._wire.run("pause", [self._wire.keys.account("paused")], [to_ms(at), reason, seconds(PAUSE_FOR)])

    async def paused_until(self) -> datetime | None:
        """The end of the latest pause, perhaps past; None where there was none."""
        with unavailable_if_redis_fails():
            until = await self._wire.commands.hget(self._wire.keys.account("paused"), "until")
        return None if until is None else from_ms(until)

    def _names(self, windows: Sequence[Window]) -> list[str]:
        return [self._wire.keys.account(f"window:{name}") for name, _, _ in windows]
