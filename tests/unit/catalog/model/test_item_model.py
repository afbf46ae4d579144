"""The item model is EASE with text, its scores are sums over the past, products outside the inverse have a voice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_up_shop import RECIPE, TODAY, purchases, random_rows, titles_of

from catalog.interactions.records import Histories, Interactions
from catalog.model.item_model import ItemModel, fit

PRODUCTS = 30
TITLES = titles_of(PRODUCTS)
SEEN = purchases(random_rows(20, PRODUCTS, 160))
PAST = Histories.of(SEEN).of_shopper("s003")


@pytest.fixture(scope="module")
def model() -> ItemModel:
    return fit(SEEN, TITLES, today=TODAY, recipe=RECIPE)


def test_scores_are_those_of_the_closed_form(model: ItemModel) -> None:
    y = SEEN.matrix(PRODUCTS, today=TODAY, half_life=RECIPE.half_life_days).toarray().astype(np.float64)
    text = model.words.matrix().toarray()
    gram = y.T @ y + RECIPE.text_weight * text @ text.T + RECIPE.ridge * np.eye(PRODUCTS)
    inverse = np.linalg.inv(gram)
    weights = -inverse / np.diagonal(inverse)
    np.fill_diagonal(weights, 0)
    products, days = PAST
    profile = model.profile(days, TODAY)
    np.testing.assert_allclose(model.score(products, profile), profile @ weights[products], atol=1e-6)


@pytest.mark.parametrize("most_products", [PRODUCTS, 12, 1])
def test_a_score_is_the_sum_of_what_each_purchase_adds(most_products: int) -> None:
    model = fit(SEEN, TITLES, today=TODAY, recipe=replace(RECIPE, most_products=most_products))
    products, days = PAST
    profile = model.profile(days, TODAY)
    scores = model.score(products, profile)
    for product in range(PRODUCTS):
        assert model.contributions(products, profile, product).sum() == pytest.approx(scores[product], abs=1e-6)


def test_a_product_nobody_bought_is_scored_by_its_words() -> None:
    titles = [*TITLES, TITLES[int(PAST[0][0])], "unheard wonder"]
    model = fit(SEEN, titles, today=TODAY, recipe=replace(RECIPE, most_products=20))
    scores = model.score(PAST[0], model.profile(PAST[1], TODAY))
    assert scores[PRODUCTS] > 0
    assert scores[PRODUCTS + 1] == 0


def test_of_a_long_past_the_strongest_purchases_speak(model: ItemModel) -> None:
    products, days = PAST
    profile = model.profile(days, TODAY)
    short = replace(model, recipe=replace(RECIPE, most_past=3))
    strongest = np.argsort(-profile, kind="stable")[:3]
    np.testing.assert_allclose(
        short.score(products, profile), model.score(products[strongest], profile[strongest]), atol=1e-12
    )


def test_the_likest_has_likeness_one_and_a_product_is_not_like_itself(model: ItemModel) -> None:
    likeness = model.like(4)
    assert likeness.max() == 1.0
    assert likeness[4] == 0.0


@pytest.mark.parametrize("titles", [[], ["Tea pot"], ["Tea pot", "Tea pot red"]])
def test_a_shop_without_purchases_has_a_model(titles: list[str]) -> None:
    model = fit(Interactions.none(), titles, today=TODAY, recipe=RECIPE)
    nothing = np.empty(0, dtype=np.int32)
    assert model.score(nothing, model.profile(nothing, TODAY)).tolist() == [0.0] * len(titles)
    if len(titles) == 2:
        one = np.array([0], dtype=np.int32)
        assert model.score(one, np.ones(1, np.float32))[1] > 0
