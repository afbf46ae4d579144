"""What a relaxation promises is what one gets: the counts are true."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from small_shop import NOW
from test_hard_bounds import wanteds

from catalog.ranking.relax import Relaxation
from catalog.shelf.shelf import Shelf
from catalog.suggest import Answer, suggest
from catalog.wanted import Wanted

_FREE = {"price_min": None, "price_max": None, "price_below": None, "price_above": None}


def _given(answer: Answer, wanted: Wanted) -> int:
    return answer.matching if wanted.likes else answer.eligible


def _next_turn(wanted: Wanted, relaxation: Relaxation, answer: Answer) -> Wanted:
    """The request after taking up the offer, when what the answer showed has been seen."""
    followed = _followed(wanted, relaxation)
    return replace(followed, not_again=followed.not_again | {s.product.id for s in answer.suggestions})


def _followed(wanted: Wanted, relaxation: Relaxation) -> Wanted:
    """The request with the change made."""
    detail = relaxation.detail
    if relaxation.code == "raise_max":
        return replace(wanted, price_max=Decimal(detail["price_max"]))
    if relaxation.code == "lower_min":
        return replace(wanted, price_min=Decimal(detail["price_min"]))
    if relaxation.code == "raise_max_without":
        return replace(wanted, likes=(), price_max=Decimal(detail["price_max"]))
    if relaxation.code == "lower_min_without":
        return replace(wanted, likes=(), price_min=Decimal(detail["price_min"]))
    if relaxation.code == "drop_interest":
        return replace(wanted, likes=tuple(like for like in wanted.likes if like not in detail["interest"].split(", ")))
    if relaxation.code == "drop_exclusion":
        return replace(
            wanted, not_wanted=tuple(term for term in wanted.not_wanted if term not in detail["term"].split(", "))
        )
    if relaxation.code == "other_currency":
        return replace(wanted, **_FREE)
    if relaxation.code == "several":
        return _all_followed(wanted, relaxation)
    assert relaxation.code == "show_again"
    return replace(wanted, not_again=frozenset())


def _all_followed(wanted: Wanted, relaxation: Relaxation) -> Wanted:
    """The request after every change of a set."""
    for change in relaxation.changes:
        detail = dict(relaxation.detail)
        if change == "drop_interest":
            detail["interest"] = detail["interests"]
        wanted = _followed(wanted, Relaxation(change, relaxation.count, detail))
    return wanted


@settings(deadline=None, max_examples=150)
@given(wanteds, st.integers(1, 4))
def test_every_count_offered_is_what_one_then_gets(shelf: Shelf, wanted: Wanted, count: int) -> None:
    """An offer of "3 more for £2 more" that gives two loses the shopper's trust."""
    answer = suggest(shelf, wanted, None, now=NOW, count=count)
    for relaxation in answer.relaxations:
        if relaxation.code == "outside_budget":
            interest = relaxation.detail["interest"]
            only = replace(wanted, likes=(interest,))
            anywhere = suggest(shelf, replace(only, **_FREE), None, now=NOW).matching
            inside = suggest(shelf, only, None, now=NOW).matching
            assert inside == 0
            if len(wanted.likes) == 1:
                assert relaxation.count == anywhere - inside
        else:
            followed = _next_turn(wanted, relaxation, answer)
            assert relaxation.count == _given(suggest(shelf, followed, None, now=NOW), followed)
            same = replace(wanted, not_again=wanted.not_again | {s.product.id for s in answer.suggestions})
            left = _given(suggest(shelf, same, None, now=NOW), same)
            assert relaxation.count > left or relaxation.code == "other_currency"


@settings(deadline=None, max_examples=100)
@given(wanteds)
def test_no_offer_where_enough_fits(shelf: Shelf, wanted: Wanted) -> None:
    """Who has three ideas is not asked to spend more."""
    answer = suggest(shelf, wanted, None, now=NOW)
    assert bool(answer.relaxations) <= (_given(answer, wanted) < 3)


@settings(deadline=None, max_examples=150)
@given(wanteds)
def test_what_no_single_change_helps_is_offered_at_another_price(shelf: Shelf, wanted: Wanted) -> None:
    """A drone over £300 finds neither: the offer leaves out the drone and names a price that has something."""
    unmet = replace(wanted, likes=("drones",), currency=None, price_below=None, price_above=None)
    answer = suggest(shelf, unmet, None, now=NOW)
    free = suggest(shelf, replace(unmet, likes=(), **_FREE), None, now=NOW)
    one_sided = None in (unmet.price_min, unmet.price_max)
    if not answer.suggestions and free.eligible and one_sided:
        assert answer.relaxations


def test_a_drone_over_three_hundred_pounds_is_no_bare_dead_end(shelf: Shelf) -> None:
    """The largest sum that still has three, with its true count."""
    answer = suggest(shelf, Wanted(likes=("drone",), recipient="brother", price_min=Decimal(300)), None, now=NOW)
    assert not answer.suggestions
    offer = answer.relaxations[0]
    assert (offer.code, offer.detail["interests"]) == ("lower_min_without", "drone")
    assert offer.count >= 3


def test_the_raise_asked_for_is_the_smallest_that_gives_three(shelf: Shelf) -> None:
    """One penny less gives fewer than three that were not seen yet."""
    wanted = Wanted(likes=("gardening",), recipient="mom", price_max=Decimal(10))
    answer = suggest(shelf, wanted, None, now=NOW)
    offer = next(r for r in answer.relaxations if r.code == "raise_max")
    wanted = replace(wanted, not_again=frozenset(s.product.id for s in answer.suggestions))
    asked = Decimal(offer.detail["price_max"])
    assert suggest(shelf, replace(wanted, price_max=asked), None, now=NOW).matching >= 3
    assert suggest(shelf, replace(wanted, price_max=asked - Decimal("0.01")), None, now=NOW).matching < 3


def test_an_interest_met_within_the_budget_is_not_said_to_be_outside_it(shelf: Shelf) -> None:
    """ "Nothing in that price range" stood beside a trowel in that range."""
    answer = suggest(shelf, Wanted(likes=("gardening",), price_max=Decimal(10)), None, now=NOW)
    assert 0 < answer.matching < 3
    assert "outside_budget" not in {r.code for r in answer.relaxations}


def test_an_interest_met_at_other_prices_only_is_said_with_its_span(shelf: Shelf) -> None:
    """ "Nothing for gardeners at £20 to £30, but 6 from £6 to £31" is no dead end."""
    wanted = Wanted(likes=("gardening",), price_min=Decimal(20), price_max=Decimal(30))
    answer = suggest(shelf, wanted, None, now=NOW)
    offer = next(r for r in answer.relaxations if r.code == "outside_budget")
    assert answer.matching == 0
    assert len(answer.suggestions) == 2
    assert (offer.detail["cheapest"], offer.detail["dearest"], offer.count) == ("6.00", "31.00", 6)


def test_what_is_shown_already_is_no_help(shelf: Shelf) -> None:
    """ "Without tea I'd have 3", said beneath exactly those three, led nowhere."""
    cheap = Wanted(likes=("tea",), price_max=Decimal("3.00"))
    answer = suggest(shelf, cheap, None, now=NOW)
    everything = suggest(shelf, replace(cheap, likes=()), None, now=NOW, count=20)
    assert {s.product.id for s in answer.suggestions} == {s.product.id for s in everything.suggestions}
    assert "drop_interest" not in {r.code for r in answer.relaxations}
