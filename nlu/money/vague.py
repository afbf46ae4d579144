"""What a message hints of the price without a figure, or that the price does not matter."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re

from nlu.wish import Vague

_NO_BUDGET = re.compile(
    r"\b(?:money(?:'s| is|s)? (?:is )?(?:no|not an?|isn'?t an?|not really an?) (?:object|issue|problem|concern)|(?:price|cost|budget|money)(?:'s| is)? (?:is )?(?:not|isn'?t|no) "
    r"(?:an? |really an? )?(?:issue|object|problem|concern|limit|constraint)|no (?:set |real |fixed |strict |specific |particular |price |spending |upper )?(?:budget|price limit|spending limit|price cap|price range|limit)\b"
    r"(?! (?:of|is|on|yet|(?:set|decided|agreed|fixed) yet))|unlimited budget|(?:scrap|forget|ignore|drop|ditch|never mind) (?:about )?(?:the|my|our|that|any) (?:budget|price limit|spending limit|limit)\b|budget(?:'s| is)? (?:unlimited|open|flexible|whatever)|(?:the )?sky'?s? (?:is )?the limit|any (?:price|budget|amount)|whatever (?:it costs|the (?:price|cost)|price)|"
    r"(?:don'?t|do not|doesn'?t|dont|not) (?:really )?(?:mind|care|bothered|fussed|worried|matter)(?: about| how much)? ?(?:(?:what|how much) (?:it|i|they|we) (?:costs?|spend)|(?:the )?(?:price|cost|money|budget)\b)|"
    r"(?:price|cost|budget|money) (?:doesn'?t|does not|doesnt) (?:really )?matter|how much (?:it costs )?doesn'?t matter|(?:spare|sparing) no expense|no expense spared|cost no object|price no object)",
    re.IGNORECASE,
)  # fmt: skip
_DEAR = r"(?:expensive|pricey|pricy|dear|costly|steep|extravagant|lavish|over the top|spendy|big[- ]ticket)"
_MUCH = r"(?:much|a lot|lots|loads|tons|a ton|too much|a fortune|a bomb|heaps|that much|crazy money|big money|an arm and a leg|a great deal)"
_DONT = r"(?:do|does|did|ca|could|wo|would|should|need|is|are|ai|was)n'?t"
_TOO = r"(?:too |very |super |overly |that |so |crazy |stupidly |ridiculously |terribly |really |particularly |all that |remotely )?"
_LOW = re.compile(
    rf"\b(?:(?:not|nothing|without being|{_DONT}(?: be)?|never|no) (?:anything |something )?{_TOO}(?:{_DEAR}|fancy)|(?:do ?n'?t|do not|does ?n'?t|not) (?:want|need)(?: it)?(?: to be)?(?: anything| something)? {_TOO}{_DEAR}|"
    rf"(?:not|{_DONT}|cannot|without|never|avoid)(?: \w+){{0,3}}? (?:spend|spent|spending|afford|afford to spend|pay|cost)(?: to spen[dt])?(?: on \w+)? (?:me |her |him |us )?{_MUCH}|(?:do ?n'?t|do not|not) have {_MUCH}(?: of)? (?:money|cash|to spend|spare)|"
    r"inexpensive|(?:nowt|nothing|not) (?:too )?daft(?: money[- ]?wise)?|low[- ](?:cost|priced?|budget)|cheap(?:ish|y|ie|o)?(?![- ]?look)\b|cheap and cheerful|budget[- ](?:friendly|conscious|version|option|gift|present|buy)|(?:a|any) bargain|bargains|affordabl[ey]|economical|thrifty|wallet[- ]friendly|easy on the wallet|"
    r"on (?:a|an|my|our) (?:\w+[- ])?budget|(?:tight|small|limited|low|modest|student|shoestring|tiny|teeny|little|meagre|meager|pathetic|toonie[- ]store|dollar[- ]store|pound ?shop|dollar[- ]tree)(?:[- ](?:student|little))? (?:budget|funds|money|cash(?: flow)?|means)|(?:money|cash|budget|funds|cash ?flow)(?:'s| is| are|s)? (?:a bit |very |super |really |quite |pretty |so )?(?:tight|limited|low|short)|"
    r"short (?:of|on) (?:cash|money|funds)|low on (?:cash|money|funds)|(?:strapped|hard up|skint|brassic|boracic|cash[- ]strapped|penniless|potless)|(?:i'?m|im|i am|we'?re|we are|being|a|bit|so|pretty|totally|basically|kinda|flat|super|really|dead)\s(?:a )?(?:\w+ )?broke(?! (?:my|her|his|up|the|it|down|in|a|an|off)\b)|broke (?:college |uni )?(?:student|uni student)|poor (?:college |uni )?student|"
    rf"(?:without |not |{_DONT} )break(?:ing)? the bank|(?:till|until|til|before|waiting for) pay ?day|pennies|shoestring|token gift|just a token|pocket money|pauper|not made of money|not a millionaire|count(?:ing)? (?:the|my|every) penn(?:y|ies)|watch(?:ing)? (?:the|my|our) (?:pennies|money|spending))",
    re.IGNORECASE,
)
_HINT_WORDS = (
    "expensive|inexpensive|pricey|pricy|dear|costly|steep|extravagant|lavish|top|spendy|ticket|fancy|"
    "spend|spent|spending|afford|pay|cost|money|cash|low|cheap|cheapish|cheapy|cheapie|cheapo|budget|"
    "bargain|bargains|affordable|affordably|economical|thrifty|wallet|funds|means|flow|cashflow|"
    "short|strapped|hard|skint|brassic|boracic|penniless|potless|broke|poor|bank|payday|pennies|"
    "penny|shoestring|token|pocket|pauper|millionaire|mid|middle|midrange|midpriced|medium|moderate|"
    "moderately|reasonable|reasonably|average|sensible|sensibly|mean|stingy|middling|splash|"
    "splashing|splurge|splurging|boat|big|luxury|luxurious|posh|premium|generous|high|treat|price|"
    "willing|happy|daft|out|priced|tight|limited|watching|counting|count|watch"
)
_HINTS = frozenset(_HINT_WORDS.split("|"))
"""One of these words stands in every hint; a message without any is not searched."""
_NEVER_LOW_WORDS = (
    "mid|middle|midrange|midpriced|medium|moderate|moderately|reasonable|reasonably|average|sensible|sensibly|mean|"
    "stingy|middling|splash|splashing|splurge|splurging|boat|big|luxury|luxurious|posh|premium|generous|high|treat|"
    "willing|happy|out"
)
_NEVER_LOW = frozenset(_NEVER_LOW_WORDS.split("|"))
"""Those of them that stand in no hint of a low price, the pattern that takes longest."""
_WORD = re.compile(r"[a-z]+")
_DEARISH = re.compile(rf"\b(?:nothing|not|{_DONT}|no|anything but|never|without (?:looking|being)|avoid|too|hate|look|looks|looked|seems?|feels?|they're|it's|are|is)\s(?:a bit |a little |so |very |really |quite )?(?:(?:want|looking|for|anything|something|be|be too|too|a|it|to|look|seem|it to look|feel) )*$", re.IGNORECASE)  # fmt: skip
_MID = re.compile(
    rf"\b(?:mid(?:dle)?[- ]?(?:price[ds]?|range|tier|budget|market|of the road)|mid (?:to high|level)|medium[- ](?:priced?|budget|range)|medium (?:price|cost)|moderate(?:ly)?[- ](?:priced?|budget|cost|spend)|reasonabl[ey][- ](?:priced?|budget)|decent budget|average (?:price|budget|spend)|sensibl[ey] (?:priced?|budget|money)|"
    rf"(?:not|n'?t|nothing|neither) (?:too )?(?:cheap|mean|stingy)[^.!?\n]{{0,14}}? (?:but|and|or|nor) (?:also )?(?:not|nothing|neither)?\s?{_TOO}(?:{_DEAR}|flash|posh|fancy)|(?:not|nothing) {_TOO}{_DEAR},? (?:but|and) (?:not|nothing|n'?t) (?:too )?(?:cheap|tat)|(?:not|nothing) too extravagant|in the middle,? price|happy medium|middling price)",
    re.IGNORECASE,
)
_HIGH = re.compile(
    r"\b(?:splash(?:ing)? out|splurg(?:e|ing)|push(?:ing)? the boat out|go(?:ing)? all out|go(?:ing)? big\b|high[- ]end|top[- ](?:end|of[- ]the[- ](?:range|line)|shelf|notch|dollar)|luxur(?:y|ious)|posh|(?:something|anything) (?:really |very |quite |a bit )?(?:fancy|expensive|pricey|premium|extravagant|lavish)|(?:big|generous|large|huge|healthy) budget|money to burn|blow the budget|treat (?:her|him|them) properly|premium|no cheap|big spend|spend (?:big|a lot|loads|serious money)|happy to (?:spend|pay) (?:more|extra|good money)|willing to (?:spend|pay) (?:more|extra|a lot|good money))\b",
    re.IGNORECASE,
)
_UNSAID = re.compile(r"(?:\b(?:not|never|without|nothing|no|rather than|instead of|can'?t|cannot|cant|needn'?t|dont)|n't)\s(?:[\w']+ ){0,3}$", re.IGNORECASE)  # fmt: skip
_NO_CHEAP = re.compile(r"\bcheap", re.IGNORECASE)
_HAS = re.compile(r"(?:\b(?:she|he|they|mom|mum|who)\s(?:\w+ )?(?:loves?|likes?|has|have|owns?|drinks?|wears?|buys?|hates?)\s(?:\w+ )?)$", re.IGNORECASE)  # fmt: skip


def says_no_budget(text: str) -> bool:
    """Whether the message says that the price does not matter."""
    return _NO_BUDGET.search(text) is not None


def vague_budget(text: str) -> Vague | None:
    """What a message hints of the price without a figure: "not too expensive" is low, "splash out" high.

    "Nothing cheap" is no hint of a low price; between two hints the more careful one counts: mid, low, high.
    """
    hints = _HINTS.intersection(_WORD.findall(text.lower()))
    if not hints:
        return None
    if _MID.search(text):
        return "mid"
    for match in () if hints <= _NEVER_LOW else _LOW.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if not (_NO_CHEAP.match(match.group()) and _DEARISH.search(before)):
            return "low"
    for match in _HIGH.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if not _UNSAID.search(before) and not _HAS.search(before):
            return "high"
    return None
