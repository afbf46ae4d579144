"""Promises about the nearest shoppers: whose baskets speak, how much, and that nobody who was forgotten does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from catalog.interactions.records import Histories, Interactions
from catalog.model.appetite import Past, appetite
from catalog.model.item_model import Recipe, fit
from catalog.model.neighbours import OLDER, Neighbours
from catalog.model.popularity import Popularity
from catalog.model.purchases import Purchases

TODAY, PRODUCTS = 20_000, 5
Rows = list[tuple[str, int, int]]
"""Shopper, product, days ago."""


def bought(rows: Rows) -> Interactions:
    names = tuple(sorted({who for who, _, _ in rows}))
    ordered = sorted((names.index(who), TODAY - ago, product) for who, product, ago in rows)
    who, day, product = np.array(ordered, dtype=np.int32).reshape(-1, 3).T
    return Interactions(names, who.copy(), product.copy(), day.copy())


def neighbours(rows: Rows) -> Neighbours:
    seen = bought(rows) if rows else Interactions.none()
    return Neighbours.of(Purchases.of(seen), Histories.of(seen), PRODUCTS)


def test_the_mean_of_the_other_shoppers_is_told_and_not_ones_own_baskets() -> None:
    rows = [("a", 0, 3), ("b", 0, 5), ("b", 1, 5), ("c", 0, 9), ("c", 2, 9), ("c", 2, 1)]
    found = neighbours(rows).around(0)
    np.testing.assert_allclose(found, [(1 + OLDER / 2) / 2, 1 / 2, (1 + OLDER) / 2 / 2, 0, 0], rtol=1e-6)


def test_only_the_nearest_speak_where_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.model.neighbours.NEAREST", 1)
    rows = [("a", 0, 3), ("b", 0, 5), ("b", 1, 5), ("c", 3, 9), ("c", 4, 9), ("c", 2, 9)]
    np.testing.assert_allclose(neighbours(rows).around(0), [1, 1, 0, 0, 0])


def test_a_product_twice_in_a_basket_counts_once() -> None:
    once, twice = [("a", 0, 3), ("b", 1, 3)], [("a", 0, 3), ("b", 1, 3), ("b", 1, 3)]
    np.testing.assert_array_equal(neighbours(once).around(0), neighbours(twice).around(0))


def test_a_forgotten_shopper_and_one_who_bought_since_are_as_if_worked_out_anew() -> None:
    rows = [("a", 0, 3), ("b", 0, 5), ("b", 1, 5), ("c", 0, 9), ("c", 2, 9)]
    seen, nothing = bought(rows), np.empty(0, dtype=np.int32)
    histories, purchases = Histories.of(seen), Purchases.of(seen)
    grown = np.array([0, 1, 4], dtype=np.int32), TODAY - np.array([5, 5, 0], dtype=np.int32)
    changed = {"b": grown, "c": (nothing, nothing), "new": grown}
    found = Neighbours.of(replace(purchases, changed=changed), histories, PRODUCTS).around(0)
    anew = neighbours([*rows[:3], ("b", 4, 0)]).around(0)
    np.testing.assert_allclose(found, anew, rtol=1e-6)


def test_purchases_of_before_1970_are_baskets_too() -> None:
    rows = [("a", 0, 3), ("b", 0, 5), ("b", 1, 5), ("b", 2, 1)]
    long_ago = [(who, product, ago + 2 * TODAY) for who, product, ago in rows]
    np.testing.assert_array_equal(neighbours(long_ago).around(0), neighbours(rows).around(0))


def test_one_shopper_alone_has_no_neighbours_and_a_shop_of_none_has_no_shoppers() -> None:
    assert not neighbours([("a", 0, 3)]).around(0).any()
    assert neighbours([]).squares.shape == (0,)


def test_what_the_nearest_buy_is_a_part_of_its_own_where_repeats_may_come() -> None:
    rows = [("a", 0, 3), ("b", 0, 5), ("b", 1, 5)]
    seen = bought(rows)
    model = fit(seen, ["a tin", "a cup", "a mug", "a jar", "a pot"], today=TODAY, recipe=Recipe())
    popularity, own = Popularity.count(seen, PRODUCTS, until=TODAY), Histories.of(seen).past_of("a")
    weighed = Past.of(own, model, TODAY)
    past = Past(weighed.products, weighed.days, weighed.profile, weighed.times, neighbours(rows).around(0))
    around = appetite(model, popularity, past, TODAY + 1, repeats=True)["around"]
    assert around[1] > around[2] == around[3]
    assert "around" not in appetite(model, popularity, past, TODAY + 1)
    assert "around" not in appetite(model, popularity, weighed, TODAY + 1, repeats=True)
