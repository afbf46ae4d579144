"""How results travel from the reading process: JSON, one batch a line. Nothing that comes back is ever executed."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from catalog.feeds.how import HowToRead
from catalog.feeds.limits import Limits
from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.rejection import Rejection
from catalog.product import Delivery, Offer, Product, ProductId, Sale

_PRODUCT, _UPDATE, _REJECTION = 0, 1, 2
_encode = json.JSONEncoder(separators=(",", ":")).encode


def told(how: HowToRead) -> str:
    """What is said beside the feed, as text for the reading process."""
    limits = {name: getattr(how.limits, name) for name in Limits.__slots__}
    said = [how.currency, how.link_template, limits, how.kind, how.format, how.country, how.time_zone]
    return _encode([how.as_of.isoformat(), *said])


def how_of(text: str) -> HowToRead:
    """Read what :func:`told` wrote."""
    as_of, currency, template, limits, kind, form, country, zone = json.loads(text)
    return HowToRead(date.fromisoformat(as_of), currency, template, Limits(**limits), kind, form, country, zone)


def packed(result: Product | OfferUpdate | Rejection) -> str:
    """One result as JSON text."""
    if isinstance(result, Product):
        offer, delivery = result.offer, result.delivery
        return _encode(
            (
                _PRODUCT, result.id, result.title, result.link, result.image_link, result.attributes, str(offer.price),
                offer.currency, offer.in_stock, _sale(offer.sale), result.ages, result.gender,
                delivery and (delivery.handling, delivery.transit),
                None if result.margin is None else str(result.margin),
                None if offer.last_day is None else offer.last_day.isoformat(),
            )
        )  # fmt: skip
    if isinstance(result, Rejection):
        return _encode((_REJECTION, result.row, result.field, result.value, result.rule, result.hint))
    price = None if result.price is None else str(result.price)
    return _encode(
        (
            _UPDATE, result.row, result.id, price, result.currency, _sale(result.sale), result.in_stock,
            result.sale_ended, result.withdrawn,
        )
    )  # fmt: skip


def unpacked(parts: list[Any], as_of: date) -> Product | OfferUpdate | Rejection:
    """One result again; ``as_of`` is the day the whole feed is true on."""
    if parts[0] == _PRODUCT:
        _, id_, title, link, image, attributes, price, currency, stock, sale, ages, gender, *more = parts
        delivery, margin, until = more
        return Product(
            id_,
            title,
            link,
            image,
            attributes,
            Offer(
                Decimal(price),
                currency,
                stock,
                as_of,
                sale=_sale_of(sale) if sale else None,
                last_day=date.fromisoformat(until) if until else None,
            ),
            tuple(ages) if ages else None,
            gender,
            Delivery(*(tuple(span) if span else None for span in delivery)) if delivery else None,
            Decimal(margin) if margin else None,
        )
    if parts[0] == _REJECTION:
        return Rejection(*parts[1:])
    _, row, id_, price, currency, sale, stock, ended, withdrawn = parts
    amount = None if price is None else Decimal(price)
    return OfferUpdate(row, ProductId(id_), amount, currency, _sale_of(sale) if sale else None, stock, ended, withdrawn)


def _sale(sale: Sale | None) -> tuple[str, str | None, str | None] | None:
    if sale is None:
        return None
    starts = sale.starts.isoformat() if sale.starts else None
    return str(sale.price), starts, sale.ends.isoformat() if sale.ends else None


def _sale_of(parts: list[str | None]) -> Sale:
    price, starts, ends = parts
    return Sale(
        Decimal(str(price)),
        datetime.fromisoformat(starts) if starts else None,
        datetime.fromisoformat(ends) if ends else None,
    )


def line_of(parts: list[object]) -> bytes:
    """One line of the reading process that is no batch."""
    return _encode(parts).encode("ascii") + b"\n"
