"""Sending paused by people: at once, or after what is under way has ended. X's own pauses are in `quotas`."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_ms, to_ms
from bot.store.access.wire import Wire, unavailable_if_redis_fails


class Hold(enum.Enum):
    """What people let senders do."""

    OPEN = "open"
    DRAIN = "drain"
    """Nothing new is begun; Sends in doubt are still looked after at X."""
    PAUSE = "pause"
    """X is not called at all, also not to look."""


@dataclass(frozen=True, slots=True)
class Held:
    """Who of the people paused sending since when, and why. Kept until somebody resumes, through restarts."""

    hold: Hold
    why: str
    since: datetime


class Holds:
    """Reads and sets what people let senders do. A sender asks before every claim; calls under way end."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def read(self) -> Held | None:
        """The pause in force; None where sending is open."""
        kept = await self._wire.hash_at(self._wire.keys.account("held"))
        if not kept:
            return None
        return Held(Hold(kept[b"hold"].decode()), kept[b"why"].decode(), from_ms(kept[b"since"]))

    async def now(self) -> Hold:
        """What senders may do."""
        held = await self.read()
        return Hold.OPEN if held is None else held.hold

    async def hold(self, hold: Hold, *, why: str, now: datetime) -> None:
        """Pause, or drain; the latest word of people holds. It touches no pause that X asked for.

        Raises:
            ValueError: to open is to `resume`.
        """
        if hold is Hold.OPEN:
            raise ValueError("to open is to resume")
        with unavailable_if_redis_fails():
            said = {"hold": hold.value, "why": why, "since": str(to_ms(now))}
            await self._wire.commands.hset(
                self._wire.keys.account("held"), items=[part for one in said.items() for part in one]
            )

    async def resume(self) -> bool:
        """Open what people paused; False where nothing was. A pause that X asked for stays."""
        with unavailable_if_redis_fails():
            gone = bool(await self._wire.commands.delete(self._wire.keys.account("held")))
        await self._wire.ring()
        return gone
