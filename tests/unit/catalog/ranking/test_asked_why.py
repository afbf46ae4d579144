"""What is said when asked why, why not and what if is what asking again gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shop_of import NOW, ZONE, product, shelf_of
from small_shop import BAKER, BOUGHT, GARDENER, NEWCOMER, PRODUCTS
from test_hard_bounds import shoppers, wanteds

from catalog.offers.arrival import DeliveryRules
from catalog.product import Delivery, ProductId
from catalog.ranking.house_rules import HouseRules
from catalog.shelf.shelf import Shelf
from catalog.suggest import suggest
from catalog.wanted import Wanted
from catalog.why.why_not import why_not
from catalog.why.without import deciding_purchase, without


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The small shop, made in memory."""
    goods = [
        product(name, title, price, offer_in_stock=stock == "in_stock", delivery=Delivery((0, 1), (1, 4)))
        for name, title, price, stock in PRODUCTS
    ]
    return shelf_of(goods, [(who, what, (NOW.date() - date(2026, 10, day)).days) for who, what, day in BOUGHT])


def never_bought(shelf: Shelf, shopper: str, gone: set[str]) -> Shelf:
    """The same shelf and model, with some purchases missing from one shopper's past."""
    past = shelf.histories.past_of(shopper)
    kept = [at for at, place in enumerate(past.product.tolist()) if shelf.at(place).id not in gone]
    left = replace(past, **{name: getattr(past, name)[kept] for name in ("product", "day", "quantity", "times")})
    return replace(shelf, fitted=replace(shelf.fitted, histories=shelf.histories.with_past(shopper, left)))


@settings(deadline=None, max_examples=60)
@given(wanteds, st.sampled_from([GARDENER, BAKER]), st.frozensets(st.sampled_from(["trowel", "can", "tin", "clock"])))
def test_what_would_be_shown_without_a_purchase_is_shown_to_who_never_made_it(
    shelf: Shelf, wanted: Wanted, shopper: str, gone: frozenset[str]
) -> None:
    """A counterfactual is no guess."""
    found = without(shelf, wanted, shopper, purchases={ProductId(name) for name in gone}, now=NOW)
    assert found.answer == suggest(shelf, wanted, shopper, now=NOW)
    assert found.would_be == suggest(never_bought(shelf, shopper, set(gone)), wanted, shopper, now=NOW)
    mine = {shelf.at(int(at)).id for at in shelf.histories.past_of(shopper).product}
    assert set(found.left_out) == gone & mine


@settings(deadline=None, max_examples=40)
@given(wanteds, shoppers)
def test_without_the_whole_past_everybody_is_a_newcomer(shelf: Shelf, wanted: Wanted, shopper: str | None) -> None:
    """Who switches the use of their orders off sees what a stranger sees."""
    assert without(shelf, wanted, shopper, now=NOW).would_be == suggest(shelf, wanted, NEWCOMER, now=NOW)


def test_a_month_leaves_out_what_was_bought_in_it(shelf: Shelf) -> None:
    """ "Without your orders of October"."""
    found = without(shelf, Wanted(), GARDENER, month="2026-10", now=NOW)
    assert found.would_be == suggest(shelf, Wanted(), None, now=NOW)
    assert found.changes
    assert not without(shelf, Wanted(), GARDENER, month="2025-10", now=NOW).changes


def test_the_purchase_that_decides_takes_the_product_with_it(shelf: Shelf) -> None:
    """ "Without your trowel there would be something else" holds."""
    decided = 0
    for one in suggest(shelf, Wanted(), GARDENER, now=NOW).suggestions:
        found = deciding_purchase(shelf, Wanted(), GARDENER, one.product.id, now=NOW)
        if found is not None:
            decided += 1
            again = suggest(never_bought(shelf, GARDENER, set(found.left_out)), Wanted(), GARDENER, now=NOW)
            assert one.product.id not in {s.product.id for s in again.suggestions}
            assert one.product.id in {s.product.id for s in found.lost}
    assert decided
    assert deciding_purchase(shelf, Wanted(), NEWCOMER, ProductId("trowel"), now=NOW) is None


