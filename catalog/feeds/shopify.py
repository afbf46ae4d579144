"""Shopify's product CSV, legacy and new header: several lines a product become one row of our names.

One product a handle, because the address of a product is its handle's. Its price is that of the cheapest variant that
can be bought; how far the others go, and the options there are, stand in its attributes. Traps: mission note 5.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from catalog.feeds.cleaning.rules import rejection
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError, Row

_OURS = {
    "body_html": "description", "vendor": "brand", "type": "product_type", "variant_barcode": "gtin", "barcode": "gtin",
    "image_src": "image_link", "product_image_url": "image_link", "product_category": "google_product_category",
    "google_shopping_google_product_category": "google_product_category",
}  # fmt: skip
_VARIANT = {
    "sku": ("variant_sku", "sku"),
    "price": ("variant_price", "price"),
    "old_price": ("variant_compare_at_price", "compare_at_price"),
    "tracker": ("variant_inventory_tracker", "inventory_tracker"),
    "left": ("variant_inventory_qty", "inventory_quantity"),
    "policy": ("variant_inventory_policy", "continue_selling_when_out_of_stock"),
    "cost": ("cost_per_item",),
}
_ANY_VARIANT = frozenset(name for names in _VARIANT.values() for name in names)
_NOT_KEPT = (
    "option",
    "variant_",
    "image_",
    "seo_",
    "price_",
    "compare_at_price",
    "included_",
    "unit_price",
    "charge_tax",
)
_NOT_KEPT_WHOLE = _ANY_VARIANT | {
    "handle", "url_handle", "title", "published", "published_on_online_store", "status", "gift_card",
    "weight_value_grams", "weight_unit_for_display", "requires_shipping", "fulfillment_service", "tax_code",
}  # fmt: skip
GIFT_CARD = "gift_card"
"""Never a product, so there is nothing of it that an update could change."""
_MOST_LINES = 5000
_TRUE = ("true", "yes", "1", "continue")
_FALSE = ("false", "no", "0")


def products(rows: Iterable[Row | Rejection]) -> Iterator[Row | Rejection]:
    """Join the lines of each handle; what the shop itself does not offer (drafts, gift cards, …) says so."""
    lines: list[Row] = []
    for row in rows:
        if isinstance(row, Rejection):
            yield row
            continue
        handle = _handle(row.values)
        if not handle:
            yield rejection(row.number, "handle", "", "missing")
            continue
        if lines and handle != _handle(lines[0].values):
            yield from _joined(lines)
            lines = []
        lines.append(row)
        if len(lines) > _MOST_LINES:
            raise FeedError(f"more than {_MOST_LINES} lines of one handle", lines[0].number)
    if lines:
        yield from _joined(lines)


def _handle(values: Mapping[str, str]) -> str:
    return values.get("handle", "") or values.get("url_handle", "")


def _joined(lines: list[Row]) -> Iterator[Row]:
    first = lines[0].values
    reason = _not_offered(first)
    if reason:
        yield Row(lines[0].number, {"id": _handle(first)}, reason)
        return
    variants = [line for line in lines if any(line.values.get(name) for name in _VARIANT["price"])]
    buyable = [line for line in variants if _can_be_bought(line.values)]
    chosen = min(buyable or variants or lines[:1], key=lambda line: _amount(_of(line.values, "price")))
    yield Row(lines[0].number, _row(lines, variants, chosen.values, in_stock=bool(buyable)))


def _not_offered(first: Mapping[str, str]) -> str:
    if first.get("gift_card", "").casefold() in _TRUE:
        return GIFT_CARD
    if first.get("status", "").casefold() in ("draft", "archived"):
        return first["status"].casefold()
    published = first.get("published", "") or first.get("published_on_online_store", "")
    return "unpublished" if published.casefold() in _FALSE else ""


def _of(values: Mapping[str, str], what: str) -> str:
    return next((values[name] for name in _VARIANT[what] if values.get(name)), "")


def _can_be_bought(values: Mapping[str, str]) -> bool:
    """Stock that nobody counts is sold, and so is what may be sold beyond the count."""
    if not _of(values, "tracker") or _of(values, "policy").casefold() in _TRUE:
        return True
    return _amount(_of(values, "left"), unknown=Decimal(0)) > 0


def _amount(raw: str, unknown: Decimal = Decimal("Infinity")) -> Decimal:
    try:
        amount = Decimal(raw)
    except InvalidOperation:
        return unknown
    return amount if amount.is_finite() else unknown


def _row(lines: list[Row], variants: list[Row], chosen: Mapping[str, str], *, in_stock: bool) -> dict[str, str]:
    first = lines[0].values
    row: dict[str, str] = {}
    for name, value in first.items():
        if not value or name in _NOT_KEPT_WHOLE or (name.startswith(_NOT_KEPT) and name not in _OURS):
            continue
        row.setdefault(_OURS.get(name, name.removeprefix("google_shopping_")), value)
    handle = _handle(first)
    price, old = _of(chosen, "price"), _of(chosen, "old_price")
    row |= {"id": handle, "handle": handle, "title": first.get("title", ""), "price": price, "sale_price": ""}
    if old and _amount(old, unknown=Decimal(0)) > _amount(price):
        row |= {"price": old, "sale_price": price}
    row["availability"] = "in_stock" if in_stock else "out_of_stock"
    if _of(chosen, "cost"):
        row["cost_of_goods_sold"] = _of(chosen, "cost")
    if _of(chosen, "sku"):
        row["sku"] = _of(chosen, "sku")
    for name, kinds in _options(lines):
        row.setdefault(name, kinds)  # a shop may call an option Price
    dearest = max((_amount(_of(line.values, "price"), Decimal(0)) for line in variants), default=Decimal(0))
    if dearest > _amount(price):
        row["price_up_to"] = str(dearest)
    return row


def _options(lines: list[Row]) -> Iterator[tuple[str, str]]:
    """Each option by its name with all its values, as in ``size``: ``S, M, L``."""
    for number in ("1", "2", "3"):
        name = lines[0].values.get(f"option{number}_name", "")
        told = [line.values.get(f"option{number}_value", "") for line in lines]
        kinds = list(dict.fromkeys(value for value in told if value and value != "Default Title"))
        if name and kinds:
            yield "_".join(name.casefold().split()), ", ".join(kinds)
