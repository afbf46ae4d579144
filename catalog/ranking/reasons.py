"""Why a product was suggested: read off the parts of its score, with details that can be checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from catalog.interactions.records import day_of
from catalog.ranking.constraints import Bounds
from catalog.ranking.score import Scored
from catalog.shelf.shelf import Shelf, price_of
from catalog.wanted import Wanted
from catalog.words.terms import Term

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


def reasons_of(shelf: Shelf, wanted: Wanted, bounds: Bounds, scored: Scored, product: int) -> tuple[Reason, ...]:
    """At least one reason, the weightiest first."""
    found = [
        *_matches(shelf, bounds, product, float(scored.parts["matches"][product])),
        *_terms(shelf, wanted, scored, product),
        *_past(shelf, scored, product),
        *_like_shown(shelf, wanted, scored, product),
        *_popular(shelf, scored, product),
    ]
    found.sort(key=lambda reason: -reason.weight)
    if wanted.price_min is not None or wanted.price_max is not None:  # "cheaper" alone is no budget
        found.append(Reason("in_budget", 0.0, {"price": str(price_of(int(shelf.prices[product])))}))
    return tuple(found) or (Reason("in_stock", 0.0, {}),)


def _matches(shelf: Shelf, bounds: Bounds, product: int, weight: float) -> Iterator[Reason]:
    for like in bounds.likes:
        if like.mask[product]:
            word = _word(shelf, like.term, product)
            yield Reason("matches", weight, {"interest": like.said, "word": word})


def _terms(shelf: Shelf, wanted: Wanted, scored: Scored, product: int) -> Iterator[Reason]:
    recipient, occasion = shelf.terms.recipient(wanted.recipient), shelf.terms.occasion(wanted.occasion)
    for code, part, said, term in (
        ("suits_recipient", "recipient", wanted.recipient, recipient),
        ("suits_occasion", "occasion", wanted.occasion, occasion),
    ):
        weight = float(scored.parts[part][product])
        word = _word(shelf, term, product) if term and weight > _A_TRACE else ""
        if said and word:
            yield Reason(code, weight, {part: said, "word": word})


def _word(shelf: Shelf, term: Term, product: int) -> str:
    found = shelf.text.first_of((*term.words, *term.near), product)
    return term.written_as(found) if found else ""


def _past(shelf: Shelf, scored: Scored, product: int) -> Iterator[Reason]:
    weight, past = float(scored.parts["past"][product]), scored.past
    if weight <= _A_TRACE or not len(past.products):
        return
    shares = shelf.model.contributions(past.products, past.profile, product)
    most = int(np.argmax(shares))
    if shares[most] > 0:
        bought = day_of(int(past.days[most]))
        detail = {"product": shelf.at(int(past.products[most])).title, "month": f"{bought:%Y-%m}"}
        yield Reason("bought_together", weight, detail)


def _like_shown(shelf: Shelf, wanted: Wanted, scored: Scored, product: int) -> Iterator[Reason]:
    weight = float(scored.parts["like_shown"][product])
    if weight > _A_TRACE and wanted.like_product is not None:
        shown = shelf.product(wanted.like_product)
        if shown:
            yield Reason("like_shown", weight, {"product": shown.title})


def _popular(shelf: Shelf, scored: Scored, product: int) -> Iterator[Reason]:
    weight = float(scored.parts["popular"][product])
    buyers = int(shelf.popularity.recent(_DAYS)[product])
    if weight > _A_TRACE and buyers >= FEWEST_BUYERS:
        until = day_of(shelf.popularity.until).isoformat()
        yield Reason("popular", weight, {"buyers": str(buyers), "days": str(_DAYS), "until": until})
