"""Slips of the finger put into messages, to see what they cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(r"[^\W\d_]+")
_LEAVE = re.compile(r"\S*(?:[\d£$€₹¥<>@#]|://|www\.)\S*")
"""Figures, prices, links, handles and tags stay as they are; so do currency codes."""
_CODES = frozenset({"GBP", "USD", "EUR", "CAD", "AUD", "NZD", "INR", "JPY", "CHF", "SEK"})
SHORTEST = 3
"""Letters of the shortest word that slips."""


def _neighbours() -> dict[str, str]:
    """Letters beside each letter on an English keyboard, in its row and the rows above and below."""
    found: dict[str, str] = {}
    for y, row in enumerate(_ROWS):
        for x, letter in enumerate(row):
            beside = [row[x - 1 : x] if x else "", row[x + 1 : x + 2]]
            above = _ROWS[y - 1][x : x + 2] if y else ""
            below = _ROWS[y + 1][max(0, x - 1) : x + 1] if y + 1 < len(_ROWS) else ""
            found[letter] = "".join((*beside, above, below))
    return found


NEIGHBOURS = _neighbours()


def with_slips(texts: Sequence[str], share: float, seed: int) -> tuple[str, ...]:
    """Give ``share`` (0 to 1) of all words of three letters or more one slip each, wherever they stand.

    The same texts, share and seed give the same slips. Never touched: anything with a figure or a sign of money in
    it, currency codes, links, handles.
    """
    rng = Random(seed)  # noqa: S311 - slips, not secrets
    places = [(number, *span) for number, text in enumerate(texts) for span in places_for_slips(text)]
    chosen = rng.sample(places, round(share * len(places)))
    made = list(texts)
    for number, start, end in sorted(chosen, reverse=True):
        made[number] = made[number][:start] + slip(made[number][start:end], rng) + made[number][end:]
    return tuple(made)


def places_for_slips(text: str) -> list[tuple[int, int]]:
    """Start and end of every word that may slip."""
    left = [match.span() for match in _LEAVE.finditer(text)]
    return [
        match.span()
        for match in _WORD.finditer(text)
        if len(match[0]) >= SHORTEST
        and match[0].isalpha()
        and match[0] not in _CODES
        and not any(start <= match.start() < end for start, end in left)
    ]


def slip(word: str, rng: Random) -> str:
    """The word with one slip: two letters swapped, one dropped, one doubled, or a neighbouring key hit."""
    for kind in rng.sample((_swapped, _dropped, _doubled, _beside), 4):
        made = kind(word, rng)
        if made != word:
            return made
    return word + word[-1:]


def _swapped(word: str, rng: Random) -> str:
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _beside(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    near = NEIGHBOURS.get(word[at].lower())
    if near is None:
        return word
    hit = rng.choice(near)
    return word[:at] + (hit.upper() if word[at].isupper() else hit) + word[at + 1 :]
