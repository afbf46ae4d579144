"""Every rule a row of a feed can break; docs/feeds.md lists them with these hints."""

from __future__ import annotations

from catalog.feeds.cleaning.text import shown
from catalog.feeds.rejection import MOST_OF_A_VALUE, Rejection

HINTS = {
    "missing": "every product needs this field; fill it",
    "too_long": "shorten it to {limit} characters",
    "no_letters": "give the name a shopper would know it by",
    "odd_characters": "take out control characters and invisible ones; an id must be the same wherever it is written",
    "address_in_title": "take the web address out of the title; shoppers get the product's link anyway",
    "not_a_price": "write it like 15.00 or 15.00 GBP, with a point before the pence",
    "out_of_range": "a price must be above 0 and at most 1000000",
    "not_a_currency": "name a currency of ISO 4217 (GBP): in the price, in a currency column, or for the import",
    "currency_differs": "write all prices of a product in one currency; only a full feed can change which",
    "sale_not_lower": "a sale price must be below the price; swap them, or leave the sale price out",
    "not_an_interval": "write the start and the end like 2026-12-01T00:00Z/2026-12-24T23:59Z",
    "unknown_sale_period": "call the columns of a sale's days sale_start and sale_end, so that it ends when it should",
    "unknown_availability": "write in_stock, out_of_stock, preorder or backorder",
    "unknown_age_group": "write newborn, infant, toddler, kids, teen, adult or all ages",
    "not_an_age": "write whole years from 0 to 120, the younger age first",
    "unknown_gender": "write female, male or unisex",
    "not_working_days": "write whole working days from 0 to 365, the least first",
    "not_a_date": "write it like 2026-12-24",
    "expired": "its expiration date has passed; move the date, or leave the product out",
    "not_a_web_address": "give a whole address that begins with https://",
    "more_values_than_columns": "quote values that hold the separator",
    "broken_quoting": "put quotes round the whole value and double those inside it; the whole line was left out",
    "not_json": "write one JSON object a line; the whole line was left out",
    "doubled_field": "give this field once a product",
    "doubled": "the first row of this id was taken; give every product its own id",
    "nothing_to_update": "a partial update needs a price, a sale price or the stock besides the id",
    "unknown_product": "an update changes products there are; new ones need a full feed",
}


class Refused(Exception):
    """A way out of the checks of one row; never seen outside cleaning and parsing."""

    def __init__(self, field: str, value: str, rule: str, *, limit: int = 0) -> None:
        super().__init__(rule)
        self.field, self.value, self.rule, self.limit = field, value, rule, limit

    def rejection(self, row: int) -> Rejection:
        """What the merchandiser is told."""
        return rejection(row, self.field, self.value, self.rule, limit=self.limit)


def rejection(row: int, field: str, value: str, rule: str, *, limit: int = 0) -> Rejection:
    """Build a Rejection with the hint of its rule."""
    told = shown(value[:MOST_OF_A_VALUE])[:MOST_OF_A_VALUE]
    return Rejection(row, shown(field[:MOST_OF_A_VALUE]), told, rule, HINTS[rule].format(limit=limit))
