"""A row becomes a product or says which field broke which rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.feeds.clean import clean
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import Row
from catalog.product import Product

GOOD = {
    "id": "a1",
    "title": "Tea cosy",
    "price": "4.95",
    "currency": "GBP",
    "availability": "in_stock",
    "link": "https://shop.example/p/a1",
}


def _clean(**changes: str) -> Product | Rejection:
    return clean(Row(7, {**GOOD, **changes}), as_of=date(2026, 1, 2))


def test_a_sound_row_becomes_the_product_it_describes() -> None:
    """Nothing is rounded or guessed on the way."""
    product = _clean(brand="Acme")
    assert isinstance(product, Product)
    assert (product.id, product.offer.price, product.offer.currency) == ("a1", Decimal("4.95"), "GBP")
    assert product.offer.in_stock
    assert product.attributes == {"brand": "Acme"}


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("id", "", "missing"),
        ("id", "x" * 51, "longer_than_50"),
        ("title", "???", "has_no_letters"),
        ("title", "", "missing"),
        ("price", "free", "not_a_price"),
        ("price", "-1", "not_a_price"),
        ("price", "0.00", "out_of_range"),
        ("price", "4,95", "not_a_price"),
        ("price", "1e5", "not_a_price"),
        ("currency", "£", "not_a_currency"),
        ("availability", "maybe", "unknown_availability"),
        ("link", "javascript:alert(1)", "not_a_web_address"),
        ("link", "https://good.example@evil.example/", "not_a_web_address"),
        ("link", "https://[broken", "not_a_web_address"),
        ("link", "", "missing"),
    ],
)
def test_a_broken_field_is_named_with_its_rule(field: str, value: str, rule: str) -> None:
    """Row, field and rule tell the merchandiser what to mend."""
    result = _clean(**{field: value})
    assert isinstance(result, Rejection)
    assert (result.row, result.field, result.rule) == (7, field, rule)
    assert result.hint


@given(st.dictionaries(st.sampled_from([*GOOD, "image_link", "brand", ""]), st.text(max_size=60), max_size=8))
def test_any_row_is_taken_or_refused_never_half(values: dict[str, str]) -> None:
    """What is taken has a positive price, a currency code, a title with letters and a web address."""
    result = clean(Row(1, {**GOOD, **values}), as_of=date(2026, 1, 2))
    if isinstance(result, Product):
        assert result.offer.price > 0
        assert len(result.offer.currency) == 3
        assert any(letter.isalpha() for letter in result.title)
        assert result.link.startswith(("https://", "http://"))
    else:
        assert result.rule
        assert len(result.value) <= 80


@pytest.mark.parametrize("price", ["15.00 GBP", "GBP 15.00", "15.00"])
def test_google_prices_carry_their_currency(price: str) -> None:
    """Merchant Center writes the currency behind the amount."""
    product = _clean(price=price)
    assert isinstance(product, Product)
    assert (product.offer.price, product.offer.currency) == (Decimal("15.00"), "GBP")
