"""What a fit needs to know of all shoppers: sums, so that they can be made anywhere and in any order."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.model.gram import Square


class Engine(Protocol):
    """Sums over shoppers; a shopper's row y holds 0.5 ** (age / half_life) of the newest purchase of each product."""

    def totals(
        self, products: int, *, today: int, half_life: float | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Count each product's buyers, and sum their squared weights."""

    def gram(self, head: NDArray[np.int64], products: int, *, today: int, half_life: float | None) -> Square:
        """Sum y yᵀ over shoppers, for the products of ``head`` (sorted positions) only; a dense matrix of its own."""
