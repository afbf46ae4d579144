"""Sums over shoppers in this process, from their pasts in memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories
from catalog.model.gram import Square, add_gram, counted, purchase_rows


class LocalEngine:
    """Sums over the shoppers of ``histories``."""

    def __init__(self, histories: Histories) -> None:
        self._pasts = histories

    def totals(
        self, products: int, *, today: int, half_life: float | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """See :class:`~catalog.model.engines.engine.Engine`."""
        weight = counted(self._pasts.day, today, half_life)
        buyers = np.bincount(self._pasts.product, minlength=products)
        squares = np.bincount(self._pasts.product, weights=weight**2, minlength=products)
        return buyers.astype(np.int64), squares.astype(np.float64)

    def gram(self, head: NDArray[np.int64], products: int, *, today: int, half_life: float | None) -> Square:
        """See :class:`~catalog.model.engines.engine.Engine`."""
        into = np.zeros((len(head), len(head)))
        pasts = self._pasts
        if len(pasts.product):
            weight = counted(pasts.day, today, half_life)
            rows = purchase_rows(pasts.starts, pasts.product, weight, products)
            add_gram(into, rows if len(head) == products else rows[:, head])
        return into
