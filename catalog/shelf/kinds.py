"""What kind of thing a product is, in the words of its title: for "not the first one"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.product import Product
from catalog.shelf.shelf import Shelf
from catalog.words.stems import Phrase, occurs, phrase

LONGEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WITH = frozenset({"with", "in", "for", "on", "from"})
"""What follows describes the thing, it does not name it."""
_LOOKS = re.compile(r"\b\S+ (?:shaped?|designs?|style|pattern|print|themed?)\b")
"""So does what stands before these."""


def kind_of(shelf: Shelf, product: Product, likes: tuple[str, ...]) -> str | None:
    """Name the kind of ``product`` as its title writes it, but never one of the ``likes``; None where none is told.

    A name the lookup knows ("candle") tells most, then words it holds ("trowel"), then any that is no colour or size;
    among equals the last, since English names the thing last, and the longest of those.
    """
    wished = {shelf.terms.interest(said).name for said in likes}
    meant = {one for said in likes for one in (phrase(said), phrase(shelf.terms.interest(said).name))}
    named = {one for one, term in shelf.terms.interests.items() if term.name not in wished} - meant
    held = {one for term in shelf.terms.interests.values() for one in term.words} - meant
    whole = phrase(product.title)
    found = [
        (text, stems)
        for text, stems in _pieces(product.title, shelf.suitability.plain)
        if stems not in meant and shelf.terms.literal(text) and occurs(stems, whole)
    ]
    for known in (named, held, None):
        for text, stems in found:
            apt = stems in known if known is not None else len(stems) == 1
            if apt and shelf.terms.interest(text).name not in wished:
                return text
    return None


def _pieces(title: str, plain: frozenset[str]) -> Iterator[tuple[str, Phrase]]:
    """Runs of up to three words of the part of a title that names the thing: those that end last first, longest first.

    A run neither begins nor ends with a colour, a size or the like.
    """
    words: list[str] = []
    for word in _WORD.findall(_LOOKS.sub(" ", title.casefold()) or title.casefold()):
        if word in _WITH and words:
            break
        words.append(word)
    for end in range(len(words), 0, -1):
        for begin in range(max(0, end - LONGEST), end):
            text = " ".join(words[begin:end])
            stems = phrase(text)
            if stems and stems[0] not in plain and stems[-1] not in plain and len(text) > 2:
                yield text, stems
