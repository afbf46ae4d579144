"""Whether an amount is for each recipient or for all of them together."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re

from nlu.wish import Scope

_WHOM = r"(?:person|people|head|kid|child|girl|boy|gift|present|item|guest|player|teacher|bridesmaid|groomsman|usher|niece|nephew|student|pupil|employee|member|recipient|grandchild|family|couple|stocking|bag|hamper|one|lady|man|woman|adult|friend|colleague|pers)"
_MANY = r"(?:[2-9]|1\d|20|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![ -]?(?:years?|yrs?|yr|yo|y/o|months?|mths?|weeks?|days?|hours?|nights?)\b)"
_SEVERAL = (
    r"people|children|men|women|(?!years|months|weeks|days|hours|nights|yrs|christmas|xmas|this|his|is|us)\w{2,}s"
)
_AFTER = r"\s?,?\s?(?:max(?:imum)? |tops |or (?:less|so|under) |roughly |budget |limit |ish |please |if (?:at all )?possible[,)]? ?|\) ?)*"
_EACH_AFTER = re.compile(
    rf"{_AFTER}(?:each\b|ea\b|apiece\b|a piece\b|pp\b|p/p\b|p\.p|per {_WHOM}s?\b|(?:for|on) each\b|for every\b|an? {_WHOM}\b|(?:to spend )?(?:on |for )each\b|individually\b)",
    re.IGNORECASE,
)
_EACH_BEFORE = re.compile(
    rf"\b(?:each (?:gift|present|one|person|kid|child|of (?:them|us))?|per (?:person|head|gift|kid|child)|every {_WHOM}|everyone gets?)\s?(?:should |would |to |must )?(?:be |is |gets? |costs? |costing )?(?::|at |for |under |about |around |max |up to |up |below |is |no more than |less than )*$",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    rf"{_AFTER}(?:to spend |budget )?(?:(?:in |as a |as )?total\b|altogether\b|all together\b|all in\b(?! all)|all up\b|in all\b|combined\b|overall\b|together\b|between (?:us|them|you|both|all|everyone|everybody|the (?:two|three|four|five|six|lot|pair|\d)|(?:the|my|our|all|these|those|his|her) (?:\w+ )?(?:{_SEVERAL}))\b|(?:between|(?:to spend )?on) (?:(?:my|our|all|the|these|those|his|her) )*{_MANY} (?:(?!and\b)[\w-]+ )?(?:{_SEVERAL})\b|"
    r"for (?:both|everyone|everybody|the (?:lot|pair|whole|two|three|four|five|six|\d+|group|team)|all (?:of (?:them|us)|three|four|five|six|\d+)|the (?:two|three|four|five|six|\d+) of them)\b|for them (?:both|all)\b|(?:to be )?(?:split|shared|divided)\b|whip-?round\b|from (?:all of us|the (?:whole )?(?:team|class|office))\b)",
    re.IGNORECASE,
)
_TOTAL_BEFORE = re.compile(
    r"\b(?:total|overall|combined|joint|whole|entire)(?: budget| spend| cost| amount| limit)?\s?(?:is|of|:|for \w+ \w+ is|would be|around|about|max|under|up to|\s)*$|\b(?:pooled|collected|clubbed together|whip-?round(?: of)?|altogether(?: we have)?)\s?(?:about |around |of |is )?$|"
    r"\b(?:split|share|divide|spread) $",
    re.IGNORECASE,
)


def scope_of(text: str, start: int, end: int) -> Scope | None:
    """Tell whether an amount is "each" or "total" by the words right around it; None where they say neither.

    Args:
        text: a cleaned message.
        start: where the amount begins.
        end: where it ends.
    """
    before = text[max(0, start - 60) : start]
    if _EACH_AFTER.match(text, end):
        return "each"
    if _TOTAL_AFTER.match(text, end):
        return "total"
    if _EACH_BEFORE.search(before):
        return "each"
    return "total" if _TOTAL_BEFORE.search(before) else None
