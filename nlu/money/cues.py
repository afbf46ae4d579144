"""How clearly an amount is the budget, judged by the words around it; and which figures are no money at all."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.money.amounts import Amount
from nlu.money.bounds import is_anothers, is_refused, refuses_more
from nlu.money.currencies import SUFFIX
from nlu.money.scope import scope_of

OLDEST_AGE = 120
LEAST_BARE = 10
"""Bare figures below this one are no money behind a mere correction ("make it 3")."""
FEW = 12
"""Bare figures up to this one count things where a plural follows ("at least 2 books")."""

_UNIT_AFTER = re.compile(
    r"\s?-?(?:%|\u00b0|percent|per cent|(?:x|yrs?|years?|yo|y/o|y\.o|yr|months?|mos?|weeks?|wks?|days?|nights?|hours?|hrs?|h|mins?|minutes?|seconds?|secs?|"
    r"people|persons?|kids|children|friends|guests|of (?:us|them|my|his|her|our|these|those|you|each)|inch(?:es)?|in\.|cms?|mm|ft|feet|foot|metres?|meters?|kms?|miles?|mi|mph|kph|"
    r"oz|ml|cl|lbs?|kgs?|kilos?|(?:kilo|milli)?grams?|(?:kilo|milli)?grammes?|g|mg|(?:milli|centi)?litres?|(?:milli|centi)?liters?|stone|ounces?|pints?|gallons?|tons?|tonnes?|"
    r"(?:kilo|centi|milli)met(?:re|er)s?|yards?|acres?|decibels?|db|lumens?|lux|hertz|kwh|kilowatts?|mah|carats?|karats?|denier|tog|proof|joules?|megapixels?|megabytes|gigabytes|terabytes|minute|hour|day|week|month|chapters?|sheets?|celsius|fahrenheit|gb|tb|mb|am|pm|a\.m|p\.m|o'?clock|st|nd|rd|th|s|'s|ideas?|things?|gifts?|presents?|"
    r"items?|options?|pieces?|packs?|sets?|nieces|nephews|boys|girls|sons|daughters|brothers|sisters|cats|dogs|books|times|points|"
    r"stars?|players?|teachers|students|pupils|parents|colleagues|employees|staff|guys|ladies|women|men|adults|bridesmaids|different|more|other|or so (?:years|people|of)|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|ember|tember|ober)?|may(?! (?:be|not)|be)|of (?:january|december)|degrees?|/7|"
    r"weeks?'|days?'|letters?|pages?|words?|rooms?|bedroom|bed|calories|kcal|watts?|w|volts?|v|mph|kmh|px|mp|hz|ghz|bpm|followers|steps|laps|reps|rounds?|percenters?|"
    r"street|road|avenue|ave|lane|drive|close|court)\b|\s?%)",
    re.IGNORECASE,
)
_PLURAL_AFTER = re.compile(r"\s(?!pls\b|thanks\b|tops\b|is\b|as\b|this\b|plus\b|was\b|yes\b|us\b|its\b|unless\b|less\b|xmas\b|christmas\b|bucks\b|each\b)[a-z]{3,}s\b", re.IGNORECASE)  # fmt: skip
_NOT_A_BUDGET_AFTER = re.compile(
    r"\s?(?:off\b|discount|voucher|gift ?-?(?:card|certificate|voucher)|credit\b|coupon|(?:in |for |of )?(?:the )?(?:shipping|postage|p&p|delivery)|refund|notes?\b(?! (?:max|tops|each))|bill\b|an hour|"
    r"per hour|a month|a year|per month|per year|a week|per week|deposit|tip\b|overdraft|fine\b(?! (?:with|by|for))|parking|salary|a night|of (?:coffee|weight|flour|sugar|meat|cheese|potatoes|chocolate|sweets|muscle|fat)|overweight|heavier|lighter)",
    re.IGNORECASE,
)
_NOT_A_BUDGET_BEFORE = re.compile(
    r"(?:(?:shipping|delivery|postage|p&p)(?: (?:is|was|costs?|fee|charge|of|at))*|refund(?:ed)?(?: of)?|charged(?: me)?|lost|owes?(?: me)?|borrowed|"
    r"won|(?:surgery|course|trip|car|vet|bill|repair|flights?|ticket|tickets|holiday|hotel|rent|fee|last (?:one|present|gift)) (?:was|were)|save|(?<!ve )saved(?! up)|saving|earns?|earned|raise\b|orders? (?:over|above|of|under)|free (?:shipping|delivery) (?:over|on|above|from)|gift ?cards? (?:for|of|worth)|voucher (?:for|of|worth)|"
    r"that's not|paid(?: about)?|it costs?|they cost|cost(?:s|ing)?|retails? (?:at|for)|priced at|sells? (?:for|at)|worth|valued? at|lose|weighs?|weight|salary(?: is| of)?|size|shoe)\s*(?:\w+\s)?$",
    re.IGNORECASE,
)
_COSTS = re.compile(r"(?:cost\w*|priced at|worth|retails? (?:at|for)|sells? (?:for|at))\s*(?:\w+\s)?$", re.IGNORECASE)
_FILL = r"(?:[\s:=~-]|is|was|of|a|the|only|about|around|roughly|approx(?:imately)?\.?|circa|maybe|like|to|max|between|somewhere|anywhere|from|no more than|up to|under|less than|say|just|probably|you|sum)"
_CUE_BEFORE = re.compile(
    r"(?:budget(?:'s| is| of| would be| around| about| for \w+)?|price(?: range| point| limit)?|spend(?:ing)?(?: limit)?|limit(?:ed)?(?: of| is| to)?|cap(?:ped)?(?: of| at)?|"
    r"afford|under|below|less than|up to|upto|at most|max(?:imum)?|no more than|not more than|more than|at least|within|over|above|pooled|collected|whip-?round|"
    r"cheaper than|looking at|pay|<=?|≤|sub|between|around|about|approx|roughly|for (?:about|around|under|less than)|have(?: about| around| only)?|got(?: about| around)?|with)"
    rf"{_FILL}*$",
    re.IGNORECASE,
)
_SPENDING = r"(?:(?:have|got|'ve got) (?:about|around|only|up to|roughly|just)|budget|price|spend(?:ing)?|limit|\bcap\b|afford|\bpay\b|pooled|collected|raised|whip-?round|ve saved|saved up|(?:put|set) aside|keep it near|can (?:only )?(?:do|stretch to|manage)|buget|budjet|budgit)[^.!?\n]{0,22}$"
_LIMITED = rf"(?:at (?:the )?most|(?<!air )(?<!pro )max(?:imum)?(?:'s)?|cheaper than|no more than|not more than|up ?to|under|below|less than|(?:go|stretch) (?:to|as high as)|<=?|≤){_FILL}*$"
_STRONG_CUE = re.compile(f"(?:{_SPENDING}|{_LIMITED})", re.IGNORECASE)
_CUE_AFTER = re.compile(
    r"\s?,?\s?(?:max(?:imum)?\b|or (?:less|under|below|lower)|and under|tops\b|limit\b|budget|price range|price point|spend\b|to spend|to play with|at most|each\b|apiece\b|a head\b|per (?:person|head|gift|kid|child)\b|"
    r"(?:in )?total\b|altogether\b|all in\b(?! all)|all together\b|combined\b|pp\b|mark\b|is (?:my|the|our) (?:limit|budget|max|ceiling|cap)|(?:is|would be|'s) (?:fine|ok(?:ay)?|doable|comfortable|about right|perfect|plenty)(?! (?:with|by|for))\b)",
    re.IGNORECASE,
)
_SO_IN_ALL = re.compile(r"(?:\bso|that's|that is|makes|comes to|which is|equals|=|giving(?: us)? a total of)\s(?:we have |we've got |about |around |it's )?$", re.IGNORECASE)  # fmt: skip
_IN_ALL = re.compile(r"\s?(?:(?:in )?total\b|altogether\b|all in\b|all together\b|between us\b)", re.IGNORECASE)
_CHIPPING_IN = re.compile(r"(?:\b(?:chip(?:ping|ped)? in|put(?:ting)? in|contribut\w+|giving|donat\w+|parents|students|colleagues|of us|everyone|we each|each of us)\b)[^.!?\n]{0,30}$", re.IGNORECASE)  # fmt: skip
_NAMES_A_NUMBER = re.compile(
    r"(?:\bi'?m|\bis|'s|aged?|ages|turn(?:s|ing)|born|sizes?|\bat|\bby|since|before|after|until|till|top|no\.?|number|nr\.?|chapter|part|season|episode|\bin|\bon|series|model|mark|mk|gen|generation|version|v|vol(?:ume)?|"
    r"level|grade|year|class|room|flat|apartment|apt|unit|floor|house|door|page|row|seat|gate|platform|channel|route|bus|highway|formula|area|waist|chest|bust|leg|uk|us|eu|order|ref|reference|tracking|ticket|code|zip|postcode|"
    r"iphone|ipad|ipod|galaxy|pixel|ps|playstation|xbox|switch|kindle|windows|fifa|gta|nba|air max|air jordan|jordan|hero|gopro|garmin|fenix|forerunner|lego|rtx|gtx|thinkpad|macbook|echo|alexa|ryzen|bmw|audi|boeing|airbus|toy story|rocky|star wars|union|dell|surface|category|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|we are|we're|there are|there're|there's|they are|they're) (?:about |around |over |under )?$",
    re.IGNORECASE,
)
_COUNTS_PEOPLE = re.compile(r"\b(?:kids?|children|child|girls?|boys?|people|women|men|anyone|someone|everyone|those|adults?|teens?|grandkids|toddlers|babies|ages?)\s(?:who (?:are|is) |aged? )?(?:under|over|below|above)\s$", re.IGNORECASE)  # fmt: skip
_FOR_SO_MANY = re.compile(r"\bfor (?:the |all )?$", re.IGNORECASE)
_REJECTED = re.compile(r"\b(?:not|isn'?t|wasn'?t)\s$", re.IGNORECASE)
_TAKEN_BACK = re.compile(r"\b(?:said|told (?:you|him|her|them)|(?:was|were) (?:thinking|looking at|going to say)|originally|at first|used to be|it was|budget was)\s(?:of |about |around |like |it was )*$", re.IGNORECASE)  # fmt: skip
_OWNED = re.compile(r"\b(?:i|we)(?:'ve| have)? (?:only |just )?(?:got|have)\s$", re.IGNORECASE)
_EXTRA = re.compile(r"\b(?:extra|another|additional)\s$", re.IGNORECASE)
_FLOOR = re.compile(r"[,;.!?\n]\s*(?:over|above|more than|upwards of)\s*$", re.IGNORECASE)
_END = re.compile(r"\s*(?:$|[,;.!?\n)])(?!\d)|\s+(?:please|pls|thanks|if possible|but|and)\b", re.IGNORECASE)


def clearness(text: str, amount: Amount, number: str) -> int:
    """How clearly an amount is the budget: 0 not at all, up to 7.

    Args:
        text: a cleaned message.
        amount: found in it.
        number: its (first) number as written.
    """
    start, end, currency = amount.start, amount.end, amount.currency
    before = text[max(0, start - 60) : start]
    if _NOT_A_BUDGET_AFTER.match(text, end) or is_anothers(text, start):
        return 0
    if amount.fixed:
        return 3
    behind = _CUE_AFTER.match(text, end) is not None
    strong = behind or _STRONG_CUE.search(before) is not None
    sums_up = bool(_SO_IN_ALL.search(before) and _IN_ALL.match(text, end))
    if currency is None and not amount.counted:
        return _of_bare(text, amount, number, before, strong, behind) + 5 * sums_up
    if _NOT_A_BUDGET_BEFORE.search(before) and not _LIMITED_BEFORE.search(before):
        return 1 if _COSTS.search(before) else 0
    if _REJECTED.search(before) or _TAKEN_BACK.search(before) or _EXTRA.search(before) or is_refused(text, start, end):
        return 1
    if behind and not sums_up and _CHIPPING_IN.search(before):
        return 2
    if currency is None and not strong and not _CUE_BEFORE.search(before):  # "50 Cent" sings
        return 2 if _is_bare(text, start, end, pair=amount.low is not None) else 0
    return 7 if sums_up else 5 if strong else 4 if _CUE_BEFORE.search(before) else 3


_LIMITED_BEFORE = re.compile(rf"(?:budget|limit|afford|{_LIMITED})", re.IGNORECASE)


def _of_bare(text: str, amount: Amount, number: str, before: str, strong: bool, behind: bool) -> int:
    """Of a figure without a currency: money only with a word of spending, or as all that its clause says."""
    start, end, value = amount.start, amount.end, amount.high
    spelled = not number[:1].isdigit()
    if spelled and value < 20 and value not in (10, 15) and amount.low is None:
        return 0
    if _UNIT_AFTER.match(text, end) or re.fullmatch(r"(?:19|20)\d\d", text[start:end].strip()):
        return 0
    if amount.low is not None and amount.low * 20 < value and amount.low:
        return 0
    if value <= FEW and (_PLURAL_AFTER.match(text, end) or (_FOR_SO_MANY.search(before) and not behind)):
        return 0
    if (behind and value < 5) or _COUNTS_PEOPLE.search(before):
        return 0
    if value >= LEAST_BARE and _is_said_anew(text, start, end):
        return 2
    if _NAMES_A_NUMBER.search(before):
        return 2 if strong and re.search(r"budget|spend|price|limit", before, re.IGNORECASE) else 0
    owned = value > FEW and _OWNED.search(before) is not None and _END.match(text, end) is not None
    if strong or owned or refuses_more(before):
        return 1 if _TAKEN_BACK.search(before) or _REJECTED.search(before) else 2
    if len(text[start:end].strip()) > 1 and value < 10_000 and _is_bare(text, start, end, pair=amount.low is not None):
        return 2
    floor = _FLOOR.search(text[max(0, start - 40) : start]) if value > OLDEST_AGE else None
    return 2 if floor and _END.match(text, end) else 0


_HEDGE = (
    r"(?:about|around|approx(?:imately)?\.?|roughly|circa|ca\.|~|maybe|perhaps|say|like|probably|let'?s say|i'?d say|or so|ish|"
    r"up to|upto|max(?:imum)?(?: of)?|at most|no more than|not more than|under|below|less than|within|<=?|≤|sub|tops|"
    r"in the region of|somewhere|somewhere around|anything|anything up to|i think|i guess|hmm+|um+|er+|well|ok|just|only|so|"
    r"between|from|in the|the|of|my|our|a|an|is|it'?s|budget|price range|limit|to spend|spend|each|per person|pp|please|pls|thanks|"
    r"if possible|ideally|preferably|total|in total|in all|all in|or less|or under|or below|and under|or lower|absolute|mate|x|:|-|give or take)"
)
_BARE = re.compile(rf"(?:{_HEDGE}(?:[\s,.!?]+|$)|[\s,.!?])*", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.!?\n()\[\]|](?!\d)")
_GOES_ON = re.compile(
    r"\s(?:for (?:my|our|a|an|the|her|him|them|each)|if|but|as|between (?:us|all|the)|in total|from)\b", re.IGNORECASE
)
_HEDGED = re.compile(r"(?:about|around|approx\w*|roughly|~|maybe|up to|max|say)\s*$", re.IGNORECASE)


def _is_bare(text: str, start: int, end: int, *, pair: bool) -> bool:
    """A number that is all the message says, or a hedged one ("about 40") that is all its clause says."""
    if _BARE.fullmatch(text, 0, start) and _BARE.fullmatch(text, end):
        return True
    clause_start = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    clause_end = after.start() if after else len(text)
    if scope_of(text, start, end) == "total" and _BARE.fullmatch(text, clause_start, start):  # "200 for 4 people"
        return True
    hedged = _HEDGED.search(text[clause_start:start]) or re.search(r"ish\b|or so\b", text[start:clause_end])
    goes_on = _GOES_ON.match(text, end) or _BARE.fullmatch(text, end, clause_end)
    if pair and _FOR_WHOM.match(text, end):
        return _BARE.fullmatch(text, clause_start, start) is not None
    return bool(hedged and _BARE.fullmatch(text, clause_start, start) and goes_on)


_LEAD = r"(?:(?:no|nope|nah|oops|oh|ah|hmm+|wait|ok|okay|well|yes|yeah|so|and|but|then|please|pls|hi|sorry|actually|in fact|maybe|can (?:you|we)|could (?:you|we)|let'?s|you can|i want to|i'd like to)[\s,.!?:-]+)*"
_NEAR = r"(?:[\s:,]|about\b|around\b|roughly\b|maybe\b|say\b|like\b|more like\b|to\b|up to\b|only\b|just\b)*"
_ANEW = re.compile(
    rf"\s*{_LEAD}(?:sorry|actually|i meant?(?: to say)?|i should(?:'ve| have) said|(?:make|change|raise|lower|up|drop|set|put|keep) (?:it|that|this|my budget|the budget))\s*(?:at\s)?{_NEAR}",
    re.IGNORECASE,
)
_ONE_END = re.compile(
    rf"\s*{_LEAD}(?:(?:with )?(?:my |our |the )?(?:absolute |very )?(?:max(?:imum)?|min(?:imum)?|most|ceiling|cap|least)(?:'s| is| would be| of|:)?|at least|at most|this time(?: it'?s| round)?)\s*{_NEAR}",
    re.IGNORECASE,
)
_ENDS_HERE = re.compile(
    r"(?:[\s,]*\b(?:instead|please|pls|plz|thanks|thx|ta|cheers|mate|now|then|sorry|max(?:imum)?|min(?:imum)?|tops|at (?:most|least)|or so|if possible|x+|(?:and )?not (?:about |around )?\d{1,4}))*\s*(?:$|[,;.!?\n)](?!\d)|(?:and|but|so)\b)",
    re.IGNORECASE,
)
_LIMIT_WORD = re.compile(r"\s?(?:min(?:imum)?|at (?:the )?least)\b", re.IGNORECASE)


def _is_said_anew(text: str, start: int, end: int) -> bool:
    """A figure that corrects another ("sorry I meant 80 not 60") or is one end ("my max is 25"), and no more is said.

    A correction must open the message: behind something else it corrects that ("he is 30, sorry, I meant 35").
    """
    if not _ENDS_HERE.match(text, end):
        return False
    clause_start = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    if _ANEW.fullmatch(text, 0, start) or _ONE_END.fullmatch(text, clause_start, start):
        return True
    return _LIMIT_WORD.match(text, end) is not None and _BARE.fullmatch(text, clause_start, start) is not None


_FOR_WHOM = re.compile(
    r"\s?for (?:her|him|them|this|it|a|an|my|our|the|[2-9]|two|three|four|five|six)\b", re.IGNORECASE
)
_GLUED = re.compile(r"(?:each|max|ea|pp|ish|or|total|for)\b", re.IGNORECASE)


def stands_alone(text: str, start: int, end: int, hidden: Sequence[tuple[int, int]]) -> bool:
    """Whether an amount is neither part of a longer word or number nor of what is known to be something else."""
    if any(start < stop and begin < end for begin, stop in hidden):
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or before in ("#", "@", "_"):
        return False
    if before in (".", "/", ":") and text[start - 2 : start - 1].isdigit():
        return False
    return not (
        (after.isalnum() and not _GLUED.match(text, end))
        or after == "_"
        or (after in (":", "/", ".", ",") and text[end + 1 : end + 2].isdigit())
    )


_LINKS = re.compile(r"https?://\S+|www\.\S+|[@#]\w+", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d£$€₹¥])\+?\d[\d\s().-]{6,18}\d")
_PRICES = re.compile(r"\d{1,4}(?:\.\d\d)?\s?-+\s?\d{1,4}(?:\.\d\d)?")
_DATE = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_DAY_AND_MONTH = re.compile(
    rf"(?<![\d£$€₹¥/.,-])(?<![£$€₹¥]\s)(?:(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?![\d/.]|\s?(?:{SUFFIX}|k\b))",
    re.IGNORECASE,
)
"""A day and a month in either order ("5/12"), with no sign or word of money beside it."""
_PRICED = re.compile(r"\b(?:budget|spend|price(?: range)?)(?:\W|is\b|of\b|around\b|about\b)*$", re.IGNORECASE)
"""Behind these two figures with a stroke between them are prices ("budget 10/12")."""
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.ASCII)


def not_money(text: str) -> list[tuple[int, int]]:
    """Places of links, names with figures, phone and order numbers, numeric dates and postcodes."""
    places = [(m.start(), m.end()) for pattern in (_LINKS, _DATE, _POSTCODE) for m in pattern.finditer(text)]
    for match in _DAY_AND_MONTH.finditer(text):
        if not _PRICED.search(text[max(0, match.start() - 30) : match.start()]):
            places.append((match.start(), match.end()))
    for match in _PHONE.finditer(text):
        if sum(map(str.isdigit, match.group())) >= 8 and not _PRICES.fullmatch(match.group()):
            places.append((match.start(), match.end()))
    return places
