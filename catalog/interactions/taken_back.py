"""Refunds and cancelled orders: what was taken back did not happen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import day_number
from catalog.interactions.rows import Row


@dataclass(frozen=True, slots=True)
class Taken:
    """One row with a quantity below 0, as positions."""

    shopper: int
    product: int | None
    """None where the whole order is taken back."""
    kind: int
    day: int
    pieces: float
    """Above 0."""
    group: str
    """The order; empty where it was not told."""


def take_back(
    taken: Iterable[Taken],
    shopper: NDArray[np.int32],
    product: NDArray[np.int32],
    kind: NDArray[np.uint8],
    day: NDArray[np.int32],
    quantity: NDArray[np.float32],
    groups: Sequence[str | None] | None,
) -> None:
    """Lower ``quantity`` in place, to 0 where all of an entry is taken back.

    With an order, pieces of that order are taken back (all, where no product is named). Without one, or where that
    order was never told, the newest pieces of that product the shopper had by that day.
    """
    taken = list(taken)
    people = np.unique([one.shopper for one in taken])
    by_product: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    by_order: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for at in np.flatnonzero(np.isin(shopper, people)):
        by_product[int(shopper[at]), int(product[at]), int(kind[at])].append(int(at))
        group = groups[at] if groups is not None else None
        if group:
            by_order[int(shopper[at]), int(kind[at]), group].append(int(at))
    for one in taken:
        order = by_order.get((one.shopper, one.kind, one.group), []) if one.group else []
        if one.product is None:
            quantity[order] = 0
            continue
        hit = [at for at in order if product[at] == one.product]
        if not hit:
            had = by_product.get((one.shopper, one.product, one.kind), [])
            hit = sorted((at for at in had if day[at] <= one.day), key=lambda at: -int(day[at]))
        left = one.pieces
        for at in hit:
            less = min(left, float(quantity[at]))
            quantity[at] -= less
            left -= less


def netted(rows: Iterable[Row]) -> list[Row]:
    """Return the rows of one shopper and one kind that remain, with the pieces that remain, oldest first."""
    rows = sorted(rows, key=lambda row: row.at)
    entries = [row for row in rows if row.quantity > 0]
    number = {product: at for at, product in enumerate(dict.fromkeys(row.product_id for row in entries))}
    taken = [
        Taken(0, number.get(row.product_id, -1) if row.product_id else None, 0, _day(row), -row.quantity, row.group_id)
        for row in rows
        if row.quantity < 0
    ]
    left = np.array([row.quantity for row in entries], dtype=np.float32)
    nobody = np.zeros(len(entries), dtype=np.int32)
    products = np.array([number[row.product_id] for row in entries], dtype=np.int32)
    days = np.array([_day(row) for row in entries], dtype=np.int32)
    take_back(taken, nobody, products, nobody.astype(np.uint8), days, left, [row.group_id or None for row in entries])
    return [replace(row, quantity=float(pieces)) for row, pieces in zip(entries, left, strict=True) if pieces > 0]


def _day(row: Row) -> int:
    return day_number(row.at.date())
