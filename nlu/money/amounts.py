"""Amounts as they are written: "£20-30", "50ish", "1.5k", "fiver to fifteen quid", "two figures". No meaning yet."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nlu.money.currencies import HUNDREDTH, PREFIX, SUFFIX, code_of, code_of_hundredth
from nlu.words.numerals import NUMBER, value_of

HIGHEST = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure (``low`` is None) or a range, and where it stands. ``currency`` is an ISO 4217 code.

    ``more`` marks a figure with a plus behind it ("£50+"), ``fixed`` a pair of ends nothing around may change,
    ``counted`` one said in hundredths ("75 cents"), so money whatever its currency.
    """

    low: Decimal | None
    high: Decimal
    currency: str | None
    start: int
    end: int
    more: bool = False
    fixed: bool = False
    counted: bool = False


_TIMES = {"hundred": 100, "k": 1_000, "grand": 1_000, "thou": 1_000, "thousand": 1_000, "lakh": 100_000, "lakhs": 100_000, "lac": 100_000, "lacs": 100_000}  # fmt: skip
_NOT_THOUSANDS = r"(?!\s?(?:runs?|race|runner|marathon|steps|tv|monitor|screen|followers|gold|carat))"
_K = rf"\s?(?:k\b{_NOT_THOUSANDS}|(?:{'|'.join(sorted(_TIMES, key=len, reverse=True)[:-1])})\b)"
_ISH = r"(?:[\s-]?ish\b|\s?or so\b|[\s-]?odd\b|\s?give or take\b)"
_SLANG = r"\b(?:(?:a|an|one|two|three|four|couple of|a couple of)\s)?(?:tenner|fiver)s?\b|\ba grand(?=\s*(?:$|[,.;!?)]|max\b|tops\b|each\b|in\b|for\b|on\b|to\b|or\b|limit\b|budget\b|at most\b))|\ba score(?=\s?(?:'?s enough|is enough|max\b|tops\b|each\b|or (?:less|so)\b|limit\b|budget\b|at most\b))|\b\d{1,3} notes(?=\s(?:max|tops|each|or less|limit)\b)"
# "2 pounds 50", "£2 and 50p": the hundredths behind the whole ones.
_ODD = rf"(?:\s(?:and\s)?(?P<odd#>\d{{1,2}})(?:\s?{HUNDREDTH}|(?<=\d\d)(?=\s*(?:$|[,.;!?)](?!\d)))))"
_ODD_SPELLED = rf"(?:\s(?:and\s)?(?P<odd#>\d{{1,2}})\s?{HUNDREDTH})"
_UNIT = rf"(?:\s?(?P<sub#>{HUNDREDTH})|\s?(?P<suf#>{SUFFIX}){_ODD}?|{_ODD_SPELLED.replace('odd', 'off')})"
_AMOUNT = rf"(?:(?P<slang#>{_SLANG})|(?:(?P<pre#>{PREFIX})\s?(?:[<≤~]=?\s?)?)?(?P<num#>{NUMBER})(?P<k#>{_K})?(?:,-{{1,2}}(?=\s|$|€))?(?:{_ISH})?{_UNIT}?(?:{_ISH})?)"
_BETWEEN = r"\s?(?:-+|(?=[£$€]\d)|to|and|&|or|/|til|till|until|up to|- ?maybe|,? maybe|~)\s?(?:about |around |maybe |up to |max )?"
_PLUS = r"(?P<plus>\s?\+(?!\s?/?\s?-))?"
_RANGE = re.compile(_AMOUNT.replace("#", "1") + _BETWEEN + _AMOUNT.replace("#", "2") + _PLUS, re.IGNORECASE)
_SINGLE = re.compile(_AMOUNT.replace("#", "1") + _PLUS, re.IGNORECASE)
_FIGURES = re.compile(
    r"(?P<not>\b(?:not?|nothing|never|under|below|less than|short of|avoid|before|hit(?:s|ting)?|out of|don'?t want|n't)\s(?:\w+\s){0,3}?)?\b(?P<n>two|2|double|three|3|triple|four|4)[\s-]figures?\b",
    re.IGNORECASE,
)
_DIGITS_OF = {"two": 2, "2": 2, "double": 2, "three": 3, "3": 3, "triple": 3, "four": 4, "4": 4}
_HEADS = "half|couple|hundred|thousand|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir|fou?r|fif|six|seven|eigh|nine|twen|tenners?|fivers?|grand|score"
_SPELLED_HEAD = re.compile(rf"\b(?:{_HEADS})(?:teen|ty)?", re.IGNORECASE)
_HEAD = re.compile(
    rf"\d+|\b(?:a (?=couple|hundred|thousand|grand|score|tenner|fiver)|half a |(?:{_HEADS})(?:teen|ty)?\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d+")
