"""Prices, arrival and stock are those of the moment asked, and hard bounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from shop_of import NOW, ZONE, product, shelf_of

from catalog.offers.arrival import DeliveryRules
from catalog.product import Delivery, ProductId, Sale
from catalog.ranking.house_rules import HouseRules
from catalog.shelf.shelf import Shelf
from catalog.steering.steers import Steers
from catalog.suggest import Answer, suggest
from catalog.wanted import Wanted

SENDS = HouseRules(delivery=DeliveryRules(ZONE, cut_off=time(14)))
SALE = Sale(Decimal("15.00"), NOW - timedelta(days=1), NOW + timedelta(days=1))
PRODUCTS = [
    product("quick", "Desk lamp", "20.00", delivery=Delivery((0, 0), (1, 1))),
    product("slow", "Wall clock", "12.00", delivery=Delivery((1, 2), (3, 5))),
    product("unknown", "Picture frame", "9.00"),
    product("reduced", "Wool throw", "25.00", offer_sale=SALE, delivery=Delivery((0, 0), (2, 2))),
    product("stale", "Glass vase", "11.00", offer_stock_as_of=date(2026, 11, 1), delivery=Delivery((0, 0), (1, 1))),
]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Five things, sent at different speeds."""
    return shelf_of(PRODUCTS)


def ids(answer: Answer) -> set[str]:
    """What was suggested."""
    return {s.product.id for s in answer.suggestions}


def test_a_sale_price_counts_while_the_sale_is_on_and_not_a_moment_longer(shelf: Shelf) -> None:
    """Under £16 holds the throw at £15 today, and not once the sale is over."""
    wanted = Wanted(price_max=Decimal(16))
    answer = suggest(shelf, wanted, None, now=NOW, count=9)
    offer = next(s.product.offer for s in answer.suggestions if s.product.id == "reduced")
    assert (offer.price, offer.was) == (Decimal("15.00"), Decimal("25.00"))
    over = SALE.ends
    assert over is not None
    assert "reduced" not in ids(suggest(shelf, wanted, None, now=over, count=9))


def test_what_arrives_too_late_or_nobody_knows_when_is_left_out_where_a_day_was_said(shelf: Shelf) -> None:
    """Ordered on Wednesday noon: next-day by Thursday; what has no delivery time is no promise."""
    answer = suggest(shelf, Wanted(needed_by=date(2026, 11, 26)), None, now=NOW, count=9, rules=SENDS)
    assert ids(answer) == {"quick", "stale"}
    assert answer.deadline_checked
    assert all(s.arrives is not None and s.arrives[1] <= date(2026, 11, 26) for s in answer.suggestions)


def test_after_the_cut_off_the_same_day_is_too_soon(shelf: Shelf) -> None:
    """An hour later the order goes out a day later."""
    late = NOW + timedelta(hours=3)
    answer = suggest(shelf, Wanted(needed_by=date(2026, 11, 26)), None, now=late, count=9, rules=SENDS)
    assert not answer.suggestions


def test_a_later_day_is_offered_with_what_it_gives(shelf: Shelf) -> None:
    """ "Monday gives 4": true, since asking for Monday then gives four."""
    wanted = Wanted(needed_by=date(2026, 11, 26))
    answer = suggest(shelf, wanted, None, now=NOW, rules=SENDS)
    offer = next(r for r in answer.relaxations if r.code == "later")
    assert offer.detail["needed_by"] == "2026-12-04"
    later, seen = date.fromisoformat(offer.detail["needed_by"]), frozenset(ids(answer))
    followed = replace(wanted, needed_by=later, not_again=seen)
    assert suggest(shelf, followed, None, now=NOW, rules=SENDS).eligible == offer.count == 2


def test_without_any_delivery_time_the_answer_says_that_the_day_was_not_checked(shelf: Shelf) -> None:
    """Leaving everything out would be as wrong as promising all of it."""
    wanted = Wanted(needed_by=date(2026, 11, 26))
    nothing_known = shelf_of([product("a", "Desk lamp"), product("b", "Wall clock")])
    answer = suggest(nothing_known, wanted, None, now=NOW, rules=SENDS)
    assert not answer.deadline_checked
    assert len(answer.suggestions) == 2
    assert not suggest(shelf, wanted, None, now=NOW).deadline_checked
    assert suggest(shelf, Wanted(), None, now=NOW).deadline_checked


