"""What was read back goes to whoever does what intake does: STOPs first, then talk by talk."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.clock import Clock
from bot.errors import Unavailable
from bot.gaps.ports import Take
from bot.metrics import GAP_MESSAGES
from bot.model import Echo, InboundMessage
from bot.x.events import Happening
from nlu.optout.wishes import OptWish, read_wish

_AT_ONCE = 16
"""Shoppers whose messages are handed over in the same moment."""


async def hand_over(found: Sequence[Happening], take: Take, clock: Clock) -> list[Happening]:
    """Hand over what was read, newest first: STOPs first, then all, each shopper's oldest first.

    Which wish counts is told by when it was written, so a STOP may come before what was said earlier. A shopper whose
    node of a cluster is away holds up nobody else, and costs one time-out.

    Returns:
        What is left, newest first, as it could not be stored.
    """
    at_once, left = asyncio.Semaphore(_AT_ONCE), set[str]()

    async def one(whose: str, talk: list[Happening]) -> None:
        async with at_once:
            try:
                await take(talk, clock())
            except Unavailable:
                left.add(whose)

    stops = _by_shopper([happening for happening in found if _is_stop(happening)])
    await asyncio.gather(*(one(whose, said) for whose, said in stops.items()))
    talks = {whose: talk for whose, talk in _by_shopper(found).items() if whose not in left}
    await asyncio.gather(*(one(whose, talk) for whose, talk in talks.items()))
    for whose in talks.keys() - left:
        for happening in talks[whose]:
            GAP_MESSAGES.labels(_kind(happening)).inc()
    return [happening for happening in found if _whose(happening) in left]


def _by_shopper(found: Sequence[Happening]) -> dict[str, list[Happening]]:
    talks: dict[str, list[Happening]] = {}
    for happening in reversed(found):
        talks.setdefault(_whose(happening), []).append(happening)
    return talks


def _kind(happening: Happening) -> str:
    return "message" if isinstance(happening, InboundMessage) else "echo" if isinstance(happening, Echo) else "other"


def _whose(happening: Happening) -> str:
    return happening.shopper_id if isinstance(happening, (InboundMessage, Echo)) else ""


def _is_stop(happening: Happening) -> bool:
    return isinstance(happening, InboundMessage) and read_wish(happening.text) is OptWish.STOP
