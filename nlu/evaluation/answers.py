"""What a reader made of one message, in the terms of the labels, whoever the reader is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlu.evaluation.rows import OTHER, REFINE, REQUEST, same_person
from nlu.intents.doubt import FALLBACK, REFINING, speaks_of_a_gift
from nlu.reading import Reading

OPT_OUT = "opt_out"


@dataclass(frozen=True, slots=True)
class Answer:
    """One message as it was understood.

    ``intent`` is ask_gift, refine or other; ``wish`` the reader's own intent; ``slots`` and ``extras`` are shaped as
    in a Row; ``ms`` and ``cpu_ms`` are milliseconds of the clock and of the processor.
    """

    intent: str
    wish: str
    slots: Mapping[str, Any]
    extras: Mapping[str, Any] = field(default_factory=dict)
    ms: float = 0.0
    cpu_ms: float = 0.0


def intent_of(ranking: Sequence[str], reading: Reading) -> str:
    """What the bot acts upon: ask_gift, refine or other.

    Args:
        ranking: the reader's intents, likeliest first; ``nlu_fallback`` in front where it was not sure.
        reading: what the message says of a gift: of an unsure one the bot uses it by `speaks_of_a_gift`.
    """
    names = [name for name in ranking if name]
    if names[:1] == [FALLBACK]:
        if not speaks_of_a_gift(names, reading):
            return OTHER
        return REFINE if names[1:2] and names[1] in REFINING else REQUEST
    name = names[0] if names else ""
    return REQUEST if name == REQUEST else REFINE if name in REFINING else OTHER


def slots_of(reading: Reading) -> dict[str, Any]:
    """The slots of a Reading in the shapes of a Row."""
    return {
        "recipient": None if reading.recipient is None else same_person(reading.recipient),
        "recipient_age": reading.recipient_age,
        "recipient_gender": reading.recipient_gender,
        "budget_min": None if reading.budget_min is None else float(reading.budget_min),
        "budget_max": None if reading.budget_max is None else float(reading.budget_max),
        "currency": reading.currency,
        "occasion": reading.occasion,
        "interests": reading.interests,
        "exclusions": reading.exclusions,
    }


def extras_of(reading: Reading) -> dict[str, Any]:
    """What a Reading says beside the slots, in the shapes of a Row's extras; None and () where nothing is said."""
    people = [(same_person(one.recipient), one.age, one.count or 1) for one in reading.people]
    if not people and reading.recipient and (reading.recipient_count or 1) > 1:
        people = [(same_person(reading.recipient), reading.recipient_age, reading.recipient_count or 1)]
    return {
        "budget_vague": reading.budget_vague,
        "per_person": True if reading.budget_scope == "each" else None,
        "occasion_date": reading.occasion_date,
        "deadline": reading.deadline,
        "people": tuple(sorted(people, key=str)),
        "sensitive": tuple(words for _, words in reading.sensitive),
    }
