"""Whoever is forgotten leaves nothing behind: scores equal those of a model that never saw them, to rounding."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_shop import RECIPE, TODAY, purchases, titles_of

from catalog.interactions.records import Histories, Interactions, Ints
from catalog.interactions.rows import Row
from catalog.model.fitted import Fitted
from catalog.model.increments import At, Inverse
from catalog.model.item_model import ItemModel, Recipe, fit
from catalog.model.title_words import TitleWords
from tests.unit.catalog.purchases_file import read_interactions

SAMPLE = Path(__file__).parents[4] / "data" / "samples" / "online-retail"
BOUND = 1e-6
PRODUCTS = 9
IDS, TITLES = [f"p{at}" for at in range(PRODUCTS)], titles_of(PRODUCTS)
POSITIONS = {one: at for at, one in enumerate(IDS)}
ROW = st.tuples(st.sampled_from("abcde"), st.integers(0, PRODUCTS - 1), st.integers(TODAY - 400, TODAY))
LATER = st.tuples(st.sampled_from("abcdefg"), st.integers(0, PRODUCTS - 1), st.integers(TODAY, TODAY + 30))


def furthest(one: ItemModel, other: ItemModel, pasts: list[tuple[Ints, Ints]]) -> float:
    """Greatest difference of any product's score over these pasts."""
    return max(
        float(np.abs(one.score(p, one.profile(days, TODAY)) - other.score(p, other.profile(days, TODAY))).max())
        for p, days in pasts
    )


@settings(deadline=None, max_examples=60)
@given(
    st.lists(ROW, min_size=1, max_size=40),
    st.lists(st.one_of(LATER, st.sampled_from("abcdefg")), max_size=12),
    st.sampled_from([PRODUCTS, 4]),
)
def test_purchases_and_forgettings_in_any_order_equal_a_new_fit(
    rows: list[tuple[str, int, int]], changes: list[tuple[str, int, int] | str], most_products: int
) -> None:
    recipe = replace(RECIPE, most_products=most_products)
    fitted = Fitted.fit(purchases(rows), IDS, TITLES, today=TODAY, recipe=recipe)
    for change in changes:
        if isinstance(change, str):
            fitted, rows = fitted.without_shopper(change), [row for row in rows if row[0] != change]
        else:
            fitted, rows = fitted.with_rows(change[0], [_row_of(*change)], POSITIONS), [*rows, change]
    model = fitted.model
    again = fit(purchases(rows), TITLES, today=TODAY, recipe=recipe)
    again = replace(again, places=model.places, inverse=_inverse_over(model.places.head, rows, recipe))
    pasts = [(np.array(p, dtype=np.int32), np.full(len(p), TODAY - 3, np.int32)) for p in ([0], [1, 5], [2, 3, 8, 4])]
    assert furthest(model, again, pasts) <= BOUND


def _row_of(shopper: str, product: int, day: int) -> Row:
    at = datetime(1970, 1, 1, 12, tzinfo=timezone.utc) + timedelta(days=day)
    return Row(shopper, IDS[product], "bought", at, 1.0, "purchase")


def _inverse_over(head: At, rows: list[tuple[str, int, int]], recipe: Recipe) -> Inverse:
    """The inverse over these products: which of them are most bought may have changed, a fit would choose anew."""
    text = TitleWords.of(TITLES).matrix().toarray()[head]
    gram = recipe.text_weight * text @ text.T + recipe.ridge * np.eye(len(head))
    histories = Histories.of(purchases(rows))
    for name in {who for who, _, _ in rows}:
        products, days = histories.of_shopper(name)
        y = np.zeros(PRODUCTS)
        y[products] = 0.5 ** ((TODAY - days) / float(recipe.half_life_days))
        gram += np.outer(y[head], y[head])
    return Inverse.of(np.linalg.inv(gram))


@pytest.fixture(scope="module")
def sample() -> tuple[Interactions, list[str]]:
    with (SAMPLE / "products.csv").open(encoding="utf-8") as source:
        products = [(row["id"], row["title"]) for row in csv.DictReader(source)]
    return read_interactions(SAMPLE / "interactions.parquet", [one for one, _ in products]), [t for _, t in products]


def test_in_a_shop_of_thousands_nothing_of_the_forgotten_is_left(sample: tuple[Interactions, list[str]]) -> None:
    seen, titles = sample
    today, histories = int(seen.day.max()), Histories.of(seen)
    fitted = Fitted.fit(seen, [f"p{at}" for at in range(len(titles))], titles, today=today, recipe=Recipe())
    lengths = np.diff(histories.starts)
    gone = [int(np.argmax(lengths)), int(np.argsort(lengths)[len(lengths) // 2]), 7]
    for one in gone:
        fitted = fitted.without_shopper(seen.shoppers[one])
    never = fit(seen.where(~np.isin(seen.shopper, gone)), titles, today=today, recipe=Recipe())
    pasts = [histories.of_shopper(seen.shoppers[one]) for one in (*gone, 100, 500, 1500, 3000)]
    assert furthest(fitted.model, never, pasts) <= BOUND
