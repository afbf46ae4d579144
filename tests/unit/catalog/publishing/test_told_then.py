"""A feed made earlier than what is published: each of price and stock is the one told last."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from snapshot_shop import DAY, product, write_snapshot

from catalog.feeds.rejection import Rejection
from catalog.product import Product
from catalog.publishing.told_then import told_then

days = st.integers(0, 4).map(lambda back: DAY - timedelta(days=back))


@given(made=days, price_day=days, stock_day=days)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_price_and_stock_are_each_the_ones_told_last(
    tmp_path: Path, made: date, price_day: date, stock_day: date
) -> None:
    """Whatever the three days are."""
    known = product("mug", "5.00", in_stock=False, as_of=price_day, stock_as_of=stock_day)
    old = write_snapshot(tmp_path / f"{made}-{price_day}-{stock_day}", [known])

    (found,) = told_then(iter([product("mug", "6.00")]), made, old)

    assert isinstance(found, Product)
    offer = found.offer
    assert str(offer.price) == ("5.00" if price_day > made else "6.00")
    assert offer.in_stock is (stock_day <= made)
    assert (offer.as_of, offer.stock_day) == (max(made, price_day), max(made, stock_day))


def test_what_is_new_refused_or_sold_in_another_currency_passes(tmp_path: Path) -> None:
    """A price is not carried over into another currency; what nobody knew is as the feed says."""
    old = write_snapshot(tmp_path / "old", [product("mug", "5.00", currency="EUR", as_of=DAY)])
    refused = Rejection(4, "id", "", "missing", "give it one")
    made = DAY - timedelta(days=2)

    mug, new, rejection = told_then(iter([product("mug", "6.00"), product("new"), refused]), made, old)

    assert isinstance(mug, Product)
    assert isinstance(new, Product)
    assert (str(mug.offer.price), mug.offer.currency, mug.offer.as_of, mug.offer.stock_day) == (
        "6.00",
        "GBP",
        made,
        DAY,
    )
    assert (new.offer.as_of, new.offer.stock_day) == (made, made)
    assert rejection is refused
