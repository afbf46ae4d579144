"""Stock, as Google, Meta and plain spreadsheets word it. What cannot be sent today is not in stock."""

from __future__ import annotations

import re
from collections.abc import Mapping

from catalog.feeds.cleaning.rules import Refused

_WORDS = {
    "in_stock": True, "instock": True, "available": True, "limited_availability": True, "yes": True, "true": True,
    "out_of_stock": False, "outofstock": False, "unavailable": False, "sold_out": False, "preorder": False,
    "pre_order": False, "backorder": False, "back_order": False, "available_for_order": False, "discontinued": False,
    "pending": False, "mark_as_sold": False, "no": False, "false": False,
}  # fmt: skip
_NUMBER = re.compile(r"(-?[0-9]{1,9})(?:\.0+)?")
_PREFIX = re.compile(r"^https?://schema\.org/", re.I)


def in_stock(values: Mapping[str, str]) -> bool:
    """Tell whether the product can be sent now; a number left of 0 or fewer overrules a friendly word.

    Raises Refused where the feed says neither: nothing is promised that the merchant did not say.
    """
    raw = values.get("availability", "")
    count = values.get("quantity", "")
    left = _count(count) if count else None
    if not raw:
        if left is None:
            raise Refused("availability", "", "unknown_availability")
        return left > 0
    known = _WORDS.get(raw)
    if known is None:
        known = _WORDS.get(re.sub(r"[\s-]+", "_", _PREFIX.sub("", raw)).casefold())
    if known is None:
        known = _count(raw, "availability") > 0
    return known and (left is None or left > 0)


def _count(raw: str, field: str = "quantity") -> int:
    found = _NUMBER.fullmatch(raw)
    if not found:
        raise Refused(field, raw, "unknown_availability")
    return int(found[1])
