"""Which end of the budget an amount is, and whether it is money already spent."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from typing import Literal

End = Literal["low", "high"]

_OVER = (
    r"(?:over|above|more than|higher than|greater than|dearer than|pricier than|beyond|past|exceed(?:ing|s)?|north of)"
)
_UNDER = r"(?:under|below|less than|lower than|cheaper than|beneath)"
_JUST_BEFORE = r"\s*(?:about |around |the |like )?$"
_LOW_BEFORE = re.compile(
    rf"(?:at least|{_OVER}|min(?:imum)?(?: of)?|upwards? of|starting (?:at|from)|from|>=?|≥){_JUST_BEFORE}",
    re.IGNORECASE,
)
_HIGH_BEFORE = re.compile(
    rf"(?:at most|{_UNDER}|max(?:imum)?(?: of)?|up ?to|within|<=?|≤){_JUST_BEFORE}", re.IGNORECASE
)
_LOW_AFTER = re.compile(
    r"\s?(?:or (?:more|over|above|up|upwards)|and (?:up|above|over)(?! ?[£$€₹¥\d])|plus\b(?! (?:postage|shipping|delivery|p&p|tax|vat|card))|min(?:imum)?\b|at (?:the )?least\b(?! ?[£$€₹¥\d]))",
    re.IGNORECASE,
)
_HIGH_AFTER = re.compile(
    r"\s?(?:or (?:less|under|below|lower)|and (?:under|below)(?! ?[£$€₹¥\d])|max(?:imum)?\b|tops\b|at (?:the )?most\b(?! ?[£$€₹¥\d]))",
    re.IGNORECASE,
)
_NOT = r"(?:\b(?:no|not|never|nothing|none|without|nowhere|dont|cant|cannot|wont|wouldnt|shouldnt|didnt|nor|avoid|refuse|hate)\b|n't\b)"
# Behind these a refusal speaks of something else ("she doesn't drink wine so something over £20", "I don't mind going over").
_ELSEWHERE = (
    r"(?:mind|care|matter|matters|bothered|fussed|worried|sure|so|but|because|and|then|problem|issue|just|only)\b"
)
_REFUSED_OVER = re.compile(
    rf"{_NOT}(?:[\s-]+(?!{_ELSEWHERE})[\w'-]+){{0,8}}?[\s-]+{_OVER}{_JUST_BEFORE}", re.IGNORECASE
)
_BLAMED_OVER = re.compile(
    rf"\b(?:kill|murder|strangle|shout|moan|mad|angry|cross|annoyed|upset|furious|tell me off|told off|complain|guilty|embarrassed|disown|divorce|regret|in trouble)\b"
    rf" (?:(?!but\b|want|happy|willing|like)[\w']+ ){{0,6}}?(?:spend|spending|spent|go|going|went|pay|paying|paid)\b (?:\w+ ){{0,2}}{_OVER}{_JUST_BEFORE}",
    re.IGNORECASE,
)
"""Behind these spending more is what must not happen ("my wife would kill me for spending more than 30")."""
_SPENDING = r"(?:want|wanna|to|spend|spending|go|going|pay|paying|be|anything|something|it|any|looking|look|for|costing|that|costs?|a|present|gift)"
_REFUSED_UNDER = re.compile(rf"{_NOT}(?:\s+{_SPENDING}){{0,6}}?\s+{_UNDER}{_JUST_BEFORE}", re.IGNORECASE)
_IS = r"\s?(?:is|are|'s|would be|will be|feels|seems|gets|isn'?t|wouldn'?t be|won'?t be)\s(?:(?:a|bit|way|far|just|really|definitely|probably|simply|much|little)\s)*"
_TOO_MUCH = re.compile(
    rf"\s?,?\s?no (?:way|thanks|chance)\b|{_IS}(?:too (?:much|expensive|dear|pricey|steep|high|rich|big)|out\b|(?:not )?(?:possible|an option|affordable|ok(?:ay)?\b)|no\b|no-no|pushing it|excessive|over the top|off the table|a stretch)|\s?(?:puts? me off|scares? me|makes? me wince|hurts?|won'?t do|is where i stop)\b",
    re.IGNORECASE,
)
_TOO_LITTLE = re.compile(
    rf"{_IS}(?:too (?:cheap|little|low|mean|stingy|small)|out\b|no\b|no-no|mean\b|stingy|off the table)", re.IGNORECASE
)
_FINE = re.compile(
    r"\s?(?:is|are|'s|would be)\s(?:(?:also|really|totally|just)\s)*(?:ok(?:ay)?|possible|affordable|fine|an option)\b",
    re.IGNORECASE,
)
_AMOUNT_THEN_WORD = re.compile(
    r"\d(?:\s?[a-z£$€]{1,7})?\s(?:min|max|minimum|maximum|at (?:least|most)|or (?:more|less))\s*(?:of )?$",
    re.IGNORECASE,
)


def end_of_budget(text: str, start: int, end: int) -> End | None:
    """Tell which end of the budget the words make of an amount; None where they say neither.

    Args:
        text: a cleaned message.
        start: where the amount begins.
        end: where it ends.
    """
    before = text[max(0, start - 70) : start]
    after: End | None = "low" if _LOW_AFTER.match(text, end) else "high" if _HIGH_AFTER.match(text, end) else None
    if after and _AMOUNT_THEN_WORD.search(before):  # "£10 min £20 max": the word before belongs to the amount before
        return after
    if _LOW_BEFORE.search(before):
        return (
            "high"
            if _REFUSED_OVER.search(before) or _BLAMED_OVER.search(before) or _too(_TOO_MUCH, text, end)
            else "low"
        )
    if _HIGH_BEFORE.search(before):
        return "low" if _REFUSED_UNDER.search(before) or _too(_TOO_LITTLE, text, end) else "high"
    return after


_SPEAKS_OF_SPENDING = re.compile(
    r"(?:\b(?:spend|spending|go|going|pay|paying|cost|costs|costing|stretch|anything|nothing)\b[^,;.!?\n]*|(?:^|[,;.!?\n])\s*(?:please |definitely )?(?:no|not|never)\s+[\w ]+)$",
    re.IGNORECASE,
)


def refuses_more(before: str) -> bool:
    """Whether the words before a bare figure refuse to spend more ("don't go over", "nothing above"): no age is meant."""
    return _REFUSED_OVER.search(before) is not None and _SPEAKS_OF_SPENDING.search(before) is not None


def _too(refusal: re.Pattern[str], text: str, end: int) -> bool:
    return refusal.match(text, end) is not None and _FINE.match(text, end) is None


def is_refused(text: str, start: int, end: int) -> bool:
    """Whether a plain amount is turned down ("£50 is out, £20 is fine"): of several, another one is meant."""
    return _too(_TOO_MUCH, text, end) and not _LOW_BEFORE.search(text[max(0, start - 70) : start])


_ANOTHER = re.compile(
    r"(?:\b(?:she|he|they|everyone else|the others?)|\b(?:my|her|his|their|our|the)(?: (?!budget|limit|max|plan|idea|aim|price|target|spend|gift|present|and\b)[\w-]+){1,2}?)"
    r"(?:'s|'re| is| are| was| were)?(?: already| just| also)? (?:spending|spends|paying|pays|giving|gives|earns?|earning|makes|(?:getting|buying) (?:her|him|them|me) (?:a|an|some))\b[^,;.!?\n]{0,20}$",
    re.IGNORECASE,
)


def is_anothers(text: str, start: int) -> bool:
    """Whether an amount is what somebody else spends or earns ("my sister is spending £100")."""
    return _ANOTHER.search(text[max(0, start - 80) : start]) is not None


_LAST = r"last (?:year|time|christmas|xmas|birthday|month|week|summer|winter|spring|autumn|anniversary|valentine'?s)|(?:his|her|their|the) last (?:birthday|one|present|gift)|previous(?:ly)?|years? ago|the year before|in 20\d\d"
_SPENT = r"(?:\b(?:i|we|he|she|they|you|mum|mom|dad|who|already|have|has|had|was|were)|'ve|'d|'s)\s(?:\w+\s)?(?:bought|spent|gave|given|paid|got (?:her|him|them|my|it|me)|did get)\b"
_PAST = re.compile(rf"(?:\b(?:{_LAST})\b|{_SPENT})", re.IGNORECASE)
_LIKE_THEN = re.compile(r"\b(?:same|like|as)\s(?:as\s)?(?:in\s)?(?:last|before|previous)", re.IGNORECASE)
_CUTS = re.compile(
    r"[,;!?\n()\[\]]|\.(?!\d)|\s-+\s|\b(?:so|but|now|today|this (?:year|time|christmas|birthday|month)|and (?:have|now|this|i|i'd|we|would|want|am|need))\b",
    re.IGNORECASE,
)


LONGEST_CLAUSE = 160
"""Characters looked at to either side of an amount; keeps long messages cheap."""


def is_spent(text: str, start: int, end: int) -> bool:
    """Whether an amount is money of the past ("I bought her a £50 candle last year"), judged by its own clause."""
    begins = [match.end() for match in _CUTS.finditer(text, max(0, start - LONGEST_CLAUSE), start)]
    if begins and text[begins[-1] - 1 : start].strip() == "(":  # "paid for the course (£2,800)"
        begins.pop()
    first = max(begins, default=0)
    cut = _CUTS.search(text, end, end + LONGEST_CLAUSE)
    clause = text[max(first, start - LONGEST_CLAUSE) : min(cut.start() if cut else len(text), end + LONGEST_CLAUSE)]
    return _PAST.search(clause) is not None and _LIKE_THEN.search(clause) is None
