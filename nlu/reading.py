"""One message read: everything it says about the gift wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nlu.brief import Age, Gender, money_to_json, shared_fields
from nlu.findings import Findings, find
from nlu.lexicon import Lexicon
from nlu.recipients import gender_of_pronouns, is_group


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message says. None and () mean: not said in this message.

    ``corrected`` marks a message that takes something back ("no, my sister, not my mum"). ``position`` is the
    shown Suggestion the message points at (1 the first, -1 the last).
    """

    recipient: str | None = None
    recipient_age: Age | None = None
    recipient_gender: Gender | None = None
    occasion: str | None = None
    budget_min: Decimal | None = None
    budget_max: Decimal | None = None
    currency: str | None = None
    interests: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    no_budget: bool = False
    corrected: bool = False
    position: int | None = None

    @property
    def is_empty(self) -> bool:
        """True where nothing is said about the gift wanted (a bare correction or position is nothing)."""
        return self == Reading(corrected=self.corrected, position=self.position)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, as Rasa stores them in an entity."""
        return {
            "recipient": self.recipient,
            "recipient_age": list(self.recipient_age) if self.recipient_age else None,
            "recipient_gender": self.recipient_gender,
            "occasion": self.occasion,
            "budget_min": money_to_json(self.budget_min),
            "budget_max": money_to_json(self.budget_max),
            "currency": self.currency,
            "interests": list(self.interests),
            "exclusions": list(self.exclusions),
            "no_budget": self.no_budget,
            "corrected": self.corrected,
            "position": self.position,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> Reading:
        """Read back the Reading that `to_json` wrote; anything unreadable in it counts as not said."""
        value = value or {}
        position = value.get("position")
        return cls(
            **shared_fields(value),
            corrected=value.get("corrected") is True,
            position=position if type(position) is int else None,
        )


def read(text: str, *, today: date, lexicon: Lexicon) -> Reading:
    """Read everything the message says about the gift wanted.

    Args:
        text: the message as the shopper wrote it, any Unicode, any length.
        today: the day the message was written, for occasions that are dates.
        lexicon: the words of data/lookups.

    Returns:
        A Reading; an empty one where nothing is said. Never raises.
    """
    return reading_of(find(text, lexicon))


def reading_of(found: Findings) -> Reading:
    """Fold what the grammars found into one Reading: a form in brackets first, then the free words."""
    who, form = found.recipient, found.bracket
    name = (form.recipient if form else None) or (who.name if who else None)
    budget = (form.budget if form else None) or found.budget
    age = (form.age if form else None) or (found.ages[0].age if found.ages else None)
    return Reading(
        recipient=name,
        recipient_age=age,
        recipient_gender=_gender(found, name),
        occasion=found.occasions[0].name if found.occasions else None,
        budget_min=budget.low if budget else None,
        budget_max=budget.high if budget else None,
        currency=budget.currency if budget else None,
        interests=tuple(span.text for span in found.interests),
        exclusions=tuple(dict.fromkeys(span.text for span in found.exclusions)),
        no_budget=found.no_budget,
        corrected=found.corrected,
        position=found.position.position if found.position else None,
    )


def _gender(found: Findings, name: str | None) -> Gender | None:
    """Return the gender of the noun, else of a form in brackets, else of the pronouns; none for a group."""
    who = found.recipient
    if who and who.name == name and who.gender:
        return who.gender
    if found.bracket and found.bracket.gender:
        return found.bracket.gender
    if name == "self" or is_group(name):
        return None
    return gender_of_pronouns(found.words)
