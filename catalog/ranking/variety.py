"""Chooses a few that are good and not the same thing in three colours."""

from __future__ import annotations

import numpy as np

from catalog.ranking.constraints import Like
from catalog.ranking.score import Scores
from catalog.shelf.shelf import Shelf
from catalog.words.text_index import Mask

POOL = 60
ALIKE_COSTS = 2.5
SAME = 0.6
"""Two titles that share this much beside colour and size are variants of one product."""
UNMET_BONUS = 1.0


def pick(shelf: Shelf, total: Scores, eligible: Mask, likes: tuple[Like, ...], count: int) -> list[int]:
    """Take the best one by one, marking down what is like those taken; variants only where nothing else is."""
    pool = _best(total, eligible, POOL)
    kinds = {product: _kind(shelf, product) for product in pool}
    likeness = dict.fromkeys(pool, 0.0)
    taken: list[int] = []
    while likeness and len(taken) < count:
        unmet = [like.mask for like in likes if taken and not like.mask[taken].any()]
        worth = {
            product: total[product] + UNMET_BONUS * any(mask[product] for mask in unmet) - ALIKE_COSTS * shared
            for product, shared in likeness.items()
        }
        fresh = [product for product, shared in likeness.items() if shared < SAME] or list(likeness)
        best = max(fresh, key=lambda product: (worth[product], -product))  # called at once
        taken.append(best)
        del likeness[best]
        likeness = {p: max(shared, _shared(kinds[p], kinds[best])) for p, shared in likeness.items()}
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
