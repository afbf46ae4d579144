"""Segment's and RudderStack's events say what a shopper did."""

from __future__ import annotations

import json
from typing import Any

import pytest
from a_ledger import NOW
from hypothesis import given
from hypothesis import strategies as st

from catalog.feeds.rejection import Rejection
from catalog.interactions.events import MEANINGS, Passed, read_event
from catalog.interactions.rows import Row

AT = "2026-10-13T09:30:00.123Z"


def _event(name: str, properties: object, **envelope: object) -> str:
    told = {"type": "track", "event": name, "userId": "u1", "messageId": "m1", "timestamp": AT, **envelope}
    return json.dumps({**told, "properties": properties})


def _read(line: str, source: str = "") -> list[Any]:
    return list(read_event(7, line, source, NOW))


@pytest.mark.parametrize(
    ("name", "kind", "quantity", "source"),
    [
        ("Product List Viewed", "shown", 1, "website"),
        ("Product Viewed", "viewed", 1, "website"),
        ("Product Clicked", "clicked", 1, "website"),
        ("Product Added", "added", 1, "website"),
        ("Product Removed", "added", -1, "website"),
        ("Product Added to Wishlist", "liked", 1, "website"),
        ("Product Removed from Wishlist", "liked", -1, "website"),
        ("Wishlist Product Added to Cart", "added", 1, "website"),
        ("Order Completed", "bought", 1, "purchase"),
        ("Order Refunded", "bought", -1, "purchase"),
        ("Order Cancelled", "bought", -1, "purchase"),
    ],
)
def test_each_event_has_one_meaning(name: str, kind: str, quantity: int, source: str) -> None:
    [found] = _read(_event(name, {"product_id": "p1"}))
    assert (found.kind, found.quantity, found.source, found.product_id) == (kind, quantity, source, "p1")
    assert name.casefold() in MEANINGS


def test_an_order_is_a_row_for_each_product_with_its_pieces_summed() -> None:
    products = [{"product_id": "p1", "quantity": 2}, {"sku": 7}, {"product_id": "p1"}]
    found = _read(_event("Order Completed", {"order_id": "o1", "products": products}))
    assert [(one.product_id, one.quantity, one.group_id) for one in found] == [("p1", 3, "o1"), ("7", 1, "o1")]


def test_a_refund_without_products_takes_back_the_whole_order() -> None:
    [found] = _read(_event("Order Refunded", {"order_id": "o1", "total": 30}))
    assert (found.product_id, found.group_id, found.quantity) == ("", "o1", -1)


def test_a_wrong_product_is_refused_by_place_and_harms_no_other() -> None:
    refused, kept = _read(
        _event("Order Completed", {"products": [{"product_id": "p1", "quantity": "x"}, {"sku": "p2"}]})
    )
    assert (refused.row, refused.field, refused.value, refused.rule) == (
        7,
        "products[0].quantity",
        "x",
        "not_a_quantity",
    )
    assert kept.product_id == "p2"


def test_who_is_not_known_to_the_shop_is_passed_and_counted() -> None:
    assert _read(_event("Product Viewed", {"product_id": "p1"}, userId=None, anonymousId="a")) == [Passed("anonymous")]


def test_the_source_of_an_event_counts_before_the_usual_one_and_that_of_the_import_before_both() -> None:
    line = _event("Product Viewed", {"product_id": "p1"}, source="youtube")
    assert [_read(line)[0].source, _read(line, "till")[0].source] == ["youtube", "till"]


@pytest.mark.parametrize(
    ("line", "field", "rule"),
    [
        ("{", "", "not_json"),
        ("[1]", "", "not_an_object"),
        ("[" * 100_000, "", "nested_too_deep"),
        ('{"event": NaN}', "", "not_json"),
        (_event("Product Viewed", None), "properties", "missing"),
        (_event("Product Viewed", {}), "product_id", "missing"),
        (_event("Product Viewed", {"product_id": True}), "product_id", "not_text"),
        (_event("Product Viewed", {"product_id": "p\x00"}), "product_id", "not_printable"),
        (_event("Product Viewed", {"product_id": "p1"}, timestamp="13/10/2026"), "timestamp", "not_a_time"),
        (_event("Product Viewed", {"product_id": "p1"}, timestamp=None), "timestamp", "missing"),
        (_event("Product Viewed", {"product_id": "p1"}, timestamp="2027-10-13T09:30:00Z"), "at", "in_the_future"),
        (_event("Product Viewed", {"product_id": "p1"}, timestamp="1970-01-01T00:00:00Z"), "at", "before_2000"),
        (_event("Order Completed", {"products": {}}), "products", "not_a_list"),
        (_event("Order Completed", {"products": [{"sku": "p"}] * 1001}), "products", "more_than_1000"),
        (_event("Order Completed", {"products": [{"sku": "p", "quantity": 1e309}]}), "", "not_json"),
    ],
)
def test_what_is_wrong_is_named(line: str, field: str, rule: str) -> None:
    found = _read(line)
    assert [(one.field, one.rule) for one in found if isinstance(one, Rejection)] == [(field, rule)], found
    assert all(one.hint for one in found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from([AT, "u", "p"]),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["product_id", "sku", "quantity", "products", "order_id"]), inside, max_size=3
        )
    ),
    max_leaves=6,
)


@given(
    st.one_of(
        st.text(max_size=50),
        st.builds(
            lambda name, properties, who, at: _event(name, properties, userId=who, timestamp=at),
            st.sampled_from(["Order Completed", "Order Refunded", "Product Viewed", "Page"]), JSON, JSON, JSON,
        ),
    )
)  # fmt: skip
def test_any_line_is_rows_rejections_or_passed(line: str) -> None:
    for one in _read(line):
        assert isinstance(one, (Row, Rejection, Passed))
