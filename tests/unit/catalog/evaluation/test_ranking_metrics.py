"""The figures of a contest, each against one worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.evaluation.metrics import CUT, coverage, first_ten, gains, intervals
from catalog.evaluation.tasks import Task


def _judged_by(*bought: list[int]) -> Task:
    starts = np.cumsum([0, *(len(one) for one in bought)])
    flat = np.array([product for one in bought for product in one], dtype=np.int32)
    return Task("new_products", False, np.arange(len(bought), dtype=np.int32), starts, flat)


def _row(*products: int) -> list[int]:
    return [*products, *[-1] * (CUT - len(products))]


def test_ndcg_is_discounted_hits_over_the_best_there_could_be() -> None:
    """Two bought, found at places 1 and 3: (1 + 1/2) / (1 + 1/log2 3)."""
    ndcg, recall = gains(_judged_by([4, 9]), np.array([_row(9, 1, 4)]))
    assert ndcg[0] == (1 + 0.5) / (1 + 1 / math.log2(3))
    assert recall[0] == 1.0


def test_recall_is_divided_by_ten_at_most() -> None:
    """Of fifteen bought only ten could stand in a list of ten: ten hits are everything."""
    ndcg, recall = gains(_judged_by(list(range(15))), np.array([list(range(10))]))
    assert (ndcg[0], recall[0]) == (pytest.approx(1.0), 1.0)


def test_a_place_left_empty_is_no_hit() -> None:
    """-1 stands for nothing, whatever was bought."""
    ndcg, recall = gains(_judged_by([0]), np.array([_row(3)]))
    assert (ndcg[0], recall[0]) == (0.0, 0.0)


def test_coverage_counts_products_in_anybodys_list_once() -> None:
    """Three different products of ten, empty places aside."""
    assert coverage(np.array([_row(1, 2), _row(2, 3)]), 10) == 0.3


@given(st.lists(st.sampled_from([-math.inf, 0.0, 0.5, 1.0, 2.0]), min_size=1, max_size=40))
def test_the_first_ten_are_the_highest_and_equals_stand_in_catalogue_order(scores: list[float]) -> None:
    """Whatever ties there are, and never what is ruled out."""
    best = sorted((at for at in range(len(scores)) if scores[at] > -math.inf), key=lambda at: (-scores[at], at))
    assert first_ten(np.array(scores)).tolist() == _row(*best[:CUT])


def test_an_interval_is_the_same_for_the_same_seed_and_covers_the_mean() -> None:
    """And the intervals of one call are over the same draws: a column and its double agree."""
    values = np.random.default_rng(1).random(300)
    one, double = intervals([values, 2 * values], seed=7)
    assert np.allclose(intervals([values], seed=7)[0]["ci95"], one["ci95"])
    assert one["ci95"][0] < one["mean"] < one["ci95"][1]
    assert np.allclose(double["ci95"], [2 * bound for bound in one["ci95"]])


def test_an_interval_is_as_wide_as_the_central_limit_says() -> None:
    """1.96 standard errors to each side, for many well-behaved shoppers."""
    values = np.random.default_rng(2).normal(0.3, 1.0, 4000)
    found = intervals([values], seed=0)[0]["ci95"]
    expected = 1.96 * values.std() / math.sqrt(len(values))
    assert np.allclose([values.mean() - found[0], found[1] - values.mean()], expected, rtol=0.1)


def test_nobody_judged_gives_no_number() -> None:
    """Instead of a warning and a nought."""
    assert math.isnan(intervals([np.empty(0)], seed=0)[0]["mean"])
