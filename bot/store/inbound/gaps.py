"""Signs of life of the way from X to us, and the stretches of time in which something may have been missed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import from_ms, to_ms
from bot.store.access.keys import REPLAYS_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails

MOST_GAPS = 50
"""Beyond, the newest one grows."""
TAIL = timedelta(minutes=1)
"""What a Redis that went away may have lost of its newest writes, with ``appendfsync everysec`` and to spare."""

_NEVER = timedelta(0)
_SIGNS = (b"up", b"event", b"crc", b"lost", b"unsubscribed", b"noted")


@dataclass(frozen=True, slots=True)
class Signs:
    """When intake was last up, and when X last delivered something new or challenged; None before the first time.

    ``lost``: since when nothing may have come, as X does not reach the webhook; None while it does. ``unsubscribed``:
    the same, as X was not asked to deliver messages. ``noted``: up to then what is doubted is noted as a gap.
    """

    up: datetime | None
    event: datetime | None
    crc: datetime | None
    lost: datetime | None = None
    unsubscribed: datetime | None = None
    noted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch of time in which messages may be missing, and why.

    ``read``: empty: X's replay is asked for it. too: it is read back as well, as X may not have tried to deliver all of
    it, and replays only what it tried. only: it is read back alone.
    """

    since: datetime
    till: datetime
    reason: str
    read: str = ""


@dataclass(frozen=True, slots=True)
class KeptGap:
    """One stretch of time, why it is doubted, and how far filling it has come (``progress``: plain JSON values)."""

    id: str
    since: datetime
    till: datetime
    reason: str
    progress: Mapping[str, Any]


class Gaps:
    """Every method raises ``Unavailable``; all of them may be repeated."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def beat(
        self,
        *,
        now: datetime,
        event: datetime | None,
        crc: datetime | None,
        down_after: timedelta,
        silent_after: timedelta = _NEVER,
        doubts: Sequence[Doubt] = (),
    ) -> str:
        """Say that intake is up, what X last sent it that was new, and what it refused.

        Opens a gap where nobody said so for ``down_after``, X sent nothing for ``silent_after`` (0: however long), or
        something is doubted; answers the reasons of those opened. What is doubted on and on is one gap that grows.
        """
        return await self._beat(now, _ms(event), _ms(crc), down_after, silent_after, doubts, tells=True)

    async def doubt(self, doubt: Doubt, *, silent_after: timedelta = _NEVER) -> None:
        """Note a stretch somebody but intake noticed. What is silent right before it is taken along."""
        await self._beat(doubt.till, 0, 0, _NEVER, silent_after, (doubt,), tells=False)

    async def _beat(
        self,
        now: datetime,
        event: int,
        crc: int,
        down_after: timedelta,
        silent_after: timedelta,
        doubts: Sequence[Doubt],
        *,
        tells: bool,
    ) -> str:
        keys = self._wire.keys
        # what others than intake doubt is in the time of what they read here
        own_time = tells and self._wire.moment(now) == ""
        doubted = [[to_ms(one.since), to_ms(one.till), one.reason, one.read] for one in doubts]
        said = await self._wire.run(
            "beat",
            [keys.account("signs"), keys.account("gaps")],
            [
                to_ms(now), int(own_time), event, crc, _span(down_after), _span(silent_after), MOST_GAPS, _span(TAIL),
                json.dumps(doubted), int(tells),
            ],
        )  # fmt: skip
        return bytes(said).decode()

    async def signs(self) -> Signs:
        """What intake has said of itself, all its processes together."""
        kept = await self._wire.hash_at(self._wire.keys.account("signs"))
        return Signs(*(from_ms(kept[name]) if int(kept.get(name, b"0")) else None for name in _SIGNS))

    async def note_lost(self, since: datetime, why: str = "lost") -> None:
        """Note since when nothing may have come; what was noted before stays. ``why``: lost or unsubscribed."""
        with unavailable_if_redis_fails():
            await self._wire.commands.hsetnx(self._wire.keys.account("signs"), why, str(to_ms(since)))

    async def found_again(self, why: str = "lost") -> None:
        """X reaches us again, and the gap is noted."""
        with unavailable_if_redis_fails():
            await self._wire.commands.hdel(self._wire.keys.account("signs"), why)

    async def open(self, since: datetime, till: datetime, reason: str) -> str:
        """Note a stretch of time to be fetched; answers its id. The same one is noted once."""
        id_ = f"{to_ms(since)}-{to_ms(till)}"
        kept = {"since": str(to_ms(since)), "till": str(to_ms(till)), "reason": reason}
        await self._set(id_, json.dumps(kept), new=True)
        return id_

    async def all(self) -> tuple[KeptGap, ...]:
        """The open gaps, oldest first."""
        kept = await self._wire.hash_at(self._wire.keys.account("gaps"))
        found = [_read(id_.decode(), json.loads(value)) for id_, value in kept.items()]
        return tuple(sorted(found, key=lambda gap: gap.since))

    async def keep(self, gap: KeptGap) -> None:
        """Keep how far a gap has come. Nothing where it was closed meanwhile; where it grew it stays as long."""
        kept = {**gap.progress, "since": str(to_ms(gap.since)), "till": str(to_ms(gap.till)), "reason": gap.reason}
        await self._set(gap.id, json.dumps(kept), till=gap.till)

    async def close(self, gap: KeptGap) -> None:
        """Nothing more is to be fetched of it; where it grew meanwhile, the new stretch stays."""
        await self._set(gap.id, "", till=gap.till)

    async def replay_ended(self, job_id: str, *, complete: bool) -> None:
        """Note X's word on a replay job."""
        key = self._wire.keys.account("replays")
        await self._wire.run("note_replay", [key], [job_id, int(complete), seconds(REPLAYS_FOR)])

    async def how_replay_ended(self, job_id: str) -> bool | None:
        """Whether a job delivered everything; None while it runs."""
        said = (await self._wire.hash_at(self._wire.keys.account("replays"))).get(job_id.encode())
        return None if said is None else said == b"1"

    async def hold(self, owner: str, for_s: float) -> bool:
        """Be the one process that fills gaps, for so many seconds from now."""
        return bool(await self._wire.run("hold", [self._wire.keys.account("filler")], [owner, int(for_s * 1000)]))

    async def let_go(self, owner: str) -> None:
        """Let another process fill gaps."""
        await self._wire.run("let_go", [self._wire.keys.account("filler")], [owner])

    async def _set(self, id_: str, value: str, *, new: bool = False, till: datetime | None = None) -> None:
        end = "" if till is None else to_ms(till)
        await self._wire.run("set_gap", [self._wire.keys.account("gaps")], [id_, value, int(new), end])


def _read(id_: str, kept: dict[str, Any]) -> KeptGap:
    since, till, reason = kept.pop("since"), kept.pop("till"), kept.pop("reason")
    return KeptGap(id_, from_ms(since), from_ms(till), reason, kept)


def _ms(moment: datetime | None) -> int:
    return 0 if moment is None else to_ms(moment)


def _span(length: timedelta) -> int:
    return int(length.total_seconds() * 1000)
