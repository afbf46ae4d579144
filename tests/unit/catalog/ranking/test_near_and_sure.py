"""What surely meets an interest comes before what nearly does, and is told apart from it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shop_of import NOW, product, shelf_of

from catalog.ranking.likes import like_of
from catalog.shelf.shelf import Shelf
from catalog.suggest import suggest
from catalog.wanted import Wanted

PRODUCTS = [
    product("trowel", "Garden trowel", "0.50"),
    product("rake", "Steel rake", "95.00"),
    product("gnome", "Cheerful gnome", "10.00"),
    product("lantern", "Tin lantern", "12.00"),
    product("chime", "Wind chime", "11.00"),
    product("book", "Picture book", "12.00", attributes={"description": "All about the garden in spring"}),
    product("lamp", "Desk lamp", "12.00"),
    product("teapot", "China teapot", "12.00"),
]
BOUGHT = [(f"s{at}", what, at) for at in range(12) for what in ("gnome", "lantern", "lamp", "book")]
WANTED = st.builds(
    Wanted,
    likes=st.just(("gardening",)),
    recipient=st.sampled_from([None, "mom", "dad", "friend"]),
    occasion=st.sampled_from([None, "birthday", "housewarming"]),
    price_lean=st.sampled_from([None, "low", "high"]),
)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Garden things, things near to them, and others."""
    return shelf_of(PRODUCTS, BOUGHT)


@settings(deadline=None)
@given(WANTED, st.sampled_from([None, "s1", "s9"]))
def test_no_past_price_or_season_lifts_a_near_match_over_a_sure_one(
    shelf: Shelf, wanted: Wanted, shopper: str | None
) -> None:
    """A best-selling gnome at the best price is still only near to gardening; a lamp is not even that."""
    order = [s.product.id for s in suggest(shelf, wanted, shopper, now=NOW, count=8).suggestions]
    surely, nearly = {"trowel", "rake"}, {"gnome", "lantern", "chime", "book"}
    assert set(order[:2]) == surely
    assert set(order[2:6]) == nearly


def test_a_near_match_is_not_claimed_as_a_match(shelf: Shelf) -> None:
    """ "For gardening (gnome)" would be a claim; the reason has a code of its own, and names its word."""
    told = {
        s.product.id: s.reasons
        for s in suggest(shelf, Wanted(likes=("gardening",)), None, now=NOW, count=8).suggestions
    }
    codes = {name: {r.code: r.detail for r in reasons} for name, reasons in told.items()}
    assert codes["trowel"]["matches"]["word"] == "garden"
    assert codes["gnome"]["near"]["word"] == "gnome"
    assert "matches" not in codes["gnome"]
    assert not {"matches", "near"} & set(codes["lamp"])


def test_a_word_of_the_description_is_found_and_counts_as_near(shelf: Shelf) -> None:
    """A blurb names much that a thing is not."""
    like = like_of(shelf, "gardening")
    at = shelf.positions[PRODUCTS[5].id]
    assert (like.strong[at], like.near[at]) == (False, True)
    assert like.word(shelf, at) == "garden"


def test_each_of_several_interests_is_met_before_one_is_met_twice(shelf: Shelf) -> None:
    """ "Gardening and tea" is not answered with three garden tools."""
    first = suggest(shelf, Wanted(likes=("gardening", "tea")), None, now=NOW, count=2).suggestions
    met = {reason.detail["interest"] for s in first for reason in s.reasons if reason.code == "matches"}
    assert met == {"gardening", "tea"}
