"""Segment's and RudderStack's e-commerce events, one JSON object a line: what they say a shopper did."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog.feeds.rejection import Rejection
from catalog.interactions.moments import BadMoment, moment
from catalog.interactions.rows import BadRow, Row, checked, refused

MOST_PRODUCTS = 1000
"""In one event."""
PURCHASE, WEBSITE = "purchase", "website"
"""The sources of orders, and of what was looked at, where neither the event nor the import names one."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an event says: of which kind it is, and whether it takes back."""

    kind: str
    sign: int = 1
    whole_order: bool = False
    """Without products it speaks of all of its order."""


MEANINGS: Mapping[str, Meaning] = {
    "product list viewed": Meaning("shown"),
    "product viewed": Meaning("viewed"),
    "product clicked": Meaning("clicked"),
    "product added": Meaning("added"),
    "product removed": Meaning("added", -1),
    "wishlist product added to cart": Meaning("added"),
    "product added to wishlist": Meaning("liked"),
    "product removed from wishlist": Meaning("liked", -1),
    "order completed": Meaning("bought"),
    "order refunded": Meaning("bought", -1, whole_order=True),
    "order cancelled": Meaning("bought", -1, whole_order=True),
}
"""By the event's name in lower case; all others (pages, coupons, checkout steps) tell of no product and are passed."""


@dataclass(frozen=True, slots=True)
class Passed:
    """An event that is nothing to keep, and why: its name, or ``anonymous``."""

    why: str


ANONYMOUS = "anonymous"
"""Of somebody the shop does not know (no userId): there is nobody to ask for consent, and nobody to forget."""


def read_event(number: int, line: str, source: str, now: datetime) -> Iterator[Row | Rejection | Passed]:
    """Yield a row for each product an event tells of; what is wrong in it is a Rejection and harms no other."""
    try:
        event = _parsed(line.strip())
        name = event.get("event")
        meaning = MEANINGS.get(name.strip().casefold()) if isinstance(name, str) else None
        if meaning is None or event.get("type", "track") != "track":
            yield Passed(str(name or event.get("type") or "without a name")[:60])
            return
        shopper = _text(event, "userId")
        if not shopper:
            yield Passed(ANONYMOUS)
            return
        yield from _rows(number, event, meaning, shopper, source, now)
    except BadRow as why:
        yield refused(number, why)


def _rows(
    number: int, event: Mapping[str, Any], meaning: Meaning, shopper: str, source: str, now: datetime
) -> Iterator[Row | Rejection]:
    told = event.get("properties")
    if not isinstance(told, dict):
        raise BadRow("properties", told, "missing", "an e-commerce event tells of its product in properties")
    at = _at(event)
    of = source or _text(event, "source") or (PURCHASE if meaning.kind == "bought" else WEBSITE)
    message, order = _text(event, "messageId"), _text(told, "order_id")
    pieces: dict[str, float] = {}
    for place, product in enumerate(_products(told, meaning)):
        try:
            identity = _text(product, "product_id") or _text(product, "sku")
            if not identity and not (meaning.whole_order and order):
                raise BadRow("product_id", "", "missing", "every product needs its product_id (or sku)")
            pieces[identity] = pieces.get(identity, 0.0) + _quantity(product)
        except BadRow as why:
            yield refused(number, why, f"products[{place}].{why.field}" if product is not told else why.field)
    for identity, quantity in pieces.items():
        try:
            yield checked(Row(shopper, identity, meaning.kind, at, meaning.sign * quantity, of, message, order), now)
        except BadRow as why:
            yield refused(number, why)


def _products(told: Mapping[str, Any], meaning: Meaning) -> Sequence[Mapping[str, Any]]:
    """Return the event's products: its list, or itself where it tells of one only."""
    listed = told.get("products")
    if listed is None or (meaning.whole_order and listed == []):
        whole = meaning.whole_order and not (told.get("product_id") or told.get("sku"))
        return [{}] if whole else [told]
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise BadRow("products", listed, "not_a_list", "write products as a list of objects")
    if len(listed) > MOST_PRODUCTS:
        raise BadRow("products", len(listed), f"more_than_{MOST_PRODUCTS}", "split the event")
    return listed


def _quantity(product: Mapping[str, Any]) -> float:
    found = product.get("quantity")
    if found is None:
        return 1.0
    try:
        pieces = float(found) if isinstance(found, (int, float, str)) and not isinstance(found, bool) else math.nan
    except (ValueError, OverflowError):
        pieces = math.nan
    if not pieces > 0 or math.isinf(pieces):
        raise BadRow("quantity", found, "not_a_quantity", "write a number above 0, or leave it out for 1")
    return pieces


def _at(event: Mapping[str, Any]) -> Any:
    for name in ("timestamp", "originalTimestamp", "sentAt", "receivedAt"):
        found = event.get(name)
        if found is not None:
            try:
                return moment(found if isinstance(found, str) else "")
            except BadMoment as error:
                raise BadRow(name, found, "not_a_time", str(error)) from error
    raise BadRow("timestamp", "", "missing", "every event needs its timestamp")


def _text(told: Mapping[str, Any], name: str) -> str:
    """Return an id as text; shops write numbers too."""
    found = told.get(name)
    if found is None:
        return ""
    if isinstance(found, str):
        return found.strip()
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    raise BadRow(name, found, "not_text", f"write the {name} as text")


def _parsed(line: str) -> dict[str, Any]:
    hint = "write one JSON object a line"
    try:
        event = json.loads(line, parse_constant=_refuse)
    except RecursionError as error:
        raise BadRow("", line, "nested_too_deep", hint) from error
    except ValueError as error:
        raise BadRow("", line, "not_json", hint) from error
    if not isinstance(event, dict):
        raise BadRow("", line, "not_an_object", hint)
    return event


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")
