"""Which of the shown Suggestions a message points at."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ORDER = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "last": -1,
    "top": 1,
    "bottom": -1,
    "middle": 2,
}
_NUMBERS = {"1": 1, "2": 2, "3": 3, "one": 1, "two": 2, "three": 3}
_ORDINAL = re.compile(
    r"(?<!\ba )\b(?:the |that |your |ur )?(?P<o>1st|2nd|3rd|first|second|third|last|top|bottom|middle)"
    r"(?=\s(?:one|1|idea|option|suggestion|pick|thing|product|gift|item|choice|link|please|pls|looks?|sounds?|is|seems|was|or|and)\b|\s*(?:$|[,.;!?\n]))",
    re.IGNORECASE,
)
_THE_ORDINAL = re.compile(
    r"\b(?:like|of|than|take|want|choose|pick|get|about|buy|love|have|prefer|see) (?:the |that )?(?P<o>1st|2nd|3rd|first|second|third|last)\b(?! (?:year|time|week|month|night|christmas|birthday)|'s)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\b(?:number|no\.?|nr\.?|option|#|product|suggestion|idea|item|gift|choice)\s?|#)(?P<n>[123]|one|two|three)\b(?!\s?(?:%|quid|pounds|dollars|years?|kids))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\s*(?:(?:no\.?|number|#|option)\s*)?(?P<n>[123])(?:\s|please|pls|plz|thanks|!|\.|👍)*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PositionFound:
    """A place among what was shown: 1 is the first, -1 the last."""

    position: int
    start: int
    end: int


def find_position(text: str) -> PositionFound | None:
    """Find the one place a message names ("the second one", "#3", "2"); None where it names none or several."""
    return one_place(find_positions(text))


def one_place(found: Sequence[PositionFound]) -> PositionFound | None:
    """The place meant, where all that were found are one."""
    return found[0] if len({one.position for one in found}) == 1 else None


def find_positions(text: str) -> list[PositionFound]:
    """Find every place a message names."""
    plain = text.lower()
    ordered = (_ORDINAL, _THE_ORDINAL) if any(word in plain for word in _ORDER) else ()
    found = [
        PositionFound(_ORDER[match.group("o").lower()], match.start(), match.end())
        for pattern in ordered
        for match in pattern.finditer(text)
    ]
    if any(word in plain for word in _NUMBERS):
        found += [
            PositionFound(_NUMBERS[match.group("n").lower()], match.start(), match.end())
            for match in _NUMBERED.finditer(text)
        ]
    if not found and (bare := _BARE.fullmatch(text)):
        found.append(PositionFound(_NUMBERS[bare.group("n")], bare.start("n"), bare.end("n")))
    return found
