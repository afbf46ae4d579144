"""What the answer would be without a part of the shopper's past: "without your order in May it would be …".

Nothing is estimated: the request is answered again from the past that is left, so a claim is what a shopper then gets.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import day_of
from catalog.product import ProductId
from catalog.ranking.score import past_of
from catalog.shelf.shelf import Shelf
from catalog.suggest import Answer, HouseRules, Suggestion, suggest_from
from catalog.wanted import Wanted

MOST_TRIED = 5
"""Purchases tried, those that speak loudest for a product first."""


@dataclass(frozen=True)
class Counterfactual:
    """Two answers to one request: as it is, and without some purchases."""

    left_out: tuple[ProductId, ...]
    """The purchases left out, oldest first; empty where the past holds none of those asked for."""
    answer: Answer
    would_be: Answer

    @property
    def lost(self) -> tuple[Suggestion, ...]:
        """Suggestions that are there only because of what was left out."""
        return _only_in(self.answer, self.would_be)

    @property
    def gained(self) -> tuple[Suggestion, ...]:
        """Suggestions that would be there in their place; what was left out itself is none, they have it."""
        return tuple(one for one in _only_in(self.would_be, self.answer) if one.product.id not in self.left_out)

    @property
    def changes(self) -> bool:
        """Whether another list, or the same in another order, would be shown."""
        return [s.product.id for s in self.answer.suggestions] != [s.product.id for s in self.would_be.suggestions]


def without(
    shelf: Shelf,
    wanted: Wanted,
    shopper_id: str | None,
    *,
    now: datetime,
    purchases: Collection[ProductId] | None = None,
    month: str | None = None,
    count: int = 3,
    rules: HouseRules | None = None,
) -> Counterfactual:
    """Answer without some purchases, without those of a month ("2026-05"), or, with neither given, without the past."""
    past = past_of(shelf, shopper_id)
    out = np.ones(len(past.products), dtype=np.bool_)
    if purchases is not None:
        at = [shelf.positions[name] for name in purchases if name in shelf.positions]
        out &= np.isin(past.products, np.array(at, dtype=np.int64))
    if month is not None:
        out &= np.array([f"{day_of(int(day)):%Y-%m}" == month for day in past.days], dtype=np.bool_)
    return _compared(shelf, wanted, shopper_id, out, now, count, rules)


def deciding_purchase(
    shelf: Shelf,
    wanted: Wanted,
    shopper_id: str | None,
    product: ProductId,
    *,
    now: datetime,
    count: int = 3,
    rules: HouseRules | None = None,
) -> Counterfactual | None:
    """Find the one purchase without which ``product`` would not be shown; None where no single one decides."""
    past, at = past_of(shelf, shopper_id), shelf.positions.get(product)
    if at is None or not len(past.products):
        return None
    shares = shelf.model.contributions(past.products, past.profile, at)
    for place in np.argsort(-shares, kind="stable")[:MOST_TRIED].tolist():
        out = np.zeros(len(past.products), dtype=np.bool_)
        out[place] = shares[place] > 0
        if out.any():
            found = _compared(shelf, wanted, shopper_id, out, now, count, rules)
            if product in {one.product.id for one in found.lost}:
                return found
    return None


def _compared(
    shelf: Shelf,
    wanted: Wanted,
    shopper_id: str | None,
    out: NDArray[np.bool_],
    now: datetime,
    count: int,
    rules: HouseRules | None,
) -> Counterfactual:
    past = past_of(shelf, shopper_id)
    kept = replace(past, **{name: getattr(past, name)[~out] for name in ("products", "days", "profile", "times")})
    oldest_first = np.flatnonzero(out)[np.argsort(past.days[out], kind="stable")]
    left_out = tuple(shelf.at(int(past.products[place])).id for place in oldest_first)
    answer = suggest_from(shelf, wanted, past, now=now, count=count, rules=rules)
    would_be = suggest_from(shelf, wanted, kept, now=now, count=count, rules=rules) if left_out else answer
    return Counterfactual(left_out, answer, would_be)


def _only_in(one: Answer, other: Answer) -> tuple[Suggestion, ...]:
    there = {suggestion.product.id for suggestion in other.suggestions}
    return tuple(suggestion for suggestion in one.suggestions if suggestion.product.id not in there)
