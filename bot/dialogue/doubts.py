"""Messages over which the action server fell silent: is the message at fault, or is the server away?

An action that does not end, or takes the server down with it, looks like an outage from here; and an outage must bury
nobody. So such a message is put aside while others have their turn, is tried again only right after the server was
seen to answer something else, and only then its failure before counts as a try.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.store.inbound.queued import Choice, Choose, QueuedTurn, Waiting

DOUBT_WAITS_S = (0.5, 5.0, 20.0)
"""How long a message is put aside after its first silence, its second, its later ones. Short at first, as most are a
restart of the server; then long, as each further try may stop the server for everybody."""

OVERDUE_S = 30.0
"""Others go before a message that is due again, but not for longer than this: a long queue must not starve it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is known of one message; moments are monotonic seconds."""

    reason: str
    """How the server fell silent the last time."""
    times: int
    failed_at: float
    due_at: float


@dataclass(slots=True)
class Doubts:
    """Those of one ownership of a partition. Calling it chooses as ``choose`` does, but for them."""

    choose: Choose
    monotonic: Callable[[], float]
    waits_s: tuple[float, ...] = DOUBT_WAITS_S
    _kept: dict[str, Doubt] = field(init=False, default_factory=dict)

    def of(self, turn: QueuedTurn) -> Doubt | None:
        """The doubt about the message a turn begins with."""
        return self._kept.get(turn.messages[0].id)

    def fell_silent(self, turn: QueuedTurn, reason: str) -> None:
        """The action server gave no answer in a try at this turn."""
        times = (before.times if (before := self.of(turn)) else 0) + 1
        now = self.monotonic()
        self._kept[turn.messages[0].id] = Doubt(reason, times, now, now + self._wait_s(times))

    def put_off(self, turn: QueuedTurn) -> None:
        """The server answers nobody: no try was made, and none is for a while."""
        doubt = self._kept[turn.messages[0].id]
        self._kept[turn.messages[0].id] = replace(doubt, due_at=self.monotonic() + self._wait_s(doubt.times))

    def over(self, turn: QueuedTurn) -> None:
        """The turn's messages left the queue."""
        for one in turn.messages:
            self._kept.pop(one.id, None)

    def __call__(self, waiting: Sequence[Waiting], now_ms: int) -> Choice:
        """Others first; of those in doubt that are due again the one with the fewest silences, then the latest.

        The latest: a message that stops the server makes those silent that come after it.
        """
        if not self._kept:
            return self.choose(waiting, now_ms)
        now = self.monotonic()
        doubted = self._shoppers(waiting)
        choice = self.choose([one for one in waiting if one.message.shopper_id not in doubted], now_ms)
        due = {shopper: doubt for shopper, doubt in doubted.items() if doubt.due_at <= now}
        overdue = {shopper: doubt for shopper, doubt in due.items() if doubt.due_at + OVERDUE_S <= now}
        if choice.taken and not overdue:
            return choice
        waits_ms = [
            choice.wait_ms,
            *(round((one.due_at - now) * 1000) + 1 for one in doubted.values() if one not in due.values()),
        ]
        if due:
            shopper = _first(overdue or due)
            theirs = self.choose([one for one in waiting if one.message.shopper_id == shopper], now_ms)
            if theirs.taken:
                return theirs
            waits_ms.append(theirs.wait_ms)
        if choice.taken:
            return choice
        return Choice(wait_ms=min((one for one in waits_ms if one is not None), default=None))

    def _shoppers(self, waiting: Sequence[Waiting]) -> dict[str, Doubt]:
        """Whose messages wait for one in doubt; a shopper's order is kept."""
        found = ((one.message.shopper_id, self._kept.get(one.message.id)) for one in waiting)
        return {shopper: doubt for shopper, doubt in found if doubt is not None}

    def _wait_s(self, times: int) -> float:
        return self.waits_s[min(times, len(self.waits_s)) - 1]


def _first(due: Mapping[str, Doubt]) -> str:
    return min(due, key=lambda shopper: (due[shopper].times, -due[shopper].failed_at))
