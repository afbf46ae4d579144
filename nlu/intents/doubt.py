"""Whether a message whose intent is unclear may still be answered by the facts in it."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.reading import Reading

REQUEST = "ask_gift"
REFINING = frozenset({"inform", "cheaper", "dearer", "more_special", "more_like", "something_else", "not_that"})
"""Intents that change or narrow a request under way."""
FALLBACK = "nlu_fallback"


def narrows(reading: Reading) -> bool:
    """Whether a message says something that ideas on the screen must be changed for, whatever else it sounds like.

    A day, a sum, or what is not wanted ("by Friday then" sounds like a goodbye).
    """
    said = (reading.deadline, reading.budget_min, reading.budget_max)
    return any(one is not None for one in said) or bool(reading.exclusions and reading.position is None)


def speaks_of_a_gift(likely: Sequence[str], reading: Reading) -> bool:
    """Whether an unsure message is a request all the same.

    "Where does jelly come from" names a thing, too: facts count where a request is the likeliest reading, or the second
    likeliest and the message says for whom, what for or how much.

    Args:
        likely: intents, likeliest first; ``nlu_fallback`` among them is passed over.
        reading: what the message says of a gift.
    """
    if reading.is_empty:
        return False
    real = [name for name in likely if name != FALLBACK][:2]
    wanted = [name == REQUEST or name in REFINING for name in real]
    telling = (reading.recipient, reading.occasion, reading.budget_min, reading.budget_max, reading.recipient_age)
    return wanted[:1] == [True] or (any(wanted) and any(one is not None for one in telling))
