"""Which gap to go on with. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.gaps import plan
from bot.store.inbound.gaps import KeptGap
from bot.store.inbound.restored import RESTORED

_HELD = timedelta(minutes=1)
_HELD_BY = "what happened since the backup is read back first"


@dataclass(frozen=True, slots=True)
class Next:
    """A gap as the store has it, as it stands now, and what to do about it."""

    kept: KeptGap
    gap: plan.Gap
    step: plan.Step


def next_of(gaps: Sequence[KeptGap], now: datetime, *, begun: Collection[str], rests: Mapping[str, plan.Wait]) -> Next:
    """The gap to go on with, of one or more; its step is to wait where nothing can be done for any.

    What is being read comes before what is not, as its pages are paid for and X's tokens for them age. A gap that must
    wait holds up none that need not. What happened since a backup that was restored is first of all: replayed, it would
    be answered once more, so until it is read no gap that reaches into it is replayed.

    Args:
        gaps: oldest first.
        now: the moment of asking.
        begun: ids of those being read back.
        rests: how long nothing is to be done about a gap, by its id.
    """
    found = [_now(kept, now, rests) for kept in gaps]
    restored = [one.kept.till for one in found if one.kept.reason == RESTORED]

    def turn(one: Next) -> int:
        if isinstance(one.step, plan.Wait):
            return 3
        if one.kept.reason == RESTORED:
            return 0
        return 1 if isinstance(one.step, plan.Read) and one.kept.id in begun else 2

    def held(one: Next) -> Next:
        reaches = any(one.kept.since < till for till in restored) and one.kept.reason != RESTORED
        return (
            replace(one, step=plan.Wait(now + _HELD, _HELD_BY))
            if reaches and isinstance(one.step, plan.Replay)
            else one
        )

    return min((held(one) for one in found), key=turn)


def _now(kept: KeptGap, now: datetime, rests: Mapping[str, plan.Wait]) -> Next:
    gap, step = plan.next_step(plan.begin(kept.since, kept.till, kept.progress), now)
    rest = rests.get(kept.id)
    return Next(kept, gap, step if rest is None or rest.until <= now else rest)
