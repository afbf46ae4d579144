"""Chooses a few that are good and not the same thing in three colours."""

from __future__ import annotations

import numpy as np

from catalog.constraints import Like
from catalog.score import Scores
from catalog.shelf import Shelf
from catalog.text_index import Mask

POOL = 80
ALIKE_COSTS = 2.5
SAME = 0.6
"""Two titles that share this much beside colour and size are variants of one product."""
UNMET_BONUS = 1.0


def pick(shelf: Shelf, total: Scores, eligible: Mask, likes: tuple[Like, ...], count: int) -> list[int]:
    """Take the best one by one, marking down what is like those taken; variants only where nothing else is."""
    pool = _best(total, eligible, POOL)
    kinds = {product: _kind(shelf, product) for product in pool}
    taken: list[int] = []
    while pool and len(taken) < count:
        likeness = {p: max((_shared(kinds[p], kinds[t]) for t in taken), default=0.0) for p in pool}
        unmet = [like for like in likes if not any(like.mask[t] for t in taken)] if taken else []
        fresh = [product for product in pool if likeness[product] < SAME] or pool

        def worth(p: int, likeness: dict[int, float] = likeness, unmet: list[Like] = unmet) -> tuple[float, int]:
            bonus = UNMET_BONUS if any(like.mask[p] for like in unmet) else 0.0
            return float(total[p]) + bonus - ALIKE_COSTS * likeness[p], -p

        best = max(fresh, key=worth)
        taken.append(best)
        pool.remove(best)
    return taken


def _best(total: Scores, eligible: Mask, count: int) -> list[int]:
    candidates = np.flatnonzero(eligible)
    if len(candidates) > count:
        candidates = candidates[np.argpartition(-total[candidates], count - 1)[:count]]
    return [int(p) for p in candidates[np.lexsort((candidates, -total[candidates]))]]


def _kind(shelf: Shelf, product: int) -> frozenset[str]:
    plain = shelf.suitability.plain
    return frozenset(word for word in shelf.text.stems(product) if word and not word.isdigit() and word not in plain)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    either = len(one | other)
    return len(one & other) / either if either else 1.0
