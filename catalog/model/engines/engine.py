"""What a fit needs to know of all shoppers: sums, so that they can be made anywhere and in any order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories
from catalog.model.gram import Square
from catalog.model.popularity import Popularity
from catalog.model.purchases import Purchases

Totals = tuple[NDArray[np.int64], NDArray[np.float64]]


@dataclass(frozen=True)
class About:
    """What was summed over."""

    purchases: int
    shoppers: int
    unknown: int
    """Rows of products that are not among those fitted."""
    last_day: int | None
    """Day number of the newest purchase; None where there is none."""
    number: int
    """The ledger's number of the newest row; 0 where they come from no ledger."""


class Engine(Protocol):
    """Sums over shoppers; a shopper's row y holds 0.5 ** (age / half_life) of the newest purchase of each product."""

    def about(self) -> About:
        """Tell what was read."""

    def totals(self, products: int, *, today: int, half_life: float | None) -> Totals:
        """Count each product's buyers, and sum their squared weights."""

    def gram(self, head: NDArray[np.int64], products: int, *, today: int, half_life: float | None) -> Square:
        """Sum y yᵀ over shoppers, for the products of ``head`` (sorted positions) only; a dense matrix of its own."""

    def popularity(self, products: int, *, until: int) -> Popularity:
        """Count what sells."""

    def pasts(self) -> tuple[Histories, Purchases]:
        """Return every shopper's past, shoppers sorted by id."""
