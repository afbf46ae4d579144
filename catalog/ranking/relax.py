"""The smallest changes to a request that would give more, each with the count one then gets beside what is shown.

Each product is asked once which of the wishes it breaks (Jannach's product-specific relaxations; Junker's minimal
conflicts follow from them). A set of wishes let go admits exactly the products that break no other, so the counts of
all sets are sums over one histogram, and the smallest sets are found by looking, not by asking the catalogue again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from catalog.interactions.records import day_number, day_of
from catalog.ranking.conflicts import Conflicts, Wish, conflicts_of
from catalog.ranking.constraints import Bounds
from catalog.ranking.prices import told_in
from catalog.shelf.shelf import Shelf, price_of
from catalog.wanted import Wanted

MOST = 5
LARGEST = 3
"""Wishes let go together, at most: who must give up more had better begin anew."""
COST = {"outside_budget": 0.9, "drop_exclusion": 2.0, "drop_interest": 3.0, "show_again": 4.0, "other_currency": 0.0}
"""How much a change asks of a shopper, beside what a higher price (by its ratio) and a later day ask."""
COST_OF_DOUBLE_PRICE, COST_OF_A_DAY = 1.5, 0.2


@dataclass(frozen=True)
class Relaxation:
    """One change; ``count`` is what the next answer can choose from: of what matches, and nothing this one shows."""

    code: str
    count: int
    detail: Mapping[str, str]
    changes: tuple[str, ...] = ()
    """What is changed, where ``code`` is ``several`` or a price is changed and the interests are left out."""


def relaxations_of(
    shelf: Shelf, wanted: Wanted, bounds: Bounds, count: int, shown: Sequence[int] = ()
) -> tuple[Relaxation, ...]:
    """List changes that help, smallest first; none where the request already gives ``count`` that match.

    The next answer repeats none of the ``shown`` (positions): they count for no change, and one that only gives them
    again is no help.
    """
    wished = bounds.eligible & bounds.liked if bounds.likes else bounds.eligible.copy()
    if np.count_nonzero(wished) >= count:
        return ()
    if wanted.said_budget and wanted.currency is not None and not shelf.sold_in(wanted.currency.upper()).any():
        return (_other_currency(shelf, wanted, bounds),)
    wished[list(shown)] = False
    have = int(np.count_nonzero(wished))
    conflicts = conflicts_of(shelf, wanted, bounds, shown)
    found: list[tuple[float, Relaxation]] = []
    for size in range(1, LARGEST + 1):
        for together in combinations(range(len(conflicts.wishes)), size):
            if conflicts.count(together) > have:
                found += _changed(shelf, wanted, conflicts, together, count)
        if found:
            break
    if len(found) == 0 or len(found[0][1].changes) == 1:
        found += _outside_budget(shelf, wanted, bounds)
    found.sort(key=lambda each: each[0])
    return tuple(relaxation for _, relaxation in found[:MOST])


def _changed(
    shelf: Shelf, wanted: Wanted, conflicts: Conflicts, together: tuple[int, ...], count: int
) -> Iterator[tuple[float, Relaxation]]:
    """Say what a set of wishes let go comes to: price and day are moved only as far as they need be."""
    wishes = [conflicts.wishes[at] for at in together]
    names = {wish.name for wish in wishes}
    if {"raise_max", "lower_min"} <= names:  # "at any price" is said by outside_budget
        return
    at = conflicts.admitted(together)
    detail: dict[str, str] = {}
    cost = 0.0
    for name, bound in (("raise_max", wanted.price_max), ("lower_min", wanted.price_min)):
        if name in names and bound is not None:
            prices, sign = conflicts.prices[at], 1 if name == "raise_max" else -1
            limit = int(np.sort(sign * prices)[min(count, len(at)) - 1]) * sign
            at = at[sign * prices <= sign * limit]
            detail["price_max" if sign > 0 else "price_min"] = str(price_of(limit))
            cost += COST_OF_DOUBLE_PRICE * abs(math.log2(max(float(price_of(limit)), 0.01) / max(float(bound), 0.01)))
    if "later" in names and wanted.needed_by is not None and conflicts.days is not None:
        days = conflicts.days[at]
        day = int(np.sort(days)[min(count, len(at)) - 1])
        at = at[days <= day]
        detail["needed_by"] = day_of(day).isoformat()
        cost += COST_OF_A_DAY * (day - day_number(wanted.needed_by))
    terms = [wish.said for wish in wishes if wish.name == "drop_exclusion"]
    if terms:
        detail["term"] = ", ".join(terms)
    cost += sum(COST.get(wish.name, 0.0) for wish in wishes)
    yield cost, _named(names, wishes, wanted, len(at), detail)


def _named(names: set[str], wishes: list[Wish], wanted: Wanted, count: int, detail: dict[str, str]) -> Relaxation:
    changes = tuple(dict.fromkeys(wish.name for wish in wishes))
    interests = ", ".join(wanted.likes)
    if len(names) == 1:
        if "drop_interest" in names:
            detail["interest"] = interests
        return Relaxation(changes[0], count, detail, changes)
    if "drop_interest" in names:
        detail["interests"] = interests
    for price in ("raise_max", "lower_min"):
        if names == {price, "drop_interest"}:
            return Relaxation(f"{price}_without", count, detail, changes)
    return Relaxation("several", count, detail, changes)


def _other_currency(shelf: Shelf, wanted: Wanted, bounds: Bounds) -> Relaxation:
    free = bounds.allowed & shelf.sold_in(shelf.main_currency)
    if bounds.likes:
        free &= bounds.liked
    detail = {"currency": shelf.main_currency, "wanted": str(wanted.currency).upper()}
    return Relaxation("other_currency", int(np.count_nonzero(free)), detail, ("other_currency",))


def _outside_budget(shelf: Shelf, wanted: Wanted, bounds: Bounds) -> Iterator[tuple[float, Relaxation]]:
    """Name the interests that are met at other prices only, and at which: "6 from £6 to £31" is no dead end."""
    if not wanted.has_budget:
        return
    elsewhere = bounds.allowed & ~bounds.in_budget & shelf.sold_in(told_in(shelf, wanted))  # a span has one currency
    for like in bounds.likes:
        outside = like.mask & elsewhere
        if outside.any() and not (like.mask & bounds.eligible).any():
            prices = bounds.prices[outside]
            span = {"cheapest": str(price_of(int(prices.min()))), "dearest": str(price_of(int(prices.max())))}
            detail = {"interest": like.said, **span}
            count = int(np.count_nonzero(outside))
            yield COST["outside_budget"], Relaxation("outside_budget", count, detail, ("outside_budget",))
