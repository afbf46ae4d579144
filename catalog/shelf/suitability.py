"""Whom and what a product is clearly for, read once from its words: children, one recipient, one occasion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from catalog.wanted import Wanted
from catalog.words.terms import GiftTerms, Term
from catalog.words.text_index import Mask, TextIndex

ADULT_FROM = 18
CHILD_TO = 12


@dataclass(frozen=True)
class Suitability:
    """One mask over all products for each thing a title can make clear."""

    for_children: Mask
    for_adults: Mask
    female: Mask
    male: Mask
    not_gifts: Mask
    """Sundries such as wrapping paper or drawer knobs: shown where asked for, else last."""
    plain: frozenset[str]
    """Colours, sizes and counts: words that make a variant, not another product."""
    named_for: Mapping[str, Mask]
    """By recipient: titles that name this recipient."""
    tied_to: Mapping[str, Mask]
    """By occasion: titles that name this occasion."""

    @classmethod
    def of(cls, terms: GiftTerms, text: TextIndex) -> Suitability:
        """Read the masks off the index."""
        recipients = {term.name: text.mask(term.named) for term in terms.recipients.values()}
        occasions = {term.name: text.mask(term.named) for term in terms.occasions.values()}
        return cls(
            for_children=text.mask(terms.group("for_children")),
            for_adults=text.mask(terms.group("for_adults")),
            female=text.mask(terms.group("female")),
            male=text.mask(terms.group("male")),
            not_gifts=text.mask(terms.group("not_gifts")),
            plain=frozenset(word for phrase in terms.group("plain") for word in phrase),
            named_for=recipients,
            tied_to=occasions,
        )

    def unsuitable(self, recipient: Term | None, occasion: Term | None, wanted: Wanted) -> Mask:
        """Products whose words say they are for someone else or for another occasion."""
        out = np.zeros_like(self.for_children)
        audience = audience_of(recipient, wanted.age)
        if audience == "adult":
            out |= self.for_children & ~self.for_adults
        elif audience == "child":
            out |= self.for_adults
        gender = wanted.gender or (recipient.gender if recipient else None)
        if gender in ("female", "male"):
            mine, other = (self.female, self.male) if gender == "female" else (self.male, self.female)
            out |= other & ~mine
        out |= _others(self.named_for, recipient, len(out))
        return out | _others(self.tied_to, occasion, len(out))


def audience_of(recipient: Term | None, age: tuple[int, int] | None) -> str | None:
    """``child``, ``adult`` or None where neither is clear; an age said counts more than the relation."""
    if age is not None:
        if age[1] <= CHILD_TO:
            return "child"
        return "adult" if age[0] >= ADULT_FROM else None
    return recipient.audience if recipient else None


def _others(named: Mapping[str, Mask], mine: Term | None, size: int) -> Mask:
    """Find what is tied to another name than mine, and not to mine too; nothing where mine is unknown."""
    if mine is None:
        return np.zeros(size, dtype=np.bool_)
    other = np.zeros(size, dtype=np.bool_)
    for name, mask in named.items():
        if name != mine.name:
            other |= mask
    return other & ~named[mine.name] if mine.name in named else other
