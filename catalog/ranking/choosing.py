"""What would be shown for a request: the one place where bounds, score, pins and variety come together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalog.model.appetite import Past
from catalog.ranking.constraints import Bounds, bounds_of
from catalog.ranking.house_rules import HouseRules
from catalog.ranking.score import Scored, score
from catalog.ranking.variety import Chance, Picked, pick
from catalog.shelf.shelf import Shelf
from catalog.wanted import Wanted


@dataclass(frozen=True)
class Chosen:
    """What is shown, best first, and all it was chosen by."""

    bounds: Bounds
    scored: Scored
    picked: tuple[Picked, ...]

    @property
    def at(self) -> list[int]:
        """Return where the products shown stand on the shelf."""
        return [int(self.scored.at[one.row]) for one in self.picked]


def choose(
    shelf: Shelf,
    wanted: Wanted,
    past: Past,
    bounds: Bounds | None = None,
    *,
    now: datetime,
    count: int,
    rules: HouseRules,
    chance: Chance | None = None,
    all_eligible: bool = False,
) -> Chosen:
    """Choose up to ``count`` products: what is pinned first, where it is within every bound.

    ``bounds`` spares reading the request twice; ``all_eligible`` scores what could not be shown too, so that a place
    among all is known. It changes nothing of what is chosen.
    """
    bounds = bounds or bounds_of(shelf, wanted, now=now, rules=rules)
    effects = bounds.effects
    pinned = [at for at in effects.pinned if bounds.eligible[at]][:count] if effects else []
    scored = score(shelf, wanted, bounds, past, now=now, rules=rules, also=pinned, all_eligible=all_eligible)
    first = [scored.row(at) for at in pinned]
    picked = pick(shelf, scored, bounds.likes, count, first=first, explore=rules.explore, chance=chance)
    return Chosen(bounds, scored, tuple(picked))
