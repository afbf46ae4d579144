"""Forgets a shopper in all places, and counts afterwards what is left in each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.model import ShopperId
from bot.privacy.places import HOLDS_NOBODY, OUT_OF_REACH, Places


@dataclass(frozen=True, slots=True)
class Line:
    """One place: how much was found, how much of that is left, and the seconds its group of places took."""

    place: str
    found: int
    left: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Proof:
    """What a forgetting came to."""

    lines: tuple[Line, ...]
    files: str
    """What became of Redis' own files."""
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether nothing is left anywhere."""
        return not any(line.left for line in self.lines)


async def forget(
    shopper_id: ShopperId,
    groups: Sequence[Places],
    rewrite: Callable[[], Awaitable[str]],
    monotonic: Callable[[], float],
) -> Proof:
    """Forget, group by group in their order, then look everywhere again, then have Redis' files written anew.

    Redis must come first: what is on its way from there to the ledger is then refused by it, or deleted with the rest.

    Raises:
        Unavailable: not all is deleted; the same call again does the rest.
        OSError, ValueError: the same, for what is kept in files.
    """
    began = monotonic()
    found: dict[str, int] = {}
    took: dict[str, float] = {}
    for group in groups:
        start = monotonic()
        held = await group.held(shopper_id)
        await group.forget(shopper_id)
        for name in group.told():
            found[name] = len(held.get(name, ()))
            took[name] = monotonic() - start
    left: dict[str, int] = {}
    for group in groups:
        left |= await group.left(shopper_id)
    files = await rewrite()
    lines = tuple(Line(name, found[name], left.get(name, 0), took[name]) for name in found)
    return Proof(lines, files, monotonic() - began)


async def export(shopper_id: ShopperId, groups: Sequence[Places]) -> Mapping[str, Any]:
    """Everything that is kept of a shopper, for them to read; and where nothing is, with the reason."""
    places: dict[str, Any] = {}
    for group in groups:
        held = await group.held(shopper_id)
        for name, what in group.told().items():
            places[name] = {"what": what, "holds": list(held.get(name, ()))}
    return {
        "shopper": shopper_id,
        "places": places,
        "nothing_of_a_shopper_in": HOLDS_NOBODY,
        "out_of_our_reach": OUT_OF_REACH,
    }
