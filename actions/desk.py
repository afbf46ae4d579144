"""What the actions of this process work with: the catalogue's Shelf, the shop's rules and a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from catalog.offers.freshness import may_promise_stock
from catalog.product import Product, ProductId
from catalog.ranking.house_rules import HouseRules
from catalog.shelf.shelf import Shelf
from catalog.steering.steers import Steers

log = structlog.get_logger()


@dataclass(slots=True)
class Desk:
    """Handed in once before the action server starts; kept up to date between turns, never within one."""

    shelf: Shelf
    clock: Callable[[], datetime]
    rules: HouseRules = field(default_factory=HouseRules)
    steering: Callable[[], Steers] | None = None
    """What merchandisers want now; asked between turns."""

    def between_turns(self) -> None:
        """Take up what was published since: catalogue, model, steering. What cannot be read leaves all as it was."""
        try:
            shelf = self.shelf.refreshed()
            steers = self.steering() if self.steering else self.rules.steers
            if steers is not None and (steers is not self.rules.steers or shelf is not self.shelf):
                steers.prepare(shelf)
        except (OSError, LookupError, ValueError) as error:
            log.error("catalogue_not_refreshed", exc_info=error)
            return
        if shelf.snapshot_id != self.shelf.snapshot_id:
            log.info("catalogue_opened", snapshot=shelf.snapshot_id)
        self.shelf, self.rules = shelf, replace(self.rules, steers=steers)

    def product(self, product_id: ProductId) -> Product | None:
        """A product with its offer as it stands now; None where the shop has none of this id any more."""
        product = self.shelf.product(product_id)
        return None if product is None else replace(product, offer=product.offer.at(self.clock()))

    def promises_stock(self, product: Product) -> bool:
        """Whether "in stock" may be said of it: told so, and not too long ago."""
        return may_promise_stock(product.offer, self.clock().date(), self.rules.stock_max_age_days)


_desk: Desk | None = None


def configure(desk: Desk) -> None:
    """Hand the actions their Desk. Call before the first action runs."""
    global _desk  # noqa: PLW0603 -- rasa_sdk builds actions with no arguments; this is the one way in
    _desk = desk


def desk() -> Desk:
    """The Desk of this process.

    Raises:
        RuntimeError: if `configure` was not called.
    """
    if _desk is None:
        raise RuntimeError("The actions have no catalogue: start them with `giftbot run actions`.")
    return _desk
