"""Slots from the entities of a reader that marks words and knows nothing of what they mean.

The fairest simple rules: synonyms of our word lists, figures by our numerals; the first of several recipients, ages,
budgets and occasions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nlu.evaluation.rows import same_person
from nlu.lexicon import Lexicon
from nlu.numerals import NUMBER, value_of
from nlu.phrases import PhraseBook

_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_DECADE = re.compile(r"\b(\d0)'?s\b")
_DOLLARS = (
    (re.compile(r"\bcanad|\bcad\b", re.IGNORECASE), "CAD"),
    (re.compile(r"\baustralia|\baud\b", re.IGNORECASE), "AUD"),
)
_CURRENCIES = (
    (re.compile(r"£|\b(?:gbp|quid|pounds?|sterling|tenner|fiver)\b", re.IGNORECASE), "GBP"),
    (re.compile(r"€|\b(?:eur|euros?)\b", re.IGNORECASE), "EUR"),
    (re.compile(r"₹|\b(?:inr|rs|rupees?)\b", re.IGNORECASE), "INR"),
    (re.compile(r"\$|\b(?:usd|dollars?|bucks?)\b", re.IGNORECASE), "USD"),
)

_AS_WRITTEN = frozenset({"budget", "interest", "exclusion"})
"""Kinds whose words count, not what the same words stand for where they are another kind."""


def slots_from(text: str, entities: Sequence[Mapping[str, Any]], lexicon: Lexicon) -> dict[str, Any]:
    """Turn marked words (entity, value, start, end, in any order) into slots shaped as a Row's. Never raises."""
    by_kind: dict[str, list[str]] = {}
    for one in sorted(entities, key=lambda one: int(one.get("start") or 0)):
        kind, written = str(one.get("entity")), text[int(one.get("start") or 0) : int(one.get("end") or 0)]
        by_kind.setdefault(kind, []).append((written if kind in _AS_WRITTEN else str(one.get("value") or "")).strip())
    recipient = _named(_first(by_kind, "recipient"), lexicon.relations)
    low, high = budget_from(_first(by_kind, "budget"))
    gender = _first(by_kind, "recipient_gender")
    return {
        "recipient": None if recipient is None else same_person(recipient),
        "recipient_age": age_from_words(_first(by_kind, "recipient_age")),
        "recipient_gender": lexicon.genders.get(recipient or "") or (gender if gender in ("female", "male") else None),
        "budget_min": low,
        "budget_max": high,
        "currency": currency_from(_first(by_kind, "budget"), text),
        "occasion": (_named(_first(by_kind, "occasion"), lexicon.occasions) or "").replace(" ", "_") or None,
        "interests": tuple(dict.fromkeys(by_kind.get("interest", ()))),
        "exclusions": tuple(dict.fromkeys(by_kind.get("exclusion", ()))),
    }


def age_from_words(words: str | None) -> tuple[int, int] | None:
    """One figure is the age, two are a range, "40s" are ten years; None without a figure."""
    if words is None:
        return None
    if decade := _DECADE.search(words):
        return int(decade[1]), int(decade[1]) + 9
    years = sorted(int(figure) for figure in _figures(words)[:2])
    return (years[0], years[-1]) if years else None


def budget_from(words: str | None) -> tuple[float | None, float | None]:
    """One figure is the most, two are a range; None where there is no figure."""
    figures = sorted(_figures(words or "")[:2])
    return (figures[0] if len(figures) > 1 else None), (figures[-1] if figures else None)


def currency_from(words: str | None, text: str) -> str | None:
    """The currency named with the money; a dollar is the dollar of the country the text names."""
    code = next((code for sign, code in _CURRENCIES if words and sign.search(words)), None)
    if code == "USD":
        return next((other for country, other in _DOLLARS if country.search(text)), code)
    return code


def _figures(words: str) -> list[float]:
    values = (value_of(match[0]) for match in _NUMBER.finditer(words))
    return [float(value) for value in values if value is not None]


def _first(by_kind: Mapping[str, Sequence[str]], kind: str) -> str | None:
    return next((word for word in by_kind.get(kind, ()) if word), None)


def _named(words: str | None, book: PhraseBook) -> str | None:
    """The name our lists give the words, with and without 's; else the words themselves."""
    if words is None:
        return None
    plain = " ".join(words.casefold().replace("’", "'").split()).removeprefix("my ")
    return book.get(plain) or book.get(plain.removesuffix("'s")) or plain
