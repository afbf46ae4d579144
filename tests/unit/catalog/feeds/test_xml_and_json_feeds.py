"""Google's XML and JSON lines give the same rows a table would."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.feeds.limits import Limits
from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError
from catalog.product import Delivery, Product, Sale

ITEM = (
    "<{g}id>7</{g}id><title>Tea cosy</title><{g}price>4.95 GBP</{g}price><{g}availability>in_stock</{g}availability>"
    "<link>https://shop.example/p/7</link>"
)


def _rss(items: str, g: str = "g") -> str:
    return f'<rss xmlns:{g}="http://base.google.com/ns/1.0"><channel>{items}</channel></rss>'


@pytest.mark.parametrize("prefix", ["g", "merchant"])
def test_googles_fields_are_known_by_their_namespace_whatever_its_prefix(prefix: str, read: Any) -> None:
    """And plain RSS fields fill in where there is no Google field."""
    (product,) = read(_rss(f"<item>{ITEM.format(g=prefix + ':')}</item>", prefix)).results
    assert isinstance(product, Product)
    assert (product.id, product.title, product.link) == ("7", "Tea cosy", "https://shop.example/p/7")


def test_googles_field_wins_over_the_plain_one(read: Any) -> None:
    """Atom's own id is the address of the entry, not of the product."""
    entry = "<entry><id>tag:shop.example,2026:7</id>" + ITEM.format(g="g:").replace(
        "<link>https://shop.example/p/7</link>", '<link rel="self" href="https://shop.example/x"/><link href="https://shop.example/p/7"/>'
    )  # fmt: skip
    (product,) = read(f'<feed xmlns:g="http://base.google.com/ns/1.0">{entry}</entry></feed>').results
    assert isinstance(product, Product)
    assert (product.id, product.link) == ("7", "https://shop.example/p/7")


@pytest.mark.parametrize(
    "namespace", ["", ' xmlns="http://base.google.com/ns/1.0"', ' xmlns="http://www.w3.org/2005/Atom"']
)
def test_two_prices_without_a_prefix_are_told(namespace: str, read: Any) -> None:
    """Whichever came last would be shown; only the merchant knows which one is meant."""
    item = f"<item>{ITEM.format(g='')}<price>3.00 GBP</price></item>"
    (refused,) = read(f"<rss{namespace}><channel>{item}</channel></rss>").results
    assert (refused.field, refused.rule) == ("price", "doubled_field")


def test_googles_namespace_may_be_that_of_all_names(read: Any) -> None:
    """Then a g: field and one without a prefix are the same field."""
    start = '<rss xmlns="http://base.google.com/ns/1.0" xmlns:g="http://base.google.com/ns/1.0"><channel><item>'
    for price, taken in (("4.95 GBP", True), ("3.00 GBP", False)):
        item = f"{ITEM.format(g='')}<g:price>{price}</g:price><category>a</category><category>b</category>"
        (result,) = read(f"{start}{item}</item></channel></rss>").results
        assert isinstance(result, Product) is taken


def test_an_empty_field_of_google_does_not_wipe_a_filled_one(read: Any) -> None:
    """Shop software writes all of Google's tags, also those it has nothing for; a later empty one wipes nothing."""
    item = f"<item>{ITEM.format(g='g:')}<g:title/><g:price></g:price><link rel='self' href='https://shop.example/x'/></item>"
    (product,) = read(_rss(item)).results
    assert isinstance(product, Product)
    assert (product.title, product.link) == ("Tea cosy", "https://shop.example/p/7")


def test_parts_of_shipping_are_read(read: Any) -> None:
    """XML has tags where TSV has colons."""
    shipping = (
        "<g:shipping><g:country>GB</g:country><g:service>Next: day</g:service>"
        "<g:min_handling_time>0</g:min_handling_time><g:max_handling_time>1</g:max_handling_time><g:max_transit_time>3</g:max_transit_time></g:shipping>"
    )
    (product,) = read(_rss(f"<item>{ITEM.format(g='g:')}{shipping * 2}</item>")).results
    assert isinstance(product, Product)
    assert product.delivery == Delivery((0, 1), (3, 3))


def test_an_items_line_is_told(read: Any) -> None:
    """Line of the opening tag, as editors count."""
    (refused,) = read(_rss(f"\n\n<item>\n{ITEM.format(g='g:').replace('4.95', 'free')}\n</item>")).results
    assert isinstance(refused, Rejection)
    assert (refused.row, refused.field) == (3, "price")


@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: _rss(f"<item>{text}</item>").encode()))
)
def test_no_bytes_break_any_reader_otherwise_than_by_a_feed_error(read: Any, content: bytes) -> None:
    """Whatever is uploaded: results or a word on why not."""
    for start in (b"", b"<rss><channel><item>", b'{"id":', b"id,title,price,availability,link\n", b"\xff\xfe",
                  b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"Handle,Title,Vendor,Variant Price\n"):  # fmt: skip
        with contextlib.suppress(FeedError):
            read(start + content, currency="GBP", link_template="https://shop.example/{handle}")


