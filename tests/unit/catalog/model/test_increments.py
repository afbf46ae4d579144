"""The inverse of a sum of outer products is changed exactly, whatever comes and goes, older ones stay as they were."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.model.gram import Square, add_gram, invert, purchase_rows
from catalog.model.increments import At, Inverse, Vector

SIDE, RIDGE = 6, 0.5
ROWS = st.dictionaries(st.integers(0, SIDE - 1), st.floats(0.01, 2.0), max_size=SIDE)
Row = dict[int, float]


def sparse(row: Row) -> tuple[At, Vector]:
    at = sorted(row)
    return np.array(at, dtype=np.int64), np.array([row[one] for one in at])


def direct(rows: list[Row]) -> Square:
    total = RIDGE * np.eye(SIDE)
    for row in rows:
        y = np.zeros(SIDE)
        y[list(row)] = list(row.values())
        total += np.outer(y, y)
    return np.linalg.inv(total)


@settings(deadline=None)
@given(st.lists(ROWS, max_size=6), st.lists(st.tuples(st.integers(0, 5), ROWS), max_size=40))
def test_any_exchanges_give_the_inverse_of_what_is_there(rows: list[Row], exchanges: list[tuple[int, Row]]) -> None:
    rows = rows + [{}] * (6 - len(rows))
    inverse = Inverse.of(direct(rows))
    for which, fresh in exchanges:
        inverse = inverse.exchanged(sparse(rows[which]), sparse(fresh))
        rows[which] = fresh
    expected = direct(rows)
    for one in range(SIDE):
        np.testing.assert_allclose(inverse.times(np.array([one]), np.ones(1)), expected[one], atol=1e-9)
        np.testing.assert_allclose(inverse.entries(np.arange(SIDE), one), expected[:, one], atol=1e-9)
    np.testing.assert_allclose(inverse.diagonal, np.diagonal(expected), atol=1e-9)
    np.testing.assert_allclose(inverse.folded().base, expected, atol=1e-9)


def test_two_that_come_from_one_do_not_disturb_each_other() -> None:
    first = Inverse.of(direct([{}])).exchanged(sparse({}), sparse({0: 1.0}))
    left = first.exchanged(sparse({}), sparse({1: 1.0}))
    right = first.exchanged(sparse({}), sparse({2: 1.0}))
    for inverse, rows in ((first, [{0: 1.0}]), (left, [{0: 1.0}, {1: 1.0}]), (right, [{0: 1.0}, {2: 1.0}])):
        np.testing.assert_allclose(inverse.folded().base, direct(rows), atol=1e-12)


@pytest.mark.parametrize("side", [0, 1, 5, 300])
def test_a_gram_matrix_is_summed_and_inverted_whole(side: int) -> None:
    chance = np.random.default_rng(side)
    dense = (chance.random((40, side)) < 0.1) * chance.random((40, side))
    starts = np.append(0, np.cumsum((dense != 0).sum(axis=1)))
    rows = purchase_rows(starts, np.nonzero(dense)[1], dense[dense != 0], side)
    gram = np.eye(side)
    add_gram(gram, rows, 2.0)
    expected = np.eye(side) + 2.0 * dense.T @ dense
    np.testing.assert_allclose(gram, expected, atol=1e-12)
    np.testing.assert_allclose(invert(gram) @ expected, np.eye(side), atol=1e-9)
