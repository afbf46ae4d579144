"""Slots from the entities of a reader that marks words and knows nothing of what they mean.

The fairest simple rules: names by our word lists, figures by our numerals, genders by pronouns; the first of several
marks of a kind that can be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nlu.evaluation.rows import same_person
from nlu.words.lexicon import Lexicon
from nlu.words.numerals import NUMBER, value_of
from nlu.words.phrases import PhraseBook

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
_PRONOUN = re.compile(r"\b(?:(she|hers?)|(?:he|him|his))(?:'?s)?\b", re.IGNORECASE)


def slots_from(text: str, entities: Sequence[Mapping[str, Any]], lexicon: Lexicon) -> dict[str, Any]:
    """Turn marked words (entity, value, start, end, in any order) into slots shaped as a Row's. Never raises."""
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for one in sorted(entities, key=lambda one: int(one.get("start") or 0)):
        written = text[int(one.get("start") or 0) : int(one.get("end") or 0)].strip()
        by_kind.setdefault(str(one.get("entity")), []).append((written, str(one.get("value") or "").strip()))
    recipients = by_kind.get("recipient", [])
    recipient = _known(recipients, lexicon.relations, lexicon.trades) or next((value for _, value in recipients), None)
    money = next((words for words, _ in by_kind.get("budget", []) if _figures(words)), None)
    low, high = budget_from(money)
    ages = (age_from_words(value) or age_from_words(words) for words, value in by_kind.get("recipient_age", []))
    genders = (gender_from(words) for words, _ in by_kind.get("recipient_gender", []))
    return {
        "recipient": same_person(recipient) or None if recipient else None,
        "recipient_age": next(filter(None, ages), None),
        "recipient_gender": lexicon.genders.get(recipient or "") or next(filter(None, genders), None),
        "budget_min": low,
        "budget_max": high,
        "currency": currency_from(money, text),
        "occasion": _known(by_kind.get("occasion", []), lexicon.occasions),
        "interests": _as_written(by_kind.get("interest", [])),
        "exclusions": _as_written(by_kind.get("exclusion", [])),
    }


def gender_from(words: str) -> str | None:
    """The gender of the first pronoun among the words."""
    found = _PRONOUN.search(words)
    return None if found is None else "female" if found[1] else "male"


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


def _as_written(marked: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for words, _ in marked if words))


def _known(marked: Sequence[tuple[str, str]], *books: PhraseBook) -> str | None:
    """The name our lists give the first marked words that are in one, as they are written or as a synonym stands."""
    for words in (one for pair in marked for one in pair):
        whole = " ".join(words.casefold().replace("’", "'").split())
        for part in (whole, *whole.split()):
            names = (book.get(part) or book.get(part.removesuffix("'s")) for book in books)
            if name := next(filter(None, names), None):
                return name
    return None
