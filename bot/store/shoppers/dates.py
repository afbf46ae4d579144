"""How old what was found of a shopper is, by the dates it carries itself."""

from __future__ import annotations

from typing import Any

NEW = 2**62
"""Carries no date of its own (ms): told apart from what is old by other things, or gone with them."""


def dated(place: str, value: Any) -> int:
    """The oldest moment (ms) a value of `Finding` speaks of; `NEW` where it names none."""
    if place in ("turns", "dead", "interactions", "spoilt"):
        return int(value["entry"].split("-")[0])
    return min((_ms(one) for one in _DATES.get(place, _none)(value)), default=NEW)


def _none(value: Any) -> list[Any]:
    return []


def _of_talk(talk: Any) -> list[Any]:
    return [*str(talk.get("answered") or "").split(), talk.get("colleague")]


_DATES: dict[str, Any] = {
    "consent:<shopper>": lambda consent: [consent.get("at")],
    "consents:<shopper>": lambda rows: [row.get("at") for row in rows],
    "talk:<shopper>": _of_talk,
    "sent:<shopper>": lambda scored: list(scored.values()),
    "spent:<shopper>": lambda scored: list(scored.values()),
    "handed:<shopper>": lambda scored: list(scored.values()),
    "send:<send>": lambda send: [send.get("created")],
    "forget": lambda request: [request.get("at")],
}


def _ms(date: Any) -> int:
    try:
        return int(float(date))
    except (TypeError, ValueError):
        return NEW
