"""The smallest changes to a request that would give more, each with the count one then really gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from catalog.ranking.constraints import Bounds, bounds_of
from catalog.shelf.shelf import Shelf, price_of
from catalog.wanted import Wanted
from catalog.words.text_index import Mask

MOST = 5


@dataclass(frozen=True)
class Relaxation:
    """One change; ``count`` is what the changed request gives: of those that match, where it has an interest."""

    code: str
    count: int
    detail: Mapping[str, str]


def relaxations_of(shelf: Shelf, wanted: Wanted, bounds: Bounds, count: int) -> tuple[Relaxation, ...]:
    """List changes that help, smallest first; none where the request already gives ``count`` that match."""
    have = _given(bounds)
    if have >= count:
        return ()
    if wanted.said_budget and wanted.currency is not None and not np.any(shelf.currency == wanted.currency.upper()):
        return tuple(_other_currency(shelf, wanted))
    found = [
        *_raise_max(shelf, wanted, count, have),
        *_lower_min(shelf, wanted, count, have),
        *_outside_budget(shelf, wanted, bounds),
        *_without(shelf, wanted, have),
    ]
    if not found and wanted.likes and not bounds.eligible.any():
        found = list(_at_another_price_without_likes(shelf, wanted, count))
    return tuple(found[:MOST])


def _wished(bounds: Bounds) -> Mask:
    """Find what is allowed at any price and matches an interest where there is one."""
    return bounds.allowed & bounds.liked if bounds.likes else bounds.allowed


def _given(bounds: Bounds) -> int:
    return int((bounds.in_budget & _wished(bounds)).sum())


def _other_currency(shelf: Shelf, wanted: Wanted) -> Iterator[Relaxation]:
    free = replace(wanted, price_min=None, price_max=None, price_below=None, price_above=None)
    detail = {"currency": shelf.main_currency, "wanted": str(wanted.currency).upper()}
    yield Relaxation("other_currency", _given(bounds_of(shelf, free)), detail)


def _raise_max(shelf: Shelf, wanted: Wanted, count: int, have: int) -> Iterator[Relaxation]:
    if wanted.price_max is None:
        return
    bounds = bounds_of(shelf, replace(wanted, price_max=None))
    prices = np.sort(shelf.prices[bounds.in_budget & _wished(bounds)])
    if len(prices) > have:
        most = prices[min(count, len(prices)) - 1]
        detail = {"price_max": str(price_of(int(most)))}
        yield Relaxation("raise_max", int((prices <= most).sum()), detail)


def _lower_min(shelf: Shelf, wanted: Wanted, count: int, have: int) -> Iterator[Relaxation]:
    if wanted.price_min is None:
        return
    bounds = bounds_of(shelf, replace(wanted, price_min=None))
    prices = np.sort(shelf.prices[bounds.in_budget & _wished(bounds)])[::-1]
    if len(prices) > have:
        least = prices[min(count, len(prices)) - 1]
        detail = {"price_min": str(price_of(int(least)))}
        yield Relaxation("lower_min", int((prices >= least).sum()), detail)


def _outside_budget(shelf: Shelf, wanted: Wanted, bounds: Bounds) -> Iterator[Relaxation]:
    if not wanted.has_budget:
        return
    for like in bounds.likes:
        outside = like.mask & bounds.allowed & ~bounds.in_budget
        if outside.any() and not (like.mask & bounds.eligible).any():
            prices = shelf.prices[outside]
            span = {"cheapest": str(price_of(int(prices.min()))), "dearest": str(price_of(int(prices.max())))}
            yield Relaxation("outside_budget", int(outside.sum()), {"interest": like.said, **span})


def _at_another_price_without_likes(shelf: Shelf, wanted: Wanted, count: int) -> Iterator[Relaxation]:
    """Change two things where no single change helps: "a drone, over £300" finds neither drones nor that price."""
    without = replace(wanted, likes=())
    for one in (*_raise_max(shelf, without, count, 0), *_lower_min(shelf, without, count, 0)):
        yield Relaxation(f"{one.code}_without", one.count, {**one.detail, "interests": ", ".join(wanted.likes)})


def _without(shelf: Shelf, wanted: Wanted, have: int) -> Iterator[Relaxation]:
    """Drop one interest, one exclusion, or the rule that nothing is shown twice."""
    changes: list[tuple[str, dict[str, str], Wanted]] = []
    for like in wanted.likes:
        others = tuple(other for other in wanted.likes if other != like)
        changes.append(("drop_interest", {"interest": like}, replace(wanted, likes=others)))
    for term in wanted.not_wanted:
        others = tuple(other for other in wanted.not_wanted if other != term)
        changes.append(("drop_exclusion", {"term": term}, replace(wanted, not_wanted=others)))
    if wanted.not_again:
        changes.append(("show_again", {}, replace(wanted, not_again=frozenset())))
    for code, detail, changed in changes:
        count = _given(bounds_of(shelf, changed))
        if count > have:
            yield Relaxation(code, count, detail)
