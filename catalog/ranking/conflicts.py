"""Which wishes each product breaks, as one number per product: what any change of the request would give is a sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.offers.arrival import NEVER, Days
from catalog.ranking.constraints import Bounds
from catalog.ranking.prices import Prices, above, below, currencies_of, in_budget
from catalog.shelf.shelf import Shelf
from catalog.wanted import Wanted

MOST_EXCLUSIONS = 6
"""That are tried alone and in pairs; further ones stay as they are."""
Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wish:
    """Something a shopper could let go of: ``name`` is the change's code, ``said`` the unwanted kind if it is one."""

    name: str
    said: str = ""


@dataclass(frozen=True)
class Conflicts:
    """The wishes of one request, and the products by the set of those they break."""

    wishes: tuple[Wish, ...]
    """The interests come last, where there are any: letting go of them also takes back what they made suitable."""
    prices: Prices
    days: Days | None
    """Of arrival; None where no deadline was checked."""
    _with_likes: tuple[Positions, NDArray[np.int64], NDArray[np.int64]]
    _without: tuple[Positions, NDArray[np.int64], NDArray[np.int64]]
    """Positions, their set of broken wishes as bits, and for each set how many break no more than it."""

    def count(self, let_go: Iterable[int]) -> int:
        """Return how many products there are once these wishes (by place) are let go."""
        (_, _, sums), bits = self._for(let_go)
        return int(sums[bits])

    def admitted(self, let_go: Iterable[int]) -> Positions:
        """Return the products there are then."""
        (at, broken, _), bits = self._for(let_go)
        return np.asarray(at[broken & ~bits == 0])

    def _for(self, let_go: Iterable[int]) -> tuple[tuple[Positions, NDArray[np.int64], NDArray[np.int64]], int]:
        kept = [at for at in let_go if self.wishes[at].name != "drop_interest"]
        free = any(self.wishes[at].name == "drop_interest" for at in let_go)
        return (self._without if free else self._with_likes), sum(1 << at for at in kept)


def conflicts_of(shelf: Shelf, wanted: Wanted, bounds: Bounds, shown: Sequence[int] = ()) -> Conflicts:
    """Ask every product once what it breaks; those ``shown`` (positions) in the same answer are none to be had."""
    wishes: list[Wish] = []
    broken: list[NDArray[np.bool_]] = []
    base = bounds.always.copy()
    base[list(shown)] = False
    base &= in_budget(shelf, bounds.prices, replace(wanted, price_min=None, price_max=None))  # "cheaper" stays
    for currency in currencies_of(shelf, wanted):
        base &= shelf.sold_in(currency)
    if wanted.price_max is not None:
        wishes.append(Wish("raise_max"))
        broken.append(above(bounds.prices, wanted.price_max))
    if wanted.price_min is not None:
        wishes.append(Wish("lower_min"))
        broken.append(below(bounds.prices, wanted.price_min))
    if bounds.deadline.late is not None and bounds.deadline.days is not None:
        base &= bounds.deadline.days != NEVER
        wishes.append(Wish("later"))
        broken.append(bounds.deadline.late)
    for place, (said, mask) in enumerate(zip(wanted.not_wanted, bounds.kept_out, strict=True)):
        if place < MOST_EXCLUSIONS:
            wishes.append(Wish("drop_exclusion", said))
            broken.append(mask)
        else:
            base &= ~mask
    if wanted.not_again:
        wishes.append(Wish("show_again"))
        broken.append(bounds.seen)
    suits = base & ~bounds.not_for
    with_likes = _by_set(suits & bounds.liked if bounds.likes else suits, broken)
    without = with_likes
    if bounds.likes:
        wishes.append(Wish("drop_interest"))
        without = _by_set(base & ~bounds.unsuitable & ~bounds.guessed_unsuitable, broken)
    return Conflicts(tuple(wishes), bounds.prices, bounds.deadline.days, with_likes, without)


def _by_set(
    admitted: NDArray[np.bool_], broken: list[NDArray[np.bool_]]
) -> tuple[Positions, NDArray[np.int64], NDArray[np.int64]]:
    at = np.flatnonzero(admitted)
    sets = np.zeros(len(at), dtype=np.int64)
    for place, mask in enumerate(broken):
        sets |= mask[at].astype(np.int64) << place
    sums = np.bincount(sets, minlength=1 << len(broken)).astype(np.int64)
    for place in range(len(broken)):  # from how many break exactly a set to how many break no more than it
        halves = sums.reshape(-1, 2, 1 << place)
        halves[:, 1] += halves[:, 0]
    return at, sets, sums
