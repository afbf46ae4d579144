"""Training the intent classifier: the only place of nlu that needs SciPy and scikit-learn."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nlu.intents.fitting import Ints, Rows, fit
from nlu.intents.grams import Floats, Grams
from nlu.intents.model import Features, Head, IntentModel

NEVER = 2.0
"""A confidence no head reaches."""
_AT_ONCE = 4
"""Heads fitted at the same time, where there are cores for them; each takes some 30 MB."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the classifier is trained; chosen by cross-validation (docs/understanding.md).

    ``c`` and ``light_c`` are the inverse strength of regularisation of the two heads, the scales weigh sentence vector
    and flags against the text counts, ``folds`` is for confidence: where it is calibrated, and where it is found from
    when on the light head may decide alone, agreeing with the full one on ``agreement`` of the messages (.998 expected
    gives .997 in nested cross-validation).
    """

    c: float = 3.0
    light_c: float = 10.0
    vector_scale: float = 2.0
    flag_scale: float = 1.0
    least_count: int = 2
    agreement: float = 0.998
    folds: int = 3
    seed: int = 7


def train_intents(features: Sequence[Features], labels: Sequence[str], recipe: Recipe) -> IntentModel:
    """Fit both heads, and calibrate their confidence on folds they did not see.

    Raises:
        ValueError: fewer than two labels, or lengths that differ.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

    names = tuple(sorted(set(labels)))
    if len(names) < 2 or len(features) != len(labels):
        raise ValueError("an intent classifier needs at least two intents, and one for each example")
    targets = np.asarray([names.index(label) for label in labels], dtype=np.intp)
    grams = Grams.seen_in([one.shape for one in features], recipe.least_count)
    views = _views(features, grams, recipe)
    with threadpool_limits(
        1, user_api="blas"
    ):  # the steps are small: BLAS's own threads would only wait for each other
        (light, lightly), (full, fully) = _fitted(views, targets, len(names), recipe)
    temperatures, sure = (1.0, 1.0), NEVER
    if len(lightly):
        temperatures = (_temperature(lightly, targets), _temperature(fully, targets))
        sure = sure_from(lightly / np.float32(temperatures[0]), fully, recipe.agreement)
    return IntentModel(
        labels=names,
        grams=grams,
        light=Head(*light, temperatures[0]),
        full=Head(*full, temperatures[1]),
        sure=sure,
        vector_scale=recipe.vector_scale,
        flag_scale=recipe.flag_scale,
    )


def _views(features: Sequence[Features], grams: Grams, recipe: Recipe) -> tuple[Rows, Rows]:
    """Return all messages as the light head sees them, and as the full one does: features in `IntentModel`'s order."""
    from scipy.sparse import csr_matrix

    found = [grams.weigh(one.shape) for one in features]
    starts = np.cumsum([0, *(len(columns) for columns, _ in found)])
    text = csr_matrix(
        (np.concatenate([values for _, values in found]), np.concatenate([columns for columns, _ in found]), starts),
        shape=(len(features), len(grams.known)),
    )
    flags = np.asarray([one.flags for one in features], dtype=np.float32) * np.float32(recipe.flag_scale)
    vectors = np.stack([one.vector() for one in features]) * np.float32(recipe.vector_scale)
    return Rows(text, flags), Rows(text, np.hstack([flags, vectors]))


def _fitted(
    views: tuple[Rows, Rows], targets: Ints, labels: int, recipe: Recipe
) -> Iterator[tuple[tuple[Floats, Floats], Floats]]:
    """Yield for each head its weights and bias, and the scores of all messages by heads like it that did not see them.

    There are no such scores where a label has only one message. The grams are those of all messages: their weights are
    learned without the held-out ones, that they exist is not.
    """
    from sklearn.model_selection import StratifiedKFold

    folds = min(recipe.folds, *Counter(targets.tolist()).values())
    splitter = StratifiedKFold(folds, shuffle=True, random_state=recipe.seed) if folds > 1 else None
    splits = list(splitter.split(np.zeros(len(targets)), targets)) if splitter else []

    def head(job: tuple[Rows, float, Any]) -> tuple[Floats, Floats]:
        rows, c, seen = job
        return fit(rows[seen], targets[seen], labels, c)

    everything = np.arange(len(targets))
    jobs = [
        (rows, c, seen)
        for rows, c in zip(views, (recipe.light_c, recipe.c), strict=True)
        for seen in (everything, *(seen for seen, _ in splits))
    ]
    with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:  # NumPy and SciPy let other threads work
        heads = list(pool.map(head, jobs))
    for view, rows in enumerate(views):
        whole, *parts = heads[view * (1 + len(splits)) : (view + 1) * (1 + len(splits))]
        scores = np.zeros((len(targets) if parts else 0, labels), dtype=np.float32)
        for (weights, bias), (_, unseen) in zip(parts, splits, strict=True):
            scores[unseen] = rows[unseen] @ weights + bias
        yield whole, scores


def sure_from(light: Floats, full: Floats, agreement: float) -> float:
    """Return the least confidence from which on the light head chooses as the full one in ``agreement`` of the cases.

    Takes the scores of both for the same messages, those of the light head calibrated. How disagreement falls with
    confidence is smoothed by a logistic curve: there are few disagreements near the end, and counted they would move
    the result from one shuffle to the next. One message of each kind is added, so that a few lucky ones prove nothing.
    """
    from sklearn.linear_model import LogisticRegression

    confidence = np.sort(_softmax(light).max(axis=1))[::-1]
    order = np.argsort(-_softmax(light).max(axis=1), kind="stable")
    disagreed = (light.argmax(axis=1) != full.argmax(axis=1))[order]
    doubt = np.log(1.0001 - confidence)[:, None]
    middle = np.full((2, 1), np.median(doubt))
    curve = LogisticRegression(C=1000.0).fit(np.vstack([doubt, middle]), [*disagreed, True, False])
    expected = curve.predict_proba(doubt)[:, 1]
    enough = np.flatnonzero(np.cumsum(expected) / np.arange(1, len(expected) + 1) <= 1 - agreement)
    return float(confidence[enough[-1]]) if len(enough) else NEVER


def _temperature(scores: Floats, truth: Ints) -> float:
    """Find the temperature at which confidence on unseen messages is what it claims (least log loss)."""
    candidates = np.geomspace(0.3, 4.0, 40)
    losses = [-np.log(_softmax(scores / one)[np.arange(len(truth)), truth] + 1e-12).mean() for one in candidates]
    return float(candidates[int(np.argmin(losses))])


def _softmax(scores: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.floating[Any]]:
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exp / exp.sum(axis=1, keepdims=True))
