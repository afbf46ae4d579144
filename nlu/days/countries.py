"""The country a message names, and what depends on it in writing a date."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

import re

MONTH_FIRST = frozenset({"US", "CA", "PH"})
"""Countries (ISO 3166) where 3/12 is the 12th of March; Canada writes both ways, more often this one in English."""

_NAMES = {
    "GB": "uk united_kingdom britain british england english scotland scottish wales welsh northern_ireland",
    "IE": "ireland irish eire",
    "US": "usa u.s u.s.a united_states the_states america american",
    "CA": "canada canadian",
    "AU": "australia australian aussie oz",
    "NZ": "new_zealand kiwi nz",
    "IN": "india indian",
    "PK": "pakistan pakistani",
    "ZA": "south_africa south_african",
    "NG": "nigeria nigerian",
    "AE": "dubai uae emirates",
    "FR": "france french",
    "DE": "germany german",
    "ES": "spain spanish",
    "IT": "italy italian",
    "PT": "portugal portuguese",
    "NL": "netherlands holland dutch",
    "SE": "sweden swedish",
    "NO": "norway norwegian",
    "DK": "denmark danish",
    "PL": "poland polish",
    "MX": "mexico mexican",
    "BR": "brazil brazilian",
    "PH": "philippines filipino",
    "TH": "thailand thai",
}
_CODES = {name.replace("_", " "): code for code, names in _NAMES.items() for name in names.split()}
_FEAST = r"(?:mother'?s?'?|father'?s?'?|mum'?s|dad'?s|thanksgiving|teacher'?s?'?)"
_NAME = "|".join(sorted(map(re.escape, _CODES), key=len, reverse=True))
_BESIDE = re.compile(
    # "US Mother's Day"; "in Ireland", "we're Canadian"; "us" the pronoun never counts, so "US" must be in capitals.
    rf"\b(?P<a>{_NAME}|(?-i:US))(?:'s)?\s+{_FEAST}\b|"
    rf"\b(?:in|from|to|here in|over in|{_FEAST}\s+day)\s+(?:in\s+)?(?:the\s+)?(?P<b>{_NAME}|(?-i:US))\b(?!\s+(?:food|style|accent|cooking))|"
    rf"\b(?:i'm|im|i am|we're|we are|she's|he's)\s+(?P<c>{_NAME})\b",
    re.IGNORECASE,
)


def country_named(text: str) -> str | None:
    """Return the ISO 3166 code of the country a message says it is about; None where it names none.

    The one beside the feast ("UK Mother's Day") comes before one merely lived in. Currency signs say nothing.
    """
    found = list(_BESIDE.finditer(text))
    beside = next((one for one in found if one["a"]), None) or next(iter(found), None)
    if beside is None:
        return None
    name = (beside["a"] or beside["b"] or beside["c"]).lower()
    return "US" if name == "us" else _CODES.get(name)