def test_old_news_of_stock_is_no_promise(shelf: Shelf) -> None:
    """It is still shown, and nobody is told that it is in stock."""
    rules = HouseRules(stock_max_age_days=3)
    answer = suggest(shelf, Wanted(), None, now=NOW, count=9, rules=rules)
    assert {s.product.id for s in answer.suggestions if s.stock_unsure} == {"stale"}
    stale = next(s for s in answer.suggestions if s.product.id == "stale")
    assert "in_stock" not in {reason.code for reason in stale.reasons}


def test_what_the_recipient_had_before_is_not_offered_again(shelf: Shelf) -> None:
    """Not even as something to be seen again."""
    wanted = Wanted(already_given=frozenset({ProductId("quick")}), not_again=frozenset({ProductId("slow")}))
    answer = suggest(shelf, wanted, None, now=NOW, count=9)
    assert not {"quick", "slow"} & ids(answer)
    again = next(r for r in answer.relaxations if r.code == "show_again")
    assert again.count == 1


def steered(entry: str) -> HouseRules:
    """Rules with one steer."""
    signed = "author: lee, reason: a test, from: 2026-11-01, until: 2026-12-31"
    return HouseRules(steers=Steers.parse(f"- {{id: one, {entry}, {signed}}}", ZONE))


def test_a_pin_comes_first_if_it_fits_and_never_past_a_bound(shelf: Shelf) -> None:
    """Merchandisers lead within what was asked for, not out of it."""
    rules = steered("do: pin, products: [slow], for: {likes: photography}")
    asked = Wanted(likes=("photography",))
    first = suggest(shelf, asked, None, now=NOW, rules=rules).suggestions[0]
    assert (first.product.id, first.propensity) == ("slow", 1.0)
    assert "a test" in first.steered[0]
    cheaper = replace(asked, price_max=Decimal(11))
    assert "slow" not in ids(suggest(shelf, cheaper, None, now=NOW, count=9, rules=rules))


def test_what_is_hidden_is_not_shown_and_a_boost_is_a_part_of_the_score(shelf: Shelf) -> None:
    """And no reason a shopper reads tells of either."""
    assert "quick" not in ids(
        suggest(shelf, Wanted(), None, now=NOW, count=9, rules=steered("do: hide, products: [quick]"))
    )
    boost = steered("do: boost, products: [quick], strength: 1")
    plain = {s.product.id: s for s in suggest(shelf, Wanted(), None, now=NOW, count=9).suggestions}
    for one in suggest(shelf, Wanted(), None, now=NOW, count=9, rules=boost).suggestions:
        assert (one.parts.get("steered", 0.0) > 0) is (one.product.id == "quick")
        assert one.reasons == plain[one.product.id].reasons
        assert bool(one.steered) is (one.product.id == "quick")


def test_margin_breaks_ties_and_is_never_told() -> None:
    """The shop may earn on what fits as well; a shopper reads nothing of it."""
    pair = [product("a", "Desk lamp"), product("b", "Wall clock", margin=Decimal("0.6"))]
    answer = suggest(shelf_of(pair), Wanted(), None, now=NOW)
    assert answer.suggestions[0].product.id == "b"
    assert answer.suggestions[0].reasons == answer.suggestions[1].reasons
    neutral = suggest(shelf_of(pair), Wanted(), None, now=NOW, rules=HouseRules(margin_weight=0.0))
    assert neutral.suggestions[0].product.id == "a"


@pytest.mark.parametrize(("name", "value"), [("explore", 1.5), ("explore", -0.1), ("margin_weight", 3.0)])
def test_rules_that_would_bend_the_ranking_are_refused(name: str, value: float) -> None:
    """A typing error in a setting must not turn the shop into a lottery or a till."""
    with pytest.raises(ValueError, match=name):
        HouseRules(**{name: value})  # type: ignore[arg-type]


def test_a_christmas_thing_nobody_asked_for_comes_last_in_may_and_not_in_december() -> None:
    """Unless it was asked for by name."""
    shop = shelf_of(
        [product("bauble", "Christmas bauble"), product("lamp", "Desk lamp"), product("vase", "Glass vase")]
    )
    may, december = datetime(2026, 5, 4, 12, tzinfo=timezone.utc), datetime(2026, 12, 4, 12, tzinfo=timezone.utc)
    for moment, lost in ((may, -2.5), (december, -0.6)):
        answer = suggest(shop, Wanted(), None, now=moment)
        assert answer.suggestions[-1].product.id == "bauble"
        assert answer.suggestions[-1].parts["unasked_occasion"] == pytest.approx(lost)
    asked = suggest(shop, Wanted(likes=("christmas baubles",)), None, now=may)
    assert asked.suggestions[0].product.id == "bauble"
    assert "unasked_occasion" not in asked.suggestions[0].parts
