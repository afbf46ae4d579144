"""Tables are read as they stand: text only, line numbers true, columns by name."""

from __future__ import annotations

import contextlib
import csv
import io
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.feeds.columns import our_names, plain_name
from catalog.feeds.delimited import Table
from catalog.feeds.limits import Limits
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError, Row
from catalog.feeds.text_lines import as_utf8
from catalog.product import Delivery, Product, Sale

_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


def _rows(content: bytes) -> list[Row | Rejection]:
    text, _ = as_utf8(io.BytesIO(content))  # type: ignore[arg-type]
    return list(Table(text, Limits()))


@given(st.lists(st.tuples(_text, _text, _text), max_size=20), st.sampled_from(",;\t|"))
def test_whatever_is_written_is_read_back_as_text(rows: list[tuple[str, str, str]], separator: str) -> None:
    """Separators, quotes and odd characters inside values must not move a price into a title."""
    written = io.StringIO()
    out = csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL)
    out.writerow(["id", "title", "price"])
    out.writerows(rows)
    read = [tuple(row.values.values()) for row in _rows(written.getvalue().encode()) if isinstance(row, Row)]
    assert read == [tuple(v.strip() for v in row) for row in rows if any(v.strip() for v in row)]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_table_otherwise_than_by_a_feed_error(content: bytes) -> None:
    """A broken upload is told to the merchandiser, it does not crash the import."""
    with contextlib.suppress(FeedError):
        _rows(content)


def test_a_leading_zero_stays() -> None:
    """00123 is an id, not a number."""
    assert _rows(b"id,price\n00123,007.50\n") == [Row(2, {"id": "00123", "price": "007.50"})]


def test_a_row_is_named_by_the_line_it_begins_in_also_after_a_value_of_two_lines() -> None:
    """The merchandiser looks up the line we name."""
    assert [row.number for row in _rows(b'id,title\n1,"two\nlines"\n\n2,b\n') if isinstance(row, Row)] == [2, 5]


def test_the_row_after_a_badly_quoted_one_is_read() -> None:
    """One stray quote costs one product, not the catalogue."""
    first, second = _rows(b'id,title\n1,"Mug" large\n2,Cup\n')
    assert isinstance(first, Rejection)
    assert (first.row, first.rule) == (2, "broken_quoting")
    assert second == Row(3, {"id": "2", "title": "Cup"})


@pytest.mark.parametrize(
    "name", ["g:image_link", "Image Link", "image-link", "imageLink", "IMAGE_LINK", " Image  link ", "image/link"]
)
def test_one_column_has_many_spellings(name: str) -> None:
    """Google's prefix, Excel's blanks, JSON's capitals."""
    assert plain_name(name) == "image_link"


def test_a_better_name_wins_and_the_other_column_stays_an_attribute() -> None:
    """With id and sku both there, sku is not lost and not the id."""
    assert our_names(["sku", "id", "name"]) == ["sku", "id", "title"]
    assert our_names(["sku", "name"]) == ["id", "title"]


def test_columns_that_may_come_several_times_are_joined() -> None:
    """Google allows more than one picture."""
    assert _rows(b"id,additional_image_link,additional_image_link\n1,a,b\n") == [
        Row(2, {"id": "1", "additional_image_link": "a,b"})
    ]


def test_what_woocommerce_hides_is_left_out(read: Any) -> None:
    """Its export tells of drafts and hidden products in columns of their own."""
    feed = read(
        "SKU,Name,Published,Visibility in catalog,In stock?,Regular price,URL\n"
        "a,A tea cosy,1,visible,1,4.95,https://shop.example/a\n"
        "b,A draft,-1,visible,1,4.95,https://shop.example/b\n"
        "c,A secret,1,hidden,1,4.95,https://shop.example/c\n",
        currency="GBP",
    )
    assert [product.id for product in feed.results] == ["a"]
    assert feed.skipped == {"unpublished": 1, "hidden": 1}


def test_woocommerces_sale_ends_when_its_export_says(read: Any) -> None:
    """The columns as the shop's export names and fills them."""
    (product,) = read(
        "SKU,Name,Date sale price starts,Date sale price ends,In stock?,Regular price,Sale price,URL\n"
        "a,A tea cosy,2026-11-01 0:00:00,2026-11-10 23:59:59,1,20.00,15.00,https://shop.example/a\n",
        currency="GBP",
    ).results
    assert product.offer.sale == Sale(
        Decimal("15.00"),
        datetime(2026, 11, 1, tzinfo=timezone.utc),
        datetime(2026, 11, 10, 23, 59, 59, tzinfo=timezone.utc),
    )


@pytest.mark.parametrize("before", ["sep=,\n", "sep=,\r\n", "\n", "\n  \r\n", "\nSEP=,\n\n", "\ufeffsep=,\n"])
def test_what_stands_before_the_header_hides_no_format(before: str, read: Any) -> None:
    """Excel writes a line for itself, hands leave a blank one; lines are counted all the same."""
    header = "Handle,Title,Vendor,Variant Price\n"
    feed = read(before + header + "pot,Pot,LL,free\n", currency="GBP", link_template="https://shop.example/{handle}")
    (refused,) = feed.results
    assert (feed.format, refused.row, refused.rule) == ("shopify-csv", before.count("\n") + 2, "not_a_price")


def test_a_header_may_order_the_parts_of_shipping(read: Any) -> None:
    """Google allows shipping(…) with the parts a shop has; the days are found all the same."""
    header = "id\ttitle\tprice\tavailability\tlink\tshipping(country:max_transit_time:price:min_transit_time)\n"
    row = "1\tTea cosy\t4.95 GBP\tin_stock\thttps://shop.example/p/1\tGB:4:3.95 GBP:2\n"
    (product,) = read(header + row).results
    assert isinstance(product, Product)
    assert product.delivery == Delivery(None, (2, 4))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_excel_are_read_in_any_of_its_unicode_forms(encoding: str, read: Any) -> None:
    """CSV UTF-8 has a mark, Unicode text is UTF-16 with tabs, and some begin with sep=;."""
    text = "sep=;\nid;title;price;availability;link\n1;Théière;4.95 GBP;in_stock;https://shop.example/p/1\n"
    (product,) = read(text.encode(encoding)).results
    assert isinstance(product, Product)
    assert product.title == "Théière"
