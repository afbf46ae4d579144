"""Ideas for one request: hard bounds first, then the score, then variety; every reason a part of the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from catalog.model.appetite import Past
from catalog.offers.freshness import may_promise_stock
from catalog.product import Product
from catalog.ranking.choosing import choose
from catalog.ranking.constraints import Bounds
from catalog.ranking.deadline import arrival_of
from catalog.ranking.house_rules import HouseRules
from catalog.ranking.prices import told_in
from catalog.ranking.reasons import Reason, reasons_of
from catalog.ranking.relax import Relaxation, relaxations_of
from catalog.ranking.score import Scored, past_of
from catalog.ranking.variety import Chance, Picked
from catalog.shelf.shelf import Shelf
from catalog.wanted import Wanted

__all__ = ["Answer", "HouseRules", "Reason", "Relaxation", "Suggestion", "suggest", "suggest_from"]


@dataclass(frozen=True)
class Suggestion:
    """One product put forward, best first, and why."""

    product: Product
    """With the offer as it stands at the time of the request."""
    rank: int
    """From 1."""
    score: float
    parts: Mapping[str, float]
    """Summands of the score that are not zero."""
    reasons: tuple[Reason, ...]
    """At least one, each true, the weightiest first."""
    propensity: float = 1.0
    """How probable it was to be shown here, those before it given: 1 but where the place was drawn to learn from."""
    steered: tuple[str, ...] = ()
    """What merchandisers did to it and why; for colleagues, never for shoppers."""
    arrives: tuple[date, date] | None = None
    """Earliest and latest day at the door if ordered now; None where it is not known."""
    stock_unsure: bool = False
    """The stock was told too long ago to promise it."""


@dataclass(frozen=True)
class Answer:
    """Suggestions, and where they fall short of the request the smallest changes that would help."""

    suggestions: tuple[Suggestion, ...]
    relaxations: tuple[Relaxation, ...]
    eligible: int
    """Products within every bound."""
    matching: int
    """Those of them that match at least one interest."""
    currency: str
    """Of prices named where no product is: the budget's where the shop sells in it, else the catalogue's own."""
    untold: tuple[str, ...] = ()
    """Unwanted kinds that no title tells: nothing was left out for them."""
    deadline_checked: bool = True
    """False where a day was said and no delivery time is known in this shop: nothing was left out for it."""


def suggest(
    shelf: Shelf,
    wanted: Wanted,
    shopper_id: str | None,
    *,
    now: datetime,
    count: int = 3,
    rules: HouseRules | None = None,
    chance: Chance | None = None,
) -> Answer:
    """Suggest up to ``count`` products.

    Pure: the same shelf, request, shopper, time, rules and chance give the same answer. Without ``chance`` nothing is
    drawn, whatever ``rules.explore`` says.
    """
    return suggest_from(shelf, wanted, past_of(shelf, shopper_id), now=now, count=count, rules=rules, chance=chance)


def suggest_from(
    shelf: Shelf,
    wanted: Wanted,
    past: Past,
    *,
    now: datetime,
    count: int = 3,
    rules: HouseRules | None = None,
    chance: Chance | None = None,
) -> Answer:
    """Suggest as :func:`suggest` does, by a past given: that of a shopper, or what it would be without a purchase."""
    rules = rules or HouseRules()
    chosen = choose(shelf, wanted, past, now=now, count=count, rules=rules, chance=chance)
    bounds, scored = chosen.bounds, chosen.scored
    shown = enumerate(chosen.picked, start=1)
    return Answer(
        suggestions=tuple(_suggestion(shelf, wanted, bounds, scored, one, rank, now, rules) for rank, one in shown),
        relaxations=relaxations_of(shelf, wanted, bounds, count, chosen.at),
        eligible=int(np.count_nonzero(bounds.eligible)),
        matching=int(np.count_nonzero(bounds.eligible & bounds.liked)) if bounds.likes else 0,
        currency=told_in(shelf, wanted),
        untold=tuple(said for said, mask in zip(wanted.not_wanted, bounds.kept_out, strict=True) if not mask.any()),
        deadline_checked=bounds.deadline.checked,
    )


def _suggestion(
    shelf: Shelf,
    wanted: Wanted,
    bounds: Bounds,
    scored: Scored,
    picked: Picked,
    rank: int,
    now: datetime,
    rules: HouseRules,
) -> Suggestion:
    at = int(scored.at[picked.row])
    product = shelf.at(at)
    product = replace(product, offer=product.offer.at(now))
    parts = scored.parts_of(at)
    unsure = not may_promise_stock(product.offer, now.date(), rules.stock_max_age_days)
    return Suggestion(
        product=product,
        rank=rank,
        score=float(scored.total[picked.row]),
        parts=parts,
        reasons=reasons_of(shelf, wanted, bounds, at, parts, scored.past, stock_unsure=unsure),
        propensity=picked.propensity,
        steered=bounds.effects.named(at) if bounds.effects is not None else (),
        arrives=arrival_of(product.delivery, now, rules.delivery, wanted.deliver_to),
        stock_unsure=unsure,
    )
