"""Whom and what a product is for: as the merchant says, else as its title makes clear; read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from catalog.wanted import Wanted
from catalog.words.product_text import KIND_FIELDS
from catalog.words.stems import Phrase
from catalog.words.terms import GiftTerms, Term
from catalog.words.text_index import Mask, TextIndex

ADULT_FROM = 18
CHILD_TO = 12
OLDEST = 150
_YEARS = {"child": (0, CHILD_TO), "adult": (ADULT_FROM, OLDEST)}
_CODES = {"female": 1, "male": 2}
_MEMO_BYTES = 8_000_000
Bits = NDArray[np.uint8]


@dataclass(frozen=True)
class Told:
    """What the merchant's feed says of whom each product is for; positions are those of the shelf."""

    ages_from: NDArray[np.int16]
    ages_to: NDArray[np.int16]
    """Years; -1 where the feed does not say."""
    gender: NDArray[np.int8]
    """0 for anybody or not said, 1 female, 2 male."""

    @property
    def any_ages(self) -> bool:
        """False where no product says an age, so that nothing needs to be compared."""
        return bool((self.ages_to >= 0).any())


@dataclass(frozen=True)
class Suitability:
    """Masks over all products for each thing a title or a feed can make clear."""

    for_children: Mask
    for_adults: Mask
    female: Mask
    male: Mask
    not_gifts: Mask
    """Sundries such as wrapping paper or drawer knobs: shown where asked for, else last."""
    plain: frozenset[str]
    """Colours, sizes and counts: words that make a variant, not another product."""
    sundry_words: frozenset[Phrase]
    text: TextIndex = field(repr=False)
    recipients: Mapping[str, Term]
    """By name: those whose name on a product makes it theirs ("best dad")."""
    occasions: Mapping[str, Term]
    told: Told | None = None
    _memo: dict[object, Bits] = field(repr=False, compare=False, default_factory=dict)

    @classmethod
    def of(cls, terms: GiftTerms, text: TextIndex, told: Told | None = None) -> Suitability:
        """Read the masks off the index, and what a feed told where given."""
        groups = {
            name: text.mask(terms.group(name), KIND_FIELDS)
            for name in ("for_children", "for_adults", "female", "male", "not_gifts")
        }
        if told is not None and told.any_ages:
            known = told.ages_to >= 0
            groups["for_children"] = np.where(known, told.ages_to < ADULT_FROM, groups["for_children"])
            groups["for_adults"] = np.where(known, told.ages_from >= ADULT_FROM, groups["for_adults"])
        return cls(
            for_children=groups["for_children"],
            for_adults=groups["for_adults"],
            female=groups["female"],
            male=groups["male"],
            not_gifts=groups["not_gifts"],
            plain=frozenset(word for phrase in terms.group("plain") for word in phrase),
            sundry_words=frozenset(terms.group("not_gifts")),
            text=text,
            recipients={term.name: term for term in terms.recipients.values() if term.named},
            occasions={term.name: term for term in terms.occasions.values() if term.named},
            told=told,
        )

    @cached_property
    def of_variants(self) -> frozenset[int]:
        """Places, among the words of the index, of colours, sizes, counts and figures."""
        return self.text.places(lambda word: word in self.plain or word.isdigit())

    def unsuitable(self, recipient: Term | None, occasion: Term | None, wanted: Wanted) -> tuple[Mask, Mask]:
        """Products that are for someone else or for another occasion, and those that only words of a title say so of.

        Who asks for toys by name means them for a grown man too, as far as only a title's words were against it.
        """
        audience = audience_of(recipient, wanted.age)
        years = wanted.age or _YEARS.get(audience or "")
        gender = wanted.gender or (recipient.gender if recipient else None)
        asked = (audience, years, gender, recipient and recipient.name, occasion and occasion.name)
        certain = self._kept(("certain", asked), lambda: self._certain(audience, years, gender, recipient, occasion))
        return certain, self._kept(("guessed", asked), lambda: self._guessed(audience, gender)) & ~certain

    def unasked(self, today: date) -> tuple[Mask, Mask]:
        """Products tied to an occasion, for a request that names none: those out of season, and those in it."""
        near = {name: term for name, term in self.occasions.items() if term.is_near(today)}
        far = {name: term for name, term in self.occasions.items() if name not in near}
        in_season = self._kept(("near", *near), lambda: self._named(near.values()))
        return self._kept(("far", *far), lambda: self._named(far.values())) & ~in_season, in_season

    def _certain(
        self,
        audience: str | None,
        years: tuple[int, int] | None,
        gender: str | None,
        recipient: Term | None,
        occasion: Term | None,
    ) -> Mask:
        out = np.zeros_like(self.for_children)
        if audience == "child":
            out |= self.for_adults
        if self.told is not None and years is not None and self.told.any_ages:
            apart = (self.told.ages_from > years[1]) | (self.told.ages_to < years[0])
            out = np.where(self.told.ages_to >= 0, apart, out)
        if gender in _CODES and self.told is not None:
            out |= (self.told.gender > 0) & (self.told.gender != _CODES[gender])
        return out | self._others(self.recipients, recipient) | self._others(self.occasions, occasion)

    def _guessed(self, audience: str | None, gender: str | None) -> Mask:
        """By words of titles, where the feed is silent: a child's thing for an adult, a thing of the other gender."""
        out = np.zeros_like(self.for_children)
        if audience == "adult":
            out |= self.for_children & ~self.for_adults
            if self.told is not None:
                out &= self.told.ages_to < 0
        if gender in _CODES:
            mine, other = (self.female, self.male) if gender == "female" else (self.male, self.female)
            wrong = other & ~mine
            out |= wrong if self.told is None else wrong & (self.told.gender == 0)
        return out

    def _others(self, named: Mapping[str, Term], mine: Term | None) -> Mask:
        """Find what is tied to another name than mine, and not to mine too; nothing where mine is unknown."""
        if mine is None:
            return np.zeros_like(self.for_children)
        other = self._named(term for name, term in named.items() if name != mine.name)
        return other & ~self.text.mask(mine.named, KIND_FIELDS)

    def _named(self, terms: Iterable[Term]) -> Mask:
        found = np.zeros_like(self.for_children)
        for term in terms:
            found |= self.text.mask(term.named, KIND_FIELDS)
        return found

    def _kept(self, key: object, work_out: Callable[[], Mask]) -> Mask:
        known = self._memo.get(key)
        if known is None:
            known = np.packbits(work_out())
            if len(self._memo) * (len(known) + 200) > _MEMO_BYTES:
                self._memo.clear()
            self._memo[key] = known
        return np.unpackbits(known, count=len(self.for_children)).view(np.bool_)


def audience_of(recipient: Term | None, age: tuple[int, int] | None) -> str | None:
    """``child``, ``adult`` or None where neither is clear; an age said counts more than the relation."""
    if age is not None:
        if age[1] <= CHILD_TO:
            return "child"
        return "adult" if age[0] >= ADULT_FROM else None
    return recipient.audience if recipient else None
