"""What was learnt is stored and opened as it was, laid over another list of products, and changed as if refitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_shop import RECIPE, TODAY, furthest_count, purchases, random_rows, titles_of

from catalog.interactions.rows import Row
from catalog.model.fitted import MOST_CHANGES, Fitted, OtherForm, title_digests
from catalog.model.title_words import TitleWords

PRODUCTS = 20
IDS, TITLES = [f"p{at}" for at in range(PRODUCTS)], titles_of(PRODUCTS)
ROWS = random_rows(15, PRODUCTS, 120)
POSITIONS = {one: at for at, one in enumerate(IDS)}
BOUND = 1e-6
Bought = tuple[str, int, int]


def fitted_on(rows: list[Bought]) -> Fitted:
    return Fitted.fit(purchases(rows), IDS, TITLES, today=TODAY, recipe=RECIPE)


def row_of(bought: Bought) -> Row:
    at = datetime(1970, 1, 1, 12, tzinfo=timezone.utc) + timedelta(days=bought[2])
    return Row(bought[0], f"p{bought[1]}", "bought", at, 1.0, "purchase")


def differs(one: Fitted, other: Fitted, shopper: str = "s001") -> float:
    """Greatest difference in anything that is scored: past and popularity."""
    past = other.histories.past_of(shopper)
    scores = [each.model.score(past.product, each.model.profile(past.day, TODAY)) for each in (one, other)]
    return max(float(np.abs(scores[0] - scores[1]).max()), furthest_count(one.popularity, other.popularity))


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return fitted_on(ROWS)


def test_what_is_opened_is_what_was_stored(fitted: Fitted, tmp_path: Path) -> None:
    fitted.write(tmp_path)
    opened = Fitted.open(tmp_path)
    assert differs(opened, fitted) == 0.0
    assert opened.histories.names.tolist() == fitted.histories.names.tolist()
    assert (opened.ids, opened.number, opened.model.recipe) == (fitted.ids, fitted.number, fitted.model.recipe)


def test_no_file_of_a_model_can_run_code(fitted: Fitted, tmp_path: Path) -> None:
    fitted.write(tmp_path)
    for file in tmp_path.glob("*.npy"):
        np.load(file, allow_pickle=False)
    assert {file.suffix for file in tmp_path.iterdir()} == {".npy", ".json", ".txt"}


def test_a_shelf_in_another_order_gets_the_same_scores(fitted: Fitted) -> None:
    order = np.random.default_rng(1).permutation(PRODUCTS)
    laid = fitted.aligned("\n".join(IDS[at] for at in order).encode(), lambda at: TITLES[order[at]])
    before, after = fitted.histories.past_of("s001"), laid.histories.past_of("s001")
    assert sorted(order[after.product].tolist()) == before.product.tolist()
    score = laid.model.score(after.product, laid.model.profile(after.day, TODAY))
    expected = fitted.model.score(before.product, fitted.model.profile(before.day, TODAY))[order]
    np.testing.assert_allclose(score, expected, atol=1e-12)
    np.testing.assert_array_equal(laid.popularity.aged, fitted.popularity.aged[:, order])


def test_a_product_new_on_the_shelf_is_known_by_its_title(fitted: Fitted) -> None:
    past = fitted.histories.past_of("s001")
    like = TITLES[int(past.product[0])]
    laid = fitted.aligned("\n".join([*IDS, "new"]).encode(), lambda _: like)
    assert laid.model.score(past.product, laid.model.profile(past.day, TODAY))[PRODUCTS] > 0
    assert laid.model.like(int(past.product[0]))[PRODUCTS] > 0


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(0, PRODUCTS - 1), max_size=12), st.sampled_from([f"s{at:03d}" for at in range(15)]))
def test_forgetting_is_exact_also_where_the_shelf_lost_products(gone: set[int], shopper: str) -> None:
    left = [one for at, one in enumerate(IDS) if at not in gone]
    lines, title_at = "\n".join([*left, "new"]).encode(), lambda _: "unheard"
    forgotten = fitted_on(ROWS).aligned(lines, title_at).without_shopper(shopper)
    never = fitted_on([row for row in ROWS if row[0] != shopper]).aligned(lines, title_at)
    assert differs(forgotten, never, "s001" if shopper != "s001" else "s002") <= BOUND
    assert not len(forgotten.histories.past_of(shopper).product)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["s001", "s004", "new"]),
            st.tuples(st.sampled_from(["s001", "s004", "new"]), st.integers(0, 19), st.integers(TODAY - 9, TODAY)),
        ),
        max_size=12,
    )
)
def test_news_of_shoppers_equal_a_new_fit(news: list[str | Bought]) -> None:
    fitted, rows = fitted_on(ROWS), list(ROWS)
    for one in news:
        if isinstance(one, str):
            fitted, rows = fitted.without_shopper(one), [row for row in rows if row[0] != one]
        else:
            fitted, rows = fitted.with_rows(one[0], [row_of(one)], POSITIONS), [*rows, one]
    assert differs(fitted.counted(), fitted_on(rows)) <= BOUND


def test_purchases_wait_for_a_new_fit_once_much_has_changed_and_forgetting_never_does() -> None:
    fitted, rows = fitted_on(ROWS), list(ROWS)
    while not fitted.full:
        bought = ("s004", fitted.model.inverse.used % PRODUCTS, TODAY + fitted.model.inverse.used)
        fitted, rows = fitted.with_rows("s004", [row_of(bought)], POSITIONS), [*rows, bought]
    assert fitted.model.inverse.used <= MOST_CHANGES + 1
    late = fitted.with_rows("s001", [row_of(("s001", 3, TODAY + 1))], POSITIONS)
    assert late.model.inverse.used == fitted.model.inverse.used
    assert 3 in late.histories.past_of("s001").product
    gone = late.without_shopper("s001").without_shopper("s004")
    never = fitted_on([row for row in ROWS if row[0] not in ("s001", "s004")])
    assert differs(replace(gone, histories=never.histories), never, "s002") <= BOUND


def test_a_model_counted_over_other_spans_is_not_opened(
    fitted: Fitted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its counts would be taken for those of other ages."""
    fitted.write(tmp_path)
    monkeypatch.setattr("catalog.model.fitted.AGES", (0, 7, 30))
    with pytest.raises(OtherForm, match="giftbot interactions fit"):
        Fitted.open(tmp_path)


def test_a_changed_title_is_known_by_its_new_words(fitted: Fitted) -> None:
    past = fitted.histories.past_of("s001")
    bought = set(past.product.tolist())
    other = next(at for at in range(PRODUCTS) if at not in bought)
    titles = [*TITLES[:other], TITLES[int(past.product[0])], *TITLES[other + 1 :]]
    laid = fitted.aligned(fitted.ids, lambda at: titles[at], title_digests(titles))
    fresh = TitleWords.of(titles)
    same = laid.model.words.cosines(np.array([past.product[0]], dtype=np.int32), other)
    assert (
        same[0] == pytest.approx(1.0, abs=1e-6) == fresh.cosines(np.array([past.product[0]], dtype=np.int32), other)[0]
    )
    assert fitted.aligned(fitted.ids, lambda at: TITLES[at], title_digests(TITLES)) is fitted
    gone = laid.without_shopper("s002")
    assert not len(gone.histories.past_of("s002").product)
