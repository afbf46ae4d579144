"""X's allowance, shared: answers first, a small share for everything else, and a few in reserve for answers alone.

Every call is counted before it is made, in all the windows it belongs to or in none (bot.store.outbound.quotas).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import Unavailable
from bot.store.outbound.quotas import Full, Quotas, Window
from bot.x.limits import DAY_S, QUARTER_S, Limits

_ASK_AGAIN = timedelta(seconds=10)  # a call given back, or a figure changed, makes room earlier than told

PROBE = "dm_probe"


class Lane(enum.Enum):
    """The two queues of what is due."""

    ANSWERS = "answers"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One call that is counted, and may be given back as long as it was not made."""

    lane: Lane
    token: str
    windows: tuple[Window, ...]


def windows_of(lane: Lane, limits: Limits, *, others_wait: bool) -> tuple[Window, ...]:
    """The windows a Send of a lane counts in, with the limits that hold for it.

    While others wait, answers leave them their share of the 15 minutes; else answers may have all of it. Others end
    a little before the day's allowance does: the last ones are for answers.
    """
    if lane is Lane.ANSWERS:
        share = limits.answers_beside_others if others_wait else limits.per_15_min
        return (
            ("dm_15_min", limits.per_15_min, QUARTER_S),
            ("dm_answers_15_min", share, QUARTER_S),
            ("dm_24_h", limits.per_24_h, DAY_S),
        )
    whole = (("dm_15_min", limits.per_15_min, QUARTER_S), ("dm_24_h", limits.others_end_at, DAY_S))
    return (*whole, *_others(limits))


def _others(limits: Limits) -> tuple[Window, ...]:
    return (
        ("dm_others_15_min", limits.others_per_15_min, QUARTER_S),
        ("dm_others_24_h", limits.others_per_24_h, DAY_S),
    )


def all_windows(limits: Limits) -> tuple[Window, ...]:
    """Every window of the account with its own limit, for people who look."""
    whole = {name: (name, limit, length) for name, limit, length in windows_of(Lane.OTHERS, limits, others_wait=False)}
    whole |= {window[0]: window for window in windows_of(Lane.ANSWERS, limits, others_wait=False)}
    return (*whole.values(), retries(limits), reads(limits))


def retries(limits: Limits) -> Window:
    """Tries that are not a Send's first."""
    return ("dm_retries_15_min", limits.retries_per_15_min, QUARTER_S)


def reads(limits: Limits) -> Window:
    """Reads of talks; others who read at X spend of this window too."""
    return ("dm_read", limits.reads_per_15_min, QUARTER_S)


class Pace:
    """Hands out tickets. ``now`` is what a call is counted at; None: by Redis' own clock."""

    def __init__(
        self, quotas: Quotas, limits: Limits, new_token: Callable[[], str], now: Callable[[], datetime | None]
    ) -> None:
        self._quotas = quotas
        self._limits = limits
        self._new_token = new_token
        self._now = now
        self._full: dict[Lane, datetime] = {}
        self._lost: list[tuple[tuple[Window, ...], str]] = []

    @property
    def limits(self) -> Limits:
        """The account's limits."""
        return self._limits

    def full_until(self, lane: Lane, now: datetime) -> datetime | None:
        """Until when it makes no sense to ask for a ticket of a lane; None where it does."""
        until = self._full.get(lane)
        return until if until is not None and until > now else None

    async def ticket(self, due: Collection[Lane], now: datetime, *, probe_s: int = 0) -> Ticket | None:
        """Count one call for the first of the due lanes that has room; None where none has, see `full_until`.

        A call of which it is not known whether it was counted is not made; it is given back before the next one.

        Args:
            due: lanes with a Send that is due.
            now: the sender's own moment, for when to ask again.
            probe_s: where not 0, at most one call in so many seconds, of all senders together.
        """
        while self._lost:
            await self._quotas.refund(*self._lost[-1])
            self._lost.pop()
        probe: tuple[Window, ...] = ((PROBE, 1, probe_s),) if probe_s else ()
        open_ = [lane for lane in Lane if lane in due and self.full_until(lane, now) is None]
        others_wait = Lane.OTHERS in open_
        asked = [(lane, windows_of(lane, self._limits, others_wait=others_wait)) for lane in open_]
        if len(asked) == len(Lane):
            # where the others' own share is used up, answers need leave them nothing
            asked.append((Lane.ANSWERS, windows_of(Lane.ANSWERS, self._limits, others_wait=False)))
        for lane, windows in asked:
            token = self._new_token()
            try:
                full = await self._quotas.spend((*windows, *probe), self._now(), token=token)
            except Unavailable:
                self._lost.append(((*windows, *probe), token))
                raise
            if full is None:
                self._full.pop(lane, None)
                return Ticket(lane, token, windows)
            self._full[lane] = min(full.again, now + _ASK_AGAIN)
        return None

    async def give_back(self, ticket: Ticket) -> None:
        """No call was made at all."""
        await self._quotas.refund((*ticket.windows, retries(self._limits), (PROBE, 1, 0)), ticket.token)
        self._full.pop(ticket.lane, None)

    async def only_looks(self, ticket: Ticket) -> None:
        """It is a look and no Send: X's windows for Sends have their call back; of a probe it was one."""
        await self._quotas.refund(ticket.windows, ticket.token)
        self._full.pop(ticket.lane, None)

    async def word(self, send_id: str) -> Full | None:
        """Take a word's place in the others' share, before it is even put into the outbox."""
        return await self._quotas.spend(_others(self._limits), self._now(), token=send_id)

    async def word_back(self, send_id: str) -> None:
        """That word will not be said."""
        await self._quotas.refund(_others(self._limits), send_id)

    async def not_an_answer(self, ticket: Ticket) -> None:
        """The call of this ticket counts in X's windows, but not as an answer."""
        await self._quotas.refund([one for one in ticket.windows if one[0] == "dm_answers_15_min"], ticket.token)

    async def retry(self, ticket: Ticket) -> Full | None:
        """Count a try that is not a Send's first."""
        return await self._quotas.spend([retries(self._limits)], self._now(), token=ticket.token)

    async def read(self) -> Full | None:
        """Count a read of a talk."""
        return await self._quotas.spend([reads(self._limits)], self._now())

    async def budget(self, windows: Sequence[Window], send_id: str) -> Full | None:
        """Count a Send in budgets that many shoppers share: once, at its latest try."""
        return await self._quotas.spend(windows, self._now(), token=send_id) if windows else None

    async def budget_back(self, windows: Sequence[Window], send_id: str) -> None:
        """X certainly has not taken a Send, and it will not be tried again."""
        if windows:
            await self._quotas.refund(windows, send_id)
