"""Likes told by a sign: a fish on a hook, a dog, a cup of coffee."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from nlu.tastes.negations import NEGATIONS
from nlu.words.lexicon import Lexicon
from nlu.words.open_lists import Span
from nlu.words.text import Word

_REFUSING = NEGATIONS | {"no", "hates", "without", "allergic", "nothing"}


def find_emoji_likes(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find the signs that stand for a like; the Span holds no word, and its text is what the sign stands for.

    A sign right behind "no" or "hates" is passed over.
    """
    if text.isascii():
        return []
    found: list[Span] = []
    for place, sign in enumerate(text):
        meant = lexicon.emoji.get(sign)
        if meant is None:
            continue
        at = bisect_left(words, place, key=lambda word: word.start)
        before = {word.text for word in words[max(0, at - 2) : at]}
        if not before & _REFUSING:
            found.append(Span(meant, at, at, place, place + 1))
    return found
