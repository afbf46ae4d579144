"""Fitting one head of the intent classifier: multinomial logistic regression by L-BFGS.

What sets it apart from a library's: text counts stay sparse while vectors and flags stay dense, everything is single
precision, and the step along a direction is searched on the scores alone. That is a quarter of the time.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nlu.intents.grams import Floats

Ints = npt.NDArray[np.intp]

TOLERANCE = 1e-4
"""The largest slope left at the end, of the mean loss of a message in nats, by any weight."""
NEVER_SEEN = -50.0
"""Bias of a label without a message."""
_MOST_STEPS = 400
_REMEMBERED = 5
"""Steps from which the curvature is guessed."""
_ENOUGH, _SHORTEST = 1e-4, 1e-4
"""Of what the slope promises, the part that a step must keep; and the shortest step that is tried."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Messages as rows: ``text`` sparse (SciPy CSR), ``rest`` dense; single precision both."""

    text: Any
    rest: Floats

    def __getitem__(self, chosen: Any) -> Rows:
        """Return some of the rows."""
        return Rows(self.text[chosen], self.rest[chosen])

    def __matmul__(self, weights: Floats) -> Floats:
        """Return the scores under weights, one row for each column of ``text`` and then of ``rest``."""
        columns = self.text.shape[1]
        return np.asarray(self.text @ weights[:columns] + self.rest @ weights[columns:], dtype=np.float32)


def fit(rows: Rows, targets: Ints, labels: int, c: float) -> tuple[Floats, Floats]:
    """Return weights (a row for each feature, a column for each label) and bias, every label counting the same.

    ``c`` is the inverse strength of regularisation as scikit-learn has it. Nothing in it is left to chance.
    """
    problem = _Problem(rows, targets, labels, c)
    at = np.zeros((problem.features + 1, labels), dtype=np.float32)
    scores = problem.scores(at) + problem.absent
    loss, gap = problem.loss(scores, 0.0)
    slope = problem.slope(gap, at)
    steps: deque[tuple[Floats, Floats, float]] = deque(maxlen=_REMEMBERED)
    for _ in range(_MOST_STEPS):
        if np.abs(slope).max() <= TOLERANCE:
            break
        way = _downhill(slope, steps)
        gained = problem.scores(way)
        promised = _dot(slope, way)
        square, cross, way_square = (_dot(one[:-1], other[:-1]) for one, other in ((at, at), (at, way), (way, way)))
        length = 1.0
        while True:
            there = scores + np.float32(length) * gained
            lower, gap = problem.loss(there, square + 2 * length * cross + length * length * way_square)
            if lower <= loss + _ENOUGH * length * promised or length < _SHORTEST:
                break
            length /= 2
        if lower > loss:  # as far down as single precision sees
            break
        step = way * np.float32(length)
        at += step
        scores, loss = there, lower
        steeper = problem.slope(gap, at)
        change = steeper - slope
        if (curved := _dot(step, change)) > 0:
            steps.append((step, change, curved))
        slope = steeper
    return at[:-1], at[-1] + problem.absent


def _downhill(slope: Floats, steps: deque[tuple[Floats, Floats, float]]) -> Floats:
    """Return the way to go by the last steps and how the slope changed with each (the two loops of L-BFGS)."""
    way = -slope
    shares: list[float] = []
    for step, change, curved in reversed(steps):
        shares.append(_dot(step, way) / curved)
        way -= np.float32(shares[-1]) * change
    if steps:
        _, change, curved = steps[-1]
        way *= np.float32(curved / _dot(change, change))
    else:
        way /= np.float32(np.linalg.norm(slope))
    for (step, change, curved), share in zip(steps, reversed(shares), strict=True):
        way += np.float32(share - _dot(change, way) / curved) * step
    return way


def _dot(one: Floats, other: Floats) -> float:
    return float(np.vdot(one, other))


class _Problem:
    """The loss to make small: weighted mean of -log(probability of the truth), and the weights' squares."""

    def __init__(self, rows: Rows, targets: Ints, labels: int, c: float) -> None:
        counts = np.bincount(targets, minlength=labels)
        self.features = rows.text.shape[1] + rows.rest.shape[1]
        self.absent = np.where(counts > 0, 0.0, NEVER_SEEN).astype(np.float32)
        self._rows = rows
        self._columns_first = rows.text.T.tocsr()
        self._truth = (np.arange(len(targets)), targets)
        self._weight = (1 / ((counts > 0).sum() * counts[targets])).astype(np.float32)
        self._ridge = 1 / (c * len(targets))

    def scores(self, at: Floats) -> Floats:
        return np.asarray(self._rows @ at[:-1] + at[-1], dtype=np.float32)

    def loss(self, scores: Floats, square: float) -> tuple[float, Floats]:
        """Return the loss, and by how much each label's probability differs from the truth, weighted."""
        top = scores.max(axis=1, keepdims=True)
        exp = np.exp(scores - top)
        total = exp.sum(axis=1, keepdims=True)
        loss = self._weight @ (np.log(total[:, 0]) + top[:, 0] - scores[self._truth])
        gap = exp / total
        gap[self._truth] -= 1
        gap *= self._weight[:, None]
        return float(loss) + self._ridge * square / 2, gap

    def slope(self, gap: Floats, at: Floats) -> Floats:
        slope = at * np.float32(self._ridge)
        columns = self._rows.text.shape[1]
        slope[:columns] += self._columns_first @ gap
        slope[columns:-1] += self._rows.rest.T @ gap
        slope[-1] = gap.sum(axis=0)
        return np.asarray(slope, dtype=np.float32)
