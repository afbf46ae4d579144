"""A row becomes a product or says which field broke which rule."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.feeds.cleaning.product import Cleaner
from catalog.feeds.cleaning.text import has_odd_characters
from catalog.feeds.cleaning.update import update
from catalog.feeds.columns import KNOWN
from catalog.feeds.how import HowToRead
from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import Row
from catalog.product import Delivery, Product, Sale

GOOD = {
    "id": "a1",
    "title": "Tea cosy",
    "price": "4.95",
    "currency": "GBP",
    "availability": "in_stock",
    "link": "https://shop.example/p/a1",
}
HOW = HowToRead(date(2026, 1, 2))


def _clean(**changes: str) -> Product | Rejection:
    return Cleaner(HOW, "csv").clean(Row(7, {**GOOD, **changes}))


def _product(**changes: str) -> Product:
    product = _clean(**changes)
    assert isinstance(product, Product), product
    return product


def _refused(**changes: str) -> tuple[str, str]:
    result = _clean(**changes)
    assert isinstance(result, Rejection)
    return result.field, result.rule


def test_a_sound_row_becomes_the_product_it_describes() -> None:
    """Nothing is rounded or guessed on the way."""
    product = _product(brand="Acme")
    assert (product.id, product.offer.price, product.offer.currency) == ("a1", Decimal("4.95"), "GBP")
    assert product.offer.in_stock
    assert product.attributes == {"brand": "Acme"}


def test_a_refused_value_shows_what_nobody_would_see() -> None:
    """Safe to print in a terminal, and the fault is in plain sight."""
    result = _clean(id="A\u200b1\x1b[2J\ud800")
    assert isinstance(result, Rejection)
    assert result.value == "A\\u200b1\\x1b[2J\\ud800"


def test_what_looks_like_a_number_or_like_nothing_stays_the_text_it_is() -> None:
    """SKU 007 is not 7, and a product called NA is not missing."""
    product = _product(id="007", title="NA", mpn="1e5", gtin="00050")
    assert (product.id, product.title, dict(product.attributes)) == ("007", "NA", {"mpn": "1e5", "gtin": "00050"})


_FIELDS = [*GOOD, "image_link", "brand", "sale_price", "sale_price_effective_date", "age_group", "age_min", "gender",
           "shipping", "max_handling_time", "cost_of_goods_sold", "expiration_date", "quantity",
           "description", ""]  # fmt: skip
_VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["1", "0", "-1", "1.00 GBP", "GB:::1.00 GBP:1:2:3:4", "2026-01-01/2027-01-01", "kids", "<b>x</b>", "£1"]
    ),
)


@given(st.dictionaries(st.sampled_from(_FIELDS), _VALUES, max_size=10))
def test_any_row_is_taken_or_refused_never_half(values: dict[str, str]) -> None:
    """What is taken has a positive price, a currency code, a readable title and a web address."""
    result = Cleaner(HOW, "csv").clean(Row(1, {**GOOD, **values}))
    if isinstance(result, Product):
        assert result.offer.price > 0
        assert len(result.offer.currency) == 3
        assert any(letter.isalpha() for letter in result.title)
        assert not has_odd_characters(result.title)
        assert result.link.startswith(("https://", "http://"))
        assert all(result.attributes.values())
    else:
        assert result.hint
        assert len(result.value) <= 80
        assert result.value.isprintable()


@given(st.dictionaries(st.sampled_from(_FIELDS), _VALUES, max_size=10))
def test_any_row_of_an_update_is_taken_or_refused(values: dict[str, str]) -> None:
    """What is taken says at least one new thing."""
    result = update(Cleaner(HOW, "csv"), Row(1, values))
    if isinstance(result, OfferUpdate):
        assert (result.price, result.sale, result.in_stock) != (None, None, None)
        assert (result.currency is None) == (result.price is None and result.sale is None)
    else:
        assert result.hint


@pytest.mark.parametrize("price", ["15.00 GBP", "GBP 15.00", "15.00", "15", "£15.00", "15.0000", "15.00GBP"])
def test_prices_are_read_as_merchants_write_them(price: str) -> None:
    """Code before or behind, a sign that agrees with the currency, four decimals of shop software."""
    offer = _product(price=price).offer
    assert (offer.price, offer.currency) == (Decimal("15.00"), "GBP")


@pytest.mark.parametrize(("price", "amount"), [("1,234.50", "1234.50"), ("1234.5", "1234.5"), ("1,234", None)])
def test_a_comma_is_read_only_where_it_can_mean_one_thing(price: str, amount: str | None) -> None:
    """1,234 may be one pound or a thousand: it is asked for, not guessed."""
    if amount is None:
        assert _refused(price=price)[0] == "price"
    else:
        assert _product(price=price).offer.price == Decimal(amount)


def test_a_sign_alone_names_no_currency() -> None:
    """A pound may be Egyptian; the merchandiser says which."""
    assert _refused(price="£5.00", currency="") == ("price", "not_a_currency")
    assert _refused(price="$5.00", currency="GBP") == ("price", "currency_differs")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"price": "12.00 GPB", "currency": ""}, "price"), ({"currency": "QQQ"}, "currency"),
        ({"price": "HRK 12.00", "currency": ""}, "price"), ({"sale_price": "3.00 XXX"}, "sale_price"),
    ],
)  # fmt: skip
def test_three_capitals_are_a_currency_only_where_iso_4217_has_them(said: dict[str, str], field: str) -> None:
    """A slip is told, not published."""
    assert _refused(**said) == (field, "not_a_currency")


def test_a_currency_column_that_contradicts_the_price_is_told() -> None:
    """Which of the two is meant only the merchant knows; what is said for the whole import contradicts nothing."""
    assert _refused(price="20.00 GBP", currency="USD") == ("price", "currency_differs")
    refused = update(Cleaner(HOW, "csv"), Row(1, {"id": "1", "sale_price": "20.00 GBP", "currency": "USD"}))
    assert isinstance(refused, Rejection)
    assert (refused.field, refused.rule) == ("sale_price", "currency_differs")
    euros = Cleaner(HowToRead(date(2026, 1, 2), currency="EUR"), "csv").clean(
        Row(1, {**GOOD, "price": "20.00 GBP", "currency": ""})
    )
    assert isinstance(euros, Product)
    assert euros.offer.currency == "GBP"


def test_a_price_of_three_decimals_is_one_only_where_the_currency_has_them() -> None:
    """1.234 dinars of Kuwait are a price; 1.234 pounds are a misread thousand."""
    assert _product(price="1.234 KWD", currency="").offer.price == Decimal("1.234")
    assert _refused(price="1.234 GBP") == ("price", "not_a_price")


def test_a_sale_is_the_lower_price_and_its_hours() -> None:
    """Google and Meta write an interval with zones; both ends are kept as moments."""
    offer = _product(sale_price="3.95 GBP", sale_price_effective_date="2026-02-24T13:00-0800/2026-02-28T15:30Z").offer
    assert offer.sale == Sale(
        Decimal("3.95"),
        datetime(2026, 2, 24, 21, 0, tzinfo=timezone.utc),
        datetime(2026, 2, 28, 15, 30, tzinfo=timezone.utc),
    )
    assert offer.at(datetime(2026, 2, 25, tzinfo=timezone.utc)).price == Decimal("3.95")


_LONDON = Cleaner(HowToRead(date(2026, 6, 1), time_zone="Europe/London"), "csv")


def _sale(**said: str) -> Sale:
    product = _LONDON.clean(Row(7, {**GOOD, "sale_price": "3.95", **said}))
    assert isinstance(product, Product), product
    assert product.offer.sale
    return product.offer.sale


@pytest.mark.parametrize(
    "said",
    [
        {"sale_start": "2026-06-01", "sale_end": "2026-06-07"},
        {"sale_start": "2026-06-01 0:00:00", "sale_end": "2026-06-08 00:00"},
        {"sale_price_effective_date": "2026-06-01/2026-06-07"},
        {"sale_start": "2026-05-31T23:00Z", "sale_end": "2026-06-08T00:00+0100"},
    ],
)
def test_a_sales_days_are_whole_days_of_the_shop(said: dict[str, str]) -> None:
    """A sale to 7 June is on that evening in London, and one from 1 June just after midnight there."""
    sale, london = _sale(**said), ZoneInfo("Europe/London")
    on = [datetime(2026, 6, 1, 0, 30, tzinfo=london), datetime(2026, 6, 7, 23, 59, tzinfo=london)]
    off = [datetime(2026, 5, 31, 23, 30, tzinfo=london), datetime(2026, 6, 8, 0, 0, tzinfo=london)]
    assert [sale.is_on(now) for now in (*on, *off)] == [True, True, False, False]


def test_a_sale_of_one_day_is_one() -> None:
    """Its first and its last day are the same."""
    sale = _sale(sale_start="2026-06-07", sale_end="2026-06-07")
    assert sale == Sale(Decimal("3.95"), datetime(2026, 6, 6, 23, tzinfo=timezone.utc),
                        datetime(2026, 6, 7, 23, tzinfo=timezone.utc))  # fmt: skip


@pytest.mark.parametrize(
    "name", ["sale_begins", "discount_valid_until", "special_date", "date_on_sale_from_gmt", "promo_period"]
)
def test_a_sale_whose_days_nobody_understands_is_refused(name: str) -> None:
    """It would be told for ever."""
    assert _refused(sale_price="3.95", **{name: "2026-11-10"}) == (name, "unknown_sale_period")
    assert not isinstance(_clean(**{name: "2026-11-10"}), Rejection)
    both = {"sale_start": "2026-01-01", "sale_end": "2026-12-31"}
    assert not isinstance(_clean(sale_price="3.95", **both, **{name: "2026-11-10"}), Rejection)


def test_a_sale_price_that_is_the_price_is_no_sale() -> None:
    """Shops fill the column always; "was £4.95, now £4.95" would be a lie."""
    assert _product(sale_price="4.95").offer.sale is None


@pytest.mark.parametrize(
    ("words", "sold"),
    [
        ("in_stock", True), ("In stock", True), ("IN STOCK", True), ("limited availability", True), ("true", True),
        ("https://schema.org/InStock", True), ("12", True), ("0", False), ("preorder", False), ("backorder", False),
        ("available for order", False), ("discontinued", False), ("sold-out", False),
    ],
)  # fmt: skip
def test_only_what_can_be_sent_now_is_in_stock(words: str, sold: bool) -> None:
    """Google's, Meta's and schema.org's words, and numbers."""
    assert _product(availability=words).offer.in_stock is sold


