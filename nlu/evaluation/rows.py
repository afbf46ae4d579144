"""Labelled messages: one JSON object a line, checked whole before anything is measured."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

REQUEST, REFINE, OTHER = INTENTS = ("ask_gift", "refine", "other")
EXACT_SLOTS = (
    "recipient",
    "recipient_age",
    "recipient_gender",
    "budget_min",
    "budget_max",
    "currency",
    "occasion",
)
LIST_SLOTS = ("interests", "exclusions")
SLOTS = EXACT_SLOTS + LIST_SLOTS
EXTRAS = ("budget_vague", "per_person", "occasion_date", "deadline", "people", "sensitive")
"""Told by some files beside the slots; scored where a row gives them."""

_SAME_PERSON = {"grandma": "grandmother", "grandpa": "grandfather"}


class BadRow(ValueError):
    """A row cannot be scored; the text names line, field, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled message.

    ``intents`` are all that count as right, the first being the label; () marks a message that only must not be taken
    for a request or a refinement (out of scope, abuse, spam). ``slots`` is None where the row labels no slots. In it
    None and () mean not said; ages are (youngest, oldest), budgets numbers of units of ``currency``.
    """

    id: str
    text: str
    intents: tuple[str, ...] = ()
    slots: Mapping[str, Any] | None = None
    extras: Mapping[str, Any] = field(default_factory=dict)
    wish: str | None = None
    label: str | None = None
    bracket: bool | None = None
    today: date | None = None
    country: str | None = None


def read_rows(lines: Iterable[str]) -> tuple[Row, ...]:
    """Read rows of both kinds, mixed as they may be; blank lines are passed over.

    Raises:
        BadRow: at the first row that cannot be scored. Nothing is left out silently.
    """
    rows = tuple(_row(number, line) for number, line in enumerate(lines, start=1) if line.strip())
    if not rows:
        raise BadRow("The file holds no row: give one JSON object a line.")
    return rows


def same_person(name: str) -> str:
    """The one noun used for a person by giftbot and by the labels alike."""
    plain = " ".join(name.casefold().split())
    return _SAME_PERSON.get(plain, plain)


def _row(number: int, line: str) -> Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRow(f"line {number}: this is no JSON ({error}); give one JSON object a line") from None
    if not isinstance(value, dict):
        raise BadRow(f"line {number}: a row is a JSON object, not {_kind(value)}")
    take = _Taker(number, value)
    text = take("text", _text, "the message as it was written, in quotes", needed=True)
    name = value.get("id")
    common = {
        "id": f"line {number}" if name is None else str(name),
        "text": text,
        "today": take("today", _day, "a day such as 2026-11-22, or leave it out"),
        "country": take("country", _country, "two capital letters such as GB, or leave it out"),
        "label": take("label", _text, "a word, or leave it out"),
        "wish": take("wish", _text, "the name of one of giftbot's intents, or leave it out"),
    }
    if "intent" not in value:
        if "label" not in value:
            raise BadRow(
                f"line {number}, field intent: it is missing; say ask_gift, refine or other"
                " (or give a label where the message must not be taken for a request)"
            )
        return Row(**common)
    intent = take("intent", _intent, f"one of {', '.join(INTENTS)}", needed=True)
    others = take("intent_alt", _intents, f"one of {', '.join(INTENTS)}, or a list of them, or leave it out") or ()
    return Row(
        **common,
        intents=tuple(dict.fromkeys((intent, *others))),
        slots=_slots(take) if intent == REQUEST else None,
        extras={name: take(name, *_EXTRA_SHAPES[name]) for name in EXTRAS if name in value},
        bracket=take("has_bracket_spec", _yes_or_no, "true or false, or leave it out"),
    )


def _slots(take: _Taker) -> dict[str, Any] | None:
    """The slots of a request: all of them or, in a file about intents only, none."""
    missing = [name for name in SLOTS if name not in take.value]
    if len(missing) == len(SLOTS):
        return None
    if missing:
        raise BadRow(
            f"line {take.number}, field {missing[0]}: it is missing; a request labels all of {', '.join(SLOTS)}"
            " (null or [] where nothing is said), or none of them"
        )
    return {name: take(name, *_SHAPES[name]) for name in SLOTS}


class _Taker:
    """Takes fields out of one row, each checked by its shape."""

    def __init__(self, number: int, value: Mapping[str, Any]) -> None:
        self.number = number
        self.value = value

    def __call__(self, name: str, shape: Callable[[Any], Any], advice: str, *, needed: bool = False) -> Any:
        value = self.value.get(name)
        if value is None and not needed:
            return () if name in LIST_SLOTS else None
        try:
            return shape(value)
        except (TypeError, ValueError, OverflowError):
            shown = "it is missing" if name not in self.value else f"{_short(value)} cannot be read"
            raise BadRow(f"line {self.number}, field {name}: {shown}; give {advice}") from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _word(value: Any) -> str | None:
    return " ".join(_text(value).casefold().split()) or None


def _person(value: Any) -> str | None:
    return same_person(_text(value)) or None


def _intent(value: Any) -> str:
    if value not in INTENTS:
        raise ValueError
    return str(value)


def _intents(value: Any) -> tuple[str, ...]:
    return tuple(_intent(one) for one in (value if isinstance(value, list) else [value]))


def age_from(value: Any) -> tuple[int, int] | None:
    """An age as (youngest, oldest) in whole years, from a number or a pair.

    Raises:
        TypeError, ValueError, OverflowError: it is neither.
    """
    if value is None:
        return None
    low, high = value if isinstance(value, list) else (value, value)
    if any(isinstance(one, bool) or int(one) != one for one in (low, high)) or not 0 <= low <= high:
        raise ValueError
    return int(low), int(high)


def _money(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise ValueError
    return float(value)


def _gender(value: Any) -> str:
    if value not in ("female", "male"):
        raise ValueError
    return str(value)


def _currency(value: Any) -> str:
    if not (_text(value).isalpha() and len(value) == 3):
        raise ValueError
    return str(value).upper()


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(one) for one in value)


def _day(value: Any) -> date:
    return date.fromisoformat(value)


def _country(value: Any) -> str:
    if not (_text(value).isalpha() and value.isupper() and len(value) == 2):
        raise ValueError
    return str(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _vague(value: Any) -> str:
    if value not in ("low", "mid", "high"):
        raise ValueError
    return str(value)


def _people(value: Any) -> tuple[tuple[str, tuple[int, int] | None, int], ...]:
    """Each person as (noun, "" where none is said, age, how many), in a fixed order."""
    if not isinstance(value, list):
        raise TypeError
    return tuple(sorted((_one_person(one) for one in value), key=str))


def _one_person(value: Any) -> tuple[str, tuple[int, int] | None, int]:
    if not isinstance(value, dict):
        raise TypeError
    return same_person(_text(value.get("recipient") or "")), age_from(value.get("age")), int(value.get("count") or 1)


def _kind(value: Any) -> str:
    return {list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")


def _short(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:57] + "..."


_SHAPES: dict[str, tuple[Callable[[Any], Any], str]] = {
    "recipient": (_person, "one lower-case noun such as mom, or null"),
    "recipient_age": (age_from, "whole years as a number or as [youngest, oldest], or null"),
    "recipient_gender": (_gender, "female, male or null"),
    "budget_min": (_money, "a number, or null"),
    "budget_max": (_money, "a number, or null"),
    "currency": (_currency, "three letters such as GBP, or null"),
    "occasion": (_word, "a name such as birthday or mothers_day, or null"),
    "interests": (_texts, "a list of texts, [] where none is said"),
    "exclusions": (_texts, "a list of texts, [] where none is said"),
}
_EXTRA_SHAPES: dict[str, tuple[Callable[[Any], Any], str]] = {
    "budget_vague": (_vague, "low, mid, high or null"),
    "per_person": (_yes_or_no, "true, false or null"),
    "occasion_date": (_day, "a day such as 2026-12-25, or null"),
    "deadline": (_day, "a day such as 2026-12-23, or null"),
    "people": (_people, 'a list such as [{"recipient": "son", "age": 9}], or null'),
    "sensitive": (_texts, "a list of texts, or null"),
}
