"""What X forbids to store about people: health, religion, politics, ethnicity, finances, sex life, union, crime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.lexicon import Lexicon
from nlu.phrases import find_phrases
from nlu.text import Word


@dataclass(frozen=True, slots=True)
class SensitiveFound:
    """Words that tell of a sensitive trait; ``kind`` is a key of data/lookups/sensitive.yml."""

    kind: str
    text: str
    start: int
    end: int


def find_sensitive(text: str, words: Sequence[Word], lexicon: Lexicon) -> tuple[SensitiveFound, ...]:
    """Find what a message tells of someone's sensitive traits, in the order it stands.

    Args:
        text: the cleaned message.
        words: its words.
        lexicon: for the words of data/lookups/sensitive.yml.
    """
    found = []
    for hit in find_phrases(words, lexicon.sensitive):
        start, end = words[hit.first].start, words[hit.last - 1].end
        found.append(SensitiveFound(lexicon.sensitive[hit.phrase], text[start:end].lower(), start, end))
    return tuple(found)
