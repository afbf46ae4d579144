"""The one rule by which two texts are alike though X put its own links into one of them. Pure."""

from __future__ import annotations

import re
import unicodedata

_LINKED = re.compile(r"https?://|\w\.[^\W\d_]{2,}", re.IGNORECASE)
"""A scheme, or a dot between a name and two letters: wider than X's list of domains, alike for both sides."""


def links_alike(text: str) -> str:
    """The text with every word that holds a link, or what X takes for one, as the same sign.

    X makes a link of a bare domain too, and hands it back wrapped or with a scheme before it. The whole word
    is replaced, as X and we may not agree where in it the link begins and ends. White space is one space.
    """
    words = unicodedata.normalize("NFC", text).split()
    return " ".join("[link]" if _LINKED.search(word) else word for word in words)
