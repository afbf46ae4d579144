"""Ages: of the one who gets the gift, never of the one who gives it."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.numerals import WORDS, value_of
from nlu.wish import Age

OLDEST = 120


@dataclass(frozen=True, slots=True)
class AgeFound:
    """An age in whole years and where it stands."""

    age: Age
    start: int
    end: int


_SPELLED = (
    r"(?:(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_N = rf"(?:\d{{1,3}}|{_SPELLED})"
_TO = r"\s?(?:-|to|or|and|/)\s?"
_DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_ORDINAL_TENS = {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
    "twentieth": 20,
    "eighteenth": 18,
    "sixteenth": 16,
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "twenty-first": 21,
    "twenty first": 21,
    "hundredth": 100,
}
_YEARS_OLD = r"(?:\s?-?(?:years?|yrs?|yr|year's|years')\.?(?:\s?-?\s?olds?\b)|\s?-?(?:yo|y\.o\.?|y/o|y\.o|yrs|yos|yrold|yearold|yr\.? ?old)\b)"
_AFTER_NOT = r"(?!\s?(?:whisk|scotch|bourbon|rum\b|malt|wine|house|car\b|bike|laptop|computer|phone|tradition|company|business|relationship|marriage|anniversary))"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (rf"(?:\b|(?<=[\[(/,]))(?P<a>{_N})(?:{_YEARS_OLD})?{_TO}(?P<b>{_N}){_YEARS_OLD}{_AFTER_NOT}", "range"),
        (rf"\b(?P<a>{_N}){_YEARS_OLD}{_AFTER_NOT}", "one"),
        (r"\b(?P<a>\d{1,2})\s?-?(?:months?|mos?|mth|weeks?|wks?|days?)[\s-]?olds?\b", "months"),
        (rf"\b(?:aged|ages|aged between|ages between)\s?:?\s?(?P<a>{_N}){_TO}(?P<b>{_N})\b(?!\s?(?:usd|gbp|quid|pounds|dollars|bucks))", "range"),
        (rf"\b(?:aged|ages?(?: is| of|:)?)\s?:?\s?(?:about |around )?(?P<a>{_N})\b(?!\s?(?:months|weeks))", "one"),
        (r"\b(?P<m>early|mid|middle|late)[\s-]*(?:(?:to|-|/)\s?(?P<m2>mid|late)[\s-]*)?(?:to late[\s-]*)?(?P<d>\d)0(?:'?s|ish)?\b", "decade"),
        (rf"\b(?:(?P<m>early|mid|middle|late)[\s-]*(?:(?:to|-|/)\s?(?P<m2>mid|late)[\s-]*)?)?(?P<w>{'|'.join(_DECADES)})\b", "decade"),
        (r"(?<![\d£$€])(?P<d>[2-9])0'?s\b(?!\s?(?:music|style|movie|fashion|theme|themed|rock|disco|pop|band|vibe|hits|song|era|retro|tv|cartoon|toy))", "decade"),
        (r"(?<![\d£$€])\b(?P<d>[2-9])0[-\s]?somethings?\b", "decade"),
        (r"(?<![\d£$€])\b(?P<d>[2-9])0s to (?P<d2>[2-9])0s\b", "decades"),
        (rf"\b(?:turning|turns|turned|turn|about to be|will be|be turning|going to be|gonna be|just over|nearly|almost|approaching|pushing|hitting|the big)\s(?:the big )?(?P<a>{_N})\b(?!\s?(?:%|usd|gbp|quid|pounds|dollars|bucks|years? (?!old)|weeks|days|months|people|hours|minutes|inches|of))", "one"),
        (r"\b(?P<a>\d{1,3})(?:st|nd|rd|th)\s?(?:b-?day|birthday|bithday|birth day)\b", "one"),
        (r"(?:'s|s|her|his|my|a|their|is|,)\s(?:big )?(?P<a>16|18|21|30|40|50|60|65|70|75|80|85|90|95|100)(?:th|st)\b(?!\s?(?:anniversary|wedding|of|floor|century|grade|edition|street|ave|place|time|january|february|march|april|may|june|july|august|september|october|november|december))", "one"),
        (rf"\b(?P<o>{'|'.join(_ORDINAL_TENS)})\s(?:b-?day|birthday)\b", "ordinal"),
        (r"\bbig (?P<a>\d)[-\s]?0\b", "tens"),
        (r"\b(?:he's|she's|hes|shes|he is|she is|they're|they are|who's|whos|who is|(?<!budget )(?<!limit )(?<!price )(?<!max )is|(?<!budget)(?<!limit)(?<!price)'s)\s(?:about |around |like |only |now |just )?(?P<a>\d{1,3})(?=\s*(?:$|[,.;!?)\n]|and\b|but\b|so\b|who\b|with\b|this\b|next\b|in\b|on\b|now\b|today|tomorrow|years\b|yrs\b))(?!\s?(?:years?|yrs?)\s(?!old|young))", "one"),
        (r"(?<![\d£$€.,])\b(?P<a>\d{2,3})\s?\+\s?(?:year|yr|woman|man|lady|female|male)", "plus"),
        (r"\b(?:over|above)\s(?P<a>[5-9]0)\b(?=\s*(?:$|[,.;!)]))(?=.{0,2}$)", "none"),
        (r"(?<![\w£$€])(?P<a>\d{1,2})\s?(?P<g>[mf])\b(?!\s?[/'&])", "one"),
        (r"(?<![\w£$€'])[mf]\s?/?\s?(?P<a>\d{1,2})\b(?![\d.,]*\s?(?:\$|£|€|usd|gbp))", "one"),
    )
)  # fmt: skip
_APPOSITION = re.compile(
    r"\s?(?:,|\(|\[|-|/|is|who is|who's)?\s?(?P<a>\d{1,3})(?P<s>\s?'?s)?(?=\s*(?:$|[,;.!?)\]\n/|]|and\b|who\b|loves\b|likes\b|f\b|m\b))",
    re.IGNORECASE,
)
_GIVER = re.compile(
    r"(?:\b(?:i'?m|i am|im|me|we'?re|we are|we both|myself)\b[\s,(\[]*(?:a |an |also |only |just |currently |both |in my |in our |about |male |female |guy )*|\bmy (?:early|mid|late)\s*$)$",
    re.IGNORECASE,
)


def find_ages(text: str, people: tuple[tuple[int, int], ...] = ()) -> tuple[AgeFound, ...]:
    """Find the ages a message names, in the order they stand.

    Args:
        text: a cleaned message.
        people: spans of recipients; a bare number right after one ("my mum, 60") is an age.

    Returns:
        Ages of others than the writer; each between 0 and 120.
    """
    found: list[AgeFound] = []
    givers: list[AgeFound] = []
    if any(char.isdigit() for char in text) or _SPELLED_AGE.search(text):
        for pattern, kind in _PATTERNS:
            for match in pattern.finditer(text):
                _keep(found, givers, _age(match, kind), match.start(), match.end(), text)
    for _, end in people:
        if beside := _APPOSITION.match(text, end):
            number = int(beside.group("a"))
            oldest = number + 9 if beside.group("s") and number % 10 == 0 else number
            _keep(found, givers, (number, oldest), beside.start("a"), beside.end(), text)
    return tuple(sorted(found, key=lambda one: one.start))


_SPELLED_AGE = re.compile(rf"{'|'.join(_DECADES)}|year|yo\b|turn|aged?|birthday|bday", re.IGNORECASE)


def _keep(found: list[AgeFound], givers: list[AgeFound], age: Age | None, start: int, end: int, text: str) -> None:
    """Add an age to the recipient's or the writer's own, unless its place is taken or it is out of range."""
    if age is None or not 0 <= age[0] <= age[1] <= OLDEST:
        return
    if any(start < one.end and one.start < end for one in (*found, *givers)):
        return
    is_giver = _GIVER.search(text[max(0, start - 40) : start])
    (givers if is_giver else found).append(AgeFound(age, start, end))


def _number(text: str) -> int:
    value = value_of(text)
    return int(value) if value is not None else WORDS.get(text.lower(), OLDEST + 1)


def _age(match: re.Match[str], kind: str) -> Age | None:
    parts = match.groupdict()
    if kind == "one":
        return (_number(parts["a"]),) * 2
    if kind == "range":
        low, high = _number(parts["a"]), _number(parts["b"])
        return (low, high) if low <= high else None
    if kind == "months":
        months = int(parts["a"]) if "month" in match.group().lower() or "mo" in match.group().lower() else 0
        return (months // 12,) * 2
    if kind == "plus":
        return int(parts["a"]), OLDEST
    if kind == "tens":
        return (int(parts["a"]) * 10,) * 2
    if kind == "ordinal":
        return (_ORDINAL_TENS[parts["o"].lower()],) * 2
    if kind == "decades":
        return int(parts["d"]) * 10, int(parts["d2"]) * 10 + 9
    return _decade(parts) if kind == "decade" else None


_PART_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9), "": (0, 9)}


def _decade(parts: dict[str, str | None]) -> Age:
    base = int(digit) * 10 if (digit := parts.get("d")) else _DECADES[(parts.get("w") or "").lower()]
    first = (parts.get("m") or "").lower()
    last = (parts.get("m2") or first).lower()
    return base + _PART_OF_DECADE[first][0], base + _PART_OF_DECADE[last][1]
