"""One message read: everything it says about the gift wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nlu.brief import Age, Gender, money_to_json, shared_fields
from nlu.lexicon import Lexicon


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
    return Reading()
