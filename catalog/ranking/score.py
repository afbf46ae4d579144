"""How well each product answers a request: a plain sum of parts, so that every reason is a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import day_number
from catalog.model.appetite import Past, appetite
from catalog.ranking.constraints import Bounds
from catalog.ranking.house_rules import HouseRules
from catalog.ranking.price_fit import price_fit
from catalog.shelf.shelf import Shelf
from catalog.shelf.suitability import audience_of
from catalog.wanted import Wanted
from catalog.words.product_text import NAME_FIELDS

Scores = NDArray[np.float32]
Positions = NDArray[np.int64]

MATCHES, NEAR, FURTHER_MATCH = 6.0, 3.0, 1.0
LIKE_SHOWN = 10.0
RECIPIENT, OCCASION, CHILD_FOR_CHILD = 0.6, 1.2, 0.8
APPETITE = 0.6
"""Scale of what sells, what is new and the season against the wishes; among themselves they keep evaluated weights."""
OWN_PAST = 0.9
"""Scale of the shopper's own past: more than its evaluated share, so that among things that fit, it is seen."""
OF_THE_PAST = frozenset({"past", "words"})
LEAST_HABIT, MOST_HABIT = -2.0, 4.0
"""What any one part of it may count before it is scaled."""
NOT_A_GIFT, CHILD_THING, BOUGHT_ALREADY = -1.5, -0.6, -0.4
OUT_OF_SEASON, UNASKED_OCCASION = -2.5, -0.6
"""Tied to an occasion that was not asked for: out of its season (Christmas in May), and in it."""
STEERED = 2.0
"""Of a boost or a bury of full strength: among things that match alike it decides, it makes no match."""
ENOUGH = 60
"""With this many that match an interest, those that match none are not scored: they could only come after."""
UNMATCHED, NEARLY, SURELY = 0, 1, 2


@dataclass(frozen=True)
class Scored:
    """Parts by name, each one value per product scored, and their sum."""

    at: Positions
    """Where the products scored stand on the shelf, ascending."""
    parts: Mapping[str, Scores]
    total: NDArray[np.float64]
    tier: NDArray[np.int8]
    """SURELY, NEARLY or UNMATCHED: how it meets the interests. Comes before the score, whatever that is."""
    past: Past

    def row(self, product: int) -> int:
        """Return where a product stands in ``parts``; KeyError where it was not scored."""
        row = int(self.at.searchsorted(product))
        if row >= len(self.at) or self.at[row] != product:
            raise KeyError(product)
        return row

    def parts_of(self, product: int) -> dict[str, float]:
        """Return the summands of one product that are not zero."""
        row = self.row(product)
        return {name: float(part[row]) for name, part in self.parts.items() if part[row]}

    def order(self) -> Positions:
        """Rows, best first; equals by their place on the shelf."""
        return np.asarray(np.lexsort((self.at, -self.total, -self.tier)))


def past_of(shelf: Shelf, shopper_id: str | None) -> Past:
    """Look up the past of a shopper; empty for a newcomer. Ages count from the last day of the records."""
    return Past.of(shelf.histories.past_of(shopper_id), shelf.model, shelf.popularity.until)


def score(
    shelf: Shelf,
    wanted: Wanted,
    bounds: Bounds,
    past: Past,
    *,
    now: datetime,
    rules: HouseRules,
    also: Sequence[int] = (),
    all_eligible: bool = False,
) -> Scored:
    """Score what is eligible, or of that only what matches an interest where that is enough, and ``also``."""
    scored = bounds.eligible
    if bounds.likes and not all_eligible:
        matching = scored & bounds.liked
        if np.count_nonzero(matching) >= ENOUGH:
            scored = matching
    at = np.flatnonzero(scored)
    if also:
        at = np.union1d(at, np.array(also, dtype=at.dtype))
    sundry = _sundry(shelf, bounds)[at]
    matches, tier = _matches(bounds, at, sundry)
    parts: dict[str, Scores] = {"matches": matches, **_suits(shelf, wanted, at), **_like_shown(shelf, wanted, at)}
    for name, habit in appetite(shelf.model, shelf.popularity, past, day_number(now.date())).items():
        scale = OWN_PAST if name in OF_THE_PAST else APPETITE
        bounded = np.minimum(np.maximum(habit[at], LEAST_HABIT), MOST_HABIT)  # np.clip takes three times as long
        parts[name] = np.asarray(scale * bounded, dtype=np.float32)
    parts["price_fit"] = price_fit(shelf, bounds.prices, at, wanted)
    parts["not_a_gift"] = np.float32(NOT_A_GIFT) * sundry
    if wanted.occasion is None:
        parts["unasked_occasion"] = _unasked(shelf, bounds, at, now)
    bought = np.zeros(shelf.size, dtype=np.bool_)
    bought[past.products] = True
    parts["bought_already"] = np.float32(BOUGHT_ALREADY) * bought[at]
    parts |= _house(shelf, bounds, at, rules)
    total = np.zeros(len(at))
    for part in parts.values():
        total += part
    return Scored(at, parts, total, tier, past)


