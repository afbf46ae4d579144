"""What a shopper likes and does not want, as products: which match, how surely, and by which words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from catalog.shelf.shelf import Shelf
from catalog.words.product_text import NAME_FIELDS
from catalog.words.stems import Phrase
from catalog.words.terms import Term
from catalog.words.text_index import Mask


@dataclass(frozen=True)
class Like:
    """One interest of the request, and where the catalogue meets it."""

    said: str
    term: Term
    strong: Mask
    """Title, type or brand hold one of its words."""
    near: Mask
    """They hold a word near to it, or the description one of its own: true, and weaker."""
    mask: Mask
    """Products that match it at all."""

    def word(self, shelf: Shelf, product: int) -> str:
        """Return the words of this product that met it, as the lookup (or the shopper) wrote them; empty for none."""
        found = shelf.text.first_of((*self.term.words, *self.term.near), product, NAME_FIELDS)
        found = found or shelf.text.first_of(self.term.words, product)
        return self.term.written_as(found) if found else ""


def like_of(shelf: Shelf, said: str) -> Like:
    """Find the products one interest means; where its own words find none, those of its last word, if known."""
    text = shelf.text
    term = shelf.terms.interest(said)
    named, anywhere = text.mask(term.words, NAME_FIELDS), text.mask(term.words)
    beside = text.mask(term.near, NAME_FIELDS)
    if not (anywhere.any() or beside.any()):
        head = shelf.terms.head_of(said)
        if head is not None:
            term = head
            named, anywhere = text.mask(term.words, NAME_FIELDS), text.mask(term.words)
            beside = text.mask(term.near, NAME_FIELDS)
    if term.never:
        never = text.mask(term.never, NAME_FIELDS)
        named, anywhere, beside = named & ~never, anywhere & ~never, beside & ~never
    mask = anywhere | beside
    return Like(said, term, named, mask & ~named, mask)


def excluded(shelf: Shelf, not_wanted: tuple[str, ...]) -> Mask:
    """Products that any of the unwanted kinds names, its synonyms included ("no candles": tea lights too)."""
    out = np.zeros(shelf.size, dtype=np.bool_)
    for said in not_wanted:
        term = shelf.terms.interest(said)
        out |= shelf.text.mask((*term.words, *_itself(shelf, said, term)))
    return out


def _itself(shelf: Shelf, said: str, term: Term) -> tuple[Phrase, ...]:
    """Return the words as said, beside what the lookup knows; the head too where only that is known."""
    head = shelf.terms.head_of(said) if term.name == said else None
    literal = shelf.terms.literal(said)
    found = bool(literal) and len(shelf.text.holding(literal)) > 0
    return ((literal,) if literal else ()) + (head.words if head and not found else ())
