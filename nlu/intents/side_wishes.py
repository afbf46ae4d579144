"""What a message asks the shop besides its main wish: "something cheaper, and do you deliver to Spain?"."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re

_GATE = re.compile(
    r"deliver|ship|post(?:age|ed)?\b|order|parcel|package|refund|return|person|human|someone|colleague|agent|advisor|bot\b|robot|machine|\bai\b|know about me|data|messag",
    re.IGNORECASE,
)
_GOODS = r"(?:delivery|deliveries|shipping|postage)\b(?! (?:drivers?|m[ae]n|wom[ae]n|guys?|girls?|person|people|boys?|vans?|compan(?:y|ies)|jobs?|rooms?))"
_MANNER = r"(?:also |still |even |ever |only |just |actually |usually |guys |all )*"
_CLAUSE = r"(?:^|[.?!,;:(\n-]\s*|\b(?:and|also|but|plus|btw|oh|so|ok|okay|or|then)\s+)"
_DELIVERY = (
    rf"\b(?:do|does|can|could|will|would) (?:you|u|ya|it|they|this|these|the shop|your shop) {_MANNER}"
    rf"(?:(?:be )?(?:deliver|ship)(?:ed|ped)?\b(?! (?:it )?(?:to )?(?:my|her|his) (?:taste|style))"
    rf"|(?:do|offer|have|charge|include|provide|come with)(?: (?:for|the|any|free|standard|express|fast|international|same day|next[- ]day)){{0,3}} {_GOODS})"
    rf"|\bhow (?:much|long|fast|quick(?:ly)?|soon|expensive)(?:'s| (?:is|are|does|do|will|would|for|it))*(?: (?:the|your|free|standard|express|next[- ]day|international|normal)){{0,3}} {_GOODS}"
    rf"|{_CLAUSE}(?:is|are|what(?:'?s| is| are| about)?|how about)(?: there)?(?: (?:the|your|any|free|standard|express|next[- ]day|international|normal)){{0,3}} {_GOODS}"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (wish, re.compile(pattern, re.IGNORECASE))
    for wish, pattern in (
        ("ask_delivery", _DELIVERY),
        ("order_help", r"\b(?:where(?:'s| is| are)? (?:my|the) (?:order|parcel|package|delivery)|my (?:last |other |previous )?(?:order|parcel|package)(?: \S+){0,3} (?:has ?n[o']t|never|still|is late|didn'?t|was|arrived|came)|(?:want|need|like|get|how do i get) (?:a |my )?(?:refund|money back)|return (?:my|an) (?:order|item))"),
        ("ask_person", r"\b(?:(?<!am i )(?<!im )(?<!i'm )(?<!i am )(?:speak|talk|chat)(?:ing)? (?:to|with) (?:a |an |some ?)?(?:real |actual |proper )?(?:person|human|one|body|colleague|agent|advisor|member of staff)\b|i(?:'d)? (?:want|need|like|would like|prefer) (?:a )?(?:real|actual) (?:person|human)\b(?![- ]siz)|(?:real|actual) (?:person|human),? (?:please|pls|plz)\b|(?:get|put|pass) me (?:a|to a|through to a?)\s?(?:real |actual )?(?:person|human|colleague|agent)(?=\s*(?:$|[.,;!?\n]|please|pls|plz|now|instead|who|i can|to (?:talk|speak|chat|help)\b)))"),
        ("bot_challenge", r"\b(?:are (?:you|u)|am i (?:talking|speaking|chatting) (?:to|with)|is (?:this|it|that)) (?:a |an |really )*(?:bot|robot|machine|real (?:person|human)|actual (?:person|human)|human|ai|computer)\b(?! (?:\w+ )?(?:toy|kit|game|sized?))"),
        ("privacy_show", r"\bwhat (?:do you|does the shop|have you) (?:know|keep|got|stored?|saved?) (?:about|on|of) me\b"),
    )
)  # fmt: skip


def find_side_wishes(text: str) -> tuple[str, ...]:
    """Find the questions to the shop that stand in a message, as names of intents, each once, in a fixed order.

    Args:
        text: a cleaned message. Where such a question is all it says, its intent is the same and nothing is added
            to it; that is for the caller to see.
    """
    if not _GATE.search(text):
        return ()
    return tuple(wish for wish, pattern in _PATTERNS if pattern.search(text))
