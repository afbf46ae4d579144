"""Words and their stems: one way to cut text, for titles, terms and what shoppers say alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

Phrase: TypeAlias = tuple[str, ...]
"""Stems that stand next to each other."""

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?\b")
_IRREGULAR = {
    "leaves": "leaf", "knives": "knife", "shelves": "shelf", "scarves": "scarf", "loaves": "loaf",
    "wolves": "wolf", "elves": "elf", "mice": "mouse", "geese": "goose", "children": "child",
    "men": "man", "women": "woman", "mens": "man", "womens": "woman", "childrens": "child",
    "jewelry": "jewellery", "grey": "gray", "colour": "color",
}  # fmt: skip
_ES = ("sses", "shes", "ches", "xes", "zes", "oes")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the form under which singular and plural of a lower-case English noun meet."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if len(word) > 4 and word.endswith(_ES) else word[:-1]
    return word[:-2] + "y" if len(word) > 3 and word.endswith("ie") else _IRREGULAR.get(word, word)


def phrase(text: str) -> Phrase:
    """Return the stems of ``text`` in order; punctuation, case and possessives do not count."""
    return tuple(stem(word) for word in _WORD.findall(_POSSESSIVE.sub("", text.casefold())))


def occurs(wanted: Sequence[object], within: Sequence[object]) -> bool:
    """Tell whether ``wanted`` stands in ``within`` as neighbouring whole words (or their numbers, both as lists)."""
    size = len(wanted)
    return size > 0 and any(within[at : at + size] == wanted for at in range(len(within) - size + 1))