def test_nothing_left_overrules_a_friendly_word() -> None:
    """Meta's quantity_to_sell_on_facebook of 0 means sold out, whatever the availability says."""
    assert not _product(quantity="0").offer.in_stock
    assert _product(quantity="3", availability="").offer.in_stock


@pytest.mark.parametrize(
    "second", [{"is_in_stock": "0"}, {"stock_status": "outofstock"}, {"in_stock": "no"}, {"quantity": "4", "qty": "0"}]
)
def test_any_column_that_says_no_counts(second: dict[str, str]) -> None:
    """Shops have two columns of stock, and only one of them is kept up."""
    assert not _product(**second).offer.in_stock
    assert _product(is_in_stock="1", stock_status="instock", stock="on the shelf").offer.in_stock


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ({"age_group": "Toddler"}, (1, 5)), ({"age_group": "all ages"}, None), ({"age_min": "8"}, (8, 120)),
        ({"age_min": "4", "age_max": "12", "age_group": "adult"}, (4, 12)), ({"age_min": "3+"}, (3, 120)),
    ],
)  # fmt: skip
def test_ages_are_years_whichever_way_they_are_said(said: dict[str, str], years: tuple[int, int] | None) -> None:
    """Numbers count before words."""
    assert _product(**said).ages == years


def test_gender_is_kept_only_where_it_is_one() -> None:
    """Unisex is for everybody."""
    assert (_product(gender="Female").gender, _product(gender="unisex").gender) == ("female", None)


