"""What another way of choosing would have earned, from what was shown with known chances and what came of it.

Inverse propensity (Horvitz and Thompson 1952), its self-normalised form (Swaminathan and Joachims 2015) and the doubly
robust form (Dudík, Langford, Li 2011), with bootstrap intervals over answers and the effective sample size (Kish).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DRAWS = 2000
FURTHEST_FROM_ONE = 0.2
"""How far a mean weight may be from 1 before an estimate must not be believed."""


@dataclass(frozen=True)
class Logged:
    """Places shown, as parallel arrays."""

    answer: NDArray[np.int64]
    """Which answer the place belongs to: those are drawn whole for the intervals."""
    propensity: Floats
    """Chance with which the shown product stood there, those before it given; above 0, at most 1."""
    target: Floats
    """Chance with which the way to be judged would have shown that product there, those before it given."""
    reward: Floats
    """What came of it, such as 1 for a click."""
    expected: Floats | None = None
    """A model's reward for the product shown; needed for doubly robust."""
    expected_target: Floats | None = None
    """The same model's mean reward over what the way to be judged would show there."""
    rank: NDArray[np.int64] | None = None
    """Place within its answer, from 1; None: in the order logged."""


@dataclass(frozen=True)
class Estimate:
    """Mean reward of a place, and where the truth lies with 95 % confidence."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Estimates:
    """What is known about the way to be judged."""

    shown: Estimate
    """What the way that was used earned: no estimate but a count."""
    ips: Estimate
    snips: Estimate
    doubly_robust: Estimate | None
    """None where the log has no model's rewards."""
    places: int
    effective: float
    """How many places shown by the judged way itself would tell as much; few of many says: do not trust this."""
    most_weight: float
    """Largest weight: the product of the ratios of the two chances down to a place."""
    mean_weights: tuple[float, ...]
    """Mean weight at each place of the answers, which must be about 1. Where it is far below, the way to be judged
    shows there what was never shown: the log cannot judge it."""

    @property
    def can_judge(self) -> bool:
        """Tell whether the log holds what the way to be judged would show."""
        return all(abs(mean - 1) <= FURTHEST_FROM_ONE for mean in self.mean_weights)


def estimate(logged: Logged, *, seed: int) -> Estimates:
    """Estimate the mean reward of a place under the way to be judged.

    Raises:
        ValueError: nothing was logged, or a chance is not one.
    """
    if not len(logged.reward):
        raise ValueError("nothing was shown: there is nothing to estimate from")
    if not ((logged.propensity > 0) & (logged.propensity <= 1)).all():
        raise ValueError("a propensity must be above 0 and at most 1: it is the chance of what did happen")
    if not ((logged.target >= 0) & (logged.target <= 1)).all():
        raise ValueError("a target must be from 0 to 1: it is a chance")
    weight, before, depth = _weights(logged)
    sums = {"n": np.ones_like(weight), "r": logged.reward, "w": weight, "wr": weight * logged.reward}
    if logged.expected is not None and logged.expected_target is not None:
        sums["dr"] = before * logged.expected_target + weight * (logged.reward - logged.expected)
    by_answer = _by_answer(logged.answer, np.column_stack(list(sums.values())))
    whole = dict(zip(sums, by_answer.sum(axis=0), strict=True))
    drawn = dict(zip(sums, _resampled(by_answer, seed).T, strict=True))

    def share(top: str, bottom: str) -> Estimate:
        ratios = np.divide(drawn[top], drawn[bottom], out=np.zeros(DRAWS), where=drawn[bottom] > 0)
        low, high = np.quantile(ratios, (0.025, 0.975))
        value = whole[top] / whole[bottom] if whole[bottom] > 0 else 0.0
        return Estimate(float(value), float(low), float(high))

    square = float((weight**2).sum())
    return Estimates(
        shown=share("r", "n"),
        ips=share("wr", "n"),
        snips=share("wr", "w"),
        doubly_robust=share("dr", "n") if "dr" in sums else None,
        places=len(weight),
        effective=float(weight.sum()) ** 2 / square if square > 0 else 0.0,
        most_weight=float(weight.max()),
        mean_weights=tuple(float(weight[depth == place].mean()) for place in range(int(depth.max()) + 1)),
    )


def _weights(logged: Logged) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return each place's weight, that of the place before it in its answer (1 for the first), and its depth from 0.

    The chances are conditional on the places before, so the weight of a place is the product of all ratios down to it.
    """
    rank = np.arange(len(logged.answer)) if logged.rank is None else logged.rank
    order = np.lexsort((rank, logged.answer))
    answer = logged.answer[order]
    first = np.flatnonzero(np.append(True, answer[1:] != answer[:-1]))
    deep = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
    ratio = (logged.target / logged.propensity)[order]
    weight, before = ratio.copy(), np.ones_like(ratio)
    for place in range(1, int(deep.max()) + 1):
        at = np.flatnonzero(deep == place)
        before[at] = weight[at - 1]
        weight[at] *= before[at]
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return weight[back], before[back], deep[back]


def _by_answer(answer: NDArray[np.int64], columns: Floats) -> Floats:
    """Sum the places of each answer: what happens in one answer is not independent."""
    _, number = np.unique(answer, return_inverse=True)
    return np.column_stack([np.bincount(number, weights=column) for column in columns.T])


def _resampled(rows: Floats, seed: int) -> Floats:
    """Column sums over as many rows drawn with replacement, 2,000 times."""
    chance, count = np.random.default_rng(seed), len(rows)
    found, step = np.empty((DRAWS, rows.shape[1])), max(1, 4_000_000 // count)
    for start in range(0, DRAWS, step):
        draws = min(step, DRAWS - start)
        drawn = chance.integers(0, count, (draws, count)) + count * np.arange(draws)[:, None]
        often = np.bincount(drawn.ravel(), minlength=draws * count).reshape(draws, count)
        found[start : start + draws] = often @ rows
    return found