_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["id", "title", "price", "link", "availability", "x"]), _json, max_size=6))
def test_any_json_object_is_a_product_or_a_rejection(read: Any, values: dict[str, Any]) -> None:
    """Numbers, lists, nulls and objects included."""
    feed = read(json.dumps(values).encode() + b"\n{}")
    assert len(feed.results) == 2
    assert isinstance(feed.results[0], (Product, Rejection))


def test_json_numbers_keep_their_spelling(read: Any) -> None:
    """12.10 is not 12.1, and no price goes through a binary float."""
    line = '{"id": 7, "title": "Tea cosy", "price": 12.10, "currency": "GBP", "in_stock": true'
    (product,) = read(line + ', "url": "https://shop.example/7", "mpn": 1e400}').results
    assert isinstance(product, Product)
    assert (product.id, str(product.offer.price), product.attributes["mpn"]) == ("7", "12.10", "1e400")


def test_names_and_amounts_of_googles_api_are_understood(read: Any) -> None:
    """CamelCase, and a price as an object."""
    line = {"offerId": "7", "title": "Tea cosy", "price": {"value": "9.00", "currency": "GBP"}, "salePrice": "8.00 GBP",
            "availability": "in_stock", "link": "https://shop.example/7", "tags": ["warm", "wool"]}  # fmt: skip
    (product,) = read(json.dumps(line)).results
    assert isinstance(product, Product)
    assert product.offer.sale == Sale(Decimal("8.00"))
    assert product.attributes["tags"] == "warm, wool"


def test_only_rows_count_as_rows(read: Any) -> None:
    """Tags that begin like an item's, and blank lines between JSON lines, bring no feed nearer to its limit."""
    limits = Limits(rows=3)
    grouped = f"<item>{ITEM.format(g='g:')}<item_group_id>1</item_group_id></item>"
    assert len(read(_rss(grouped * 3), limits=limits).results) == 3
    assert len(read("\n\n\n".join(["{}"] * 3) + "\n\n", limits=limits).results) == 3
    with pytest.raises(FeedError, match="more than 3"):
        read(_rss(grouped * 4), limits=limits)


def test_an_update_says_only_what_it_says(read: Any) -> None:
    """An empty cell changes nothing; a price without a sale price ends the sale; columns need no titles or links."""
    feed = read(
        "id,price,sale_price,availability\n1,10.00 GBP,8.50 GBP,in_stock\n2,,,out_of_stock\n3,9.00 GBP,,\n4,,,\n",
        kind="update",
    )
    assert feed.results == [
        OfferUpdate(2, "1", Decimal("10.00"), "GBP", Sale(Decimal("8.50")), in_stock=True),
        OfferUpdate(3, "2", in_stock=False),
        OfferUpdate(4, "3", Decimal("9.00"), "GBP", sale_ended=True),
        Rejection(5, "", "", "nothing_to_update", feed.results[3].hint),
    ]


@pytest.mark.parametrize(
    "feed",
    [
        '{"id": "1", "price": "18.00 GBP", "sale_price": null}', '{"id": "1", "price": "18.00 GBP", "salePrice": ""}',
        "id,price,sale_price\n1,18.00 GBP\n", "id;price;special_price;availability\n1;18.00 GBP;;\n",
        _rss("<item><g:id>1</g:id><g:price>18.00 GBP</g:price><g:sale_price/></item>"),
        "Handle,Vendor,Variant Price,Variant Compare At Price\n1,,18.00,\n",
    ],
)  # fmt: skip
def test_a_price_beside_an_empty_sale_price_ends_the_sale_in_every_format(feed: str, read: Any) -> None:
    """Else a shopper is told the price of a sale that is over."""
    (told,) = read(feed, kind="update", currency="GBP").results
    assert (told.price, told.sale, told.sale_ended) == (Decimal("18.00"), None, True)


def test_an_empty_name_does_not_hide_the_filled_one(read: Any) -> None:
    """Shops write null into the columns they do not use."""
    line = '{"id": "1", "price": null, "regular_price": "18.00 GBP", "sale_price": null, "special_price": "15.00 GBP"}'
    (told,) = read(line, kind="update").results
    assert (told.price, told.sale, told.sale_ended) == (Decimal("18.00"), Sale(Decimal("15.00")), False)


def test_expiry_is_counted_from_the_day_of_the_import(read: Any) -> None:
    """The day is passed in, never taken from the clock."""
    item = f"<item>{ITEM.format(g='g:')}<g:expiration_date>2026-03-01</g:expiration_date></item>"
    (before,) = read(_rss(item), as_of=date(2026, 2, 28)).results
    (after,) = read(_rss(item), as_of=date(2026, 3, 2)).results
    assert isinstance(before, Product)
    assert isinstance(after, Rejection)
