"""Why a Send is where it is, and what the governor says of it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.governance.rules import Rules
from bot.model import MessageId, SendId, SendState
from bot.store.connection import Store
from bot.store.outbound.holds import Hold
from bot.store.outbound.room import Room, judged_as_kept
from bot.store.outbound.sends import Life


@dataclass(frozen=True, slots=True)
class Explained:
    """A Send's life, and sentences on what keeps it where it is now; none where it has ended."""

    life: Life
    now: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        steps = [{"at": one.at.isoformat(), "state": one.state.value, "reason": one.reason} for one in self.life.steps]
        due = self.life.due.isoformat() if self.life.due else ""
        return {"sentence": self.life.sentence, "steps": steps, "due": due, "now": list(self.now)}


async def explained(store: Store, rules: Callable[[], Rules], send_id: SendId, now: datetime) -> tuple[Explained, ...]:
    """All Sends with this id (unique within a shopper, so mostly one), or the answer to the message with this id.

    Raises:
        GiftbotError: the rules cannot be read.
        Unavailable: Redis does not answer.
    """
    lives = await store.outbox.lives(send_id)
    if not lives and (answer := await store.records.send_to(MessageId(send_id))) is not None:
        lives = await store.outbox.lives(answer.id)
    return tuple([Explained(life, await _now(store, rules, life, now)) for life in lives])


async def _now(store: Store, current: Callable[[], Rules], life: Life, now: datetime) -> tuple[str, ...]:
    send = life.send
    if life.due is None:
        return ()
    told = []
    if send.state is SendState.PENDING:
        [verdict] = await judged_as_kept(store.outbox, Room(store.quotas, current(), now), [send])
        assert verdict is not None  # it waits
        told.append(f"{verdict.may.value} ({verdict.reason}): {verdict.sentence}")
    elif send.state is SendState.IN_DOUBT:
        told.append("X may have it: an echo settles it, or a look when it is due.")
    held = await store.outbox.holds.read()
    if held is not None:
        word = "paused" if held.hold is Hold.PAUSE else "drained"
        told.append(f"sending is {word} by people since {held.since:%Y-%m-%d %H:%M}Z: {held.why}")
    until, reason = await store.quotas.pause()
    if until is not None and until > now:
        told.append(f"X lets nothing go out before {until:%Y-%m-%d %H:%M:%S}Z ({reason})")
    return tuple(told)
