"""Stock, as Google, Meta and plain spreadsheets word it. What cannot be sent today is not in stock."""

from __future__ import annotations

import re
from collections.abc import Mapping

from catalog.feeds.cleaning.rules import Refused
from catalog.feeds.columns import KNOWN

_WORDS = {
    "in_stock": True, "instock": True, "available": True, "limited_availability": True, "yes": True, "true": True,
    "out_of_stock": False, "outofstock": False, "unavailable": False, "sold_out": False, "preorder": False,
    "pre_order": False, "backorder": False, "back_order": False, "available_for_order": False, "discontinued": False,
    "pending": False, "mark_as_sold": False, "no": False, "false": False,
}  # fmt: skip
_NUMBER = re.compile(r"(-?[0-9]{1,9})(?:\.0+)?")
_FURTHER = frozenset(name for ours in ("availability", "quantity") for name in KNOWN[ours] if name != ours)
"""Where a shop has two columns of stock, the second keeps its own name."""
_SEEN = ("visibility_in_catalog", "catalog_visibility", "visibility")
_LEFT_OUT = {
    "published": ("0", "-1", "false", "no", "draft", "private"), **dict.fromkeys(_SEEN, ("hidden", "staging"))
}  # fmt: skip
_LEFT_OUT_NAMES = frozenset(_LEFT_OUT)
_PREFIX = re.compile(r"^https?://schema\.org/", re.I)


def left_out(values: Mapping[str, str]) -> str:
    """Why the shop itself does not offer the product, as WooCommerce and Meta write it; empty where it does."""
    if _LEFT_OUT_NAMES.isdisjoint(values):
        return ""
    for name, words in _LEFT_OUT.items():
        raw = values.get(name)
        if raw and raw.casefold() in words:
            return "hidden" if name in _SEEN else "unpublished"
    return ""


def in_stock(values: Mapping[str, str]) -> bool:
    """Tell whether the product can be sent now; any column that says it cannot overrules all friendly ones.

    Raises Refused where the feed says neither: nothing is promised that the merchant did not say.
    """
    raw = values.get("availability", "")
    count = values.get("quantity", "")
    left = _count(count) if count else None
    if not raw:
        if left is None:
            raise Refused("availability", "", "unknown_availability")
        known = left > 0
    else:
        word = _known(raw)
        known = _count(raw, "availability") > 0 if word is None else word
    if not known or (left is not None and left <= 0):
        return False
    return _FURTHER.isdisjoint(values) or not any(_denies(values[name]) for name in _FURTHER.intersection(values))


def _known(raw: str) -> bool | None:
    known = _WORDS.get(raw)
    return _WORDS.get(re.sub(r"[\s-]+", "_", _PREFIX.sub("", raw)).casefold()) if known is None else known


def _denies(raw: str) -> bool:
    """Tell whether a further column says no; what it says otherwise may be about something else."""
    if not raw:
        return False
    found = _NUMBER.fullmatch(raw)
    return int(found[1]) <= 0 if found else _known(raw) is False


def _count(raw: str, field: str = "quantity") -> int:
    found = _NUMBER.fullmatch(raw)
    if not found:
        raise Refused(field, raw, "unknown_availability")
    return int(found[1])