def _matches(bounds: Bounds, at: Positions, sundry: NDArray[np.bool_]) -> tuple[Scores, NDArray[np.int8]]:
    best, total = np.zeros(len(at), dtype=np.float32), np.zeros(len(at), dtype=np.float32)
    for like in bounds.likes:
        one = np.where(like.strong[at], np.float32(MATCHES), np.float32(NEAR) * like.near[at])
        total += one
        best = np.maximum(best, one)
    tier = (best > 0).astype(np.int8) + ((best >= MATCHES) & ~sundry)
    return best + np.float32(FURTHER_MATCH / MATCHES) * (total - best), tier.astype(np.int8)


def _sundry(shelf: Shelf, bounds: Bounds) -> NDArray[np.bool_]:
    """Find sundries; who asks for cards or wrapping paper by name shall have them."""
    sundry = shelf.suitability.not_gifts
    for like in bounds.likes:
        if not shelf.suitability.sundry_words.isdisjoint(like.term.words):
            sundry = sundry & ~like.strong
    return sundry


def _suits(shelf: Shelf, wanted: Wanted, at: Positions) -> dict[str, Scores]:
    recipient, occasion = shelf.terms.recipient(wanted.recipient), shelf.terms.occasion(wanted.occasion)
    fits = np.zeros(len(at), dtype=np.float32)
    if recipient:
        fits += np.float32(RECIPIENT) * shelf.text.mask(recipient.words, NAME_FIELDS)[at]
        fits += np.float32(0.5 * RECIPIENT) * shelf.text.mask(recipient.near, NAME_FIELDS)[at]
    audience = audience_of(recipient, wanted.age)
    if audience == "child":
        fits += np.float32(CHILD_FOR_CHILD) * shelf.suitability.for_children[at]
    elif audience is None:
        fits += np.float32(CHILD_THING) * shelf.suitability.for_children[at]
    parts = {"recipient": fits}
    if occasion:
        parts["occasion"] = np.float32(OCCASION) * shelf.text.mask(occasion.words, NAME_FIELDS)[at]
    return parts


def _like_shown(shelf: Shelf, wanted: Wanted, at: Positions) -> dict[str, Scores]:
    likened = shelf.positions.get(wanted.like_product) if wanted.like_product else None
    if likened is None:
        return {}
    return {"like_shown": np.asarray(LIKE_SHOWN * shelf.model.like(likened)[at], dtype=np.float32)}


def _unasked(shelf: Shelf, bounds: Bounds, at: Positions, now: datetime) -> Scores:
    far, near = (mask[at] for mask in shelf.suitability.unasked(now.date()))
    lost = np.float32(OUT_OF_SEASON) * far + np.float32(UNASKED_OCCASION) * near
    for like in bounds.likes:  # "something for her Christmas tree" asks for it in May too
        lost *= ~like.strong[at]
    return np.asarray(lost, dtype=np.float32)


def _house(shelf: Shelf, bounds: Bounds, at: Positions, rules: HouseRules) -> dict[str, Scores]:
    """What the shop adds: its margin, a little, and what its merchandisers steer."""
    parts: dict[str, Scores] = {}
    if rules.margin_weight > 0:
        margin = np.nan_to_num(shelf.columns.margin[at], nan=0.0)
        parts["margin"] = np.float32(rules.margin_weight) * np.clip(margin, 0.0, 1.0)
    if bounds.effects is not None and bounds.effects.any:
        parts["steered"] = np.asarray(STEERED * bounds.effects.bonus[at], dtype=np.float32)
    return parts
