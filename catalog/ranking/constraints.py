"""The hard bounds: budget, stock, exclusions, age, deadline, what was shown or given. Filters, never scores."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from catalog.product import ProductId
from catalog.ranking.deadline import Deadline
from catalog.ranking.house_rules import HouseRules
from catalog.ranking.likes import Like, excluded, like_of
from catalog.ranking.prices import Prices, in_budget
from catalog.shelf.columns import Positions
from catalog.shelf.shelf import Shelf
from catalog.steering.effects import Effects
from catalog.wanted import Wanted
from catalog.words.text_index import Mask

__all__ = ["Bounds", "Like", "bounds_of", "excluded", "like_of"]


@dataclass(frozen=True)
class Bounds:
    """The request as masks over all products, kept apart so that one can be loosened alone."""

    likes: tuple[Like, ...]
    prices: Prices
    """What everything costs at the time of the request."""
    in_budget: Mask
    always: Mask
    """In stock, not hidden by the shop, not given before: what no change of the request alters."""
    unsuitable: Mask
    """For somebody else or for another occasion: whatever is asked for by name, never suggested."""
    guessed_unsuitable: Mask
    """A child's thing or one of the other gender, by words of its title alone; none of ``unsuitable``."""
    asked_for: Mask
    """Asked for by name, so suitable all the same where only a title's words were against it ("toys" for a man)."""
    kept_out: tuple[Mask, ...]
    """For each of the unwanted kinds in turn."""
    seen: Mask
    """Shown before."""
    deadline: Deadline
    effects: Effects | None = None
    """What merchandisers steer."""

    @cached_property
    def not_for(self) -> Mask:
        """What is not for this recipient and occasion."""
        return self.unsuitable | (self.guessed_unsuitable & ~self.asked_for)

    @cached_property
    def allowed(self) -> Mask:
        """What may be suggested at any price."""
        allowed = self.always & ~self.not_for & ~self.seen
        for mask in self.kept_out:
            allowed &= ~mask
        if self.deadline.late is not None:
            allowed &= ~self.deadline.late
        return allowed

    @cached_property
    def eligible(self) -> Mask:
        """What may be suggested."""
        return self.in_budget & self.allowed

    @cached_property
    def liked(self) -> Mask:
        """Products that match at least one interest."""
        found = np.zeros_like(self.always)
        for like in self.likes:
            found |= like.mask
        return found


def bounds_of(shelf: Shelf, wanted: Wanted, *, now: datetime, rules: HouseRules | None = None) -> Bounds:
    """Read the request against this shelf."""
    rules = rules or HouseRules()
    likes = tuple(like_of(shelf, said) for said in wanted.likes)
    recipient, occasion = shelf.terms.recipient(wanted.recipient), shelf.terms.occasion(wanted.occasion)
    asked_for = np.zeros(shelf.size, dtype=np.bool_)
    for like in likes:
        if like.term.audience or like.term.gender:  # "toys", "jewellery": asked for by name
            asked_for |= like.strong
    unsuitable, guessed = shelf.suitability.unsuitable(recipient, occasion, wanted)
    effects = rules.steers.effects(shelf, wanted, now) if rules.steers else None
    sold = shelf.sold_at(now)
    always = sold & ~effects.hidden if effects and effects.any else sold.copy()
    always[_positions(shelf, wanted.already_given)] = False
    if wanted.like_product is not None:
        always[_positions(shelf, (wanted.like_product,))] = False
    seen = np.zeros(shelf.size, dtype=np.bool_)
    seen[_positions(shelf, wanted.not_again)] = True
    prices = shelf.prices_at(now)
    return Bounds(
        likes=likes,
        prices=prices,
        in_budget=in_budget(shelf, prices, wanted),
        always=always,
        unsuitable=unsuitable,
        guessed_unsuitable=guessed,
        asked_for=asked_for,
        kept_out=tuple(excluded(shelf, (said,)) for said in wanted.not_wanted),
        seen=seen,
        deadline=Deadline(shelf, wanted, now, rules.delivery),
        effects=effects,
    )


def _positions(shelf: Shelf, names: Collection[ProductId]) -> list[int]:
    if isinstance(shelf.positions, Positions):
        return shelf.positions.known(tuple(names))  # all at once: a long talk has seen hundreds
    return [at for name in names if (at := shelf.positions.get(name)) is not None]
