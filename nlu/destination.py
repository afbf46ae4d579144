"""Where the gift goes: the country a message says it is sent to or the recipient lives in. Never where people are from.

The names of places are in data/lookups/places.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlu.people.recipients import RecipientFound
from nlu.words.lexicon import Lexicon
from nlu.words.phrases import find_phrases
from nlu.words.text import Word

ELSEWHERE = "ZZ"
"""Code of a place of which no country is known (so named in ISO 3166's range for users)."""


@dataclass(frozen=True, slots=True)
class DestinationFound:
    """A place, words ``first`` to ``last`` (excluded); ``code`` is ISO 3166 or `ELSEWHERE`.

    ``place`` is its name in the list of places, None for one that is not in it.
    """

    code: str
    place: str | None
    first: int
    last: int
    start: int
    end: int
    weight: int


_SENDING = re.compile(
    r"^(?:sen[dt]s?|sending|ship(?:s|ped|ping)?|deliver(?:s|ed|ing|y|ies)?|post(?:ed|ing|age)?|mail(?:ed|ing)?)$"
)
_NO_SENDING = frozenset(
    {"trip", "holiday", "going", "go", "went", "travelling", "traveling", "flying", "flight", "flights", "been"}
    | {"visit", "visiting", "tickets", "ticket", "off", "journey", "tour", "cruise", "back"}
)
_MOVED = frozenset({"moved", "relocated", "emigrated"})
_LIVING = frozenset({"lives", "live", "living", "lived", "based", "resides", "residing", "stationed", "located"})
_BEING = frozenset({"is", "are", "am", "be", "arrive", "arrives", "arriving", "delivered", "delivery", "reside"})
_BETWEEN = frozenset({"over", "out", "back", "up", "down", "now", "currently", "just", "still", "all", "both", "here"})
_OURSELVES = frozenset({"i", "i'm", "im", "we", "we're", "i've", "we've"})
_NOT_NAMES = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "year", "school"}
    | {"college", "university", "uni", "care", "the", "a", "an", "his", "her", "my", "our", "their"}
)
_SEND_WITHIN = 6
"""Words before "to" among which a word for sending is looked for ("send it straight from you to Spain")."""
_SENT, _THEIRS, _OURS = 3, 2, 1


def find_destinations(
    text: str, words: Sequence[Word], recipients: Sequence[RecipientFound], lexicon: Lexicon
) -> tuple[DestinationFound, ...]:
    """Find the places where the gift may go, the surest first.

    Args:
        text: a cleaned message.
        words: its words.
        recipients: found in it; "my sister in Spain" lives there.
        lexicon: with the names of places.

    Returns:
        What it is sent to comes before where the recipient lives, that before where the shopper does.
    """
    if not any(word.text in ("in", "to") for word in words):
        return ()
    ends = {one.last for one in recipients}
    loud = text.isupper()
    found = list(_known(text, words, ends, lexicon, loud))
    if not loud:
        places = [(one.first, one.last) for one in found]
        found += [one for one in _unknown(text, words) if not any(a < one.last and one.first < b for a, b in places)]
    return tuple(sorted(found, key=lambda one: (-one.weight, one.code == ELSEWHERE, one.first)))


def _known(
    text: str, words: Sequence[Word], ends: set[int], lexicon: Lexicon, loud: bool
) -> Iterator[DestinationFound]:
    before: DestinationFound | None = None
    for one in find_phrases(words, lexicon.places):
        start, end = words[one.first].start, words[one.last - 1].end
        if one.phrase in lexicon.places_written_large and (loud or not text[start:end][:1].isupper()):
            continue
        if one.phrase in ("us", "oz", "nz") and not text[start:end].isupper():
            continue
        code = lexicon.places[one.phrase]
        if before is not None and before.last == one.first:  # "Madrid, Spain"
            before = DestinationFound(code, one.phrase, before.first, one.last, before.start, end, before.weight)
            yield before
        elif weight := _weight(text, words, one.first, ends):
            before = DestinationFound(code, one.phrase, one.first, one.last, start, end, weight)
            yield before


def _weight(text: str, words: Sequence[Word], first: int, ends: set[int]) -> int:
    """How surely a gift goes to the place whose words begin at ``first``; 0 where nothing says so."""
    at = first - 1
    if at >= 0 and words[at].text == "the":
        at -= 1
    if at < 1 or words[at].sentence != words[first].sentence:
        return 0
    preposition, behind = words[at].text, at - 1
    if preposition == "to":
        if words[behind].text in _MOVED:
            return _by_subject(words, behind)
        sentence = words[at].sentence
        near = [word.text for word in words[max(0, at - _SEND_WITHIN) : at] if word.sentence == sentence]
        return _SENT if words[behind].text not in _NO_SENDING and any(map(_SENDING.match, near)) else 0
    if preposition != "in":
        return 0
    while behind > 0 and words[behind].text in _BETWEEN:
        behind -= 1
    said = words[behind].text
    if said in _LIVING or said in _BEING or said.endswith(("'s", "'m", "'re")) or said == "im":
        return _by_subject(words, behind)
    named = behind
    while named + 1 not in ends and named > behind - 2 and named > 0 and text[words[named].start].isupper():
        named -= 1
    return _THEIRS if named + 1 in ends else 0


def _by_subject(words: Sequence[Word], verb: int) -> int:
    near = {word.text for word in words[max(0, verb - 2) : verb + 1] if word.sentence == words[verb].sentence}
    return _OURS if near & _OURSELVES else _THEIRS


def _unknown(text: str, words: Sequence[Word]) -> Iterator[DestinationFound]:
    """Yield a place by its capital letter alone, where somebody is said to live there."""
    for at, word in enumerate(words[:-2]):
        living = (word.text in _LIVING and words[at + 1].text == "in") or (
            word.text in _MOVED and words[at + 1].text == "to"
        )
        first = at + 2
        if not living or words[first].text in _NOT_NAMES or not text[words[first].start].isupper():
            continue
        last = first + 1
        while last < min(first + 3, len(words)) and text[words[last].start].isupper():
            last += 1
        start, end = words[first].start, words[last - 1].end
        yield DestinationFound(ELSEWHERE, None, first, last, start, end, _by_subject(words, at))
