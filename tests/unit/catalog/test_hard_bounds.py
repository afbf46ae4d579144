"""Budget, stock, exclusions and what was shown are never broken, whatever is asked."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from small_shop import BAKER, GARDENER, NEWCOMER, NOW, PRODUCTS

from catalog.shelf.shelf import Shelf
from catalog.suggest import suggest
from catalog.wanted import Wanted
from catalog.words.stems import occurs, phrase

_price = st.none() | st.decimals("0", "40", places=2)
_kinds = st.sampled_from(["gardening", "baking", "candles", "mugs", "tea", "robots", "unheard of", "jewellery", "rose"])
_ids = st.sampled_from([row[0] for row in PRODUCTS])
wanteds = st.builds(
    Wanted,
    price_min=_price,
    price_max=_price,
    price_below=_price,
    price_above=_price,
    currency=st.sampled_from([None, "GBP", "USD"]),
    likes=st.lists(_kinds, max_size=3, unique=True).map(tuple),
    recipient=st.sampled_from([None, "mom", "dad", "child", "colleague", "martian"]),
    gender=st.sampled_from([None, "female", "male"]),
    age=st.sampled_from([None, (6, 7), (30, 40), (14, 20)]),
    occasion=st.sampled_from([None, "birthday", "christmas", "new_baby"]),
    not_wanted=st.lists(_kinds, max_size=2, unique=True).map(tuple),
    not_again=st.frozensets(_ids, max_size=6),
    already_given=st.frozensets(_ids, max_size=2),
    like_product=st.none() | _ids,
)
shoppers = st.sampled_from([None, GARDENER, BAKER, NEWCOMER])


@settings(deadline=None, max_examples=150)
@given(wanteds, shoppers)
def test_no_suggestion_breaks_a_bound(shelf: Shelf, wanted: Wanted, shopper: str | None) -> None:
    """Filters, not scores: no wish and no past can buy its way past them."""
    answer = suggest(shelf, wanted, shopper, now=NOW)
    assert len(answer.suggestions) == min(3, answer.eligible)
    assert len({s.product.id for s in answer.suggestions}) == len(answer.suggestions)
    for suggestion in answer.suggestions:
        product, price = suggestion.product, suggestion.product.offer.price
        assert product.offer.in_stock
        assert wanted.price_min is None or price >= wanted.price_min
        assert wanted.price_max is None or price <= wanted.price_max
        assert wanted.price_below is None or price < wanted.price_below
        assert wanted.price_above is None or price > wanted.price_above
        assert not (wanted.said_budget and wanted.currency not in (None, product.offer.currency))
        assert product.id not in wanted.not_again | wanted.already_given
        assert product.id != wanted.like_product
        title = phrase(product.title)
        for kind in wanted.not_wanted:
            assert not occurs(phrase(kind), title)
            assert not any(occurs(word, title) for word in shelf.terms.interest(kind).words)
        assert suggestion.reasons


@settings(deadline=None, max_examples=100)
@given(wanteds, shoppers)
def test_the_same_question_gets_the_same_answer(shelf: Shelf, wanted: Wanted, shopper: str | None) -> None:
    """Suggesting is pure: a crash and a second try show the shopper the same three."""
    assert suggest(shelf, wanted, shopper, now=NOW) == suggest(shelf, wanted, shopper, now=NOW)


def test_no_candles_leaves_out_tea_lights_too(shelf: Shelf) -> None:
    """Who dislikes candles means the kind, not the word."""
    answer = suggest(shelf, Wanted(not_wanted=("candles",)), None, now=NOW, count=20)
    assert not {"candle", "tealight"} & {s.product.id for s in answer.suggestions}


def test_a_childs_thing_is_not_for_a_grown_woman(shelf: Shelf) -> None:
    """Child's garden gloves match gardening and are still wrong for mum."""
    answer = suggest(shelf, Wanted(likes=("gardening",), recipient="mom"), None, now=NOW, count=20)
    assert not {"gloves-child", "dad"} & {s.product.id for s in answer.suggestions}


def test_cheaper_than_what_was_shown_is_no_budget_in_the_currency_said(shelf: Shelf) -> None:
    """The price comes from an offer of ours, so dollars said earlier have nothing to do with it."""
    answer = suggest(shelf, Wanted(price_below=Decimal(20), currency="USD"), None, now=NOW)
    assert len(answer.suggestions) == 3
    assert "other_currency" not in {r.code for r in answer.relaxations}


def test_the_answer_tells_which_exclusions_no_title_knows(shelf: Shelf) -> None:
    """ "No leather" must not read as done where no title says what is leather."""
    assert suggest(shelf, Wanted(not_wanted=("leather", "candles")), None, now=NOW).untold == ("leather",)


def test_a_budget_in_another_currency_is_not_converted(shelf: Shelf) -> None:
    """We do not know the rate, so we say which currency the prices are in."""
    answer = suggest(shelf, Wanted(price_max=Decimal(20), currency="USD"), None, now=NOW)
    assert not answer.suggestions
    assert [(r.code, r.detail["currency"]) for r in answer.relaxations] == [("other_currency", "GBP")]
