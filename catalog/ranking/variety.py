"""Chooses a few that are good and not the same thing in three colours; the last now and then to learn from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.ranking.constraints import Like
from catalog.ranking.score import NEARLY, SURELY, UNMATCHED, Scored
from catalog.shelf.shelf import Shelf

POOL, POOL_OF_LIKE = 40, 10
ALIKE_COSTS = 1.0
SAME = 0.6
"""Two titles that share this much beside colour and size are variants of one product."""
EXPLORED = 10
"""Among how many next best the last place is drawn."""
TEMPERATURE = 1.0


class Chance(Protocol):
    """Where chance comes from; ``random.Random`` is one."""

    def random(self) -> float:
        """Return a number from 0 up to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Picked:
    """One product taken, by its row in ``Scored``, and how probable that was, those before it given."""

    row: int
    propensity: float = 1.0


@dataclass(slots=True)
class _Candidate:
    row: int
    total: float
    tier: int
    kind: frozenset[int]
    """Words of its title that tell more than colour or size, by their places in the index."""
    meets: tuple[int, ...]
    """For each interest SURELY, NEARLY or not."""
    shared: float = 0.0
    """The most it shares with any taken."""


def pick(
    shelf: Shelf,
    scored: Scored,
    likes: tuple[Like, ...],
    count: int,
    *,
    first: Sequence[int] = (),
    explore: float = 0.0,
    chance: Chance | None = None,
) -> list[Picked]:
    """Take the best one by one, marking down what is like those taken; variants only where nothing else is.

    ``first`` are rows that come before all others. With ``explore`` and a chance the last place is drawn, in that
    share of answers, from the next best that meet the interests as surely.
    """
    left = _pool(shelf, scored, likes, first)
    taken: list[_Candidate] = []
    picked: list[Picked] = []
    while left and len(picked) < count:
        ahead = [one for row in first for one in left if one.row == row][:1]
        if ahead:
            best, propensity = ahead[0], 1.0
        else:
            weighed = _weighed(left, taken, len(likes))
            last = len(picked) == count - 1
            if last and chance and explore > 0:
                best, propensity = _drawn(sorted(weighed, key=_rank, reverse=True), explore, chance)
            else:
                best, propensity = max(weighed, key=_rank)[2], 1.0
        taken.append(best)
        picked.append(Picked(best.row, propensity))
        left.remove(best)
        for one in left if len(picked) < count else ():
            one.shared = max(one.shared, _shared(one.kind, best.kind))
    return picked


def _pool(shelf: Shelf, scored: Scored, likes: tuple[Like, ...], first: Sequence[int]) -> list[_Candidate]:
    """The best of all, and the best for each interest, so that each has its chance."""
    variants = shelf.suitability.of_variants
    key = scored.total + 1000.0 * scored.tier
    rows = dict.fromkeys((*first, *_best(key, np.arange(len(key)), POOL)))
    for like in likes if len(likes) > 1 else ():
        rows |= dict.fromkeys(_best(key, np.flatnonzero(like.mask[scored.at]), POOL_OF_LIKE))
    chosen = np.fromiter(rows, dtype=np.intp, count=len(rows))
    at, tiers = scored.at[chosen], scored.tier[chosen]
    meets = [_meets(like, at, tiers).tolist() for like in likes]
    titles = shelf.text.first_fields(at)
    told = zip(rows, scored.total[chosen].tolist(), tiers.tolist(), titles, strict=True)
    return [
        _Candidate(row, total, tier, frozenset(title) - variants, tuple(one[nth] for one in meets))
        for nth, (row, total, tier, title) in enumerate(told)
    ]


def _best(key: NDArray[np.float64], rows: NDArray[np.int64], most: int) -> list[int]:
    if len(rows) > most:
        rows = rows[np.argpartition(-key[rows], most - 1)[:most]]
    best: list[int] = rows[np.lexsort((rows, -key[rows]))].tolist()
    return best


def _meets(like: Like, at: NDArray[np.int64], tiers: NDArray[np.int8]) -> NDArray[np.int64]:
    """How each of some products meets an interest."""
    surely = like.strong[at] & (tiers == SURELY)
    return np.where(like.mask[at], np.where(surely, SURELY, NEARLY), UNMATCHED)


_Level = tuple[bool, bool, int]
_Weighed = tuple[_Level, float, _Candidate]


def _weighed(left: Sequence[_Candidate], taken: Sequence[_Candidate], likes: int) -> list[_Weighed]:
    """Candidates with what ranks them: what is new before variants, then what meets an interest none taken meets.

    So "tea and football" is not answered with three teapots. An interest is met by what does so as surely as anything
    left; then comes what surely meets any, what nearly does, the rest; among equals the score decides.
    """
    unmet = [at for at in range(likes) if taken and not any(one.meets[at] for one in taken)]
    surest = {at: max((one.meets[at] for one in left if one.shared < SAME), default=0) for at in unmet}
    found: list[_Weighed] = []
    for one in left:
        newly = any(surest[at] and one.meets[at] == surest[at] for at in unmet)
        found.append(((one.shared < SAME, newly, one.tier), one.total - ALIKE_COSTS * one.shared, one))
    return found


def _rank(one: _Weighed) -> tuple[_Level, float, int]:
    return one[0], one[1], -one[2].row


def _drawn(ordered: Sequence[_Weighed], explore: float, chance: Chance) -> tuple[_Candidate, float]:
    """Take the best, or in a share of answers one drawn by softmax of its worth; say how probable what is taken was."""
    level, best = ordered[0][0], ordered[0][1]
    among = [each for each in ordered[:EXPLORED] if each[0] == level]
    if explore <= 0 or len(among) < 2:
        return ordered[0][2], 1.0
    weights = [math.exp((worth - best) / TEMPERATURE) for _, worth, _ in among]
    shares = [explore * weight / sum(weights) for weight in weights]
    shares[0] += 1 - explore
    mark = chance.random()
    for (_, _, one), share in zip(among, shares, strict=True):
        mark -= share
        if mark < 0:
            return one, share
    return among[-1][2], shares[-1]  # the sum of shares may miss 1 by a rounding


def _shared(one: frozenset[int], other: frozenset[int]) -> float:
    both = len(one & other)
    either = len(one) + len(other) - both
    return both / either if either else 1.0
