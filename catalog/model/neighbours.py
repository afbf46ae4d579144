"""What the shoppers nearest to one bought, basket by basket: it says more of the next basket than pairs of products do.

A shopper is the decayed sum of their baskets (TIFU-kNN, Hu et al., SIGIR 2020). Nothing is learnt: all is worked out of
the purchases themselves, so that whoever is taken out of those is gone from here too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories, Ints
from catalog.model.purchases import Purchases

Floats = NDArray[np.float32]

NEAREST = 30
OLDER = 0.9
"""What a basket counts for each newer one of its shopper. All purchases of a day are one basket."""


@dataclass(frozen=True)
class Neighbours:
    """Shoppers by products in two orders, to find who bought the same without looking at everybody's all."""

    by_shopper: tuple[Ints, Ints, Floats]
    """Starts, products, values."""
    by_product: tuple[Ints, Ints, Floats]
    """Starts, shoppers, values."""
    squares: Floats
    """Squared length of each shopper's vector; infinite where it is empty: such a shopper is nobody's nearest."""

    @classmethod
    def of(cls, purchases: Purchases, histories: Histories, products: int) -> Neighbours:
        """Work out every shopper's vector; shoppers in the order of ``histories.names``."""
        shopper, product, day = _rows(purchases, histories)
        order = np.lexsort((day, product, shopper))
        shopper, product, day = shopper[order], product[order], day[order]
        basket = shopper.astype(np.int64) << 32 | (day.astype(np.int64) - day.min(initial=0))
        seen = np.unique(basket)
        last = np.searchsorted(seen >> 32, np.arange(len(histories.names)), side="right") - 1
        count = np.bincount(seen >> 32, minlength=len(histories.names))
        back = last[shopper] - np.searchsorted(seen, basket)
        weight = OLDER**back / count[shopper]
        weight[1:][(basket[1:] == basket[:-1]) & (product[1:] == product[:-1])] = 0  # twice in one basket counts once
        pair = shopper.astype(np.int64) * max(products, 1) + product
        begins = np.flatnonzero(np.append(True, pair[1:] != pair[:-1])) if len(pair) else np.empty(0, dtype=np.int64)
        value = np.add.reduceat(weight, begins).astype(np.float32) if len(begins) else np.empty(0, dtype=np.float32)
        shopper, product = shopper[begins], product[begins]
        squares = np.bincount(shopper, weights=value * value, minlength=len(histories.names)).astype(np.float32)
        squares[squares == 0] = np.inf
        turned = np.argsort(product, kind="stable")
        return cls(
            (_starts(shopper, len(histories.names)), product, value),
            (_starts(product[turned], products), shopper[turned], value[turned]),
            squares,
        )

    def around(self, shopper: int) -> Floats:
        """Return the mean vector of the shoppers nearest to one, over all products; zeros where there is nobody."""
        found = np.zeros(len(self.by_product[0]) - 1, dtype=np.float32)
        products, values = _row(self.by_shopper, shopper)
        far = self.squares.copy()
        for product, value in zip(products.tolist(), values.tolist(), strict=True):
            others, theirs = _row(self.by_product, product)
            far[others] -= np.float32(2 * value) * theirs
        far[shopper] = np.inf
        count = min(NEAREST, int(np.isfinite(far).sum()))
        if not len(products) or not count:
            return found
        near = np.argpartition(far, count - 1)[:count]
        for other in np.sort(near).tolist():
            products, values = _row(self.by_shopper, other)
            found[products] += values / np.float32(count)
        return found


def _rows(purchases: Purchases, histories: Histories) -> tuple[Ints, Ints, Ints]:
    """Shopper, product and day of every purchase, those of shoppers who changed as they are now."""
    shopper = np.repeat(np.arange(len(histories.names), dtype=np.int32), np.diff(purchases.starts))
    product, day = purchases.product, purchases.day
    for shopper_id in purchases.changed:
        name = np.bytes_(shopper_id.encode())
        at = int(np.searchsorted(histories.names, name))
        if at == len(histories.names) or histories.names[at] != name:
            continue  # bought for the first time since: nobody's neighbour until the next fit
        products, days = purchases.of_shopper(histories, shopper_id)
        kept = shopper != at
        shopper = np.append(shopper[kept], np.full(len(products), at, dtype=np.int32))
        product, day = np.append(product[kept], products), np.append(day[kept], days)
    return shopper, product, day


def _starts(sorted_by: Ints, size: int) -> Ints:
    return np.searchsorted(sorted_by, np.arange(size + 1)).astype(np.int32)


def _row(of: tuple[Ints, Ints, Floats], at: int) -> tuple[Ints, Floats]:
    starts, columns, values = of
    here = slice(int(starts[at]), int(starts[at + 1]))
    return columns[here], values[here]
