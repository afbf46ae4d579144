"""What the actions of this process work with: the catalogue's Shelf, the shop's rules and a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Thread

import structlog

from actions.troubles import Troubles
from catalog.offers.freshness import may_promise_stock
from catalog.product import Product, ProductId
from catalog.ranking.house_rules import HouseRules
from catalog.shelf.shelf import Shelf
from catalog.steering.steers import Steers
from catalog.wanted import Wanted

log = structlog.get_logger()

PATIENCE_S = 1.0
"""How long a turn waits at the most for a new catalogue to open; a larger one is there in a later turn."""


@dataclass(slots=True)
class Desk:
    """Handed in once before the action server starts; kept up to date between turns, never within one."""

    shelf: Shelf
    clock: Callable[[], datetime]
    rules: HouseRules = field(default_factory=HouseRules)
    steering: Callable[[], Steers] | None = None
    """What merchandisers want now; asked between turns."""
    _troubles: Troubles = field(default_factory=Troubles, init=False, repr=False)

    _given: Steers | None = field(init=False, repr=False)
    _search: Thread | None = field(default=None, init=False, repr=False)
    _started: bool = field(default=False, init=False, repr=False)

    def __post_init__(self) -> None:
        self._given = self.rules.steers

    def between_turns(self) -> None:
        """Take up what was published since: catalogue, model, steering. What cannot be read leaves all as it was.

        Finding the products of boosts and buries by attribute takes a second in a large shop: no shopper waits for
        that, they come into force when found. What hides is in force at once; and at the start all is waited for.
        """
        try:
            shelf = self.shelf.refreshed(PATIENCE_S)
            steers = self.steering() if self.steering else self._given
            if steers is not None and not steers.is_ready(shelf):
                steers = self._made_ready(steers, shelf)
        except (OSError, LookupError, ValueError, RuntimeError) as error:
            log.error("catalogue_not_refreshed", exc_info=error)
            return
        if shelf.snapshot_id != self.shelf.snapshot_id:
            log.info("catalogue_opened", snapshot=shelf.snapshot_id)
        self.shelf, self.rules, self._started = shelf, replace(self.rules, steers=steers), True
        self._troubles.of(shelf)

    def _made_ready(self, steers: Steers, shelf: Shelf) -> Steers:
        at_once = steers.at_once(shelf) if self._started else steers
        at_once.prepare(shelf)
        if at_once is not steers and (self._search is None or not self._search.is_alive()):
            self._search = Thread(target=_find, args=(steers, shelf), name="steering-search", daemon=True)
            self._search.start()
        return at_once

    def product(self, product_id: ProductId, wanted: Wanted | None = None) -> Product | None:
        """A product with its offer as it stands now; None where the shop has none of this id any more, or hides it.

        ``wanted`` is the request it was shown for: some things are hidden from some requests only.
        """
        now, product = self.clock(), self.shelf.product(product_id)
        if product is None or self._hides(product_id, wanted or Wanted(), now):
            return None
        return replace(product, offer=product.offer.at(now))

    def _hides(self, product_id: ProductId, wanted: Wanted, now: datetime) -> bool:
        effects = self.rules.steers.effects(self.shelf, wanted, now) if self.rules.steers else None
        return effects is not None and effects.any and bool(effects.hidden[self.shelf.positions[product_id]])

    def promises_stock(self, product: Product) -> bool:
        """Whether "in stock" may be said of it: told so, and not too long ago."""
        return may_promise_stock(product.offer, self.clock().date(), self.rules.stock_max_age_days)


def _find(steers: Steers, shelf: Shelf) -> None:
    try:
        steers.prepare(shelf)
    except (OSError, LookupError, ValueError) as error:  # tried again in the next turn
        log.error("steering_not_ready", exc_info=error)


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
