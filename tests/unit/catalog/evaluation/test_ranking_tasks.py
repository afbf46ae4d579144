"""Who is judged by what: the protocol of docs/measuring.md."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from catalog.evaluation.split import DAY, Split, inner, window
from catalog.evaluation.tasks import few_interactions, new_products, next_basket, sample

Splits = Callable[..., Split]


def test_new_products_are_those_of_the_test_not_bought_before(split_of: Splits) -> None:
    """All of the window counts; a shopper who only bought again is not judged."""
    split = split_of(5, [(0, 0, 1), (0, 1, 2), (1, 2, 1)], [(0, 1, 10), (0, 2, 11), (0, 3, 15), (1, 2, 12)])
    task = new_products(split)
    assert (task.shoppers.tolist(), task.of(0).tolist(), task.repeats) == ([0], [2, 3], False)


def test_the_next_basket_is_everything_at_the_exact_first_moment(split_of: Splits) -> None:
    """An hour later is another basket; what was bought before counts too."""
    test = [(0, 1, 10.5), (0, 0, 10.5), (0, 2, 10.54), (1, 2, 12)]
    task = next_basket(split_of(3, [(0, 0, 1), (1, 1, 2)], test))
    assert (task.shoppers.tolist(), task.of(0).tolist(), task.of(1).tolist()) == ([0, 1], [0, 1], [2])
    assert task.repeats


def test_a_product_twice_counts_once(split_of: Splits) -> None:
    """Relevance is yes or no."""
    assert new_products(split_of(2, [(0, 0, 1)], [(0, 1, 10), (0, 1, 11)])).of(0).tolist() == [1]


def test_few_interactions_are_up_to_five_rows_of_the_past(split_of: Splits) -> None:
    """Six are many."""
    five = [(0, product, 1.0) for product in range(5)]
    six = [(1, product, 1.0) for product in range(6)]
    split = split_of(8, five + six, [(0, 7, 10), (1, 7, 10)])
    few = few_interactions(split, new_products(split))
    assert (few.shoppers.tolist(), few.of(0).tolist()) == ([0], [7])


def test_a_sample_keeps_each_shopper_with_what_they_bought(split_of: Splits) -> None:
    """And the same seed draws the same."""
    split = split_of(9, [(at, 0, 1) for at in range(8)], [(at, at + 1, 10) for at in range(8)])
    drawn = sample(new_products(split), 3, seed=4)
    assert len(drawn.shoppers) == 3
    assert [drawn.of(at).tolist() for at in range(3)] == [[shopper + 1] for shopper in drawn.shoppers]
    assert np.array_equal(drawn.shoppers, sample(new_products(split), 3, seed=4).shoppers)


def test_a_window_judges_only_shoppers_known_before_it(split_of: Splits) -> None:
    """From its first moment to before its last."""
    split = split_of(4, [(0, 0, 1), (0, 1, 10), (0, 2, 20), (1, 3, 12)])
    cut = window(split, 10 * DAY, 20 * DAY)
    assert (cut.train.product.tolist(), cut.test.product.tolist()) == ([0], [1])


def test_settings_are_chosen_without_a_look_at_the_test(split_of: Splits) -> None:
    """The inner contest is cut from the past; only the length of the outer window is taken over."""
    past = [(0, day % 4, float(day)) for day in range(1, 101)]
    smaller = inner(split_of(4, past, [(0, 0, 101), (0, 1, 121)]))
    assert smaller is not None
    assert (smaller.train.at.max() // DAY, smaller.test.at.min() // DAY, smaller.test.at.max() // DAY) == (79, 80, 100)


def test_too_short_a_past_has_no_inner_contest(split_of: Splits) -> None:
    """One moment cannot be split."""
    assert inner(split_of(2, [(0, 0, 1), (0, 1, 1)], [(0, 1, 9)])) is None


def test_a_split_comes_back_from_disk_as_it_was(split_of: Splits, tmp_path: Path) -> None:
    """Contestants in their own processes learn from the same rows."""
    split = split_of(3, [(0, 0, 1), (1, 1, 2.5)], [(1, 2, 9)])
    split.save(tmp_path)
    back = Split.load(tmp_path)
    assert (back.product_ids, back.shoppers, back.left) == (split.product_ids, split.shoppers, split.left)
    for name in ("shopper", "product", "at", "quantity"):
        assert np.array_equal(getattr(back.train, name), getattr(split.train, name))
        assert np.array_equal(getattr(back.test, name), getattr(split.test, name))