_SIGN_BEFORE = re.compile(rf"{PREFIX}\s?(?:[<≤~]=?\s?)?$", re.IGNORECASE)
_LONGEST_SIGN = 8


def find_amounts(text: str) -> Iterator[tuple[Amount, str]]:
    """Yield the amounts of a cleaned message from left to right, each with its number as written.

    A range that makes none (its ends reversed, or of two currencies) comes as single figures.
    """
    spelled = _SPELLED_HEAD.search(text) is not None
    if spelled:
        for figures in _FIGURES.finditer(text):
            yield _of_figures(figures), figures.group()
    head, at = (_HEAD if spelled else _DIGIT), 0
    while found := head.search(text, at):
        start = found.start()
        if sign := _SIGN_BEFORE.search(text[max(at, start - _LONGEST_SIGN) : start]):
            start -= len(sign.group())
        at = found.end()
        for match in (_RANGE.match(text, start), _SINGLE.match(text, start)):
            if match and (amount := _amount(match)):
                at = max(at, match.end())
                yield amount, match.group("num1") or ""
                break


def _of_figures(match: re.Match[str]) -> Amount:
    digits = _DIGITS_OF[match.group("n").lower()]
    if match.group("not"):
        return Amount(None, Decimal(10 ** (digits - 1) - 1), None, match.start("n"), match.end(), fixed=True)
    low = None if digits == 2 else Decimal(10 ** (digits - 1))
    return Amount(low, Decimal(10**digits - 1), None, match.start("n"), match.end(), fixed=True)


def _amount(match: re.Match[str]) -> Amount | None:
    return _as_range(match) if match.re is _RANGE else _as_single(match)


def _as_single(match: re.Match[str]) -> Amount | None:
    value = _value(match, 1)
    if value is None:
        return None
    start, end, more, counted = match.start(), match.end(), bool(match.group("plus")), _counts_hundredths(match)
    return Amount(None, value, _currency(match, 1), start, end, more=more, counted=counted)


def _as_range(match: re.Match[str]) -> Amount | None:
    low, high = _value(match, 1), _value(match, 2)
    codes = {_currency(match, 1), _currency(match, 2)} - {None}
    if low is None or high is None or len(codes) == 2:
        return None
    if match.group("k2") and not match.group("k1") and low < 1000:
        low *= _TIMES[match.group("k2").strip().lower()]
    if match.group("sub2") and _currency(match, 1) is None and not match.group("sub1"):  # "50-80p"
        low = _hundredths(match.group("num1"), low)
    one_is_spelled = [not (match.group(f"num{end}") or "x")[:1].isdigit() for end in (1, 2)]
    if low >= high or (one_is_spelled == [True, False] and low < 10):  # "just the one, maybe £20"
        return None
    counted = _counts_hundredths(match)
    return Amount(low, high, next(iter(codes), None), match.start(), match.end(), counted=counted)


def _counts_hundredths(match: re.Match[str]) -> bool:
    return any(name.startswith("sub") and said for name, said in match.groupdict().items())


def _hundredths(number: str, value: Decimal) -> Decimal:
    """Seventy-five pence as pounds; a figure with a point ("2.50p") is in whole ones already."""
    return value if "." in number or "," in number else value / 100


def _value(match: re.Match[str], number: int) -> Decimal | None:
    if slang := match.group(f"slang{number}"):
        return _slang(slang.lower())
    value = value_of(match.group(f"num{number}"))
    if value is not None and (times := match.group(f"k{number}")):
        value *= _TIMES[times.strip().lower()]
    if value is None or not 0 <= value <= HIGHEST:
        return None
    if match.group(f"sub{number}"):
        written = match.group(f"num{number}")
        if match.group(f"pre{number}") and value == value.to_integral_value() and "." not in written:
            return None  # "£50p" may be either
        value = _hundredths(written, value)
    elif odd := match.group(f"odd{number}") or (match.group(f"pre{number}") and match.group(f"off{number}")):
        value += Decimal(odd) / 100
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _slang(words: str) -> Decimal:
    if words.endswith("grand"):
        return Decimal(1_000)
    if words.endswith("score"):
        return Decimal(20)
    if words.endswith("notes"):
        return Decimal(words.removesuffix("notes").strip())
    times = next((n for word, n in (("two", 2), ("couple", 2), ("three", 3), ("four", 4)) if word in words), 1)
    return Decimal(times * (10 if "tenner" in words else 5))


def _currency(match: re.Match[str], number: int) -> str | None:
    if slang := match.group(f"slang{number}"):
        return None if slang.lower().endswith("grand") else "GBP"
    for part in ("pre", "suf"):
        if word := match.group(f"{part}{number}"):
            return code_of(word)
    if word := match.group(f"sub{number}"):
        return code_of_hundredth(word)
    times = (match.group(f"k{number}") or "").strip().lower()
    return "INR" if times.startswith("la") else None
