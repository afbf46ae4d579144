"""What one language brings to the reading of stop and start wishes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WishWords:
    """Patterns over plain words: lower case, no accents, no apostrophes, no hyphens, one blank between words.

    ``strong``: clauses that are a wish whatever else is said.
    ``weak``: clauses that are one only beside words about our writing. ``bare``: words that are one where all else is
    politeness. ``start``: wishes to hear from us again. ``soft``: phrases of politeness and emphasis between bars,
    taken off both ends.
    ``our_writing``: words that tell that our messages are spoken of.
    """

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    bare: tuple[str, ...]
    start: tuple[str, ...]
    soft: str
    our_writing: str
