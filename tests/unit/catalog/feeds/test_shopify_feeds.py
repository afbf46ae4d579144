"""Shopify's export: one product a handle, at a price that can be paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.rejection import Rejection
from catalog.product import Product, ProductId, Sale

HEADER = (
    "Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Variant Inventory Tracker,"
    "Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Image Src,Gift Card,Status\n"
)
HOW = {"currency": "GBP", "link_template": "https://shop.example/products/{handle}"}


def _line(handle: str = "pot", **said: str) -> str:
    names = ["title", "body", "vendor", "type", "published", "option", "value", "tracker", "left", "policy", "price",
             "old", "image", "gift", "status"]  # fmt: skip
    return ",".join([handle, *(said.get(name, "") for name in names)]) + "\n"


def _only(read: Any, *lines: str) -> Product:
    (product,) = read(HEADER + "".join(lines), **HOW).results
    assert isinstance(product, Product), product
    return product


def test_variants_and_pictures_of_a_handle_are_one_product(read: Any) -> None:
    """Product fields stand in the first line only, and a line may be a picture alone."""
    product = _only(
        read,
        _line(title="Pot", body="<p>Clay.</p>", published="true", option="Size", value="S", price="9.99"),
        _line(value="L", price="15.99"),
        _line(image="https://shop.example/i/2.jpg"),
    )
    assert (product.id, product.title, product.link) == ("pot", "Pot", "https://shop.example/products/pot")
    assert product.attributes["size"] == "S, L"
    assert product.attributes["price_up_to"] == "15.99"
    assert product.attributes["description"] == "Clay."


def test_the_price_is_that_of_the_cheapest_variant_that_can_be_bought(read: Any) -> None:
    """A sold-out small pot must not set the price of the large one."""
    sold_out = _line(title="Pot", option="Size", value="S", tracker="shopify", left="0", policy="deny", price="9.99")
    assert _only(read, sold_out, _line(value="L", price="15.99")).offer.price == Decimal("15.99")


def test_compare_at_is_the_old_price(read: Any) -> None:
    """Google's price is the old one and sale_price the new; Shopify names them the other way round."""
    offer = _only(read, _line(title="Pot", price="59.00", old="75.00")).offer
    assert (offer.price, offer.sale) == (Decimal("75.00"), Sale(Decimal("59.00")))
    assert _only(read, _line(title="Pot", price="59.00", old="50.00")).offer.sale is None


def test_stock_follows_tracker_and_policy(read: Any) -> None:
    """Untracked stock is sold, and so is policy "continue" at zero; tracked and denied at zero is not."""
    stock = [
        _only(read, _line(title="Pot", price="1.00", tracker=tracker, left="0", policy=policy)).offer.in_stock
        for tracker, policy in (("", "deny"), ("shopify", "continue"), ("shopify", "deny"))
    ]
    assert stock == [True, True, False]


def test_what_the_shop_does_not_offer_is_skipped_and_counted_not_rejected(read: Any) -> None:
    """Drafts are no faults: they must not pull the brake of an import."""
    feed = read(
        HEADER
        + _line("a", title="A", price="1.00", published="false")
        + _line("b", title="B", price="1.00", status="draft")
        + _line("c", title="C", price="1.00", gift="true")
        + _line("d", title="D", price="1.00", status="active"),
        **HOW,
    )
    assert [product.id for product in feed.results] == ["d"]
    assert feed.skipped == {"unpublished": 1, "draft": 1, "gift_card": 1}


def test_what_the_shop_no_longer_offers_is_out_of_stock_after_an_update(read: Any) -> None:
    """A product archived since the last full feed must not be suggested until the next one."""
    feed = read(
        HEADER
        + _line("a", title="A", price="1.00", published="false")
        + _line("b", title="B", price="1.00", status="archived")
        + _line("c", title="C", price="1.00", gift="true"),
        currency="GBP",
        kind="update",
    )
    assert feed.results == [OfferUpdate(row, ProductId(id_), in_stock=False, withdrawn=True)
                            for row, id_ in ((2, "a"), (3, "b"))]  # fmt: skip
    assert feed.skipped == {"gift_card": 1}


def test_an_option_called_price_changes_no_price(read: Any) -> None:
    """Merchants name options as they like."""
    product = _only(read, _line(title="Card", option="Price", value="1.00", price="5.00"))
    assert product.offer.price == Decimal("5.00")


def test_a_handle_that_comes_back_later_is_told(read: Any) -> None:
    """Shopify wants a product's lines together; a second block would overwrite the first."""
    feed = read(HEADER + _line("a", title="A", price="1.00") + _line("b", title="B", price="1.00") + _line("a"), **HOW)
    assert [(one.row, one.rule) for one in feed.results if isinstance(one, Rejection)] == [(4, "missing")]


def test_the_new_header_is_read_like_the_legacy_one(read: Any) -> None:
    """Same product, other names of the columns."""
    new = (
        "Title,URL handle,Description,Vendor,Published on online store,Status,Option1 name,Option1 value,Price,"
        "Compare-at price,Cost per item,Inventory tracker,Inventory quantity,Continue selling when out of stock,"
        "Product image URL,Gift card\n"
        "Pot,pot,<p>Clay.</p>,LL,TRUE,Active,Size,S,59.00,75.00,29.50,shopify,0,TRUE,https://shop.example/i/1.jpg,FALSE\n"
        ",pot,,,,,,L,99.00,,,shopify,4,FALSE,,\n"
    )
    feed = read(new, **HOW)
    (product,) = feed.results
    assert isinstance(product, Product)
    assert feed.format == "shopify-csv"
    assert product.offer.sale == Sale(Decimal("59.00"))
    assert product.offer.in_stock
    assert product.image_link == "https://shop.example/i/1.jpg"
    assert product.margin == Decimal("0.6067")
    assert dict(product.attributes) == {"description": "Clay.", "brand": "LL", "size": "S, L", "price_up_to": "99.00"}