def test_shipping_gives_the_days_a_promise_can_stand_on() -> None:
    """Of the services to one country the slowest counts; entries for another country do not."""
    shipping = "GB::Standard:3.95 GBP:0:1:2:4,GB::Express:9.95 GBP:0:0:1:1,IE::Standard:7.95 EUR:2:3:6:9"
    assert _product(shipping=shipping).delivery == Delivery((0, 1), (1, 4))
    irish = Cleaner(HowToRead(date(2026, 1, 2), country="IE"), "csv").clean(Row(1, {**GOOD, "shipping": shipping}))
    assert isinstance(irish, Product)
    assert irish.delivery == Delivery((2, 3), (6, 9))


def test_days_of_columns_count_where_shipping_says_none() -> None:
    """A least without a most promises nothing; a most without a least stands for both."""
    assert _product(max_handling_time="2", min_transit_time="1", max_transit_time="3").delivery == Delivery(
        (2, 2), (1, 3)
    )
    assert _product(min_transit_time="1").delivery is None
    assert _product(shipping="GB:::3.95 GBP", max_handling_time="1").delivery == Delivery((1, 1), None)


def test_the_margin_is_what_is_left_of_the_price_and_the_cost_is_not_kept() -> None:
    """Cost must not be found in any text a shopper may see or search."""
    product = _product(price="20.00", cost_of_goods_sold="5.00 GBP")
    assert product.margin == Decimal("0.75")
    assert not product.attributes
    assert _product(cost_of_goods_sold="0.00").margin is None


