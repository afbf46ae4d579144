"""For which requests a steer is meant: recipient, occasion, interests, budget."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from catalog.wanted import Wanted
from catalog.words.stems import phrase
from catalog.words.terms import GiftTerms


@dataclass(frozen=True, slots=True)
class ForBrief:
    """All that is named must hold of a request; words are read as shoppers' are ("mum" is "mother")."""

    recipient: str | None = None
    occasion: str | None = None
    likes: tuple[str, ...] = ()
    """At least one of them is asked for."""
    budget_from: Decimal | None = None
    budget_to: Decimal | None = None
    """The most the shopper would spend lies between these, in the catalogue's currency; never so where none is said."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Recipient, occasion and interests under the names the lookup has for them."""

    recipient: str | None
    occasion: str | None
    likes: frozenset[str]

    @classmethod
    def by(cls, terms: GiftTerms, asked: ForBrief | Wanted) -> Meant:
        """Read the words of a steer or of a request alike."""
        recipient, occasion = terms.recipient(asked.recipient), terms.occasion(asked.occasion)
        return cls(
            recipient.name if recipient else _words(asked.recipient),
            occasion.name if occasion else _words(asked.occasion),
            frozenset(_words(terms.interest(said).name) or said for said in asked.likes),
        )


def fits(brief: ForBrief, meant: Meant, wanted: Wanted, asked: Meant, currency: str) -> bool:
    """Tell whether the request is one the steer is meant for."""
    if meant.recipient is not None and meant.recipient != asked.recipient:
        return False
    if meant.occasion is not None and meant.occasion != asked.occasion:
        return False
    if meant.likes and not meant.likes & asked.likes:
        return False
    if brief.budget_from is None and brief.budget_to is None:
        return True
    most = wanted.price_max
    if most is None or (wanted.currency or currency).upper() != currency:
        return False
    return (brief.budget_from is None or brief.budget_from <= most) and (
        brief.budget_to is None or most <= brief.budget_to
    )


def _words(said: str | None) -> str | None:
    return " ".join(phrase(said)) if said else None
