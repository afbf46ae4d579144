"""What a feed said long ago is not promised today."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from catalog.offers.freshness import freshness, may_promise_stock
from catalog.product import Offer

TODAY = date(2026, 11, 22)


def _offer(days_ago: int, *, stock_days_ago: int | None = None, in_stock: bool = True) -> Offer:
    told = None if stock_days_ago is None else TODAY - timedelta(days=stock_days_ago)
    return Offer(Decimal("5"), "GBP", in_stock, TODAY - timedelta(days=days_ago), told)


def test_ages_of_price_and_stock_are_told_apart() -> None:
    """A stock-only update makes the stock young and leaves the price as old as it is."""
    known = freshness(_offer(9, stock_days_ago=1), TODAY)

    assert (known.price_days, known.stock_days) == (9, 1)


@pytest.mark.parametrize(("age", "promised"), [(0, True), (3, True), (4, False), (400, False), (-1, True)])
def test_stock_older_than_the_setting_is_not_promised(age: int, promised: bool) -> None:
    """The last day allowed still counts; a feed dated tomorrow (another time zone) is young."""
    assert may_promise_stock(_offer(age), TODAY, 3) is promised


@pytest.mark.parametrize("never", [None, 0])
def test_without_the_setting_a_feed_stays_true_until_the_next(never: int | None) -> None:
    """A merchant who imports once a year may switch the age off."""
    assert may_promise_stock(_offer(400), TODAY, never)


def test_what_the_feed_calls_out_of_stock_is_never_promised() -> None:
    """Freshness makes nothing available."""
    assert not may_promise_stock(_offer(0, in_stock=False), TODAY, 3)