@settings(deadline=None, max_examples=100)
@given(wanteds, shoppers, st.sampled_from([row[0] for row in PRODUCTS]))
def test_a_barrier_is_named_exactly_where_a_product_may_not_be_shown(
    shelf: Shelf, wanted: Wanted, shopper: str | None, name: str
) -> None:
    """And with none, its rank is its place among all that may be."""
    found = why_not(shelf, wanted, shopper, ProductId(name), now=NOW)
    assert found is not None
    all_of_it = suggest(shelf, wanted, shopper, now=NOW, count=len(PRODUCTS)).suggestions
    assert bool(found.barriers) is (name not in {s.product.id for s in all_of_it})
    if found.barriers:
        assert found.rank is None
    else:
        assert found.rank is not None
        assert 1 <= found.rank <= found.of == len(all_of_it)
        shown = name in {s.product.id for s in suggest(shelf, wanted, shopper, now=NOW).suggestions}
        assert found.shown is shown
        assert bool(found.loses_by) is not shown


@pytest.mark.parametrize(
    ("wanted", "name", "code", "detail"),
    [
        (Wanted(price_max=Decimal(20)), "planter", "too_dear", {"price": "31.00", "price_max": "20"}),
        (Wanted(price_min=Decimal(20)), "xmas", "too_cheap", {"price": "2.50", "price_min": "20"}),
        (Wanted(price_below=Decimal("8.00")), "trowel", "not_cheaper", {"price": "8.00", "price_below": "8.00"}),
        (Wanted(price_above=Decimal("8.00")), "trowel", "not_dearer", {"price": "8.00", "price_above": "8.00"}),
        (Wanted(price_max=Decimal(20), currency="USD"), "mug", "other_currency", {"currency": "GBP", "wanted": "USD"}),
        (Wanted(not_wanted=("candles",)), "tealight", "ruled_out", {"term": "candles"}),
        (Wanted(recipient="mom"), "dad", "not_for", {"recipient": "mom", "occasion": ""}),
        (Wanted(not_again=frozenset({ProductId("mug")})), "mug", "seen", {}),
        (Wanted(already_given=frozenset({ProductId("mug")})), "mug", "already_given", {}),
        (Wanted(like_product=ProductId("mug")), "mug", "the_one_meant", {}),
        (Wanted(), "seeds", "sold_out", {}),
        (Wanted(needed_by=date(2026, 11, 27)), "mug", "too_late", {"arrives": "2026-12-02", "needed_by": "2026-11-27"}),
    ],
)
def test_the_bound_that_keeps_a_product_out_is_named_with_its_figures(
    shelf: Shelf, wanted: Wanted, name: str, code: str, detail: dict[str, str]
) -> None:
    """ "Why not the planter?" has a plain answer."""
    rules = HouseRules(delivery=DeliveryRules(ZONE))
    found = why_not(shelf, wanted, None, ProductId(name), now=NOW, rules=rules)
    assert found is not None
    assert [(one.code, dict(one.detail)) for one in found.barriers] == [(code, detail)]


def test_what_meets_no_interest_is_said_to_lose_by_that(shelf: Shelf) -> None:
    """Not by some small part of the sum."""
    found = why_not(shelf, Wanted(likes=("gardening",)), None, ProductId("clock"), now=NOW)
    assert found is not None
    assert (found.loses_by, found.behind > 0) == ("matches", True)
    assert why_not(shelf, Wanted(), None, ProductId("no-such-thing"), now=NOW) is None


def test_what_was_drawn_and_shown_is_said_to_be_shown(shelf: Shelf) -> None:
    """Asked "why not the can?" with the can in the list, the bot must not explain what keeps it out."""
    rules = HouseRules(explore=1.0)
    usual = [s.product.id for s in suggest(shelf, Wanted(), None, now=NOW, rules=rules).suggestions]
    drawn = usual
    for seed in range(50):
        answer = suggest(shelf, Wanted(), None, now=NOW, rules=rules, chance=Random(seed))
        drawn = [s.product.id for s in answer.suggestions]
        if drawn[-1] != usual[-1]:
            break
    assert drawn[-1] != usual[-1]
    there = why_not(shelf, Wanted(), None, drawn[-1], now=NOW, rules=rules, shown=drawn)
    gone = why_not(shelf, Wanted(), None, usual[-1], now=NOW, rules=rules, shown=drawn)
    assert there is not None
    assert gone is not None
    assert (there.shown, gone.shown, bool(gone.loses_by)) == (True, False, True)


@pytest.mark.parametrize(("bought", "count"), [("cutters", 3), ("stand", 1)])
def test_what_was_left_out_is_never_what_one_would_get_instead(shelf: Shelf, bought: str, count: int) -> None:
    """ "Without your cake stand it would be the cake stand" explains nothing."""
    found = without(shelf, Wanted(), BAKER, purchases={ProductId(bought)}, now=NOW, count=count)
    assert bought in {one.product.id for one in found.would_be.suggestions}
    assert bought not in {one.product.id for one in found.answer.suggestions}
    assert bought not in {one.product.id for one in found.gained}
