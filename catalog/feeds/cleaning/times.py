"""Dates, sale intervals, and the working days from order to door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from catalog.feeds.cleaning.rules import Refused
from catalog.feeds.columns import KNOWN
from catalog.product import Delivery

_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{1,2}:[0-9]{2})(:[0-9]{2})?(?:\.[0-9]+)?\s?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_PERIOD = (
    frozenset(("sale", "sales", "special", "discount", "discounted", "promo", "promotion", "promotional", "reduced")),
    frozenset(
        ("date", "dates", "start", "starts", "starting", "from", "begin", "begins", "end", "ends", "ending", "to",
         "until", "till", "expires", "expiry", "expiration", "period", "interval", "duration", "valid")
    ),
)  # fmt: skip
"""A column with a word of each in its name tells when a sale is on."""
LONGEST = 365
_SHORT = 500
_SHIPPING_PARTS = 8
"""Google's order: country, region, service, price, least and most handling, least and most transit."""


def moment(raw: str, shop: tzinfo, *, ends: bool = False) -> datetime | None:
    """An ISO moment as feeds write it, in UTC; without a zone it is the shop's. None: it is none.

    A day is the moment it begins at, or, where something ``ends`` on it, the moment it is over.
    """
    found = _MOMENT.fullmatch(raw)
    if not found:
        return None
    day, clock, seconds, zone = found.groups()
    zone = zone and ("+00:00" if zone == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}")
    try:
        told = datetime.fromisoformat(f"{day}T{(clock or '00:00').zfill(5)}{seconds or ':00'}{zone or ''}")
        if ends and not clock:
            told += timedelta(days=1)
        return (told if zone else told.replace(tzinfo=shop)).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def sale_period(values: Mapping[str, str], shop: tzinfo) -> tuple[datetime | None, datetime | None]:
    """When a sale is on, of one column or of two; a day it ends on belongs to it. None: the feed names no bound."""
    starts = ends = None
    if values.get("sale_price_effective_date"):
        starts, ends = _interval("sale_price_effective_date", values["sale_price_effective_date"], shop)
    first, last = values.get("sale_start", ""), values.get("sale_end", "")
    starts = starts or _bound("sale_start", first, shop)
    ends = ends or _bound("sale_end", last, shop, ends=True)
    if starts and ends and ends <= starts:
        raise Refused("sale_end", last, "not_an_interval")
    if not (starts and ends):
        for name, value in values.items():
            if value and name not in KNOWN and _tells_a_period(name):
                raise Refused(name, value, "unknown_sale_period")
    return starts, ends


def _interval(field: str, raw: str, shop: tzinfo) -> tuple[datetime, datetime]:
    """Two moments joined by a slash, as Google and Meta write when a sale is on."""
    first, _, last = raw.partition("/")
    starts, ends = moment(first.strip(), shop), moment(last.strip(), shop, ends=True)
    if starts is None or ends is None or ends <= starts:
        raise Refused(field, raw, "not_an_interval")
    return starts, ends


def _bound(field: str, raw: str, shop: tzinfo, *, ends: bool = False) -> datetime | None:
    told = moment(raw, shop, ends=ends) if raw else None
    if raw and told is None:
        raise Refused(field, raw, "not_a_date")
    return told


@lru_cache(1024)
def _tells_a_period(name: str) -> bool:
    words = set(name.split("_"))
    return all(words & part for part in _PERIOD)


def last_day(raw: str, as_of: date) -> date:
    """Return the day of an expiration date; refused where it lies before the day of the import."""
    ends = moment(raw, timezone.utc)
    if ends is None:
        raise Refused("expiration_date", raw, "not_a_date")
    if ends.date() < as_of:
        raise Refused("expiration_date", raw, "expired")
    return ends.date()


def delivery(values: Mapping[str, str], country: str | None) -> Delivery | None:
    """Handling and transit in working days: of the shipping entries, else of the columns of their own.

    A product's entries for one country are joined to the least and the most any of its services needs: what is
    promised then holds whichever the shopper picks.
    """
    handling, transit = _span(values, "handling"), _span(values, "transit")
    if values.get("shipping"):
        raw = values["shipping"]
        shipped = _shipping_known(raw, country) if len(raw) < _SHORT else _shipping(raw, country)
        handling, transit = shipped[0] or handling, shipped[1] or transit
    return Delivery(handling, transit) if handling or transit else None


def _shipping(raw: str, country: str | None) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    handling: list[tuple[int, int]] = []
    transit: list[tuple[int, int]] = []
    for entry in raw.split(","):
        parts = [part.strip() for part in entry.split(":")]
        if len(parts) < _SHIPPING_PARTS:
            continue  # country and price only: it says nothing of days
        country = country or parts[0]
        if parts[0].upper() != country.upper():
            continue
        for least, most, found in ((parts[-4], parts[-3], handling), (parts[-2], parts[-1], transit)):
            span = _days("shipping", raw, least, most)
            if span:
                found.append(span)
    return _joined(handling), _joined(transit)


_shipping_known = lru_cache(1024)(_shipping)  # most products of a shop are sent alike


def _joined(spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    return (min(least for least, _ in spans), max(most for _, most in spans)) if spans else None


def _span(values: Mapping[str, str], what: str) -> tuple[int, int] | None:
    least, most = values.get(f"min_{what}_time", ""), values.get(f"max_{what}_time", "")
    if not least and not most:
        return None
    return _days(f"max_{what}_time" if most else f"min_{what}_time", most or least, least, most)


def _days(field: str, told: str, least: str, most: str) -> tuple[int, int] | None:
    """Least and most; without the most there is nothing to promise, without the least it is the most."""
    numbers = []
    for raw in (least, most):
        if raw and (not re.fullmatch(r"[0-9]{1,3}", raw) or int(raw) > LONGEST):
            raise Refused(field, told, "not_working_days")
        numbers.append(int(raw) if raw else None)
    first, last = numbers
    if last is None:
        return None
    if first is not None and first > last:
        raise Refused(field, told, "not_working_days")
    return last if first is None else first, last
