"""Sums over shoppers in this process, from interactions in memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories, Interactions
from catalog.model.engines.engine import About, Totals
from catalog.model.gram import Square, add_gram, counted, purchase_rows
from catalog.model.popularity import Popularity
from catalog.model.purchases import Purchases


class LocalEngine:
    """Sums over the purchases among ``interactions``. See :class:`~catalog.model.engines.engine.Engine`."""

    def __init__(self, interactions: Interactions) -> None:
        self.interactions = interactions.of_kind("bought")
        self.histories = Histories.of(self.interactions)

    def about(self) -> About:
        """Tell what was read."""
        seen = self.interactions
        last = int(seen.day.max()) if len(seen.day) else None
        return About(len(seen.day), len(seen.shoppers), seen.unknown, last, seen.number)

    def totals(self, products: int, *, today: int, half_life: float | None) -> Totals:
        """Count each product's buyers, and sum their squared weights."""
        weight = counted(self.histories.day, today, half_life)
        buyers = np.bincount(self.histories.product, minlength=products)
        squares = np.bincount(self.histories.product, weights=weight**2, minlength=products)
        return buyers.astype(np.int64), squares.astype(np.float64)

    def gram(self, head: NDArray[np.int64], products: int, *, today: int, half_life: float | None) -> Square:
        """Sum y yᵀ over shoppers."""
        into = np.zeros((len(head), len(head)))
        pasts = self.histories
        if len(pasts.product):
            weight = counted(pasts.day, today, half_life)
            rows = purchase_rows(pasts.starts, pasts.product, weight, products)
            add_gram(into, rows if len(head) == products else rows[:, head])
        return into

    def popularity(self, products: int, *, until: int) -> Popularity:
        """Count what sells."""
        return Popularity.count(self.interactions, products, until=until)

    def pasts(self) -> tuple[Histories, Purchases]:
        """Return every shopper's past."""
        return self.histories, Purchases.of(self.interactions)
