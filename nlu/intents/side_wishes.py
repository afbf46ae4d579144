"""What a message asks the shop besides its main wish: "something cheaper, and do you deliver to Spain?"."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re

_GATE = re.compile(
    r"deliver|ship|post(?:age|ed)?\b|order|parcel|package|refund|return|person|human|someone|colleague|agent|advisor|bot\b|robot|machine|\bai\b|know about me|data|messag",
    re.IGNORECASE,
)
_ASKS = r"(?:do|does|can|could|will|would|is|are|how|what|when|where|which)\b[^.?!\n]{0,40}?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (wish, re.compile(pattern, re.IGNORECASE))
    for wish, pattern in (
        ("ask_delivery", rf"\b{_ASKS}\b(?:deliver(?:y|ies)?|ship(?:ping)?|postage)\b(?! (?:it )?(?:to )?(?:my|her|his) (?:taste|style))"),
        ("order_help", r"\b(?:where(?:'s| is| are)? (?:my|the) (?:order|parcel|package|delivery)|my (?:last |other |previous )?(?:order|parcel|package)(?: \S+){0,3} (?:has ?n[o']t|never|still|is late|didn'?t|was|arrived|came)|(?:want|need|like|get|how do i get) (?:a |my )?(?:refund|money back)|return (?:my|an) (?:order|item))"),
        ("ask_person", r"\b(?:(?:speak|talk|chat)(?:ing)? (?:to|with) (?:a |an |some ?)?(?:real |actual |proper )?(?:person|human|one|body|colleague|agent|advisor|member of staff)|(?:a |an )?(?:real|actual) (?:person|human)(?: please)?|(?:get|put|pass) me (?:a|to a|through to a?)\s?(?:person|human|colleague|agent))"),
        ("bot_challenge", r"\b(?:are you|am i (?:talking|speaking|chatting) (?:to|with)|is this) (?:a |an |really a )?(?:bot|robot|machine|real person|human|ai|computer)\b"),
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
