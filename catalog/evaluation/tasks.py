"""What a ranking is asked and judged by: products new to a shopper, their next basket, and those with a short past."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.evaluation.split import Ints, Records, Split

FEW = 5
"""A past of at most this many interactions is a short one."""


@dataclass(frozen=True)
class Task:
    """Shoppers to rank for, and what each of them bought."""

    name: str
    repeats: bool
    """Whether products of the shopper's past are ranked too."""
    shoppers: Ints
    """Positions of those judged, ascending; each bought at least one product that counts."""
    starts: NDArray[np.int64]
    relevant: Ints
    """Products that count; those of shopper ``i`` stand in ``starts[i]:starts[i + 1]``, ascending."""

    def of(self, at: int) -> Ints:
        """Products that count for the shopper in this place."""
        return self.relevant[self.starts[at] : self.starts[at + 1]]

    def only(self, name: str, kept: NDArray[np.bool_]) -> Task:
        """Return the same for some of the shoppers, under another name."""
        rows = np.repeat(kept, np.diff(self.starts))
        sizes = np.diff(self.starts)[kept]
        return Task(name, self.repeats, self.shoppers[kept], np.append(0, np.cumsum(sizes)), self.relevant[rows])


def new_products(split: Split) -> Task:
    """Judge by everything bought in ``test`` and not in ``train``; what was bought in ``train`` is not ranked."""
    bought = _pairs(split.test, split.products)
    return _task("new_products", False, np.setdiff1d(bought, _pairs(split.train, split.products)), split.products)


def next_basket(split: Split) -> Task:
    """Judge by the products of each shopper's first moment in ``test``; all products are ranked."""
    starts = split.test.rows_of(len(split.shoppers))[:-1]
    there = starts < len(split.test)
    first = np.zeros(len(split.shoppers), dtype=np.int64)
    first[there] = split.test.at[starts[there]]
    basket = split.test.where(np.asarray(split.test.at == first[split.test.shopper]))
    return _task("next_basket", True, _pairs(basket, split.products), split.products)


def few_interactions(split: Split, whole: Task) -> Task:
    """Only the shoppers of ``whole`` with one to five rows in ``train``."""
    rows = np.diff(split.train.rows_of(len(split.shoppers)))[whole.shoppers]
    return whole.only("few_interactions", np.asarray(rows <= FEW))


def sample(task: Task, most: int, seed: int) -> Task:
    """Draw at most so many of the shoppers, the same ones for the same seed."""
    if len(task.shoppers) <= most:
        return task
    kept = np.zeros(len(task.shoppers), dtype=np.bool_)
    kept[np.random.default_rng(seed).choice(len(kept), most, replace=False)] = True
    return task.only(task.name, kept)


def _pairs(records: Records, products: int) -> NDArray[np.int64]:
    return np.asarray(np.unique(records.shopper.astype(np.int64) * products + records.product), dtype=np.int64)


def _task(name: str, repeats: bool, pairs: NDArray[np.int64], products: int) -> Task:
    shoppers, starts = np.unique(pairs // products, return_index=True)
    relevant = (pairs % products).astype(np.int32)
    return Task(name, repeats, shoppers.astype(np.int32), np.append(starts, len(pairs)), relevant)
