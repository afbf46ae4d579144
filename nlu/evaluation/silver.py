"""Entity annotations for a baseline that learns them: our own grammars' findings on our own training examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from nlu.findings import Findings, find
from nlu.words.lexicon import Lexicon

_PRONOUNS = {
    **dict.fromkeys(("she", "her", "hers", "she's", "shes"), "female"),
    **dict.fromkeys(("he", "him", "his", "he's", "hes"), "male"),
}


def marks(text: str, lexicon: Lexicon, *, today: date) -> list[dict[str, Any]]:
    """What a person would mark in the text, without overlaps: entity, value (None: as written), start and end."""
    found = find(text, lexicon, today=today)
    kept: list[dict[str, Any]] = []
    for kind, value, start, end in _marks(found):
        first, last = found.cleaned.span_in_original(start, end)
        if first < last and not any(first < one["end"] and one["start"] < last for one in kept):
            kept.append({"entity": kind, "value": value, "start": first, "end": last})
    return sorted(kept, key=lambda one: int(one["start"]))


def _marks(found: Findings) -> Iterator[tuple[str, str | None, int, int]]:
    """Marks, those that may not be lost to an overlap first; a value of None leaves the words as they are."""
    for who in found.recipients:
        if who.weight > 0 and not who.negated:
            yield "recipient", who.name, who.start, who.end
    for one in found.ages:
        yield "recipient_age", "-".join(str(year) for year in dict.fromkeys(one.age)), one.start, one.end
    if found.budget:
        yield "budget", None, found.budget.start, found.budget.end
    for occasion in found.occasions:
        yield "occasion", occasion.name, occasion.start, occasion.end
    for unwanted in found.exclusions:
        yield "exclusion", None, unwanted.start, unwanted.end
    for like in found.interests:
        yield "interest", None, like.start, like.end
    for word in found.words:
        if word.text in _PRONOUNS:
            yield "recipient_gender", _PRONOUNS[word.text], word.start, word.end
