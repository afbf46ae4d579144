"""What the gift is for: a birthday, Christmas, a thank-you."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.lexicon import Lexicon
from nlu.phrases import find_phrases
from nlu.text import Word

_PAST = frozenset({"last", "previous", "past", "recent"})
_OVER = frozenset({"gave", "got", "bought", "was", "made", "received"})
_GIFT_WORDS = frozenset({"gift", "gifts", "present", "presents", "idea", "ideas", "something", "for", "to", "say"})
_WEAK = frozenset({"thank you", "thank_you", "graduate", "graduated", "graduates", "marriage", "retire", "retires", "moving in", "promotion", "confirmation"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class OccasionFound:
    """An occasion by the name the Brief keeps, and where it stands."""

    name: str
    start: int
    end: int


def find_occasions(words: Sequence[Word], lexicon: Lexicon) -> tuple[OccasionFound, ...]:
    """Find the occasions a message names: those of this gift first, then those of gifts long given."""
    now: list[OccasionFound] = []
    past: list[OccasionFound] = []
    masked = {index for hit in find_phrases(words, lexicon.not_occasions) for index in range(hit.first, hit.last)}
    for hit in find_phrases(words, lexicon.occasions):
        if masked & set(range(hit.first, hit.last)) or not _is_meant(words, hit.first, hit.last, hit.phrase):
            continue
        found = OccasionFound(lexicon.occasions[hit.phrase], words[hit.first].start, words[hit.last - 1].end)
        before = {word.text for word in words[max(0, hit.first - 3) : hit.first]}
        clause = [word.text for word in words if word.sentence == words[hit.first].sentence]
        is_past = bool(before & _PAST) or ("last" in clause and "year" in clause and bool(_OVER & set(clause)))
        (past if is_past else now).append(found)
    return tuple(now + past) or _round_birthday(words)


_ROUND = frozenset({"16th", "18th", "21st", "30th", "40th", "50th", "60th", "65th", "70th", "75th", "80th", "85th", "90th", "95th", "100th"})  # fmt: skip
_OTHER_ROUND = frozenset({"anniversary", "wedding", "of", "floor", "century", "grade", "edition", "street", "place", "time"})  # fmt: skip


def _round_birthday(words: Sequence[Word]) -> tuple[OccasionFound, ...]:
    """A round number of years alone is a birthday: "mum's 60th"."""
    for index, word in enumerate(words):
        after = words[index + 1].text if index + 1 < len(words) else ""
        if index and word.text in _ROUND and after not in _OTHER_ROUND:
            return (OccasionFound("birthday", word.start, word.end),)
    return ()


def _is_meant(words: Sequence[Word], first: int, last: int, phrase: str) -> bool:
    """Words of politeness and of study count only next to a word of giving."""
    if phrase not in _WEAK:
        return True
    around = {word.text for word in (*words[max(0, first - 3) : first], *words[last : last + 2])}
    return bool(around & _GIFT_WORDS)
