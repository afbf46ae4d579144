"""Fitting a head: the same answer as a library's, whatever the labels, and the same one each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import random as random_sparse
from sklearn.linear_model import LogisticRegression

from nlu.intents.fitting import Ints, Rows, fit
from nlu.intents.grams import Floats


def messages(seed: int, count: int, labels: int) -> tuple[Rows, Ints]:
    """Messages of 60 grams and 9 other features, of labels that both kinds tell something about."""
    chance = np.random.default_rng(seed)
    text = random_sparse(count, 60, density=0.1, format="csr", dtype=np.float32, random_state=chance)
    rest = chance.normal(size=(count, 9)).astype(np.float32)
    told = text @ chance.normal(size=(60, labels)) * 3 + rest @ chance.normal(size=(9, labels))
    return Rows(text, rest), np.asarray(told + chance.gumbel(size=(count, labels))).argmax(axis=1)


def softmax(scores: Floats) -> Floats:
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exp / exp.sum(axis=1, keepdims=True))


@pytest.mark.parametrize("c", [0.3, 3.0])
def test_a_head_says_what_scikit_learn_would_say(c: float) -> None:
    """It is the same regression, so its meaning can be read up there."""
    rows, targets = messages(1, 400, 5)
    weights, bias = fit(rows, targets, 5, c)
    dense = np.hstack([rows.text.toarray(), rows.rest])
    expected = LogisticRegression(C=c, class_weight="balanced", tol=1e-6, max_iter=2_000).fit(dense, targets)
    assert np.allclose(softmax(rows @ weights + bias), expected.predict_proba(dense), atol=0.01)


def test_two_labels_are_told_apart_as_scikit_learn_would() -> None:
    """There the library keeps one row of weights, here there are two; the split of the penalty makes them alike."""
    rows, targets = messages(2, 300, 2)
    weights, bias = fit(rows, targets, 2, 1.0)
    dense = np.hstack([rows.text.toarray(), rows.rest])
    # Two mirrored rows of half the weight each are punished half as much as one row.
    expected = LogisticRegression(C=2.0, class_weight="balanced", tol=1e-6, max_iter=2_000).fit(dense, targets)
    assert np.allclose(softmax(rows @ weights + bias), expected.predict_proba(dense), atol=0.01)


def test_a_label_without_a_message_is_never_chosen() -> None:
    """A fold may lack one; its messages must not be thought of it."""
    rows, targets = messages(3, 200, 4)
    targets[targets == 2] = 3
    weights, bias = fit(rows, targets, 4, 3.0)
    assert softmax(rows @ weights + bias)[:, 2].max() < 1e-9


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(1, 6))
def test_fitting_ends_with_finite_weights_and_says_the_same_again(seed: int, count: int, labels: int) -> None:
    """However few messages, and one label alone; training twice makes one model."""
    rows, targets = messages(seed, count, labels)
    weights, bias = fit(rows, targets, labels, 10.0)
    assert np.isfinite(weights).all()
    assert np.isfinite(bias).all()
    again, _ = fit(rows, targets, labels, 10.0)
    assert np.array_equal(weights, again)
