"""What is known in a talk: the slots as one typed value, and how one message changes it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from catalog.product import ProductId
from nlu.brief import Brief, begins_anew, merge
from nlu.reading import Reading
from nlu.wish import money_from_json, money_to_json

# Names of the slots in domain.yml.
BRIEF, SHOWN, SEEN, ASKED, REFINED = "brief", "shown", "seen", "asked", "refined"


@dataclass(frozen=True, slots=True)
class Shown:
    """A Suggestion as the shopper saw it: what "the second" and "cheaper" point at."""

    id: ProductId
    title: str
    price: Decimal
    currency: str
    link: str
    reasons: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Reasons as (response name, its values), kept so that "why?" is answered from the same score."""
    answer: str = ""
    """The message whose answer it stood in: what is done with it later is told of that answer."""


@dataclass(frozen=True, slots=True)
class Refined:
    """Where the shopper turned the last list: strictly below or above a price, or towards one Product."""

    below: Decimal | None = None
    above: Decimal | None = None
    currency: str | None = None
    """Of that price: the currency of the offer it was read off."""
    like: ProductId | None = None


@dataclass(frozen=True, slots=True)
class TalkSoFar:
    """All a talk has come to; one value per turn, written back as slots."""

    brief: Brief = field(default_factory=Brief)
    shown: tuple[Shown, ...] = ()
    seen: frozenset[ProductId] = frozenset()
    asked: tuple[str, ...] = ()
    refined: Refined = field(default_factory=Refined)

    def hears(self, reading: Reading) -> TalkSoFar:
        """The talk once a message is read. Another Recipient begins a new search; so nothing of the old one lingers."""
        brief = merge(self.brief, reading)
        if begins_anew(self.brief, reading):
            return TalkSoFar(brief=brief)
        said_money = reading.budget_min is not None or reading.budget_max is not None or reading.no_budget
        return replace(self, brief=brief, refined=Refined() if said_money else self.refined)

    def pointed_at(self, position: int | None) -> Shown | None:
        """The Suggestion a position means (1 the first, -1 the last); the only one where there is but one."""
        if position is None:
            return self.shown[0] if len(self.shown) == 1 else None
        index = position - 1 if position > 0 else len(self.shown) + position
        return self.shown[index] if 0 <= index < len(self.shown) else None


# ------------------------------------------------------------------ slots and back
def from_slots(slots: Mapping[str, Any]) -> TalkSoFar:
    """The talk the slots stand for; an empty or unknown slot counts as nothing known."""
    refined = slots.get(REFINED) or {}
    return TalkSoFar(
        brief=Brief.from_json(slots.get(BRIEF)),
        shown=tuple(_shown_from_json(one) for one in slots.get(SHOWN) or ()),
        seen=frozenset(ProductId(one) for one in slots.get(SEEN) or ()),
        asked=tuple(slots.get(ASKED) or ()),
        refined=Refined(
            below=money_from_json(refined.get("below")),
            above=money_from_json(refined.get("above")),
            currency=refined.get("currency"),
            like=ProductId(refined["like"]) if refined.get("like") else None,
        ),
    )


def to_slots(talk: TalkSoFar) -> dict[str, Any]:
    """The slots a talk is kept in, as plain JSON values."""
    refined = talk.refined
    return {
        BRIEF: talk.brief.to_json(),
        SHOWN: [_shown_to_json(one, talk.brief.passing) for one in talk.shown],
        SEEN: sorted(talk.seen),
        ASKED: list(talk.asked),
        REFINED: {
            "below": money_to_json(refined.below),
            "above": money_to_json(refined.above),
            "currency": refined.currency,
            "like": refined.like,
        },
    }


def _shown_to_json(shown: Shown, passing: tuple[str, ...]) -> dict[str, Any]:
    """As kept: a reason that repeats a sensitive word is for this turn only, like the word."""
    return {
        "id": shown.id,
        "title": shown.title,
        "price": money_to_json(shown.price),
        "currency": shown.currency,
        "link": shown.link,
        "answer": shown.answer,
        "reasons": [[name, dict(values)] for name, values in shown.reasons if not tells_passing(dict(values), passing)],
    }


def tells_passing(values: Mapping[str, str], passing: tuple[str, ...]) -> bool:
    """Whether the values of a reason repeat a word that is for this turn only."""
    said = [str(value).casefold().replace("_", " ") for value in values.values()]
    return any(word.casefold().replace("_", " ") in value for word in passing for value in said)


def _shown_from_json(value: Mapping[str, Any]) -> Shown:
    return Shown(
        id=ProductId(value["id"]),
        title=value["title"],
        price=Decimal(value["price"]),
        currency=value["currency"],
        link=value["link"],
        answer=str(value.get("answer") or ""),
        reasons=tuple((name, tuple(sorted(values.items()))) for name, values in value.get("reasons", ())),
    )
