"""Why a product was suggested: read off the parts of its score, with details that can be checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from catalog.interactions.records import day_of
from catalog.model.appetite import Past
from catalog.ranking.constraints import Bounds
from catalog.ranking.score import NEAR
from catalog.shelf.shelf import Shelf, price_of
from catalog.wanted import Wanted
from catalog.words.product_text import NAME_FIELDS

FEWEST_BUYERS = 5
"""Fewer are no sign of popularity, and told in a small shop they would tell of persons."""
_DAYS = 30
_A_TRACE = 0.05
"""Parts below this did not decide anything and are not named as reasons."""


@dataclass(frozen=True)
class Reason:
    """One cause of a suggestion: a code for the wording, its weight in the score, and the facts to name."""

    code: str
    weight: float
    detail: Mapping[str, str]


def reasons_of(
    shelf: Shelf,
    wanted: Wanted,
    bounds: Bounds,
    product: int,
    parts: Mapping[str, float],
    past: Past,
    *,
    stock_unsure: bool = False,
) -> tuple[Reason, ...]:
    """At least one reason, the weightiest first; what merchandisers or margins add is never one."""
    found = [
        *_matches(shelf, bounds, product, parts.get("matches", 0.0)),
        *_terms(shelf, wanted, product, parts),
        *_past(shelf, past, product, parts.get("past", 0.0)),
        *_like_shown(shelf, wanted, parts.get("like_shown", 0.0)),
        *_popular(shelf, product, parts.get("popular", 0.0)),
    ]
    found.sort(key=lambda reason: -reason.weight)
    if wanted.price_min is not None or wanted.price_max is not None:  # "cheaper" alone is no budget
        found.append(Reason("in_budget", 0.0, {"price": str(price_of(int(bounds.prices[product])))}))
    return tuple(found) or (Reason("nothing_against" if stock_unsure else "in_stock", 0.0, {}),)


def _matches(shelf: Shelf, bounds: Bounds, product: int, weight: float) -> Iterator[Reason]:
    for like in bounds.likes:
        if like.mask[product]:
            surely = bool(like.strong[product])
            detail = {"interest": like.said, "word": like.word(shelf, product)}
            yield Reason("matches" if surely else "near", weight if surely else min(weight, NEAR), detail)


def _terms(shelf: Shelf, wanted: Wanted, product: int, parts: Mapping[str, float]) -> Iterator[Reason]:
    recipient, occasion = shelf.terms.recipient(wanted.recipient), shelf.terms.occasion(wanted.occasion)
    for code, part, said, term in (
        ("suits_recipient", "recipient", wanted.recipient, recipient),
        ("suits_occasion", "occasion", wanted.occasion, occasion),
    ):
        weight = parts.get(part, 0.0)
        if said and term and weight > _A_TRACE:
            found = shelf.text.first_of((*term.words, *term.near), product, NAME_FIELDS)
            if found:
                yield Reason(code, weight, {part: said, "word": term.written_as(found)})


def _past(shelf: Shelf, past: Past, product: int, weight: float) -> Iterator[Reason]:
    if weight <= _A_TRACE or not len(past.products):
        return
    shares = shelf.model.contributions(past.products, past.profile, product)
    most = int(np.argmax(shares))
    if shares[most] > 0:
        bought = day_of(int(past.days[most]))
        detail = {"product": shelf.at(int(past.products[most])).title, "month": f"{bought:%Y-%m}"}
        yield Reason("bought_together", weight, detail)


def _like_shown(shelf: Shelf, wanted: Wanted, weight: float) -> Iterator[Reason]:
    if weight > _A_TRACE and wanted.like_product is not None:
        shown = shelf.product(wanted.like_product)
        if shown:
            yield Reason("like_shown", weight, {"product": shown.title})


def _popular(shelf: Shelf, product: int, weight: float) -> Iterator[Reason]:
    buyers = int(shelf.popularity.recent(_DAYS)[product])
    if weight > _A_TRACE and buyers >= FEWEST_BUYERS:
        until = day_of(shelf.popularity.until).isoformat()
        yield Reason("popular", weight, {"buyers": str(buyers), "days": str(_DAYS), "until": until})
