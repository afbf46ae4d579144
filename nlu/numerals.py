"""Numbers as people write them: 1,500 or 12.50 or "twenty five"."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from decimal import Decimal

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS_WORDS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * (index + 2) for index, word in enumerate(_TENS_WORDS)
}
WORDS["fourty"] = 40

TENS = r"\b(?:ten|fifteen|twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
"""Number words that are amounts or ages by themselves ("two" and "one" mean too much else)."""

_UNIT_PART = r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine)\b)"
_HUNDRED = r"(?:\b(?:a|one|two|three|four|five|six|seven|eight|nine)\s)?hundred(?:\s(?:and\s)?(?:ten|twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)\b)?"
SPELLED = rf"(?:{_HUNDRED}|{TENS}\b{_UNIT_PART}?)"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:[.,]\d{2}(?!\d))?"
NUMBER = rf"(?:{DIGITS}|{SPELLED})"


def value_of(number: str) -> Decimal | None:
    """Return the value of a text that matched `NUMBER`; None for anything else."""
    number = number.strip().lower()
    if number[:1].isdigit() and number.isascii():
        return _digits(number)
    total = 0
    for word in re.split(r"[\s-]+", number):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in WORDS:
            total += WORDS[word]
        elif word not in ("a", "and"):
            return None
    return Decimal(total)


def _digits(number: str) -> Decimal | None:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        return Decimal(number.replace(",", ""))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", number):
        return Decimal(number.replace(",", "."))
    return None
