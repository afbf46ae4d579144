"""Money: what a message says about the price, and never a phone number, an age, a date or a quantity."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nlu.money_bounds import end_of_budget, is_spent, refuses_more
from nlu.numerals import NUMBER, TENS, value_of
from nlu.wish import Scope, Vague

HIGHEST = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class BudgetFound:
    """A budget and where it stands. ``currency`` is an ISO 4217 code, None where none was named.

    ``also`` is the place of the other end where the message names the two ends apart.
    """

    low: Decimal | None
    high: Decimal | None
    currency: str | None
    start: int
    end: int
    also: tuple[int, int] | None = None
    scope: Scope | None = None


_SIGNS = {"£": "GBP", "$": "USD", "€": "EUR", "₹": "INR", "¥": "JPY"}
_CODES = {
    "GBP": ("gbp", "quid", "pounds", "pound", "sterling", "squid", "quids"),
    "USD": ("usd", "us$", "dollars", "dollar", "bucks", "buck", "us dollars"),
    "EUR": ("eur", "euros", "euro", "eu"),
    "CAD": ("cad", "ca$", "c$", "cdn", "canadian dollars", "canadian"),
    "AUD": ("aud", "au$", "a$", "australian dollars", "aussie dollars"),
    "NZD": ("nzd", "nz$"),
    "INR": ("inr", "rs", "rupees", "rupee", "rs."),
    "JPY": ("jpy", "yen"),
    "CHF": ("chf", "francs", "franken"),
    "SEK": ("sek", "kronor"),
}
_CURRENCY_OF = {word: code for code, words in _CODES.items() for word in words} | _SIGNS
_PREFIX = r"(?:us\$|ca\$|c\$|au\$|a\$|nz\$|rs\.?|gbp|usd|eur|cad|aud|[£$€₹¥])"
_SUFFIX = (
    r"(?:us dollars|canadian dollars|australian dollars|aussie dollars|[£$€₹¥]|(?:"
    + "|".join(sorted((w for w in _CURRENCY_OF if w.isalpha()), key=len, reverse=True))
    + r")\b)"
)
_UNIT_AFTER = re.compile(
    r"\s?-?(?:%|\u00b0|percent|(?:x|yrs?|years?|yo|y/o|y\.o|yr|months?|mos?|weeks?|days?|hours?|hrs?|mins?|minutes?|seconds?|"
    r"people|persons?|kids|friends|guests|of (?:us|them|my|his|her|our)|inch(?:es)?|in\.|cm|mm|ft|feet|foot|metres?|meters?|km|kms|miles?|mph|"
    r"oz|ml|lbs?|kg|kgs|grams?|g|litres?|liters?|gb|tb|mb|am|pm|a\.m|p\.m|o'?clock|st|nd|rd|th|s|'s|ideas?|things?|gifts?|presents?|"
    r"items?|options?|pieces?|packs?|sets?|nieces|nephews|boys|girls|sons|daughters|brothers|sisters|cats|dogs|books|times|points|"
    r"stars?|players?|different|more|other|or so (?:years|people|of)|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|of (?:january|december)|degrees?|/7|"
    r"weeks?'|days?'|letters?|pages?|words?|rooms?|bedroom|bed|foot|calories|watts?|volts?)\b)",
    re.IGNORECASE,
)
_NOT_A_BUDGET_AFTER = re.compile(
    r"\s?(?:off\b|discount|voucher|gift ?-?(?:card|certificate|voucher)|credit\b|coupon|shipping|postage|delivery|refund|note\b|bill\b|an hour|"
    r"per hour|a month|a year|per month|a week|deposit|of coffee|of weight|overweight|heavier|lighter)",
    re.IGNORECASE,
)
_NOT_A_BUDGET_BEFORE = re.compile(
    r"(?:shipping (?:is|was|costs?)|delivery (?:is|was|costs?)|postage (?:is|was)|refund(?:ed)?(?: of)?|charged(?: me)?|lost|owes?(?: me)?|"
    r"won|save|saved|earns?|raised?|orders? (?:over|above)|free (?:shipping|delivery) (?:over|on)|gift ?cards? (?:for|of|worth)|"
    r"that's not|paid(?: about)?|it costs?|they cost|cost(?:s|ing)?|retails? (?:at|for)|priced at|lose|lost|weighs?|weight)\s*(?:\w+\s)?$",
    re.IGNORECASE,
)
_ISH = r"(?:\s?-?ish\b|\s?or so\b|\s?odd\b)"
_AMOUNT = (
    rf"(?:(?P<pre#>{_PREFIX})\s?)?(?P<num#>{NUMBER})(?P<k#>\s?k\b)?(?:{_ISH})?(?:\s?(?P<suf#>{_SUFFIX}))?(?:{_ISH})?"
)
_BETWEEN = r"\s?(?:-+|(?=[£$€]\d)|to|and|or|/|til|till|until|up to|- ?maybe|,? maybe|~)\s?(?:about |around |maybe |up to |max )?"
_RANGE = re.compile(
    _AMOUNT.replace("#", "1") + _BETWEEN + _AMOUNT.replace("#", "2") + r"(?P<plus>\s?\+(?!\s?/?\s?-))?", re.IGNORECASE
)
_SINGLE = re.compile(_AMOUNT.replace("#", "1") + r"(?P<plus>\s?\+(?!\s?/?\s?-))?", re.IGNORECASE)
_SLANG = re.compile(
    r"\b(?:a |one )?(?P<word>tenner|fiver|twenty spot|grand|ton|monkey|pony|couple (?:of )?hundred|few hundred|benjamin)\b",
    re.IGNORECASE,
)
_SLANG_WORTH = {
    "tenner": (10, "GBP"),
    "fiver": (5, "GBP"),
    "couple hundred": (200, None),
    "couple of hundred": (200, None),
}

_HEDGE = (
    r"(?:about|around|approx(?:imately)?\.?|roughly|circa|ca\.|~|maybe|perhaps|say|like|probably|let'?s say|i'?d say|or so|ish|"
    r"up to|upto|max(?:imum)?(?: of)?|at most|no more than|not more than|under|below|less than|within|<=?|≤|sub|tops|"
    r"in the region of|somewhere|somewhere around|anything|anything up to|i think|i guess|hmm+|um+|er+|well|ok|just|only|so|"
    r"between|from|in the|the|of|my|our|a|an|is|it'?s|budget|price range|limit|to spend|spend|each|per person|pp|please|pls|thanks|"
    r"if possible|ideally|preferably|total|in total|in all|all in|or less|or under|or below|and under|or lower|absolute|mate|x|:|-)"
)
_CUE_BEFORE = re.compile(
    r"(?:budget(?:'s| is| of| would be| around| about| for \w+)?|price(?: range| point| limit)?|spend(?:ing)?(?: limit)?|limit(?:ed)?(?: of| is| to)?|cap(?:ped)?(?: of| at)?|"
    r"afford|under|below|less than|up to|upto|at most|max(?:imum)?|no more than|not more than|more than|at least|within|over|above|"
    r"cheaper than|looking at|pay|<=?|≤|sub|between|around|about|approx|roughly|for (?:about|around|under|less than)|have(?: about| around| only)?|got(?: about| around)?|with)"
    r"(?:[\s:=~]|is|of|a|the|only|about|around|roughly|approx(?:imately)?|maybe|like|to|max|between|somewhere|from|no more than|up to|under|less than|say|just|probably)*$",
    re.IGNORECASE,
)
_STRONG_CUE = re.compile(
    r"(?:(?:have|got|'ve got) (?:about|around|only|up to|roughly|just)|budget|price|spend|limit|cap\b|afford|max|at most|pay\b|cheaper than|no more than|not more than|up ?to|under|below|less than|<|≤)[^.!?\n]{0,22}$",
    re.IGNORECASE,
)
_CUE_AFTER = re.compile(
    r"\s?(?:max(?:imum)?\b|or (?:less|under|below|lower)|and under|tops\b|limit\b|budget|price range|price point|spend\b|to spend|at most|each\b|per person|pp\b|mark\b|is (?:my|the|our) (?:limit|budget|max))",
    re.IGNORECASE,
)
_LINKS = re.compile(r"https?://\S+|www\.\S+|[@#]\w+", re.IGNORECASE)
_NO_BUDGET = re.compile(
    r"\b(?:money(?:'s| is|s)? (?:is )?(?:no|not an?|isn'?t an?|not really an?) (?:object|issue|problem|concern)|(?:price|cost|budget|money)(?:'s| is)? (?:is )?(?:not|isn'?t|no) "
    r"(?:an? |really an? )?(?:issue|object|problem|concern|limit|constraint)|no (?:set |real |fixed |strict |specific |particular |price |spending |upper )?(?:budget|price limit|spending limit|price cap|price range|limit)\b"
    r"(?! (?:of|is|on))|unlimited budget|budget(?:'s| is)? (?:unlimited|open|flexible|whatever)|(?:the )?sky'?s? (?:is )?the limit|any (?:price|budget|amount)|whatever (?:it costs|the (?:price|cost)|price)|"
    r"(?:don'?t|do not|doesn'?t|dont|not) (?:really )?(?:mind|care|bothered|fussed|worried|matter)(?: about| how much)? ?(?:(?:what|how much) (?:it|i|they|we) (?:costs?|spend)|(?:the )?(?:price|cost|money|budget)\b)|"
    r"(?:price|cost|budget|money) (?:doesn'?t|does not|doesnt) (?:really )?matter|how much (?:it costs )?doesn'?t matter|(?:spare|sparing) no expense|cost no object|price no object)",
    re.IGNORECASE,
)  # fmt: skip


def says_no_budget(text: str) -> bool:
    """Whether the message says that the price does not matter."""
    return _NO_BUDGET.search(text) is not None


def vague_budget(text: str) -> Vague | None:
    """What a message hints of the price without a figure: "not too expensive" is low, "splash out" high."""
    return None


def find_budget(text: str, taken: tuple[tuple[int, int], ...] = ()) -> BudgetFound | None:
    """Find the budget a message names: "£20 to £30", "about 25", "50ish", "a tenner", "no more than 40 quid".

    Args:
        text: a cleaned message.
        taken: spans that already are something else (ages), so no money.

    Returns:
        The budget most clearly meant as one (spoken of as a budget before merely named), or None. One figure is
        the upper end unless the words make it the lower.
    """
    if not _HAS_NUMBER.search(text):
        return None
    hidden = [*taken, *((m.start(), m.end()) for m in _LINKS.finditer(text)), *_phone_numbers(text)]
    ranked = [
        (score, -found.start, found)
        for score, found in _candidates(text, hidden)
        if (found.low or found.high) and not is_spent(text, found.start, found.end)
    ]
    if not ranked:
        return None
    ranked.sort(key=lambda entry: entry[:2], reverse=True)
    best, *others = (found for _, _, found in ranked)
    return _with_country(_with_other_end(best, others), text)


def _with_other_end(best: BudgetFound, others: Sequence[BudgetFound]) -> BudgetFound:
    """Fold in the other end of the budget where the message names it apart ("at least £10, at most £20")."""
    for other in others:
        if best.currency != other.currency and None not in (best.currency, other.currency):
            continue
        currency = best.currency or other.currency
        for low_end, high_end in ((best, other), (other, best)):
            low, high = low_end.low, high_end.high
            whole = low_end.high is None and high_end.low is None
            if whole and low is not None and high is not None and low < high:
                return BudgetFound(low, high, currency, best.start, best.end, also=(other.start, other.end))
    return best


_HAS_NUMBER = re.compile(rf"\d|{TENS}|tenner|fiver|hundred", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d£$€₹¥])\+?\d[\d\s().-]{6,18}\d")


def _phone_numbers(text: str) -> list[tuple[int, int]]:
    """Long digit runs that are no amount: phone, order and card numbers, dates."""
    spans = []
    for match in _PHONE.finditer(text):
        groups = re.findall(r"\d+", match.group())
        if sum(map(len, groups)) >= 8 and not re.fullmatch(
            r"\d{1,4}(?:\.\d\d)?\s?-+\s?\d{1,4}(?:\.\d\d)?", match.group()
        ):
            spans.append((match.start(), match.end()))
    return spans + [(m.start(), m.end()) for m in re.finditer(r"\b\d{1,4}[/.]\d{1,2}[/.]\d{2,4}\b", text)]


def _candidates(text: str, hidden: list[tuple[int, int]]) -> list[tuple[int, BudgetFound]]:
    found: list[tuple[int, BudgetFound]] = []
    passed: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        pair, single = _RANGE.search(text, at), _SINGLE.search(text, at)
        if single is None:
            break
        if pair and pair.start() <= single.start() and (scored := _as_range(text, pair, hidden)):
            found.append(scored)
            at = pair.end()
            continue
        if scored := _as_single(text, single, hidden):
            found.append(scored)
        else:
            passed.append(single)
        at = max(single.end(), at + 1)
    found += [(2, end) for match in passed if (end := _as_other_end(text, match, hidden, found))]
    for match in _SLANG.finditer(text):
        worth = _SLANG_WORTH.get(match.group("word").lower())
        if worth:
            found.append((3, BudgetFound(None, Decimal(worth[0]), worth[1], match.start(), match.end())))
    return found


def _currency(match: re.Match[str], *numbers: int) -> str | None:
    for number in numbers:
        for part in ("pre", "suf"):
            if word := match.group(f"{part}{number}"):
                return _CURRENCY_OF.get(word.lower()) or _CURRENCY_OF.get(word.lower().rstrip("."))
    return None


def _amount(match: re.Match[str], number: int) -> Decimal | None:
    value = value_of(match.group(f"num{number}"))
    if value is not None and match.group(f"k{number}"):
        value *= 1000
    return value if value is not None and 0 <= value <= HIGHEST else None


def _as_range(text: str, match: re.Match[str], hidden: list[tuple[int, int]]) -> tuple[int, BudgetFound] | None:
    start, end = match.start(), match.end()
    low, high, currency = _amount(match, 1), _amount(match, 2), _currency(match, 1, 2)
    if low is None or high is None or not _stands_alone(text, start, end, hidden):
        return None
    two_currencies = {_currency(match, 1), _currency(match, 2)} - {None}
    if len(two_currencies) == 2:
        return None
    if match.group("k2") and not match.group("k1") and low < 1000:
        low *= 1000
    if low >= high or (currency is None and low * 20 < high):
        return None
    score = _score(text, start, end, currency)
    return (score + 1, BudgetFound(low, high, currency, start, end)) if score else None


def _as_single(text: str, match: re.Match[str], hidden: list[tuple[int, int]]) -> tuple[int, BudgetFound] | None:
    start, end = match.start(), match.end()
    value, currency = _amount(match, 1), _currency(match, 1)
    if value is None or not _stands_alone(text, start, end, hidden):
        return None
    score = _score(text, start, end, currency)
    if not score:
        return None
    if match.group("plus") or end_of_budget(text, start, end) == "low":
        return score, BudgetFound(value, None, currency, start, end)
    return score, BudgetFound(None, value, currency, start, end)


def _as_other_end(
    text: str, match: re.Match[str], hidden: list[tuple[int, int]], found: Sequence[tuple[int, BudgetFound]]
) -> BudgetFound | None:
    """Read a bare figure as the least where the most stands beside it ("at least 10, at most 20")."""
    start, end = match.start(), match.end()
    value = _amount(match, 1)
    if value is None or not _stands_alone(text, start, end, hidden) or end_of_budget(text, start, end) != "low":
        return None
    for _, most in found:
        between = text[end : most.start] if end <= most.start else text[most.end : start]
        if most.low is None and most.high is not None and value < most.high and _BESIDE.fullmatch(between):
            return BudgetFound(value, None, _currency(match, 1), start, end)
    return None


_BESIDE = re.compile(
    r"[\s,;]*(?:(?:but|and|more|less|than|at|least|most|over|above|under|below|min|minimum|max|maximum|no|not|or|tops|of|up|to|about|around)\b[\s,;]*){0,8}",
    re.IGNORECASE,
)


def _stands_alone(text: str, start: int, end: int, hidden: list[tuple[int, int]]) -> bool:
    """Neither part of a longer word or number nor of what is already known to be something else."""
    if any(start < stop and begin < end for begin, stop in hidden):
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if (
        before.isalnum()
        or before in ("#", "@", "_")
        or (before in (".", "/", ":") and text[start - 2 : start - 1].isdigit())
    ):
        return False
    return not (
        (after.isalnum() and not _GLUED.match(text, end))
        or after == "_"
        or (after in (":", "/") and text[end + 1 : end + 2].isdigit())
    )


_GLUED = re.compile(r"(?:each|max|ea|pp|ish|or|total)\b", re.IGNORECASE)


def _score(text: str, start: int, end: int, currency: str | None) -> int:
    """How clearly this is the budget: 0 not at all, up to 6."""
    before = text[max(0, start - 60) : start]
    if _NOT_A_BUDGET_AFTER.match(text, end):
        return 0
    cued = bool(_CUE_BEFORE.search(before) or _CUE_AFTER.match(text, end))
    strong = bool(_STRONG_CUE.search(before) or _CUE_AFTER.match(text, end))
    if currency is not None:
        if _NOT_A_BUDGET_BEFORE.search(before) and not strong:
            return 1 if re.search(r"cost\w*\s*(?:\w+\s)?$", before) else 0
        if _REJECTED.search(before):
            return 1
        return 5 if strong else 4 if cued else 3
    if _UNIT_AFTER.match(text, end) or re.fullmatch(r"(?:19|20)\d\d", text[start:end].strip()):
        return 0
    if re.search(
        r"(?:\bi'?m|\bis|'s|aged?|turn(?:s|ing)|born|size|\bat|since|before|after|top|no\.|number|chapter|part|season|in) (?:about |around |over |under )?$",
        before,
        re.IGNORECASE,
    ):
        return 2 if strong and re.search(r"budget|spend|price|limit", before, re.IGNORECASE) else 0
    if strong or refuses_more(before):
        return 2
    if len(text[start:end].strip()) > 1 and _is_bare(text, start, end):
        return 2
    value = value_of(text[start:end])
    floor = _FLOOR.search(text[max(0, start - 40) : start]) if value is not None and value > OLDEST_AGE else None
    return 2 if floor and _END.match(text, end) else 0


OLDEST_AGE = 120
_FLOOR = re.compile(r"[,;.!?\n]\s*(?:over|above|more than|upwards of)\s*$", re.IGNORECASE)
_END = re.compile(r"\s*(?:$|[,;.!?\n)])(?!\d)|\s+(?:please|pls|thanks|if possible|but|and)\b", re.IGNORECASE)
_REJECTED = re.compile(r"\b(?:not|isn'?t|wasn'?t)\s$", re.IGNORECASE)
_BARE = re.compile(rf"(?:{_HEDGE}(?:[\s,.!?]+|$)|[\s,.!?])*", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.!?\n()\[\]|](?!\d)")
_GOES_ON = re.compile(
    r"\s(?:for (?:my|our|a|an|the|her|him|each)|if|but|as|between (?:us|all|the)|in total|from)\b", re.IGNORECASE
)
_HEDGED = re.compile(r"(?:about|around|approx\w*|roughly|~|maybe|up to|max|say)\s*$", re.IGNORECASE)


def _is_bare(text: str, start: int, end: int) -> bool:
    """A number that is all the message says, or a hedged one ("about 40") that is all its clause says."""
    if _BARE.fullmatch(text, 0, start) and _BARE.fullmatch(text, end):
        return True
    clause_start = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    clause_end = after.start() if after else len(text)
    hedged = _HEDGED.search(text[clause_start:start]) or re.search(r"ish\b|or so\b", text[start:clause_end])
    goes_on = _GOES_ON.match(text, end) or _BARE.fullmatch(text, end, clause_end)
    return bool(hedged and _BARE.fullmatch(text, clause_start, start) and goes_on)


_CANADA = re.compile(
    r"\bcan(?:ada|adian|uck)|\bcad\b|amazon\.ca\b|\btoronto\b|\bvancouver\b|\bontario\b", re.IGNORECASE
)
_AUSTRALIA = re.compile(r"\baustralian?\b|\baussie\b|\baud\b|\bsydney\b|\bmelbourne\b", re.IGNORECASE)
_NEW_ZEALAND = re.compile(r"\bnew zealand\b|\bnzd?\b|\bkiwi\b", re.IGNORECASE)


def _with_country(found: BudgetFound, text: str) -> BudgetFound:
    """A dollar is the dollar of the country the message names."""
    if found.currency != "USD":
        return found
    for country, code in ((_CANADA, "CAD"), (_AUSTRALIA, "AUD"), (_NEW_ZEALAND, "NZD")):
        if country.search(text):
            return replace(found, currency=code)
    return found
