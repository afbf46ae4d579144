"""What is known of the gift wanted, and how one more message changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    from nlu.reading import Reading

Gender = Literal["female", "male"]
Age = tuple[int, int]
"""Youngest and oldest in whole years, both included; a single age is the same figure twice."""

VAGUE_RECIPIENTS = frozenset({"woman", "man", "girl", "boy", "child", "baby", "teenager", "person", "couple"})
"""Recipients that a more telling word replaces without being another person."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the shopper has told us so far. None and () mean: not said.

    Prices are in units of ``currency`` (ISO 4217 code). ``no_budget`` is True where the shopper said that the
    price does not matter.
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

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values: for a slot, a log of what was understood, or a test."""
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
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> Brief:
        """Read back the Brief that `to_json` wrote; anything unreadable in it counts as not said."""
        return cls(**shared_fields(value or {}))


def merge(brief: Brief, reading: Reading) -> Brief:
    """Return what is known once this message is read.

    A recipient who is another person starts a new Brief (money is kept only if said again), unless the
    message corrects itself ("no, my sister, not my mum"): then only what belonged to the wrong person goes.
    """
    base = _about(brief, reading)
    said_money = reading.budget_min is not None or reading.budget_max is not None
    vague = reading.recipient in VAGUE_RECIPIENTS and base.recipient is not None
    known = replace(
        base,
        recipient=base.recipient if vague else reading.recipient or base.recipient,
        recipient_age=reading.recipient_age or base.recipient_age,
        recipient_gender=reading.recipient_gender or base.recipient_gender,
        occasion=reading.occasion or base.occasion,
        interests=_joined(base.interests, reading.interests, without=reading.exclusions),
        exclusions=_joined(base.exclusions, reading.exclusions, without=reading.interests),
    )
    if said_money:
        return _with_money(known, reading)
    if reading.no_budget:
        return replace(known, budget_min=None, budget_max=None, currency=None, no_budget=True)
    return known


def _with_money(known: Brief, reading: Reading) -> Brief:
    """Set the budget newly said; where that is one end only, the other stands if both make one range of one currency.

    An amount takes the currency said with it and never an older one, unless it joins an end that stands.
    """
    low, high, currency = reading.budget_min, reading.budget_max, reading.currency
    if currency is None or known.currency in (None, currency):
        if low is None and high is not None and known.budget_min is not None and known.budget_min <= high:
            low, currency = known.budget_min, currency or known.currency
        elif high is None and low is not None and known.budget_max is not None and low <= known.budget_max:
            high, currency = known.budget_max, currency or known.currency
    return replace(known, budget_min=low, budget_max=high, currency=currency, no_budget=False)


def _about(brief: Brief, reading: Reading) -> Brief:
    """Return the part of the old Brief that still holds for whom this message is about."""
    new, old = reading.recipient, brief.recipient
    if new is None or old is None or new == old:
        return brief
    if new in VAGUE_RECIPIENTS and not reading.corrected:
        return brief if _same_gender(reading.recipient_gender, brief.recipient_gender) else Brief()
    if old in VAGUE_RECIPIENTS and _same_gender(reading.recipient_gender, brief.recipient_gender):
        return brief
    if reading.corrected:
        return replace(brief, recipient=None, recipient_age=None, recipient_gender=None)
    return Brief()


def _same_gender(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _joined(old: Sequence[str], new: Sequence[str], *, without: Sequence[str]) -> tuple[str, ...]:
    """Old then new, each once, without what the same message says the opposite of."""
    gone = {word.casefold() for word in without}
    kept = {word.casefold(): word for word in (*old, *new) if word.casefold() not in gone}
    return tuple(kept.values())


# ------------------------------------------------------------------ JSON shared by Brief and Reading
def money_to_json(value: Decimal | None) -> str | None:
    """Write a price as text, so that no float ever rounds it."""
    return None if value is None else format(value, "f")


def money_from_json(value: object) -> Decimal | None:
    """Read a price from text or a number; None for anything that is not one."""
    if value is None or isinstance(value, bool):
        return None
    try:
        price = Decimal(str(value))
    except InvalidOperation:
        return None
    return price if price.is_finite() and price >= 0 else None


def shared_fields(value: Mapping[str, Any]) -> dict[str, Any]:
    """Read back the fields Brief and Reading have in common, every shape checked."""
    age, gender = value.get("recipient_age"), value.get("recipient_gender")
    return {
        "recipient": text_from_json(value.get("recipient")),
        "recipient_age": _age_from_json(age),
        "recipient_gender": cast(Gender, gender) if gender in ("female", "male") else None,
        "occasion": text_from_json(value.get("occasion")),
        "budget_min": money_from_json(value.get("budget_min")),
        "budget_max": money_from_json(value.get("budget_max")),
        "currency": text_from_json(value.get("currency")),
        "interests": texts_from_json(value.get("interests")),
        "exclusions": texts_from_json(value.get("exclusions")),
        "no_budget": value.get("no_budget") is True,
    }


def text_from_json(value: object) -> str | None:
    """Return a non-empty text, or None."""
    return value if isinstance(value, str) and value else None


def texts_from_json(value: object) -> tuple[str, ...]:
    """Return the non-empty texts of a list; () for anything else."""
    if not isinstance(value, list | tuple):
        return ()
    return tuple(word for word in value if isinstance(word, str) and word)


def _age_from_json(value: object) -> Age | None:
    if isinstance(value, list | tuple) and len(value) == 2 and all(type(year) is int for year in value):
        return int(value[0]), int(value[1])
    return None
