"""Training the intent classifier: the only place of nlu that needs scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nlu.intent_grams import Floats, Grams
from nlu.intent_model import Features, Head, IntentModel

Ints = npt.NDArray[np.intp]
NEVER = 2.0
"""A confidence no head reaches."""


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

    with threadpool_limits(1, user_api="blas"):  # the steps are small: a second thread would only wait, and burn a core
        return _train(features, labels, recipe)


def _train(features: Sequence[Features], labels: Sequence[str], recipe: Recipe) -> IntentModel:
    names = tuple(sorted(set(labels)))
    if len(names) < 2 or len(features) != len(labels):
        raise ValueError("an intent classifier needs at least two intents, and one for each example")
    targets = np.asarray([names.index(label) for label in labels], dtype=np.intp)
    light, full = held_out_scores(features, targets, len(names), recipe)
    temperatures = (1.0, 1.0)
    sure = NEVER
    if len(light):
        temperatures = (_temperature(light, targets), _temperature(full, targets))
        sure = sure_from(light / temperatures[0], full, recipe.agreement)
    grams = Grams.seen_in([one.shape for one in features], recipe.least_count)
    rows = _matrix(features, grams, recipe)
    lightly, fully = _views(rows, features)
    return IntentModel(
        labels=names,
        grams=grams,
        light=Head(*_fit(lightly, targets, len(names), recipe.light_c, recipe.seed), temperatures[0]),
        full=Head(*_fit(fully, targets, len(names), recipe.c, recipe.seed), temperatures[1]),
        sure=sure,
        vector_scale=recipe.vector_scale,
        flag_scale=recipe.flag_scale,
    )


def held_out_scores(features: Sequence[Features], targets: Ints, labels: int, recipe: Recipe) -> tuple[Floats, Floats]:
    """Return the scores of all messages by a light and a full head that did not see them; none if that cannot be."""
    from sklearn.model_selection import StratifiedKFold

    folds = min(recipe.folds, *Counter(targets.tolist()).values())
    if folds < 2:
        return np.zeros((0, labels), dtype=np.float32), np.zeros((0, labels), dtype=np.float32)
    splitter = StratifiedKFold(folds, shuffle=True, random_state=recipe.seed)
    scores = np.zeros((2, len(features), labels), dtype=np.float32)
    for fitted, unseen in splitter.split(np.zeros(len(targets)), targets):
        grams = Grams.seen_in([features[at].shape for at in fitted], recipe.least_count)
        views = _views(_matrix(features, grams, recipe), features)
        for head, (matrix, c) in enumerate(zip(views, (recipe.light_c, recipe.c), strict=True)):
            weights, bias = _fit(matrix[fitted], targets[fitted], labels, c, recipe.seed)
            scores[head, unseen] = matrix[unseen] @ weights + bias
    return scores[0], scores[1]


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


def _views(rows: Any, features: Sequence[Features]) -> tuple[Any, Any]:
    """Return what the light head sees of the matrix, and what the full one sees."""
    return rows[:, : rows.shape[1] - features[0].vector().size], rows


def _fit(matrix: Any, targets: Ints, labels: int, c: float, seed: int) -> tuple[Floats, Floats]:
    """Return weights and bias of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=c, max_iter=400, class_weight="balanced", random_state=seed)
    regression.fit(matrix, targets)
    weights = np.zeros((matrix.shape[1], labels), dtype=np.float32)
    bias = np.full(labels, -50.0, dtype=np.float32)
    both = len(regression.classes_) == 2  # then there is one row for the second label, its mirror for the first
    coefficients = np.vstack([-regression.coef_, regression.coef_]) / 2 if both else regression.coef_
    intercepts = np.hstack([-regression.intercept_, regression.intercept_]) / 2 if both else regression.intercept_
    for row, target in enumerate(regression.classes_):  # a fold may lack a label
        weights[:, target] = coefficients[row]
        bias[target] = intercepts[row]
    return weights, bias


def _matrix(features: Sequence[Features], grams: Grams, recipe: Recipe) -> Any:
    """All messages as one sparse matrix, columns in the order of `IntentModel.full`."""
    from scipy.sparse import csr_matrix, hstack

    found = [grams.weigh(one.shape) for one in features]
    starts = np.cumsum([0, *(len(columns) for columns, _ in found)])
    text = csr_matrix(
        (np.concatenate([values for _, values in found]), np.concatenate([columns for columns, _ in found]), starts),
        shape=(len(features), len(grams.known)),
    )
    flags = np.asarray([one.flags for one in features], dtype=np.float32) * recipe.flag_scale
    vectors = np.stack([one.vector() for one in features]) * recipe.vector_scale
    return hstack([text, csr_matrix(flags), csr_matrix(vectors)]).tocsr()


def _temperature(scores: Floats, truth: Ints) -> float:
    """Find the temperature at which confidence on unseen messages is what it claims (least log loss)."""
    candidates = np.geomspace(0.3, 4.0, 40)
    losses = [-np.log(_softmax(scores / one)[np.arange(len(truth)), truth] + 1e-12).mean() for one in candidates]
    return float(candidates[int(np.argmin(losses))])


def _softmax(scores: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.floating[Any]]:
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exp / exp.sum(axis=1, keepdims=True))
