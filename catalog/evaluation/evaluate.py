"""Measures the ranking on a time split: what shoppers bought next against what would have been suggested.

Run it as ``python -m catalog.evaluation.evaluate PRODUCTS.csv INTERACTIONS.parquet [DAYS_BACK …]``; it writes JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.feeds.clean import clean
from catalog.feeds.delimited import read_rows
from catalog.interactions.records import Histories, Interactions, day_of, read_interactions
from catalog.model.appetite import Past, Scores, appetite
from catalog.model.item_model import Recipe, fit
from catalog.model.popularity import Popularity
from catalog.product import Product

CUT = 10
_RESAMPLES = 2000


@dataclass(frozen=True)
class Measured:
    """One ranking over the judged shoppers of one window."""

    ndcg: float
    recall: float
    """Found in the first ten, divided by min(10, bought)."""
    coverage: float
    """Share of all products that stood in anybody's first ten."""


@dataclass(frozen=True)
class Window:
    """What a time split gave: trained before ``begins``, judged on what known shoppers bought for the first time."""

    begins: str
    days: int
    shoppers: int
    ours: Measured
    popular: Measured
    """Buyers of the last seven days before the window, the same list for everybody."""
    gain: float
    """Mean of ours minus popular, NDCG@10."""
    low: float
    """Of the gain: 95 % paired bootstrap interval over shoppers."""
    high: float


def judge(
    interactions: Interactions, titles: Sequence[str], *, begins: int, days: int, recipe: Recipe | None = None
) -> Window:
    """Train on everything before day number ``begins``, judge on the ``days`` from it."""
    before, count = interactions.until(begins - 1), len(titles)
    model = fit(before, titles, today=begins - 1, recipe=recipe or Recipe())
    popularity = Popularity.count(before, count, until=begins - 1)
    histories = Histories.of(before)
    week = np.log1p(popularity.recent()).astype(np.float64)
    gains: list[list[tuple[float, float]]] = [[], []]
    shown: list[set[int]] = [set(), set()]
    for shopper, bought in _bought_in(interactions, begins, days).items():
        products, when = histories.of_shopper(shopper)
        fresh = np.setdiff1d(bought, products)
        if not len(products) or not len(fresh):
            continue
        past = Past(products, when, model.profile(when, begins - 1))
        ours = np.sum(list(appetite(model, popularity, past, begins).values()), axis=0)
        for at, scores in enumerate((ours, week)):
            first = _first(scores, products)
            shown[at].update(first)
            gains[at].append(_gain(first, fresh))
    return _window(begins, days, np.array(gains), [len(one) / count for one in shown])


def _bought_in(interactions: Interactions, begins: int, days: int) -> dict[str, NDArray[np.int32]]:
    inside = (interactions.day >= begins) & (interactions.day < begins + days)
    shopper, product = interactions.shopper[inside], interactions.product[inside]
    return {interactions.shoppers[int(s)]: np.unique(product[shopper == s]) for s in np.unique(shopper)}


def _first(scores: Scores, known: NDArray[np.int32]) -> list[int]:
    """The ten best of the products this shopper has not bought; equal scores in order of the catalogue."""
    open_ = scores.copy()
    open_[known] = -np.inf
    best = np.argpartition(-open_, CUT)[: CUT + 1]
    return [int(p) for p in best[np.lexsort((best, -open_[best]))][:CUT]]


def _gain(first: list[int], relevant: NDArray[np.int32]) -> tuple[float, float]:
    hits = np.isin(first, relevant)
    discount = 1 / np.log2(np.arange(CUT) + 2)
    possible = min(CUT, len(relevant))
    return float(hits @ discount / discount[:possible].sum()), float(hits.sum() / possible)


def _window(begins: int, days: int, gains: NDArray[np.float64], coverage: list[float]) -> Window:
    measured = [
        Measured(round(float(one[:, 0].mean()), 4), round(float(one[:, 1].mean()), 4), round(covered, 3))
        for one, covered in zip(gains, coverage, strict=True)
    ]
    difference = gains[0, :, 0] - gains[1, :, 0]
    chance = np.random.default_rng(0)
    means = difference[chance.integers(0, len(difference), (_RESAMPLES, len(difference)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Window(
        day_of(begins).isoformat(),
        days,
        len(difference),
        measured[0],
        measured[1],
        round(float(difference.mean()), 4),
        round(float(low), 4),
        round(float(high), 4),
    )


def read(products_csv: Path, interactions_parquet: Path) -> tuple[Interactions, list[str]]:
    """Read what is judged: purchases, and the titles of the products."""
    with products_csv.open("rb") as source:
        cleaned = [clean(row, as_of=date.min) for row in read_rows(source)]
    products = [product for product in cleaned if isinstance(product, Product)]
    return read_interactions(interactions_parquet, [p.id for p in products]), [p.title for p in products]


def main(arguments: list[str]) -> None:
    """Judge windows of 30 days that end the given numbers of days before the last record."""
    interactions, titles = read(Path(arguments[0]), Path(arguments[1]))
    last = int(interactions.day.max())
    for back in [int(text) for text in arguments[2:]] or [0]:
        window = judge(interactions, titles, begins=last - back - 29, days=30)
        sys.stdout.write(json.dumps(asdict(window)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
