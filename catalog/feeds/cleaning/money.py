"""Prices as feeds write them. A currency is read, never guessed; a comma is never taken for a point."""

from __future__ import annotations

import re
from decimal import Decimal

from catalog.feeds.cleaning.rules import Refused
from catalog.feeds.currencies import CURRENCIES

MOST = Decimal(1_000_000)
_PRICE = re.compile(
    r"(?:(?P<before>[A-Z]{3}|[£$€¥₹])\s?)?"
    r"(?P<amount>[0-9]{1,9}(?:\.[0-9]{1,4})?|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{2})"
    r"(?:\s?(?P<after>[A-Z]{3}|[£$€¥₹]))?"
)
_SIGNS = {
    "£": ("GBP", "EGP", "FKP", "GIP", "SHP", "LBP", "SYP"),
    "$": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN", "TWD", "BRL", "ARS", "CLP", "COP"),
    "€": ("EUR",),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
}
"""A sign never names the currency, it must only not contradict the one that is named."""
_THOUSANDTHS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


def price(field: str, raw: str, named: str | None) -> tuple[Decimal, str]:
    """Read an amount and its currency.

    ``named`` is the currency a column or the whole import names; it counts where the price itself has no code.
    Raises Refused: 4,95 could be 495, 1.234 could be 1234, £5 could be Egyptian pounds.
    """
    found = _PRICE.fullmatch(raw)
    if not found:
        raise Refused(field, raw, "not_a_price")
    before, amount, after = found.groups()
    if before and after:
        raise Refused(field, raw, "not_a_price")
    mark = before or after
    code = mark if mark and mark not in _SIGNS else named
    if not code:
        raise Refused(field if mark else "currency", raw if mark else "", "not_a_currency")
    if code not in CURRENCIES:
        raise Refused(field, raw, "not_a_currency")
    if mark in _SIGNS and code not in _SIGNS[mark]:
        raise Refused(field, raw, "currency_differs")
    whole, _, rest = amount.partition(".")
    if len(rest) == 3 and code not in _THOUSANDTHS and len(whole) <= 3:
        raise Refused(field, raw, "not_a_price")
    value = Decimal(amount.replace(",", ""))
    if not 0 < value <= MOST:
        raise Refused(field, raw, "out_of_range")
    return value, code


def currency_code(raw: str) -> str:
    """The value of a currency column: a code of ISO 4217, in capitals."""
    code = raw.upper()
    if code not in CURRENCIES:
        raise Refused("currency", raw, "not_a_currency")
    return code


def in_same_currency(field: str, raw: str, named: str) -> Decimal:
    """A further amount of a product, such as its sale price; it must not change the currency."""
    value, code = price(field, raw, named)
    if code != named:
        raise Refused(field, raw, "currency_differs")
    return value
