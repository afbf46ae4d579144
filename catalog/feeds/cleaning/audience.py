"""For whom the merchant says a product is: ages in years, and gender where it is for one only."""

from __future__ import annotations

import re
from collections.abc import Mapping

from catalog.feeds.cleaning.rules import Refused

_AGE_GROUPS: dict[str, tuple[int, int] | None] = {
    "newborn": (0, 0), "infant": (0, 1), "toddler": (1, 5), "kids": (5, 13), "kid": (5, 13), "child": (5, 13),
    "children": (5, 13), "teen": (13, 19), "teens": (13, 19), "adult": (13, 120), "adults": (13, 120),
    "all ages": None, "all": None,
}  # fmt: skip
"""Google: up to 3 months, 3 to 12 months, 1 to 5 years, 5 to 13 years, teens and older; Meta adds two."""
_GENDERS = {
    "female": "female", "male": "male", "unisex": None, "women": "female", "men": "male", "woman": "female",
    "man": "male", "girls": "female", "boys": "male", "f": "female", "m": "male", "all": None,
}  # fmt: skip
OLDEST = 120


def ages(values: Mapping[str, str]) -> tuple[int, int] | None:
    """Years from and to; an age_min or age_max column is exacter than an age group and counts before it."""
    least, most = values.get("age_min", ""), values.get("age_max", "")
    if least or most:
        first = _years("age_min", least) if least else 0
        last = _years("age_max", most) if most else OLDEST
        if first > last:
            raise Refused("age_max", most, "not_an_age")
        return first, last
    group = values.get("age_group", "")
    if not group:
        return None
    word = group.casefold().replace("_", " ")
    if word not in _AGE_GROUPS:
        raise Refused("age_group", group, "unknown_age_group")
    return _AGE_GROUPS[word]


def gender(values: Mapping[str, str]) -> str | None:
    """``female`` or ``male``; None for both and where nothing is said."""
    raw = values.get("gender", "")
    if not raw:
        return None
    word = raw.casefold()
    if word not in _GENDERS:
        raise Refused("gender", raw, "unknown_gender")
    return _GENDERS[word]


def _years(field: str, raw: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}\+?", raw) or int(raw.rstrip("+")) > OLDEST:
        raise Refused(field, raw, "not_an_age")
    return int(raw.rstrip("+"))
