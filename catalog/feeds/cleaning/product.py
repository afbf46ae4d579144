"""A row of a full feed becomes a Product, or the Rejection that says which field broke which rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from catalog.feeds.cleaning.audience import ages, gender
from catalog.feeds.cleaning.availability import in_stock
from catalog.feeds.cleaning.money import currency_code, in_same_currency, price
from catalog.feeds.cleaning.rules import Refused
from catalog.feeds.cleaning.text import defused, has_odd_characters, holds_address, plain, without_markup
from catalog.feeds.cleaning.times import delivery, last_day, sale_period
from catalog.feeds.columns import KNOWN
from catalog.feeds.how import HowToRead
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import Row
from catalog.feeds.web_address import LinkTemplate, is_web_address
from catalog.product import Offer, Product, ProductId, Sale

MOST_OF_AN_ATTRIBUTE = 5000
MOST_OF_A_DESCRIPTION = 9999
_MARKUP_READ = 65_536  # characters of a description looked at; far more than is kept
_ONCE = Decimal("0.0001")
_SOURCE = re.compile(r'(?:default|trained_algorithmic_media)\s*:\s*"?(.*?)"?', re.S)
_NEVER_SHOWN = frozenset(("sku", "gtin", "mpn", "item_group_id", "ads_redirect", "additional_image_link"))
"""What is compared with other systems stays to the letter."""
_FREE = re.compile(r"(?:[A-Z]{3} ?)?0*(?:\.0*)?(?: ?[A-Z]{3})?")
CONSUMED = frozenset(
    ("", "id", "title", "price", "currency", "availability", "quantity", "link", "image_link", "description",
     "sale_price", "sale_price_effective_date", "sale_start", "sale_end", "age_group", "age_min", "age_max", "gender",
     "min_handling_time", "max_handling_time", "min_transit_time", "max_transit_time", "shipping",
     "expiration_date", "handle", "structured_title", "structured_description", *KNOWN["cost_of_goods_sold"])
)  # fmt: skip
"""Columns that have a place of their own in a Product; all others are its attributes."""


class Cleaner:
    """Cleans the rows of one feed; ``format`` because Meta allows longer ids and titles than Google does."""

    def __init__(self, how: HowToRead, format: str) -> None:  # noqa: A002
        self.how, self.zone = how, ZoneInfo(how.time_zone)
        self.longest_id, self.longest_title = (100, 200) if format == "meta-csv" else (50, 150)
        if format == "shopify-csv":
            self.longest_id, self.longest_title = 255, 255
        self.template = LinkTemplate(how.link_template) if how.link_template else None

    def clean(self, row: Row) -> Product | Rejection:
        """Check one row; whatever it holds, one of the two comes out."""
        try:
            return self._product(row.values)
        except Refused as why:
            return why.rejection(row.number)

    def identity(self, values: Mapping[str, str]) -> ProductId:
        """The id as it stands: it is compared with ids of other systems, so nothing is mended in it."""
        raw = values.get("id", "")
        if not raw:
            raise Refused("id", "", "missing")
        if len(raw) > self.longest_id:
            raise Refused("id", raw, "too_long", limit=self.longest_id)
        if has_odd_characters(raw):
            raise Refused("id", raw, "odd_characters")
        return ProductId(raw)

    def price(self, field: str, values: Mapping[str, str]) -> tuple[Decimal, str]:
        """Read an amount and its currency: its own, the currency column's, or what was said for the whole import."""
        raw, column = values[field], values.get("currency")
        named = currency_code(column) if column else self.how.currency
        amount, code = price(field, raw, named)
        if column and code != named:
            raise Refused(field, raw, "currency_differs")
        return amount, code

    def _product(self, values: Mapping[str, str]) -> Product:
        if "" in values:
            raise Refused("", values[""], "more_values_than_columns")
        identity = self.identity(values)
        title = self._title(_told("title", values))
        _present("price", values)
        asked, currency = self.price("price", values)
        link = values.get("link") or (self.template.fill(values) if self.template else "")
        if not is_web_address(link):
            raise Refused("link", link, "not_a_web_address" if link else "missing")
        image = values.get("image_link", "")
        if image and not is_web_address(image):
            raise Refused("image_link", image, "not_a_web_address")
        until = last_day(values["expiration_date"], self.how.as_of) if values.get("expiration_date") else None
        sale = sale_of(values, asked, currency, self.zone) if values.get("sale_price") else None
        return Product(
            identity,
            title,
            link,
            image or None,
            _attributes(values),
            Offer(asked, currency, in_stock(values), self.how.as_of, sale=sale, last_day=until),
            ages(values),
            gender(values),
            delivery(values, self.how.country),
            _margin(values, asked, currency),
        )

    def _title(self, raw: str) -> str:
        title = plain(without_markup(raw)) if "<" in raw or "&" in raw else plain(raw)
        if not title:
            raise Refused("title", raw, "missing")
        if holds_address(title):
            raise Refused("title", raw, "address_in_title")
        if len(title) > self.longest_title:
            raise Refused("title", raw, "too_long", limit=self.longest_title)
        if not any(map(str.isalpha, title)):
            raise Refused("title", raw, "no_letters")
        return defused(title)


def sale_of(values: Mapping[str, str], asked: Decimal, currency: str, zone: tzinfo) -> Sale | None:
    """The lower price and when it is asked; a sale price that is the price is no sale."""
    raw = values["sale_price"]
    lower = in_same_currency("sale_price", raw, currency)
    if lower > asked:
        raise Refused("sale_price", raw, "sale_not_lower")
    starts, ends = sale_period(values, zone)
    return Sale(lower, starts, ends) if lower < asked else None


def _present(field: str, values: Mapping[str, str]) -> None:
    if not values.get(field):
        raise Refused(field, "", "missing")


def _told(field: str, values: Mapping[str, str]) -> str:
    """A title or description; a machine-written one stands in a field of its own, behind what wrote it."""
    raw = values.get(field, "") or values.get(f"structured_{field}", "")
    written = _SOURCE.fullmatch(raw) if raw.startswith(("default", "trained")) else None
    return written[1] if written else raw


def _margin(values: Mapping[str, str], asked: Decimal, currency: str) -> Decimal | None:
    raw = values.get("cost_of_goods_sold", "")
    if not raw or _FREE.fullmatch(raw):  # 0 is what shops write that do not know
        return None
    return ((asked - in_same_currency("cost_of_goods_sold", raw, currency)) / asked).quantize(_ONCE)


def _attributes(values: Mapping[str, str]) -> dict[str, str]:
    attributes = {}
    description = _told("description", values)
    if description:
        text = plain(without_markup(description[:_MARKUP_READ]))[:MOST_OF_A_DESCRIPTION]
        if text:
            attributes["description"] = defused(text)
    for name, value in values.items():
        if value and name not in CONSUMED:
            text = plain(value)[:MOST_OF_AN_ATTRIBUTE]
            if text:
                is_code = name in _NEVER_SHOWN or ("://" in text and is_web_address(text))
                attributes[name] = text if is_code else defused(text)
    return attributes
