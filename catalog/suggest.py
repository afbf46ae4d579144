"""Ideas for one request: hard bounds first, then the score, then variety; every reason a part of the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from catalog.product import Product
from catalog.ranking.constraints import bounds_of, excluded
from catalog.ranking.reasons import Reason, reasons_of
from catalog.ranking.relax import Relaxation, relaxations_of
from catalog.ranking.score import past_of, score
from catalog.ranking.variety import pick
from catalog.shelf.shelf import Shelf
from catalog.wanted import Wanted

__all__ = ["Answer", "Reason", "Relaxation", "Suggestion", "suggest"]


@dataclass(frozen=True)
class Suggestion:
    """One product put forward, best first, and why."""

    product: Product
    rank: int
    """From 1."""
    score: float
    parts: Mapping[str, float]
    """Summands of the score that are not zero."""
    reasons: tuple[Reason, ...]
    """At least one, each true, the weightiest first."""


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
    """The catalogue's own, for prices named where no product is."""
    untold: tuple[str, ...] = ()
    """Unwanted kinds that no title tells: nothing was left out for them."""


def suggest(shelf: Shelf, wanted: Wanted, shopper_id: str | None, *, now: datetime, count: int = 3) -> Answer:
    """Suggest up to ``count`` products. Pure: the same shelf, request, shopper and time give the same answer."""
    bounds = bounds_of(shelf, wanted)
    eligible = bounds.eligible
    matching = eligible & bounds.liked
    scored = score(shelf, wanted, bounds, past_of(shelf, shopper_id), now=now)
    chosen = pick(shelf, scored.total, eligible, bounds.likes, count)
    suggestions = tuple(
        Suggestion(
            product=shelf.at(product),
            rank=rank,
            score=float(scored.total[product]),
            parts={name: float(part[product]) for name, part in scored.parts.items() if part[product]},
            reasons=reasons_of(shelf, wanted, bounds, scored, product),
        )
        for rank, product in enumerate(chosen, start=1)
    )
    relaxations = relaxations_of(shelf, wanted, bounds, count)
    return Answer(
        suggestions=suggestions,
        relaxations=relaxations,
        eligible=int(eligible.sum()),
        matching=int(matching.sum()),
        currency=shelf.main_currency,
        untold=tuple(said for said in wanted.not_wanted if not excluded(shelf, (said,)).any()),
    )
