"""One feed row in, one Product or the Rejection that says which field broke which rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import Row
from catalog.product import Offer, Product, ProductId

MAX_PRICE = Decimal("1000000")
_PRICE = re.compile(r"(?:(?P<before>[A-Z]{3})\s*)?(?P<amount>\d{1,9}(?:\.\d{1,4})?)(?:\s*(?P<after>[A-Z]{3}))?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_STOCK = {
    "in_stock": True, "in stock": True, "available": True, "backorder": False, "preorder": False,
    "out_of_stock": False, "out of stock": False, "unavailable": False,
}  # fmt: skip
_OWN = {"id", "title", "price", "currency", "availability", "link", "image_link", ""}


class _Refused(Exception):  # a way out of the checks below, never seen outside this file
    def __init__(self, field: str, value: str, rule: str, hint: str) -> None:
        super().__init__(rule)
        self.field, self.value, self.rule, self.hint = field, value, rule, hint


def clean(row: Row, *, as_of: date, currency: str | None = None) -> Product | Rejection:
    """Check one row. ``currency`` (a three-letter code) counts where the row itself names none."""
    try:
        return _product(row, as_of, currency)
    except _Refused as why:
        return Rejection(row.number, why.field, why.value[:80], why.rule, why.hint)


def _product(row: Row, as_of: date, currency: str | None) -> Product:
    values = row.values
    if "" in values:
        raise _Refused("", values[""], "more_values_than_columns", "quote values that hold the separator")
    identity = _text(values, "id", 50)
    title = _text(values, "title", 150)
    if not any(letter.isalpha() for letter in title):
        raise _Refused("title", title, "has_no_letters", "give the name a shopper would know it by")
    price, money = _price(values, currency)
    image = values.get("image_link", "")
    attributes = {name: _CONTROL.sub(" ", value)[:5000] for name, value in values.items() if name not in _OWN and value}
    return Product(
        ProductId(identity),
        title,
        _link("link", values.get("link", "")),
        _link("image_link", image) if image else None,
        attributes,
        Offer(price, money, _stock(values.get("availability", "")), as_of),
    )


def _text(values: Mapping[str, str], field: str, limit: int) -> str:
    found = _CONTROL.sub("", values.get(field, "")).strip()
    if not found:
        raise _Refused(field, "", "missing", f"every product needs its {field}")
    if len(found) > limit:
        raise _Refused(field, found, f"longer_than_{limit}", f"shorten the {field} to {limit} characters")
    return found


def _price(values: Mapping[str, str], currency: str | None) -> tuple[Decimal, str]:
    raw = values.get("price", "")
    found = _PRICE.fullmatch(raw)
    if not found:
        raise _Refused("price", raw, "not_a_price", "write it like 15.00 or 15.00 GBP")
    money = found["before"] or found["after"] or values.get("currency", "").upper() or currency or ""
    if not re.fullmatch(r"[A-Z]{3}", money):
        raise _Refused("currency", money, "not_a_currency", "give a three-letter code such as GBP")
    try:
        price = Decimal(found["amount"])
    except InvalidOperation as error:
        raise _Refused("price", raw, "not_a_price", "write it like 15.00 or 15.00 GBP") from error
    if not 0 < price <= MAX_PRICE:
        raise _Refused("price", raw, "out_of_range", f"must be above 0 and at most {MAX_PRICE}")
    return price, money


def _stock(raw: str) -> bool:
    known = _STOCK.get(raw.casefold())
    if known is None:
        raise _Refused("availability", raw, "unknown_availability", "write in_stock or out_of_stock")
    return known


def _link(field: str, raw: str) -> str:
    hint = "give a whole address that begins with https://"
    if not raw:
        raise _Refused(field, raw, "missing", hint)
    try:
        parts = urlsplit(raw)
        sound = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.username is None
    except ValueError:
        sound = False
    if not sound or len(raw) > 2000 or re.search(r"[\s\x00-\x1f\"<>\\]", raw):
        raise _Refused(field, raw, "not_a_web_address", hint)
    return raw
