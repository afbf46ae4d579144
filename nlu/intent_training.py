"""Training the intent classifier: the only place of nlu that needs scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from nlu.intent_features import grams_of
from nlu.intent_model import Features, Floats, IntentModel, weigh


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the classifier is trained; chosen by cross-validation (docs/understanding.md).

    ``c`` is the inverse strength of regularisation, the scales weigh sentence vector and flags against the text
    counts, ``folds`` is for the calibration of confidence.
    """

    c: float = 3.0
    vector_scale: float = 2.0
    flag_scale: float = 1.0
    least_count: int = 2
    folds: int = 3
    seed: int = 7


def train_intents(features: Sequence[Features], labels: Sequence[str], recipe: Recipe) -> IntentModel:
    """Fit the classifier and calibrate its confidence on folds it did not see.

    Raises:
        ValueError: fewer than two labels, or lengths that differ.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2 or len(features) != len(labels):
        raise ValueError("an intent classifier needs at least two intents, and one for each example")
    targets = np.asarray([names.index(label) for label in labels])
    model = _fit(features, targets, names, recipe)
    return replace(model, temperature=_temperature(features, targets, names, recipe))


def _fit(
    features: Sequence[Features], targets: npt.NDArray[np.int_], names: tuple[str, ...], recipe: Recipe
) -> IntentModel:
    from sklearn.linear_model import LogisticRegression

    grams = [grams_of(one.shape) for one in features]
    seen_in = Counter(gram for counts in grams for gram in counts)
    known = sorted(gram for gram, count in seen_in.items() if count >= recipe.least_count)
    index = {gram: at for at, gram in enumerate(known)}
    idf = np.asarray([np.log((1 + len(features)) / (1 + seen_in[gram])) + 1 for gram in known], dtype=np.float32)
    blank = IntentModel(
        labels=names,
        gram_index=index,
        idf=idf,
        weights=np.zeros((0, len(names)), dtype=np.float32),
        bias=np.zeros(len(names), dtype=np.float32),
        temperature=1.0,
        vector_scale=recipe.vector_scale,
        flag_scale=recipe.flag_scale,
    )
    regression = LogisticRegression(C=recipe.c, max_iter=400, class_weight="balanced", random_state=recipe.seed)
    regression.fit(_matrix(features, blank), targets)
    weights = np.zeros((regression.coef_.shape[1], len(names)), dtype=np.float32)
    bias = np.full(len(names), -50.0, dtype=np.float32)
    for row, target in enumerate(regression.classes_):  # a fold may lack a label
        weights[:, target] = regression.coef_[row]
        bias[target] = regression.intercept_[row]
    return replace(blank, weights=weights, bias=bias)


def _matrix(features: Sequence[Features], model: IntentModel) -> Any:
    """All messages as one sparse matrix, columns in the order of `IntentModel.weights`."""
    from scipy.sparse import csr_matrix, hstack

    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, one in enumerate(features):
        found, weight = weigh(one.shape, model.gram_index, model.idf)
        rows += [row] * len(found)
        columns += found.tolist()
        values += weight.tolist()
    text = csr_matrix((values, (rows, columns)), shape=(len(features), len(model.gram_index)))
    vectors = np.stack([one.vector for one in features]) * model.vector_scale
    flags = np.asarray([one.flags for one in features], dtype=np.float32) * model.flag_scale
    return hstack([text, csr_matrix(vectors), csr_matrix(flags)]).tocsr()


def _temperature(
    features: Sequence[Features], targets: npt.NDArray[np.int_], names: tuple[str, ...], recipe: Recipe
) -> float:
    """Find the temperature at which confidence on unseen messages is what it claims (least log loss)."""
    scores, truth = held_out_scores(features, targets, names, recipe)
    if not len(truth):
        return 1.0
    candidates = np.geomspace(0.3, 4.0, 40)
    losses = [_log_loss(scores / candidate, truth) for candidate in candidates]
    return float(candidates[int(np.argmin(losses))])


def held_out_scores(
    features: Sequence[Features], targets: npt.NDArray[np.int_], names: tuple[str, ...], recipe: Recipe
) -> tuple[Floats, npt.NDArray[np.int_]]:
    """Return the scores of messages by models that did not see them, and their true labels."""
    from sklearn.model_selection import StratifiedKFold

    folds = min(recipe.folds, *Counter(targets.tolist()).values())
    if folds < 2:
        return np.zeros((0, len(names)), dtype=np.float32), targets[:0]
    splitter = StratifiedKFold(folds, shuffle=True, random_state=recipe.seed)
    scores = np.zeros((len(features), len(names)), dtype=np.float32)
    for fitted, unseen in splitter.split(np.zeros(len(targets)), targets):
        model = _fit([features[at] for at in fitted], targets[fitted], names, recipe)
        for at in unseen:
            scores[at] = model.scores(features[at])
    return scores, targets


def _log_loss(scores: npt.NDArray[np.floating[Any]], truth: npt.NDArray[np.int_]) -> float:
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_all = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(log_all - shifted[np.arange(len(truth)), truth]))
