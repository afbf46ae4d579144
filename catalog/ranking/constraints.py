"""The hard bounds: budget, stock, exclusions, what was shown, whom it is for. Filters, never scores."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np

from catalog.shelf.shelf import PRICE_UNIT, Shelf
from catalog.wanted import Wanted
from catalog.words.terms import Term
from catalog.words.text_index import Mask


@dataclass(frozen=True)
class Like:
    """One interest of the request, and where the catalogue meets it."""

    said: str
    term: Term
    strong: Mask
    near: Mask
    mask: Mask
    """Products that match it at all."""


@dataclass(frozen=True)
class Bounds:
    """The request as masks over all products, kept apart so that one can be loosened alone."""

    likes: tuple[Like, ...]
    in_budget: Mask
    allowed: Mask
    """In stock, not excluded, not shown before, for this recipient and occasion."""

    @property
    def eligible(self) -> Mask:
        """What may be suggested."""
        return self.in_budget & self.allowed

    @property
    def liked(self) -> Mask:
        """Products that match at least one interest."""
        found = np.zeros_like(self.allowed)
        for like in self.likes:
            found |= like.mask
        return found


def bounds_of(shelf: Shelf, wanted: Wanted) -> Bounds:
    """Read the request against this shelf."""
    likes = tuple(like_of(shelf, said) for said in wanted.likes)
    terms, suitability = shelf.terms, shelf.suitability
    recipient, occasion = terms.recipient(wanted.recipient), terms.occasion(wanted.occasion)
    asked_for = np.zeros(shelf.size, dtype=np.bool_)
    for like in likes:
        if like.term.audience or like.term.gender:  # "toys", "jewellery": asked for by name, so never too young
            asked_for |= like.strong
    unsuitable = suitability.unsuitable(recipient, occasion, wanted) & ~asked_for
    allowed = shelf.in_stock & ~unsuitable & ~excluded(shelf, wanted.not_wanted)
    shown = [shelf.positions[name] for name in wanted.not_again if name in shelf.positions]
    allowed[shown] = False
    if wanted.like_product is not None and wanted.like_product in shelf.positions:
        allowed[shelf.positions[wanted.like_product]] = False
    return Bounds(likes, in_budget(shelf, wanted), allowed)


def like_of(shelf: Shelf, said: str) -> Like:
    """Find the products one interest means; where its own words find none, those of its last word, if known."""
    term = shelf.terms.interest(said)
    if not any(len(shelf.text.holding(one)) for one in (*term.words, *term.near)):
        term = shelf.terms.head_of(said) or term
    never = shelf.text.mask(term.never)
    strong = shelf.text.mask(term.words) & ~never
    near = shelf.text.mask(term.near) & ~never & ~strong
    return Like(said, term, strong, near, strong | near)


def excluded(shelf: Shelf, not_wanted: tuple[str, ...]) -> Mask:
    """Products that any of the unwanted kinds names, its synonyms included ("no candles": tea lights too)."""
    out = np.zeros(shelf.size, dtype=np.bool_)
    for said in not_wanted:
        term = shelf.terms.interest(said)
        out |= shelf.text.mask((*term.words, *_itself(shelf, said, term)))
    return out


def _itself(shelf: Shelf, said: str, term: Term) -> tuple[tuple[str, ...], ...]:
    """Return the words as said, beside what the lookup knows; the head too where only that is known."""
    head = shelf.terms.head_of(said) if term.name == said else None
    literal = shelf.terms.literal(said)
    found = bool(literal) and len(shelf.text.holding(literal)) > 0
    return ((literal,) if literal else ()) + (head.words if head and not found else ())


def in_budget(shelf: Shelf, wanted: Wanted) -> Mask:
    """Find products within every bound on the price; a budget named in another currency than theirs admits none."""
    prices = shelf.prices
    fits = np.ones(shelf.size, dtype=np.bool_)
    if wanted.price_min is not None:
        fits &= prices >= _number(wanted.price_min, ROUND_CEILING)
    if wanted.price_max is not None:
        fits &= prices <= _number(wanted.price_max, ROUND_FLOOR)
    if wanted.price_below is not None:
        fits &= prices < _number(wanted.price_below, ROUND_CEILING)
    if wanted.price_above is not None:
        fits &= prices > _number(wanted.price_above, ROUND_FLOOR)
    if wanted.said_budget and wanted.currency is not None:
        fits &= shelf.currency == wanted.currency.upper()
    return fits


def _number(bound: Decimal, rounding: str) -> int:
    """Turn a bound into the shelf's whole numbers, rounded to the strict side, kept within what they hold."""
    number = (bound * PRICE_UNIT).to_integral_value(rounding=rounding)
    return int(min(max(number, Decimal(-(10**15))), Decimal(10**15)))
