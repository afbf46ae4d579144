"""Requests written as a form: "[F, 22, Girlfriend, $125]", "(M/60s/Dad/$50-75)"."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.ages import OLDEST, find_ages
from nlu.lexicon import Lexicon
from nlu.money import BudgetFound, find_budget
from nlu.wish import Age, Gender


@dataclass(frozen=True, slots=True)
class BracketFound:
    """What a bracket says; None where it does not."""

    gender: Gender | None
    age: Age | None
    recipient: str | None
    budget: BudgetFound | None


_BRACKET = re.compile(r"(?:[\[(][^\[\]()]{1,60}[\])]\s*){1,6}|\|[^|\n]{1,20}\|[^|\n]{1,20}\|(?:[^|\n]{1,20}\|)?")
_PARTS = re.compile(r"\s*[,;|\[\]()]\s*|\s+/\s+|\s*/\s*(?=[a-z£$€])|(?<=[a-z])\s*/\s*(?=\d)", re.IGNORECASE)
_GENDERS: dict[str, Gender] = {
    "f": "female",
    "female": "female",
    "woman": "female",
    "girl": "female",
    "w": "female",
    "m": "male",
    "male": "male",
    "man": "male",
    "boy": "male",
    "guy": "male",
}
_AGE = re.compile(
    r"(?:age:?\s*)?~?(?P<a>\d{1,3})(?:\s?(?:-|to)\s?(?P<b>\d{1,3}))?\s?(?P<s>'?s)?(?:\s?ish)?\s?(?P<y>yo|y/o|y\.o\.?|years?(?: old)?|yrs?)?\??",
    re.IGNORECASE,
)
_SEX_AGE = re.compile(r"(?P<g>[mf])\s*/?\s*(?P<a>\d{1,2})|(?P<a2>\d{1,2})\s*/?\s*(?P<g2>[mf])", re.IGNORECASE)


def find_bracket(text: str, lexicon: Lexicon) -> BracketFound | None:
    """Find a bracket that says at least two of gender, age, relation and budget. Its first number is the age."""
    for match in _BRACKET.finditer(text):
        found = _read([part for part in _PARTS.split(match.group()) if part and part.strip()], lexicon)
        said = sum(part is not None for part in (found.gender, found.age, found.recipient, found.budget))
        if said >= 2:
            return found
    return None


def _read(parts: list[str], lexicon: Lexicon) -> BracketFound:
    gender: Gender | None = None
    age: Age | None = None
    recipient: str | None = None
    budget: BudgetFound | None = None
    for part in parts:
        plain = part.strip().lower().strip("?!. ")
        if plain in _GENDERS:
            gender = gender or _GENDERS[plain]
        elif pair := _SEX_AGE.fullmatch(plain):
            gender = _GENDERS[pair.group("g") or pair.group("g2")]
            age = age or (int(pair.group("a") or pair.group("a2")),) * 2
        elif age is None and (read := _age(plain)):
            age = read
        elif known := _relation(plain, lexicon):
            recipient = recipient or known
        elif budget is None and (money := find_budget(part)):
            budget = money
    if recipient and gender is None:
        gender = lexicon.genders.get(recipient)
    return BracketFound(gender, age, recipient, budget)


def _relation(part: str, lexicon: Lexicon) -> str | None:
    """Return the first relation a part names, alone or among other words ("internet friend", "mom & dad")."""
    words = part.split()
    for length in range(min(len(words), 4), 0, -1):
        for first in range(len(words) - length + 1):
            if known := lexicon.relations.get(" ".join(words[first : first + length])):
                return known
    return None


def _age(part: str) -> Age | None:
    if (older := re.fullmatch(r"(\d{2})\+", part)) and int(older.group(1)) < 100:
        return int(older.group(1)), OLDEST
    if match := _AGE.fullmatch(part):
        low = int(match.group("a"))
        high = int(match.group("b")) if match.group("b") else low + 9 if match.group("s") and low % 10 == 0 else low
        return (low, high) if low <= high <= 110 else None
    found = find_ages(part)
    return found[0].age if found and len(part) < 24 else None
