"""What a person wrote or read in a direct message, out of how X transports it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MAX_TEXT = 10_000
"""Characters of one direct message that are kept; X's own limit by its older pages."""

_MOST = 4 * MAX_TEXT
"""Characters held while a text is made plain; no step keeps more."""

_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def plain_text(text: str, entities: Any = None) -> str:
    """Undo X's escapes and link wrapping, mend what cannot be stored, and bound the length.

    X hands ``&`` ``<`` ``>`` over as HTML escapes and every link as a ``t.co`` one, with the original beside
    it in ``entities``. Both are undone, so that a text read back from X compares with the one that was sent.
    """
    text = text[:_MOST]
    for escape, character in _ESCAPES:
        text = text.replace(escape, character)
    for short, original in _links(entities):
        text = text.replace(short, original, 1)[:_MOST]
    # JSON may carry half a surrogate pair, which no UTF-8 store takes
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:MAX_TEXT]


def _links(entities: Any) -> Iterator[tuple[str, str]]:
    """Pairs of the wrapped and the original link, one for each place; what is oddly shaped is passed over.

    Only a link is ever replaced, and once: an entry of one letter could else grow a small text to gigabytes.
    """
    urls = entities.get("urls") if isinstance(entities, dict) else None
    for entry in urls[:50] if isinstance(urls, list) else ():
        short = entry.get("url") if isinstance(entry, dict) else None
        original = entry.get("expanded_url") if isinstance(entry, dict) else None
        if (
            isinstance(short, str)
            and isinstance(original, str)
            and short.startswith("http")
            and len(original) <= MAX_TEXT
        ):
            yield short, original
