"""A small made-up shop for the item model: products with words in common, shoppers with pasts, days around a fit."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Interactions
from catalog.model.item_model import Recipe
from catalog.model.popularity import Popularity

TODAY = 20_000
WORDS = ("tea", "pot", "garden", "rose", "tin", "red", "blue", "cake", "mug", "sign")
RECIPE = Recipe(text_weight=2.0, ridge=5.0)


def titles_of(count: int, seed: int = 1) -> list[str]:
    """Three words each."""
    chance = np.random.default_rng(seed)
    return [" ".join(WORDS[at] for at in chance.integers(0, len(WORDS), 3)) for _ in range(count)]


def purchases(rows: list[tuple[str, int, int]]) -> Interactions:
    """Lay (shopper, product, day) out as the ledger gives them."""
    names = tuple(sorted({who for who, _, _ in rows}))
    number = {name: at for at, name in enumerate(names)}
    ordered = sorted((number[who], day, product) for who, product, day in rows)
    who, day, product = np.array(ordered, dtype=np.int32).reshape(-1, 3).T
    return Interactions(names, who.copy(), product.copy(), day.copy())


def random_rows(shoppers: int, products: int, count: int, seed: int = 3) -> list[tuple[str, int, int]]:
    """Purchases within a year before the fit."""
    chance = np.random.default_rng(seed)
    return [
        (f"s{chance.integers(shoppers):03d}", int(chance.integers(products)), TODAY - int(chance.integers(365)))
        for _ in range(count)
    ]


def sums_of(popularity: Popularity) -> dict[str, NDArray[Any]]:
    """Return everything popularity counts, by name; products along the last axis."""
    found = {field.name: getattr(popularity, field.name) for field in fields(popularity)}
    return {name: value for name, value in found.items() if isinstance(value, np.ndarray)}


def furthest_count(one: Popularity, other: Popularity) -> float:
    """Greatest difference of anything that is counted."""
    mine, theirs = sums_of(one), sums_of(other)
    assert mine.keys() == theirs.keys()
    return max((float(np.abs(mine[name] - theirs[name]).max(initial=0)) for name in mine), default=0.0)
