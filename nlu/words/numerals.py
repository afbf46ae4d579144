"""Numbers as people write them: 1,500 or 12.50 or 1,00,000 or "twenty five" or "a couple of hundred"."""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * (index + 2) for index, word in enumerate(_TENS_WORDS)
}
WORDS["fourty"] = 40

TENS = r"\b(?:ten|fifteen|twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
"""Number words that are amounts or ages by themselves ("two" and "one" mean too much else)."""

_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TEN = r"(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
_BELOW_HUNDRED = rf"(?:{_TEN}(?:[\s-]{_UNIT}\b)?|{_TEEN}|{_UNIT})\b"
_HUNDRED = (
    rf"(?:(?:half a|a couple(?: of)?|couple(?: of)?|a|{_BELOW_HUNDRED})\s)?hundred\b(?:\s(?:and\s)?{_BELOW_HUNDRED})?"
)
_THOUSAND = rf"(?:half a|a couple(?: of)?|couple(?: of)?|a|{_BELOW_HUNDRED})\sthousand\b(?:\s(?:and\s)?{_HUNDRED})?"
SPELLED = rf"\b(?:{_THOUSAND}|{_HUNDRED}|{_BELOW_HUNDRED})"
_GROUPED = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![\d,]*\d)|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?(?!\d)"
_POINTED = r"\d{1,3}(?:\.\d{3})+(?:,\d{2})?(?!\d)"
DIGITS = rf"{_GROUPED}|{_POINTED}|\d+[.,]\d(?=\s?(?:k|grand|lakh|lac|thousand)\b)|\d{{1,7}}(?:[.,]\d{{2}}(?!\d))?"
NUMBER = rf"(?:{DIGITS}|{SPELLED})"
"""A number in digits (English, continental or Indian grouping) or in words up to 99,999."""


def value_of(number: str) -> Decimal | None:
    """Return the value of a text that matched `NUMBER`; None for anything else."""
    number = number.strip().lower()
    if number[:1].isdigit() and number.isascii():
        return _digits(number)
    total = Decimal(0)
    part = Decimal(0)
    for word in re.split(r"[\s-]+", number):
        if word == "hundred":
            part = (part or Decimal(1)) * 100
        elif word == "thousand":
            total, part = total + (part or Decimal(1)) * 1000, Decimal(0)
        elif word == "half":
            part = Decimal("0.5")
        elif word == "couple":
            part = Decimal(2)
        elif word in WORDS:
            part += WORDS[word]
        elif word not in ("a", "and", "of"):
            return None
    return total + part


def _digits(number: str) -> Decimal | None:
    if re.fullmatch(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?", number):
        return Decimal(number.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", number):
        return Decimal(number.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", number):
        return Decimal(number.replace(",", "."))
    return None
