"""What can be said of a gift wanted: the fields that one message (Reading) and a whole talk (Brief) share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, cast, get_args

Gender = Literal["female", "male"]
Scope = Literal["each", "total"]
"""Whether an amount is for each recipient or for all of them together."""
Vague = Literal["low", "mid", "high"]
"""A budget hinted at without a figure: "not too expensive", "mid-priced", "I want to splash out"."""
Age = tuple[int, int]
"""Youngest and oldest in whole years, both included; a single age is the same figure twice."""

MOST_PEOPLE = 12
"""Recipients kept apart in one message; nobody means more."""


@dataclass(frozen=True, slots=True)
class Person:
    """One of several recipients of one message, with what was said of this one alone; ``count`` says how many."""

    recipient: str
    count: int | None = None
    age: Age | None = None
    gender: Gender | None = None
    interests: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {one.name: _to_json(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_json(cls, value: object) -> Person | None:
        """Read back what `to_json` wrote; None for anything that names nobody."""
        if not isinstance(value, Mapping) or not (recipient := text_from_json(value.get("recipient"))):
            return None
        return cls(
            recipient,
            _count_from_json(value.get("count")),
            _age_from_json(value.get("age")),
            cast("Gender | None", _one_of(value.get("gender"), get_args(Gender))),
            texts_from_json(value.get("interests")),
            texts_from_json(value.get("exclusions")),
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said of the gift wanted. None and () mean: not said.

    Prices are in units of ``currency`` (ISO 4217 code). ``no_budget`` is True where the shopper said that the
    price does not matter. ``occasion_date`` is the day of the occasion, ``deadline`` the last day the gift may
    arrive, ``deliver_to`` the two-letter country it goes to ("ZZ" for a place not known), ``deliver_place`` that place
    as it was named. ``people`` names several recipients kept apart, the first of them being ``recipient``; it is
    empty where the gift is for one (or for one group alike).
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
    budget_scope: Scope | None = None
    budget_vague: Vague | None = None
    recipient_count: int | None = None
    people: tuple[Person, ...] = ()
    occasion_date: date | None = None
    deadline: date | None = None
    deliver_to: str | None = None
    deliver_place: str | None = None
    passing: tuple[str, ...] = field(default=(), repr=False)
    """Of the words above those that tell of health, religion and the like: for this turn only, never kept."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values of every field."""
        return {one.name: _to_json(getattr(self, one.name)) for one in fields(self)}


def wish_fields(value: Mapping[str, Any]) -> dict[str, Any]:
    """Read back the fields of a Wish from its JSON, every shape checked; anything unreadable counts as not said."""
    people = value.get("people")
    named = (Person.from_json(one) for one in people) if isinstance(people, list) else ()
    return {
        "recipient": text_from_json(value.get("recipient")),
        "recipient_age": _age_from_json(value.get("recipient_age")),
        "recipient_gender": _one_of(value.get("recipient_gender"), get_args(Gender)),
        "occasion": text_from_json(value.get("occasion")),
        "budget_min": money_from_json(value.get("budget_min")),
        "budget_max": money_from_json(value.get("budget_max")),
        "currency": text_from_json(value.get("currency")),
        "interests": texts_from_json(value.get("interests")),
        "exclusions": texts_from_json(value.get("exclusions")),
        "no_budget": value.get("no_budget") is True,
        "budget_scope": _one_of(value.get("budget_scope"), get_args(Scope)),
        "budget_vague": _one_of(value.get("budget_vague"), get_args(Vague)),
        "recipient_count": _count_from_json(value.get("recipient_count")),
        "people": tuple(one for one in named if one)[:MOST_PEOPLE],
        "occasion_date": date_from_json(value.get("occasion_date")),
        "deadline": date_from_json(value.get("deadline")),
        "deliver_to": _country_from_json(value.get("deliver_to")),
        "deliver_place": text_from_json(value.get("deliver_place")),
        "passing": texts_from_json(value.get("passing")),
    }


def _to_json(value: object) -> Any:
    if isinstance(value, Decimal):
        return money_to_json(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Person):
        return value.to_json()
    return [_to_json(one) for one in value] if isinstance(value, tuple) else value


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


def date_from_json(value: object) -> date | None:
    """Read an ISO day; None for anything that is not one."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def text_from_json(value: object) -> str | None:
    """Return a non-empty text, or None."""
    return value if isinstance(value, str) and value else None


def texts_from_json(value: object) -> tuple[str, ...]:
    """Return the non-empty texts of a list; () for anything else."""
    if not isinstance(value, list | tuple):
        return ()
    return tuple(word for word in value if isinstance(word, str) and word)


def _one_of(value: object, allowed: tuple[str, ...]) -> str | None:
    return value if isinstance(value, str) and value in allowed else None


def _country_from_json(value: object) -> str | None:
    two_letters = isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper()
    return cast(str, value) if two_letters else None


def _count_from_json(value: object) -> int | None:
    return value if type(value) is int and value > 0 else None


def _age_from_json(value: object) -> Age | None:
    if isinstance(value, list | tuple) and len(value) == 2 and all(type(year) is int for year in value):
        return int(value[0]), int(value[1])
    return None
