"""Reasons are true: each can be checked against the product, the records and the shopper's own past."""

from __future__ import annotations

from hypothesis import given, settings
from small_shop import BAKER, BOUGHT, GARDENER, NEWCOMER, NOW, PRODUCTS
from test_hard_bounds import shoppers, wanteds

from catalog.ranking.reasons import FEWEST_BUYERS
from catalog.shelf.shelf import Shelf
from catalog.suggest import suggest
from catalog.wanted import Wanted
from catalog.words.stems import occurs, phrase


@settings(deadline=None, max_examples=150)
@given(wanteds, shoppers)
def test_every_reason_can_be_checked(shelf: Shelf, wanted: Wanted, shopper: str | None) -> None:
    """Nothing is invented: words stand in the title, purchases in the records, the price in the offer."""
    titles = {row[0]: row[1] for row in PRODUCTS}
    mine = {(titles[product], "2026-10") for who, product, _ in BOUGHT if who == shopper}
    for suggestion in suggest(shelf, wanted, shopper, now=NOW).suggestions:
        for reason in suggestion.reasons:
            detail, title = reason.detail, phrase(suggestion.product.title)
            if reason.code in ("matches", "near", "suits_recipient", "suits_occasion"):
                assert occurs(phrase(detail["word"]), title)
            elif reason.code == "bought_together":
                assert (detail["product"], detail["month"]) in mine
                assert detail["product"] != suggestion.product.title
            elif reason.code == "popular":
                buyers = {who for who, product, _ in BOUGHT if product == suggestion.product.id}
                assert FEWEST_BUYERS <= int(detail["buyers"]) <= len(buyers)
            elif reason.code == "in_budget":
                assert wanted.has_budget
                assert detail["price"] == str(suggestion.product.offer.price)
            else:
                assert reason.code in ("like_shown", "in_stock")


@settings(deadline=None, max_examples=100)
@given(wanteds, shoppers)
def test_the_parts_add_up_to_the_score(shelf: Shelf, wanted: Wanted, shopper: str | None) -> None:
    """A score nobody can take apart cannot be explained."""
    for suggestion in suggest(shelf, wanted, shopper, now=NOW).suggestions:
        assert abs(sum(suggestion.parts.values()) - suggestion.score) < 1e-9


def test_the_same_words_get_another_order_from_another_past(shelf: Shelf) -> None:
    """A gardener, a baker and a newcomer who say the same are shown different things, and told why."""
    first = {who: suggest(shelf, Wanted(), who, now=NOW).suggestions for who in (GARDENER, BAKER, NEWCOMER)}
    orders = {tuple(s.product.id for s in suggestions) for suggestions in first.values()}
    assert len(orders) == 3
    for who in (GARDENER, BAKER):
        assert any(r.code == "bought_together" for s in first[who] for r in s.reasons)
    assert not any(r.code == "bought_together" for s in first[NEWCOMER] for r in s.reasons)


def test_a_stated_interest_rules_over_the_past(shelf: Shelf) -> None:
    """A gardener who asks for a baker's present gets baking things."""
    answer = suggest(shelf, Wanted(likes=("baking",)), GARDENER, now=NOW)
    assert all(s.reasons[0].code == "matches" for s in answer.suggestions)


def test_three_ideas_are_not_one_thing_in_three_colours(shelf: Shelf) -> None:
    """Red, blue and zinc watering cans are one idea."""
    answer = suggest(shelf, Wanted(likes=("gardening",), recipient="mom"), None, now=NOW)
    assert len({"can", "can-red", "can-blue"} & {s.product.id for s in answer.suggestions}) == 1


def test_more_like_this_brings_what_is_like_it(shelf: Shelf) -> None:
    """The variants in other colours come first when asked for more of one."""
    can = shelf.product(next(name for name in shelf.positions if name == "can"))
    assert can is not None
    answer = suggest(shelf, Wanted(like_product=can.id), None, now=NOW)
    assert answer.suggestions[0].product.id in ("can-red", "can-blue", "trowel", "planter")
    assert answer.suggestions[0].reasons[0].code == "like_shown"
