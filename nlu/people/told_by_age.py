"""People told by their age alone: "my 3 year old", "toys for a 2 yr old", "Dev, 24, and Moira, 61"."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.wish import Gender
from nlu.words.numerals import WORDS
from nlu.words.text import Word


@dataclass(frozen=True, slots=True)
class Implied:
    """Somebody meant, by words ``first`` to ``last`` (excluded)."""

    name: str
    gender: Gender | None
    first: int
    last: int
    weight: int


_BEFORE_FIGURES = frozenset({"max", "min", "maximum", "minimum", "budget", "about", "around", "under", "over", "below", "above", "size", "aged", "age", "ages", "between", "from", "less", "more", "than", "only", "just", "number", "limit",
    "spend", "the", "and", "for", "top", "nearly", "almost", "roughly", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "option", "idea", "least", "most", "like", "say", "maybe", "probably", "approx", "total"})  # fmt: skip
_TEENS = (13, 19)
_AFTER_AGE = frozenset({"who", "that", "and", "for", "with", "in", "please", "pls", "is", "has", "around", "under", "birthday", "bday", "gift", "present", "christmas", "to", "at", "up"})  # fmt: skip


def by_first_names(words: Sequence[Word]) -> list[Implied]:
    """People known by their names and ages only: "Dev, 24, and Moira, 61"; two at least."""
    found = []
    for at in range(len(words) - 1):
        name, age = words[at].text, words[at + 1].text
        if not (age.isascii() and age.isdigit() and len(age) < 3 and name.isalpha() and len(name) > 2):
            continue
        opens = at == 0 or words[at - 1].clause != words[at].clause or words[at - 1].text in ("and", "for")
        ends = at + 2 == len(words) or words[at + 2].clause != words[at + 1].clause or words[at + 2].text == "and"
        if opens and ends and name not in _BEFORE_FIGURES:
            found.append(Implied("person", None, at, at + 1, 2))
    return found if len(found) > 1 else []


def _grown_or_child(years: str) -> str:
    """What somebody told by age alone is called."""
    value = int(years) if years.isascii() and years.isdigit() else WORDS.get(years, 0)
    return "child" if value < _TEENS[0] else "teenager" if value <= _TEENS[1] else "person"


def of_an_age(words: Sequence[Word]) -> list[Implied]:
    """Somebody told by age alone, and not ours: "toys for a 2 yr old"."""
    for at in range(1, len(words)):
        plain = words[at].text.removesuffix("'s").removesuffix("s")
        if plain not in ("old", "yo") and not (plain[:1].isdigit() and plain.endswith(("yo", "year-old", "yr-old"))):
            continue
        back = [one.text for one in words[max(0, at - 4) : at] if one.clause == words[at].clause]
        years = [one.split("-")[0].removesuffix("yo") for one in (*back, plain) if one[0].isdigit() or one in WORDS]
        noun = at + 1 < len(words) and words[at + 1].clause == words[at].clause
        wishes = noun and words[at + 1].text in ("like", "want", "love", "enjoy")
        if wishes and years:
            return [Implied(_grown_or_child(years[0]), None, at, at + 1, 2)]
        if years and "for" in back and not (noun and words[at + 1].text not in _AFTER_AGE):
            return [Implied(_grown_or_child(years[0]), None, at, at + 1, 2)]
    return []


def our_child(words: Sequence[Word]) -> list[Implied]:
    """A child told by age alone: "my 3 year old's birthday"."""
    for at, word in enumerate(words):
        plain = word.text.removesuffix("'s").removesuffix("s")
        if plain not in ("old", "yo") and not plain.endswith("yo"):
            continue
        back = [one.text for one in words[max(0, at - 4) : at] if one.clause == word.clause]
        if {"my", "our"} & set(back) and any(one[:1].isdigit() for one in (*back, plain)):
            texts = [one.text for one in words]
            female, male = (
                sum(one in ("she", "her", "she's") for one in texts),
                sum(one in ("he", "him", "his", "he's") for one in texts),
            )
            name, sex = (
                ("daughter", "female") if female > male else ("son", "male") if male > female else ("child", None)
            )
            return [Implied(name, sex, at, at + 1, 3)]  # type: ignore[arg-type]
    return []
