"""Promises about what comes next: named parts that add up, new products, quiet ones, seasons, and buying again."""

from __future__ import annotations

import numpy as np
import pytest

from catalog.interactions.records import Histories, Interactions
from catalog.model.appetite import Past, Scores, appetite
from catalog.model.item_model import Recipe, fit
from catalog.model.popularity import Popularity
from catalog.model.repeats import again
from catalog.model.standing import NEVER_DAYS, Standing, first_and_last

TODAY = 20_000
Rows = list[tuple[str, int, int]]
"""Shopper, product, days ago."""


def bought(rows: Rows) -> Interactions:
    names = tuple(sorted({who for who, _, _ in rows}))
    ordered = sorted((names.index(who), TODAY - ago, product) for who, product, ago in rows)
    who, day, product = np.array(ordered, dtype=np.int32).reshape(-1, 3).T
    return Interactions(names, who.copy(), product.copy(), day.copy())


def parts_for(shopper: str, rows: Rows, titles: list[str], *, repeats: bool = False) -> dict[str, Scores]:
    seen = bought(rows) if rows else Interactions.none()
    model = fit(seen, titles, today=TODAY, recipe=Recipe(ridge=1.0))
    popularity = Popularity.count(seen, len(titles), until=TODAY)
    past = Past.of(Histories.of(seen).past_of(shopper), model, TODAY)
    return appetite(model, popularity, past, TODAY + 1, repeats=repeats)


def total(parts: dict[str, Scores]) -> Scores:
    return np.asarray(np.sum(list(parts.values()), axis=0))


STEADY: Rows = [(f"s{who}", product, ago) for who in range(6) for product in (0, 1) for ago in (5, 200, 390)]
"""Two products that have sold for a year."""


def test_a_product_first_sold_lately_is_ahead_of_one_that_sells_as_much_for_a_year() -> None:
    parts = parts_for("nobody", [*STEADY, *[(f"s{who}", 2, 5) for who in range(6)]], ["a tin", "a cup", "a mug"])
    assert parts["fresh"][2] > parts["fresh"][0]
    assert total(parts)[2] > total(parts)[0]


def test_a_shop_whose_records_begin_takes_no_product_for_new() -> None:
    popularity = Popularity.count(bought([("s", 0, 3), ("t", 1, 3)]), 2, until=TODAY)
    np.testing.assert_allclose(Standing.of(popularity, TODAY).fresh, 0, atol=1e-6)


def test_a_product_nobody_bought_for_months_comes_after_one_just_sold() -> None:
    parts = parts_for("nobody", [*STEADY, ("s1", 2, 390), ("s2", 2, 380)], ["a tin", "a cup", "a mug"])
    assert parts["quiet"][2] < parts["quiet"][0]
    assert total(parts)[2] < total(parts)[0]


def test_days_since_first_and_last_sale_are_known_to_a_span() -> None:
    popularity = Popularity.count(bought([("s", 0, 0), ("s", 0, 100), ("t", 1, 20)]), 3, until=TODAY)
    first, last = first_and_last(popularity)
    assert 90 <= first[0] <= 105
    assert last[0] < 1
    assert 14 <= first[1] <= 21
    assert (first[2], last[2]) == (0, NEVER_DAYS)


def test_what_sold_in_these_weeks_last_year_is_in_season_and_what_sold_in_others_is_not() -> None:
    rows = [(f"s{who}", 0, 360 - who) for who in range(9)] + [(f"s{who}", 1, 190 - who) for who in range(9)]
    old = [("old", product, 400) for product in (0, 1, 2)]
    season = Standing.of(Popularity.count(bought(rows + old), 3, until=TODAY), TODAY + 1).season
    assert season[0] > 0 > season[1]


def test_a_product_that_was_not_there_last_year_has_no_season() -> None:
    rows = [("s", 0, 400), ("s", 0, 362), ("s", 1, 30)]
    assert Standing.of(Popularity.count(bought(rows), 2, until=TODAY), TODAY + 1).season[1] == 0


def test_words_of_a_past_speak_for_a_product_nobody_bought() -> None:
    titles = ["red rose tin", "blue cake mug", "red rose cup", "blue cake plate"]
    parts = parts_for("s", [("s", 0, 3), ("t", 1, 3)], titles)
    assert parts["words"][2] > parts["words"][3]


def test_bought_oftener_is_bought_again_sooner_and_long_ago_less() -> None:
    scores = again(np.array([TODAY, TODAY, TODAY - 300]), np.array([1, 5, 1]), TODAY + 1)
    assert scores[1] > scores[0] > scores[2]


def test_what_was_bought_is_first_where_repeats_may_be_and_without_a_part_for_it_where_not() -> None:
    rows = [*STEADY, ("s1", 2, 9), ("s1", 2, 30), ("s1", 2, 60)]
    titles = ["a tin", "a cup", "a mug", "a jar"]
    with_repeats = parts_for("s1", rows, titles, repeats=True)
    assert int(np.argmax(total(with_repeats))) != 3
    assert with_repeats["again"][2] > 0
    assert with_repeats["again"][3] == 0
    assert "again" not in parts_for("s1", rows, titles)


@pytest.mark.parametrize("repeats", [False, True])
def test_a_shop_of_one_shopper_or_of_none_is_ranked_with_finite_numbers(repeats: bool) -> None:
    for rows in ([], [("s", 0, 0)], [("s", product, 4) for product in range(3)]):
        for value in parts_for("s", rows, ["tin", "cup", "mug"], repeats=repeats).values():
            assert value.shape == (3,)
            assert np.isfinite(value).all()


def test_a_newcomer_gets_no_part_of_a_past() -> None:
    parts = parts_for("nobody", STEADY, ["a tin", "a cup"])
    assert not parts["past"].any()
    assert not parts["words"].any()


def test_how_products_stand_is_worked_out_once_for_a_time_of_the_year() -> None:
    popularity = Popularity.count(bought(STEADY), 2, until=TODAY)
    assert Standing.of(popularity, TODAY) is Standing.of(popularity, TODAY)
    changed = popularity.with_changes([(np.array([1]), np.array([TODAY]), 1)])
    assert Standing.of(changed, TODAY) is not Standing.of(popularity, TODAY)
