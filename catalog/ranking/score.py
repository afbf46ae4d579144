"""How well each product answers a request: a plain sum of parts, so that every reason is a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import day_number
from catalog.model.appetite import Past, appetite
from catalog.ranking.constraints import Bounds
from catalog.shelf.shelf import PRICE_UNIT, Shelf
from catalog.shelf.suitability import audience_of
from catalog.wanted import Wanted

Scores = NDArray[np.float64]

MATCHES, NEAR, FURTHER_MATCH = 6.0, 4.0, 1.0
LIKE_SHOWN = 10.0
RECIPIENT, OCCASION, CHILD_FOR_CHILD = 0.6, 1.2, 0.8
APPETITE = 0.4
"""Scale of past, popularity and season against the wishes; among themselves they keep evaluated weights."""
OWN_PAST = 0.6
"""Scale of the shopper's own past: more than its evaluated share, so that among things that fit, it is seen."""
NOT_A_GIFT, CHILD_THING, BOUGHT_ALREADY = -1.5, -0.6, -0.4
PRICE_FIT, LEAN_FIT = 0.8, 2.0
"""Weight of a fitting price; more where the shopper spoke of it without a figure."""
AIM: Mapping[str | None, float] = {None: 0.6, "low": 0.35, "high": 0.9}
"""Share of the upper bound at which a price fits best."""
USUAL, LEAST_AIM = {"low": 0.4, "high": 0.95}, 6.0
"""Without a bound: the share of the catalogue that is cheaper than the price that fits best, or that price."""


@dataclass(frozen=True)
class Scored:
    """Parts by name, each one value per product, and their sum."""

    parts: Mapping[str, Scores]
    total: Scores
    past: Past


def past_of(shelf: Shelf, shopper_id: str | None) -> Past:
    """Look up the past of a shopper; empty for a newcomer. Ages count from the last day of the records."""
    products, days = shelf.histories.of_shopper(shopper_id)
    return Past(products, days, shelf.model.profile(days, shelf.popularity.until))


def score(shelf: Shelf, wanted: Wanted, bounds: Bounds, past: Past, *, now: datetime) -> Scored:
    """Score every product, eligible or not."""
    habits = {
        name: (OWN_PAST if name == "past" else APPETITE) * np.clip(part, -2.0, 5.0)
        for name, part in appetite(shelf.model, shelf.popularity, past, day_number(now.date())).items()
    }
    parts = {**_wishes(shelf, wanted, bounds), **habits, "price_fit": _price_fit(shelf, wanted)}
    sundry = shelf.suitability.not_gifts
    if bounds.likes:  # who asks for cards or wrapping paper by name shall have them
        named = [like.strong for like in bounds.likes if set(like.term.words) & set(shelf.terms.group("not_gifts"))]
        sundry = sundry & ~np.any(named, axis=0) if named else sundry
    parts["not_a_gift"] = NOT_A_GIFT * sundry
    parts["bought_already"] = np.zeros(shelf.size)
    parts["bought_already"][past.products] = BOUGHT_ALREADY
    return Scored(parts, np.sum(list(parts.values()), axis=0), past)


def _wishes(shelf: Shelf, wanted: Wanted, bounds: Bounds) -> dict[str, Scores]:
    nothing = np.zeros(shelf.size)
    best, total = nothing.copy(), nothing.copy()
    for like in bounds.likes:
        one = MATCHES * like.strong + NEAR * like.near
        total += one
        best = np.maximum(best, one)
    parts = {"matches": best + FURTHER_MATCH * (total - best) / MATCHES}
    recipient, occasion = shelf.terms.recipient(wanted.recipient), shelf.terms.occasion(wanted.occasion)
    fits = nothing.copy()
    if recipient:
        fits += RECIPIENT * shelf.text.mask(recipient.words) + 0.5 * RECIPIENT * shelf.text.mask(recipient.near)
    audience = audience_of(recipient, wanted.age)
    if audience == "child":
        fits += CHILD_FOR_CHILD * shelf.suitability.for_children
    elif audience is None:
        fits += CHILD_THING * shelf.suitability.for_children
    parts["recipient"] = fits
    parts["occasion"] = OCCASION * shelf.text.mask(occasion.words) if occasion else nothing
    likened = shelf.positions.get(wanted.like_product) if wanted.like_product else None
    parts["like_shown"] = nothing if likened is None else LIKE_SHOWN * shelf.model.like(likened)
    return parts


def _price_fit(shelf: Shelf, wanted: Wanted) -> Scores:
    """Prefer what the budget is for: a gift "under £30" is rarely one of 85p, "not too expensive" rarely of £29."""
    prices = shelf.prices / PRICE_UNIT
    bounds = [bound for bound in (wanted.price_max, wanted.price_below) if bound is not None]
    if bounds:
        aim = AIM[wanted.price_lean] * float(min(bounds))
    else:
        usual = float(np.quantile(prices, USUAL[wanted.price_lean])) if wanted.price_lean and shelf.size else LEAST_AIM
        aim = max(usual, float(wanted.price_min or wanted.price_above or 0))
    nearness = np.log(np.maximum(prices, 0.01) / max(aim, 0.01))
    if bounds and wanted.price_lean != "low":
        nearness = np.minimum(nearness, 0)  # dearer than the aim is as good, the bound itself is kept elsewhere
    weight = LEAN_FIT if wanted.price_lean else PRICE_FIT
    return np.asarray(weight * np.exp(-0.5 * np.square(nearness)))
