"""What a reader made of one message, in the terms of the labels, whoever the reader is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlu.evaluation.rows import OTHER, REFINE, REQUEST, same_person
from nlu.reading import Reading

FALLBACK = "nlu_fallback"
OPT_OUT = "opt_out"
REFINING = frozenset({"inform", "cheaper", "dearer", "more_special", "more_like", "something_else", "not_that"})
"""giftbot's intents that change or narrow a request under way."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One message as it was understood.

    ``intent`` is ask_gift, refine or other; ``wish`` the reader's own intent; ``slots`` and ``extras`` are shaped as
    in a Row; ``ms`` and ``cpu_ms`` are milliseconds of the clock and of the processor. ``facts_used`` marks a message
    counted as other whose facts the bot uses all the same (`uses_facts`).
    """

    intent: str
    wish: str
    slots: Mapping[str, Any]
    extras: Mapping[str, Any] = field(default_factory=dict)
    ms: float = 0.0
    cpu_ms: float = 0.0
    facts_used: bool = False


def intent_of(ranking: Sequence[str], *, has_facts: bool) -> str:
    """What the bot acts upon: ask_gift, refine or other.

    Args:
        ranking: the reader's intents, likeliest first; ``nlu_fallback`` in front where it was not sure.
        has_facts: whether the message says anything about the gift. With facts in it an unsure message counts as its
            likeliest real intent.
    """
    names = [name for name in ranking if name]
    if not names or (names[0] == FALLBACK and (not has_facts or len(names) == 1)):
        return OTHER
    name = names[1] if names[0] == FALLBACK else names[0]
    return REQUEST if name == REQUEST else REFINE if name in REFINING else OTHER


def uses_facts(ranking: Sequence[str], *, has_facts: bool) -> bool:
    """Whether the bot, unsure, answers the facts in a message although its likeliest intent counts as other."""
    return has_facts and ranking[:1] == [FALLBACK] and intent_of(ranking, has_facts=True) == OTHER


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
