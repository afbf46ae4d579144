"""How good lists of ten are: NDCG and recall with binary relevance, coverage, and intervals over shoppers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from catalog.evaluation.split import Ints
from catalog.evaluation.tasks import Task

CUT = 10
DRAWS = 2000
Scores = NDArray[np.float64]
_DISCOUNT = 1 / np.log2(np.arange(CUT) + 2)


class Interval(TypedDict):
    """A mean over shoppers and its 95 % bootstrap interval."""

    mean: float
    ci95: list[float]


def first_ten(scores: Scores) -> Ints:
    """Positions of the ten best of one row, best first; equals in order of the catalogue; -1 where nothing is left."""
    found = np.full(CUT, -1, dtype=np.int32)
    if len(scores) > CUT:
        least = np.partition(scores, len(scores) - CUT)[len(scores) - CUT]
        above = np.flatnonzero(scores > least)
        at = np.append(above, np.flatnonzero(scores == least)[: CUT - len(above)])
    else:
        at = np.arange(len(scores))
    at = at[scores[at] > -np.inf]
    found[: len(at)] = at[np.lexsort((at, -scores[at]))]
    return found


def gains(task: Task, lists: Ints) -> tuple[Scores, Scores]:
    """NDCG@10 and recall@10 of each judged shopper; recall is divided by min(10, relevant).

    Args:
        task: Who is judged by what.
        lists: shoppers x 10, a row for each of the task's shoppers.
    """
    ndcg, recall = np.zeros(len(lists)), np.zeros(len(lists))
    for at, row in enumerate(lists):
        relevant = task.of(at)
        hits = np.isin(row, relevant)
        possible = min(CUT, len(relevant))
        ndcg[at] = hits @ _DISCOUNT / _DISCOUNT[:possible].sum()
        recall[at] = hits.sum() / possible
    return ndcg, recall


def coverage(lists: Ints, products: int) -> float:
    """Share of all products that stand in anybody's first ten."""
    return len(np.unique(lists[lists >= 0])) / products if products else 0.0


def intervals(columns: Sequence[Scores], *, seed: int) -> list[Interval]:
    """Mean and 95 % percentile bootstrap interval of each column, all over the same draws of shoppers."""
    values = np.column_stack(columns) if columns else np.empty((0, 0))
    count = len(values)
    if not count:
        return [{"mean": float("nan"), "ci95": [float("nan"), float("nan")]} for _ in columns]
    chance = np.random.default_rng(seed)
    means, step = [], max(1, 4_000_000 // count)
    for start in range(0, DRAWS, step):
        draws = min(step, DRAWS - start)
        drawn = chance.integers(0, count, (draws, count)) + count * np.arange(draws)[:, None]
        often = np.bincount(drawn.ravel(), minlength=draws * count).reshape(draws, count)
        means.append(often @ values / count)
    low, high = np.quantile(np.concatenate(means), (0.025, 0.975), axis=0)
    return [
        {"mean": float(mean), "ci95": [float(least), float(most)]}
        for mean, least, most in zip(values.mean(axis=0), low, high, strict=True)
    ]
