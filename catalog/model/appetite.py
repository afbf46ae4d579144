"""What a shopper is likely to buy next, before any wish is heard: own past, what sells, time of the year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Ints
from catalog.model.item_model import Floats, ItemModel
from catalog.model.popularity import Popularity

Scores = NDArray[np.float64]

PAST, POPULAR, SEASON = 1.0, 1.0, 2.0


@dataclass(frozen=True)
class Past:
    """One shopper's purchases and how much each still counts."""

    products: Ints
    days: Ints
    profile: Floats


def appetite(model: ItemModel, popularity: Popularity, past: Past, day: int) -> dict[str, Scores]:
    """Score what is likely bought next, before any wish: own past, recent popularity, time of the year."""
    return {
        "past": PAST * standard(model.score(past.products, past.profile)),
        "popular": POPULAR * standard(np.log1p(popularity.recent())),
        "season": SEASON * np.clip(popularity.season(day), -1.5, 1.5),
    }


def standard(values: Scores) -> Scores:
    """Mean 0, deviation 1 over all products; zeros where all are equal."""
    deviation = float(values.std())
    return np.zeros_like(values) if deviation < 1e-12 else (values - values.mean()) / deviation
