"""Nothing is both liked and ruled out in one message: what is said later counts."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.words.little_words import LEADING, TRAILING
from nlu.words.open_lists import Span


def without_contradictions(
    interests: Sequence[Span], exclusions: Sequence[Span]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return likes and exclusions so that no thing, in singular or plural, stands among both.

    Of "loves mugs, has enough mugs" the exclusion is kept, of "no mugs; wait, she loves mugs" the like.
    """
    if not interests or not exclusions:
        return tuple(interests), tuple(exclusions)
    liked, refused = _last_said(interests), _last_said(exclusions)
    both = liked.keys() & refused.keys()
    return (
        tuple(one for one in interests if not (both and _folded(one) in both and _is_before(one, liked, refused))),
        tuple(one for one in exclusions if not (both and _folded(one) in both and not _is_before(one, liked, refused))),
    )


def thing_of(text: str) -> frozenset[str]:
    """The content words of a thing in one form for singular and plural: equal where two texts name one thing."""
    text = text.casefold()
    words = [word for word in text.split() if word not in LEADING and word not in TRAILING]
    return frozenset(_singular(word) for word in words or text.split())


def _is_before(span: Span, liked: dict[frozenset[str], int], refused: dict[frozenset[str], int]) -> bool:
    """Whether the thing of a span was ruled out after it was last liked."""
    return liked[_folded(span)] <= refused[_folded(span)]


def _last_said(spans: Sequence[Span]) -> dict[frozenset[str], int]:
    last: dict[frozenset[str], int] = {}
    for span in spans:
        thing = _folded(span)
        last[thing] = max(span.start, last.get(thing, span.start))
    return last


def _folded(span: Span) -> frozenset[str]:
    return thing_of(span.text)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word