def test_every_text_that_may_be_shown_gives_x_nothing_to_link() -> None:
    """A type or a colour is as good a place for a mention as a title; codes and addresses stay to the letter."""
    said = dict.fromkeys(("brand", "product_type", "color", "description", "custom_label_0"), "by @evil, evil.com")
    kept = {"mpn": "A.BC", "additional_image_link": "https://a.example/1.jpg,https://a.example/2.jpg",
            "mobile_link": "https://a.example/@me"}  # fmt: skip
    assert _product(**said, **kept).attributes == {**dict.fromkeys(said, "by @ evil, evil. com"), **kept}


@pytest.mark.parametrize("second", KNOWN["cost_of_goods_sold"][1:])
def test_no_column_of_the_cost_is_kept_as_text(second: str) -> None:
    """Not even where a shop has two."""
    assert not _product(cost_of_goods_sold="2.00", **{second: "2.00"}).attributes


def test_what_expires_today_is_still_taken() -> None:
    """The last day is a day of sale; the day after is refused."""
    assert _product(expiration_date="2026-01-02T23:59Z")
    assert _refused(expiration_date="2026-01-01") == ("expiration_date", "expired")


def test_adult_goods_keep_their_mark_for_steering() -> None:
    """The feed says adult; whether it is shown is the merchandiser's wish, kept as data."""
    assert _product(adult="yes").attributes["adult"] == "yes"


def test_a_link_is_built_where_the_feed_has_none() -> None:
    """What the template takes from the feed cannot leave its place in the address."""
    cleaner = Cleaner(HowToRead(date(2026, 1, 2), link_template="https://shop.example/p/{id}"), "csv")
    product = cleaner.clean(Row(1, {**GOOD, "link": "", "id": "../a?b#c@evil.example"}))
    assert isinstance(product, Product)
    assert product.link == "https://shop.example/p/..%2Fa%3Fb%23c%40evil.example"


@pytest.mark.parametrize("template", ["", "https://shop.example/", "{id}", "ftp://shop.example/{id}", "https://{id"])
def test_a_template_that_makes_no_addresses_is_refused_at_once(template: str) -> None:
    """Not after a hundred thousand rows."""
    with pytest.raises(ValueError, match=r"write it like https://"):
        HowToRead(date(2026, 1, 2), link_template=template)


def test_a_title_written_by_a_machine_is_a_title() -> None:
    """Google wants it in a field of its own, with what wrote it before it."""
    written = _product(title="", structured_title='trained_algorithmic_media:"Tea cosy, red"')
    assert written.title == "Tea cosy, red"
    assert not written.attributes


def test_meta_may_write_longer_titles_and_ids_than_google() -> None:
    """Their limits are 200 and 100, Google's 150 and 50."""
    values = {**GOOD, "title": "a" * 180, "id": "b" * 90}
    assert isinstance(Cleaner(HOW, "meta-csv").clean(Row(1, values)), Product)
    assert isinstance(Cleaner(HOW, "google-tsv").clean(Row(1, values)), Rejection)
