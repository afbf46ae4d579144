"""What the shop decides about ranking, beside the request: passed in, never read from the environment."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.offers.arrival import DeliveryRules
from catalog.steering.steers import Steers


@dataclass(frozen=True)
class HouseRules:
    """Of one shop. The defaults steer nothing, promise no arrival and explore nothing."""

    delivery: DeliveryRules | None = None
    """How orders are sent; without it no deadline can be checked."""
    steers: Steers | None = None
    stock_max_age_days: int | None = None
    """Stock told longer ago is not promised; None or 0: what a feed said stays true until the next."""
    explore: float = 0.0
    """Share of answers, 0 to 1, whose last place is drawn among the next best, so that clicks can teach."""
    margin_weight: float = 0.2
    """What a margin of the whole price would add to a score; a match of a wish adds 6. Never told to a shopper."""

    def __post_init__(self) -> None:
        if not 0 <= self.explore <= 1:
            raise ValueError("explore is a share of answers: give a number from 0 to 1")
        if not 0 <= self.margin_weight <= 1:
            raise ValueError("margin_weight may be at most 1, or margin would count beside a shopper's wishes")
