"""Sliding windows all processes share: X's allowance, budgets, a department's requests. Spent in one script."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from bot.clock import from_ms, to_ms
from bot.metrics import QUOTA_WAITS
from bot.pseudonyms import Pseudonym
from bot.store.access.keys import PAUSE_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails

Window = tuple[str, int, int]
"""Name, most calls, and length in seconds of a sliding window."""


@dataclass(frozen=True, slots=True)
class Full:
    """No room: ``again`` is when there is room in all windows, ``window`` the name of the one that takes longest.

    ``wait`` is how long until then by the clock that counted, which may be another than the caller's.
    """

    again: datetime
    window: str
    wait: timedelta = field(default=timedelta(), compare=False)


class Quotas:
    """Counts calls, most of them to X. Where Redis does not answer, nothing is spent: no quota, no call.

    Where ``now`` is None Redis' own clock counts. So it is in production: of two senders whose clocks differ, the
    one ahead would forget calls that still count. Tests hand a moved clock in.

    Windows outlive the Sends they count, by weeks: tokens and marks of texts stand in them under keyed names, so that
    nobody can try out there whether somebody was sent something, or what.
    """

    def __init__(
        self,
        wire: Wire,
        name: Pseudonym = lambda plain: plain,
        new_token: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self._wire = wire
        self._name = name
        self._new_token = new_token

    async def spend(self, windows: Sequence[Window], now: datetime | None, *, token: str = "") -> Full | None:
        """Count one call in all of the windows, or in none.

        Args:
            windows: each with the limit that holds for this very call.
            now: the moment of the call; None: by Redis' clock.
            token: names the call, so that it can be given back; made up where left out. One that is counted already
                is counted at this moment instead, where there is room beside all others.

        Returns:
            None when spent.
        """
        limits = [number for _, limit, length in windows for number in (limit, length * 1000)]
        moment = "" if now is None else to_ms(now)
        said = await self._wire.run(
            "spend_quota", self._names(windows), [moment, self._name(token or self._new_token()), *limits]
        )
        if int(said[0]) == 0:
            return None
        again = from_ms(said[0])
        full = Full(again, windows[int(said[1]) - 1][0], again - from_ms(said[2]))
        QUOTA_WAITS.labels(full.window.split(":", 1)[0]).inc()  # a budget's own name would make a label without end
        return full

    async def refund(self, windows: Sequence[Window], token: str) -> None:
        """Give the call of this token back, in every window: it was never made. Twice does no harm."""
        await self._wire.run("refund_quota", self._names(windows), [self._name(token)])

    async def spent(self, window: Window, now: datetime) -> tuple[datetime, ...]:
        """When the calls were made that still count in a window, oldest first."""
        return tuple((await self.counted(window, now)).values())

    def named(self, token: str) -> str:
        """The name a token stands under in `counted`."""
        return self._name(token)

    async def counted(self, window: Window, now: datetime) -> dict[str, datetime]:
        """The calls that still count in a window by their tokens' names, oldest first."""
        _, _, length = window
        since = f"({to_ms(now - timedelta(seconds=length))}"
        with unavailable_if_redis_fails():
            kept = await self._wire.commands.zrangebyscore(self._names([window])[0], since, "+inf", withscores=True)
        return {token.decode(): from_ms(score) for token, score in cast("list[tuple[bytes, float]]", kept)}

    async def left(self, windows: Sequence[Window], now: datetime) -> dict[str, int]:
        """Calls that each window has room for, by its name."""
        await self._wire.check_layout()
        with unavailable_if_redis_fails():
            async with self._wire.commands.pipeline(transaction=False) as pipe:
                for (_, _, length), name in zip(windows, self._names(windows), strict=True):
                    pipe.zcount(name, f"({to_ms(now - timedelta(seconds=length))}", "+inf")
                used = await pipe.execute()
        return {name: max(0, limit - int(count)) for (name, limit, _), count in zip(windows, used, strict=True)}

    async def pause_until(self, at: datetime, reason: str) -> None:
        """No Send before ``at``; a longer pause stays."""
        await self._wire.run("pause", [self._wire.keys.account("paused")], [to_ms(at), reason, seconds(PAUSE_FOR)])

    async def paused_until(self) -> datetime | None:
        """The end of the latest pause, perhaps past; None where there was none."""
        return (await self.pause())[0]

    async def pause(self) -> tuple[datetime | None, str]:
        """The end of the latest pause (perhaps past; None where there was none) and its reason."""
        with unavailable_if_redis_fails():
            kept = await self._wire.commands.hmget(self._wire.keys.account("paused"), ["until", "reason"])
        until, reason = cast("list[bytes | None]", kept)
        return (None if until is None else from_ms(until)), (reason or b"").decode()

    def _names(self, windows: Sequence[Window]) -> list[str]:
        return [self._wire.keys.account(f"window:{self._sealed(name)}") for name, _, _ in windows]

    def _sealed(self, window: str) -> str:
        """A window's name; of one that counts a text, with the text's mark under a keyed name."""
        kind, _, mark = window.partition(":")
        return f"{kind}:{self._name(mark)}" if kind == "text" else window
