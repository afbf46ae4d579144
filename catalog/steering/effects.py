"""What steers do to one answer: arrays over the shelf's positions, kept from request to request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from catalog.steering.for_brief import Meant, fits
from catalog.steering.reach import Positions, Reaches, ShelfLike
from catalog.steering.steer import Steer
from catalog.wanted import Wanted
from catalog.words.text_index import Mask

_KEPT_BYTES = 64_000_000
_SAID = {"boost": "boosted", "bury": "held back", "pin": "pinned", "hide": "hidden"}


@dataclass(frozen=True)
class Effects:
    """The steers in force for one request. None of them admits a product that a hard bound keeps out."""

    hidden: Mask
    """To be left out, pinned or not. Not to be written to."""
    bonus: NDArray[np.float64]
    """From -1 (held back as much as can be) to 1; the ranking gives it its weight. Not to be written to."""
    pinned: tuple[int, ...]
    """Positions to put first if eligible, in the file's order."""
    _named: tuple[tuple[Steer, Positions], ...] = field(repr=False)

    @property
    def any(self) -> bool:
        """False where nothing is in force, so that nothing needs to be added up."""
        return bool(self._named)

    def named(self, position: int) -> tuple[str, ...]:
        """Tell what steers a product and why, for colleagues' eyes; empty where nothing does."""
        return tuple(
            f"{_SAID[steer.does]} by {steer.author} until {steer.ends:%Y-%m-%d %H:%M} UTC ({steer.id}): {steer.reason}"
            for steer, reach in self._named
            if _holds(reach, position)
        )


class InForce:
    """Steers made ready for one shelf at a time, and the effects of combinations met before."""

    def __init__(self, before: InForce | None = None) -> None:
        self._of: _OnShelf | None = None
        self._reaches: Reaches | None = before._reaches if before else None

    def is_ready(self, shelf: ShelfLike) -> bool:
        """Tell whether the steers were made ready for this shelf."""
        return self._of is not None and self._of.reaches.are_of(shelf)

    def reaches(self, shelf: ShelfLike) -> Reaches:
        """Return what is known of this shelf, to be added to."""
        found = self._reaches
        if found is None or not found.are_of(shelf):
            found = self._reaches = Reaches(shelf)
        return found

    def prepare(self, steers: Sequence[Steer], shelf: ShelfLike) -> Sequence[Positions]:
        """Find the reach of each steer; done once for a shelf."""
        return self._on(steers, shelf).reach

    def effects(self, steers: Sequence[Steer], shelf: ShelfLike, wanted: Wanted, now: datetime) -> Effects:
        """Return what is in force; see :meth:`Steers.effects`."""
        on = self._on(steers, shelf)
        in_force = [at for at, steer in enumerate(steers) if steer.is_on(now)]
        if any(steers[at].brief for at in in_force):
            asked = Meant.by(shelf.terms, wanted)
            in_force = [
                at
                for at in in_force
                if (brief := steers[at].brief) is None
                or ((meant := on.meant[at]) and fits(brief, meant, wanted, asked, shelf.main_currency))
            ]
        return on.together(tuple(in_force))

    def _on(self, steers: Sequence[Steer], shelf: ShelfLike) -> _OnShelf:
        known = self._of
        if known is None or not known.reaches.are_of(shelf):
            known = self._of = _OnShelf(steers, self.reaches(shelf))  # two threads may both do it; both are right
        return known


class _OnShelf:
    def __init__(self, steers: Sequence[Steer], reaches: Reaches) -> None:
        shelf = self.shelf = reaches.shelf
        self.steers, self.reaches = steers, reaches
        self.meant = [Meant.by(shelf.terms, steer.brief) if steer.brief else None for steer in steers]
        self.reach = [reaches.of(steer) for steer in steers]
        self._kept: dict[tuple[int, ...], Effects] = {}

    def together(self, in_force: tuple[int, ...]) -> Effects:
        kept = self._kept.get(in_force)
        if kept is not None:
            return kept
        made = self._made(in_force)
        if (len(self._kept) + 1) * 9 * self.shelf.size > _KEPT_BYTES:
            self._kept = {}
        self._kept[in_force] = made
        return made

    def _made(self, in_force: tuple[int, ...]) -> Effects:
        hidden, bonus = np.zeros(self.shelf.size, dtype=np.bool_), np.zeros(self.shelf.size)
        pinned: list[int] = []
        for at in in_force:
            steer, reach = self.steers[at], self.reach[at]
            if steer.does == "hide":
                hidden[reach] = True
            elif steer.does == "pin":
                pinned += [self.shelf.positions[name] for name in steer.products if name in self.shelf.positions]
            else:
                bonus[reach] += steer.strength if steer.does == "boost" else -steer.strength
        np.clip(bonus, -1.0, 1.0, out=bonus)
        hidden.flags.writeable = bonus.flags.writeable = False
        first = tuple(position for position in dict.fromkeys(pinned) if not hidden[position])
        return Effects(hidden, bonus, first, tuple((self.steers[at], self.reach[at]) for at in in_force))


def _holds(reach: Positions, position: int) -> bool:
    at = int(np.searchsorted(reach, position))
    return at < len(reach) and int(reach[at]) == position
