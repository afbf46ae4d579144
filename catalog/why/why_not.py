"""Why a product is not among the ideas: the bounds that keep it out, with their figures, or what it loses by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from catalog.interactions.records import day_of
from catalog.offers.arrival import NEVER
from catalog.product import ProductId
from catalog.ranking.choosing import choose
from catalog.ranking.constraints import Bounds, bounds_of
from catalog.ranking.house_rules import HouseRules
from catalog.ranking.prices import above, below, currencies_of
from catalog.ranking.score import Scored, past_of
from catalog.shelf.shelf import Shelf, price_of
from catalog.wanted import Wanted


@dataclass(frozen=True)
class Barrier:
    """One hard bound that keeps a product out: a code for the wording and the facts to name."""

    code: str
    """``sold_out``, ``hidden`` (for colleagues' eyes), ``too_dear``, ``too_cheap``, ``not_cheaper``, ``not_dearer``,
    ``other_currency``, ``ruled_out``, ``too_late``, ``arrival_unknown``, ``not_for``, ``seen``, ``already_given`` or
    ``the_one_meant``."""
    detail: Mapping[str, str]


@dataclass(frozen=True)
class WhyNot:
    """What is known of a product's place for one request."""

    barriers: tuple[Barrier, ...]
    """Every hard bound it breaks, the plainest first; empty where it may be shown."""
    rank: int | None = None
    """Its place among all that may be shown, by score alone, from 1; None where a bound keeps it out."""
    of: int = 0
    """How many may be shown."""
    shown: bool = False
    """It is among the ideas."""
    loses_by: str = ""
    """The part of the score by which it falls behind the last idea most; ``matches`` where it meets no interest as
    surely, ``variety`` where it scores as much but is too like one that is shown."""
    behind: float = 0.0
    """How much it loses by that part."""


def why_not(
    shelf: Shelf,
    wanted: Wanted,
    shopper_id: str | None,
    product: ProductId,
    *,
    now: datetime,
    count: int = 3,
    rules: HouseRules | None = None,
    shown: Collection[ProductId] | None = None,
) -> WhyNot | None:
    """Say what keeps a product from being suggested; None where this shop has no such product.

    ``shown`` are the ideas it is compared with, best first. Give what the shopper saw: where a place was drawn to learn
    from, asking again without the chance of that time would choose others (and does, where nothing is given).
    """
    at = shelf.positions.get(product)
    if at is None:
        return None
    rules = rules or HouseRules()
    bounds = bounds_of(shelf, wanted, now=now, rules=rules)
    sold_out = () if shelf.sold_at(now)[at] else (Barrier("sold_out", {}),)
    barriers = (*sold_out, *_barriers(shelf, wanted, bounds, product, at))
    if barriers:
        return WhyNot(barriers)
    past = past_of(shelf, shopper_id)
    chosen = choose(shelf, wanted, past, bounds, now=now, count=count, rules=rules, all_eligible=True)
    scored, ideas = chosen.scored, chosen.at
    row = scored.row(at)
    rank = int(np.flatnonzero(scored.order() == row)[0]) + 1
    if at in ideas if shown is None else product in shown:
        return WhyNot((), rank, len(scored.at), shown=True)
    if shown is not None:  # what is no longer to be had is nothing to lose against
        seen = [shelf.positions[name] for name in shown if name in shelf.positions]
        ideas = [one for one in seen if bounds.eligible[one]] or [one for one in ideas if one != at] or [at]
    loses_by, behind = _lost(scored, row, scored.row(ideas[-1]))
    return WhyNot((), rank, len(scored.at), loses_by=loses_by, behind=behind)


def _lost(scored: Scored, row: int, last: int) -> tuple[str, float]:
    """Compare with the last idea: by which part of the sum it falls behind most."""
    gaps = {name: float(part[last] - part[row]) for name, part in scored.parts.items()}
    if scored.tier[row] < scored.tier[last]:
        return "matches", max(gaps["matches"], 0.0)
    if scored.total[row] >= scored.total[last]:
        return "variety", 0.0
    name = max(gaps, key=lambda one: gaps[one])
    return name, gaps[name]


def _barriers(shelf: Shelf, wanted: Wanted, bounds: Bounds, product: ProductId, at: int) -> Iterator[Barrier]:
    if bounds.effects is not None and bounds.effects.hidden[at]:
        yield Barrier("hidden", {"steered": "; ".join(bounds.effects.named(at))})
    yield from _of_price(shelf, wanted, bounds, at)
    for said, mask in zip(wanted.not_wanted, bounds.kept_out, strict=True):
        if mask[at]:
            yield Barrier("ruled_out", {"term": said})
    if bounds.deadline.late is not None and bounds.deadline.days is not None and bounds.deadline.late[at]:
        if bounds.deadline.days[at] == NEVER:
            yield Barrier("arrival_unknown", {"needed_by": str(wanted.needed_by)})
        else:
            arrives = day_of(int(bounds.deadline.days[at])).isoformat()
            yield Barrier("too_late", {"arrives": arrives, "needed_by": str(wanted.needed_by)})
    if bounds.not_for[at]:
        yield Barrier("not_for", {"recipient": wanted.recipient or "", "occasion": wanted.occasion or ""})
    if product in wanted.already_given:
        yield Barrier("already_given", {})
    if product in wanted.not_again:
        yield Barrier("seen", {})
    if product == wanted.like_product:
        yield Barrier("the_one_meant", {})


def _of_price(shelf: Shelf, wanted: Wanted, bounds: Bounds, at: int) -> Iterator[Barrier]:
    prices = bounds.prices[at : at + 1]
    price = {"price": str(price_of(int(prices[0])))}
    strange = currencies_of(shelf, wanted) - {str(shelf.currency[at])}
    if strange:  # figures of two currencies are not compared
        yield Barrier("other_currency", {"currency": str(shelf.currency[at]), "wanted": min(strange)})
        return
    if wanted.price_max is not None and above(prices, wanted.price_max)[0]:
        yield Barrier("too_dear", {**price, "price_max": str(wanted.price_max)})
    if wanted.price_min is not None and below(prices, wanted.price_min)[0]:
        yield Barrier("too_cheap", {**price, "price_min": str(wanted.price_min)})
    if wanted.price_below is not None and price_of(int(prices[0])) >= wanted.price_below:
        yield Barrier("not_cheaper", {**price, "price_below": str(wanted.price_below)})
    if wanted.price_above is not None and price_of(int(prices[0])) <= wanted.price_above:
        yield Barrier("not_dearer", {**price, "price_above": str(wanted.price_above)})
