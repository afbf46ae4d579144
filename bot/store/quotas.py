"""X's allowance for the account: spent before the call, in one script, by every sender."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.clock import from_ms, to_ms
from bot.errors import Unavailable
from bot.metrics import QUOTA_WAITS
from bot.store.keys import PAUSE_FOR, seconds
from bot.store.wire import Wire, unavailable_if_redis_fails

Window = tuple[str, int, int]
"""Name, most calls, and length in seconds of a sliding window."""


_REFUNDABLE = 64


class Quotas:
    """Counts calls to X. Where Redis does not answer, nothing is spent: no quota, no call."""

    def __init__(self, wire: Wire, new_token: Callable[[], str] = lambda: secrets.token_hex(8)) -> None:
        self._wire = wire
        self._new_token = new_token
        self._spent: deque[tuple[int, str]] = deque(maxlen=_REFUNDABLE)  # moment (ms) and token of our latest calls

    async def spend(self, windows: Sequence[Window], now: datetime) -> datetime | None:
        """Count one call in all of the windows, or in none.

        Returns:
            None when spent; else the moment at which there is room in all of them again.
        """
        moment, token = to_ms(now), self._new_token()
        limits = [number for _, limit, length in windows for number in (limit, length * 1000)]
        said = await self._wire.run(
            "spend_quota",
            self._names(windows),
            [moment, token, *limits],
        )
        if int(said[0]) == 0:
            self._spent.append((moment, token))
            return None
        QUOTA_WAITS.labels(windows[int(said[1]) - 1][0]).inc()
        return from_ms(said[0])

    async def refund(self, windows: Sequence[Window], spent_at: datetime) -> None:
        """Give one call back that we spent at ``spent_at`` and never made.

        Only the latest calls of this very process can be given back; of others nothing happens, which is the safe
        side: a call too many stays counted.
        """
        spent = next((one for one in self._spent if one[0] == to_ms(spent_at)), None)
        if spent is None:
            return
        self._spent.remove(spent)
        try:
            await self._wire.run("refund_quota", self._names(windows), [spent[1]])
        except Unavailable:
            self._spent.append(spent)  # may be asked for again
            raise

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
