"""Which waiting messages are one turn, and whether to wait for more. Pure.

People write "hi", "gift for my mum", "under £30" one after the other within seconds. Three answers would come too
early, cost three of the fifteen messages X allows in a quarter of an hour, and ask for what is being typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.model import InboundMessage
from bot.settings import DialogueSettings
from bot.store.inbound.queued import Choice, Waiting

MOST_MESSAGES = 10
MOST_CHARACTERS = 1_000
"""Bounds of one turn; what is beyond them is the next turn."""
PATIENCE = 3
"""A shopper who goes on writing is waited for at most so many times as long as one who is quiet."""
JOINT = "\n"
"""Between the messages of one turn. Measured beside ". ", ", " and " " (docs/turns.md): the parsers take a line's end
for the end of a thought, which keeps "not candles" from running into "something for the garden"."""


@dataclass(frozen=True, slots=True)
class Bursts:
    """The rules; times in seconds. Calling it chooses as `bot.store.inbound.queued.Choose` says."""

    gap_s: float
    """Messages written within so much of each other belong together; 0: none do."""
    quiet_s: float
    """How long a shopper must be quiet after a short message."""
    short: int
    """Characters up to which a message is short."""

    @classmethod
    def of(cls, settings: DialogueSettings) -> Bursts:
        """The rules as they are set. With a single try there is none to find out which of several is at fault."""
        together = settings.max_tries > 1
        return cls(settings.burst_gap_s if together else 0, settings.burst_s if together else 0, settings.burst_short)

    def __call__(self, waiting: Sequence[Waiting], now_ms: int) -> Choice:
        """The turn of the shopper who waits longest and has been quiet; nobody holds anybody else up."""
        shoppers: dict[str, list[Waiting]] = {}
        for one in waiting:
            shoppers.setdefault(one.message.shopper_id, []).append(one)
        shortest: int | None = None
        for theirs in shoppers.values():
            in_order = sorted(theirs, key=lambda one: one.message.sent_at)  # X may deliver in another order
            turn = self._first_turn(in_order)
            hold = self._hold_ms(turn, now_ms) if len(turn) == len(theirs) else 0
            if hold <= 0:
                return Choice(turn)
            shortest = hold if shortest is None else min(shortest, hold)
        return Choice(wait_ms=shortest)

    def _first_turn(self, theirs: list[Waiting]) -> tuple[Waiting, ...]:
        turn = [theirs[0]]
        characters = len(theirs[0].message.text)
        for before, one in pairwise(theirs):
            characters += len(one.message.text)
            if len(turn) == MOST_MESSAGES or characters > MOST_CHARACTERS or not self._together(before, one):
                break
            turn.append(one)
        return tuple(turn)

    def _together(self, before: Waiting, one: Waiting) -> bool:
        if before.replay or one.replay:
            return False  # brought back by a person, one by one
        if before.stops != one.stops:
            return False  # they said stop and start in between: what is from before it is never answered
        apart = (one.message.sent_at - before.message.sent_at).total_seconds()
        return apart <= self.gap_s if self.gap_s > 0 else False

    def _hold_ms(self, turn: tuple[Waiting, ...], now_ms: int) -> int:
        """Milliseconds to wait for more. By Redis' clock alone; if it jumped back, nobody waits."""
        first, last = min(one.at_ms for one in turn), max(one.at_ms for one in turn)
        if self.gap_s <= 0 or turn[-1].replay or len(turn[-1].message.text) > self.short or now_ms < last:
            return 0
        quiet_ms = round(self.quiet_s * 1000)
        return min(last + quiet_ms, first + PATIENCE * quiet_ms) - now_ms


def as_one(messages: Sequence[InboundMessage]) -> InboundMessage:
    """What the understanding is given: all the words, under the id and time of the last message."""
    if len(messages) == 1:
        return messages[0]
    return replace(messages[-1], text=JOINT.join(one.text for one in messages))
