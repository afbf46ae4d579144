"""What becomes of one verified delivery: each message through the store's door, the rest counted."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.metrics import EVENTS, UNKNOWN_TYPES
from bot.model import Echo, InboundMessage
from bot.x.events import AccessRevoked, Happening, Ignored, Malformed, ReplayEnded, Unreadable
from nlu.optout.wishes import OptWish, read_wish

log = structlog.get_logger()

MAX_AGE = timedelta(days=30)
"""Older messages are dropped: the store remembers ids for longer, so no replayed body passes as new."""


class Door(Protocol):
    """What intake asks of the store; `bot.store.inbound.door.Door` is the real one."""

    async def accept(self, message: InboundMessage, *, wish: OptWish, too_old: bool, now: datetime) -> enum.Enum:
        """Take a shopper's message, once; returns what became of it."""

    async def accept_echo(self, echo: Echo, *, now: datetime) -> enum.Enum:
        """Take X's report of a message that left our account; returns what became of it."""


async def take(happenings: list[Happening], door: Door, *, now: datetime, max_age: timedelta) -> None:
    """Store every message of a delivery, in its order; when this returns, all of them are safe.

    Raises:
        Unavailable: the store did not answer. Taking the same delivery again is harmless.
    """
    for happening in happenings:
        EVENTS.labels(await _outcome(happening, door, now, max_age)).inc()


async def _outcome(happening: Happening, door: Door, now: datetime, max_age: timedelta) -> str:
    if isinstance(happening, InboundMessage):
        return await _message(happening, door, now, max_age)
    if isinstance(happening, Echo):
        settled = (await door.accept_echo(happening, now=now)).name.lower()
        log.info("echo_taken", message_id=happening.id, shopper_id=happening.shopper_id, outcome=settled)
        return f"echo_{settled}"
    if isinstance(happening, Unreadable):
        log.warning("message_unreadable", event_type=happening.event_type)
        return "unreadable_encrypted"
    if isinstance(happening, AccessRevoked):
        log.error("access_revoked")
        return "access_revoked"
    if isinstance(happening, ReplayEnded):
        log.info("replay_ended", outcome="complete" if happening.complete else "incomplete")
        return "replay_ended"
    if isinstance(happening, Malformed):
        log.warning("message_malformed", where=happening.field)
        return "malformed"
    return _ignored(happening)


async def _message(message: InboundMessage, door: Door, now: datetime, max_age: timedelta) -> str:
    age = now - message.sent_at
    if age > MAX_AGE:
        outcome = "too_old_to_keep"
    else:
        wish = read_wish(message.text)
        accepted = await door.accept(message, wish=wish, too_old=age > max_age, now=now)
        outcome = accepted.name.lower()
    log.info("message_taken", message_id=message.id, shopper_id=message.shopper_id, outcome=outcome)
    return outcome


def _ignored(ignored: Ignored) -> str:
    if ignored.reason == "unknown_type":
        UNKNOWN_TYPES.inc()
    return f"ignored_{ignored.reason}"
