"""Delivery rules out of settings: short texts, each checked, each fault told with what to write."""

from __future__ import annotations

import re
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catalog.offers.arrival import MOST, DeliveryRules
from catalog.offers.working_days import UnknownCountry, working_days

_RANGE = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


class DeliverySettingsError(ValueError):
    """A delivery setting cannot be used; the text says which and what to write."""


def delivery_rules(
    *,
    country: str,
    subdivision: str,
    time_zone: str,
    cut_off: str,
    saturday: bool,
    handling: str,
    transit: str,
    abroad: str,
    today: date | None = None,
) -> DeliveryRules:
    """Build the rules from texts such as "GB", "ENG", "Europe/London", "14:00", "0-1" and "IE=3-5,DE=4-7".

    Empty ranges mean "not known". With ``today`` the countries' calendars are looked up too (0.2 s, once), so that a
    slip is told at the start and no shopper waits for the calendars. Raises DeliverySettingsError.
    """
    rules = DeliveryRules(
        zone=zone_of(time_zone),
        country=country.upper(),
        subdivision=subdivision.upper() or None,
        cut_off=_hour(cut_off),
        saturday=saturday,
        handling=_days("handling", handling),
        transit=_days("transit", transit),
        abroad=_abroad(abroad),
    )
    if today is not None:
        try:
            rules.calendar_of_shop(today.year)
            for other in (None, *rules.abroad):
                rules.calendar_of_door(other, today.year)
            working_days(rules.country, rules.subdivision, today.year + 1)
        except UnknownCountry as error:
            raise DeliverySettingsError(str(error)) from error
    return rules


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name; raises DeliverySettingsError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DeliverySettingsError(f"time zone {name!r} is unknown; write one such as Europe/London") from error


def _hour(text: str) -> time:
    found = _HOUR.fullmatch(text)
    if not found:
        raise DeliverySettingsError(f"cut-off {text!r} is no time of day; write one such as 14:00")
    return time(int(found[1]), int(found[2]))


def _days(name: str, text: str) -> tuple[int, int] | None:
    if not text:
        return None
    found = _RANGE.fullmatch(text.strip())
    least, most = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not least <= most <= MOST:
        raise DeliverySettingsError(f"{name} {text!r} is no range of working days; write 2 or 1-3")
    return least, most


def _abroad(text: str) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        code, equals, days = part.partition("=")
        between = _days(f"transit to {code}", days)
        if not equals or between is None or not re.fullmatch("[A-Za-z]{2}", code.strip()):
            raise DeliverySettingsError(f"transit abroad {part!r} cannot be read; write IE=3-5,DE=4-7")
        found[code.strip().upper()] = between
    return found
