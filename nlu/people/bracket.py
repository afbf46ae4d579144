"""Requests written as a form: "[F, 22, Girlfriend, $125]", "(M/60s/Dad/$50-75)"."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlu.money.budget import BudgetFound, find_budget
from nlu.people.ages import OLDEST, find_ages
from nlu.wish import Age, Gender
from nlu.words.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class BracketFound:
    """What a bracket says; None where it does not."""

    gender: Gender | None
    age: Age | None
    recipient: str | None
    budget: BudgetFound | None


_BRACKET = re.compile(
    r"(?:[\[(][^\[\]()]{1,60}[\])]\s*){1,6}|\|[^|\n]{1,20}\|[^|\n]{1,20}\|(?:[^|\n]{1,20}\|)?|\[[^\[\]().!?\n]{3,40}(?=[.!?\n]|$)"
)
_OPENS = re.compile(r"[\[(|]")
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


_SEX_ALONE = re.compile(r"[\[(]\s*(?P<g>f|m|female|male)\s*[\])]", re.IGNORECASE)
_SEX_BESIDE_AGE = re.compile(
    r"(?<![\w£$€'])(?:\d{2}\s?/?\s?(?P<g>[mf])|(?P<g2>[MF])\s?[/,]?\s?\d{2}(?!\d|\s?(?:\$|£|€|usd|gbp)))\b(?!\s?[/'&.]?\w*\s?(?:here|looking|shopping|buying))",
    re.IGNORECASE,
)
_GIVER = re.compile(
    r"\b(?:(?:i|i'?m|i am|im|me|we|myself)\b[\s,(\[]*(?:a |an )?|(?:i'?m|i am|im) (?:(?!(?:for|my|our|his|her|buying|looking|shopping|after|getting|searching|trying|seeking|needing|stuck)\b)[\w'-]+ ){1,3}[\[(]?)$",
    re.IGNORECASE,
)
_A_PARTNER = re.compile(
    r"\b(?:(?P<girlfriend>gf|girl ?friend)|(?P<boyfriend>bf|boy ?friend)|(?P<wife>wife)|(?P<husband>husband|hubby)|(?P<fiance>fianc[eé]e?))(?:s|'s)?\b",
    re.IGNORECASE,
)


def find_bracket(text: str, lexicon: Lexicon) -> BracketFound | None:
    """Find a bracket that says at least two of gender, age, relation and budget. Its first number is the age.

    A sex alone counts too, in brackets of its own or beside an age ("friend [F]", "40 M, banker").
    """
    if _OPENS.search(text):
        for match in _BRACKET.finditer(text):
            if _GIVER.search(text[max(0, match.start() - 40) : match.start()]):
                continue
            parts = [part for part in _PARTS.split(match.group()) if part and part.strip()]
            found = _read(parts, lexicon)
            said = sum(part is not None for part in (found.gender, found.age, found.recipient, found.budget))
            if said >= 2 and 2 * said >= len(parts) - 1:
                return _named_better(found, text)
        if alone := _SEX_ALONE.search(text):
            return BracketFound(_GENDERS[alone.group("g").lower()], None, None, None)
    for beside in _SEX_BESIDE_AGE.finditer(text):
        if not _GIVER.search(text[max(0, beside.start() - 20) : beside.start()]):
            return BracketFound(_GENDERS[(beside.group("g") or beside.group("g2")).lower()], None, None, None)
    return None


def _named_better(found: BracketFound, text: str) -> BracketFound:
    """The form's "SO" is the girlfriend the rest of the text speaks of."""
    if found.recipient == "partner" and (told := _A_PARTNER.search(text)):
        return replace(found, recipient=told.lastgroup)
    return found


def _read(parts: list[str], lexicon: Lexicon) -> BracketFound:
    genders: set[Gender] = set()
    age: Age | None = None
    recipient: str | None = None
    budget: BudgetFound | None = None
    for part in parts:
        plain = part.strip().lower().strip("?!. ")
        if plain in _GENDERS:
            genders.add(_GENDERS[plain])
        elif plain in _BOTH:
            genders |= {"female", "male"}
        elif pair := _SEX_AGE.fullmatch(plain):
            genders.add(_GENDERS[pair.group("g") or pair.group("g2")])
            age = age or (int(pair.group("a") or pair.group("a2")),) * 2
        elif age is None and (read := _age(plain)):
            age = read
        elif known := _relation(plain, lexicon):
            recipient = recipient or known
        elif budget is None and (money := find_budget(part)):
            budget = money
    gender = next(iter(genders)) if len(genders) == 1 else None
    if recipient and not genders:
        gender = lexicon.genders.get(recipient)
    return BracketFound(gender, age, recipient, budget)


_BOTH = frozenset({"m&f", "f&m", "m & f", "f & m", "m and f", "f and m", "m/f", "f/m", "any", "mixed"})
_SEVERAL = frozenset({"&", "and", "+", "with", "for", "of", "her", "his", "any", "that", "from"})
_MOST_WORDS = 5


def _relation(part: str, lexicon: Lexicon) -> str | None:
    """Return the relation a part names, alone or among other words ("internet friend"); none of several or of prose."""
    words = part.split()
    if len(words) > _MOST_WORDS or not _SEVERAL.isdisjoint(words):
        return None
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
