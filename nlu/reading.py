"""One message read: everything it says about the gift wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nlu.findings import Findings, find
from nlu.money.currencies import dollar_of_place
from nlu.people.apart import age_told_of
from nlu.people.recipients import gender_of_pronouns, is_group
from nlu.wish import Gender, Person, Wish, texts_from_json, wish_fields
from nlu.words.lexicon import Lexicon
from nlu.words.open_lists import Span
from nlu.words.text import Word

_GOVERNED_FROM = 8
"""Words before a thing among which its like or wish is looked for."""
_GOVERNING = frozenset(
    {"like", "likes", "love", "loves", "enjoy", "enjoys", "into", "collects", "adores", "want", "wants", "looking"}
)
_STATING = frozenset({"is", "are", "was", "has", "have", "had", "she's", "he's", "they're", "i'm", "im", "got"})
_THEY = frozenset({"they", "they're", "they've", "they'd", "theyre"})


@dataclass(frozen=True, slots=True)
class Reading(Wish):
    """What one message says of the gift wanted, and how it says it.

    ``interests`` and ``exclusions`` hold what was said of any of ``people``. ``corrected`` marks a message that takes
    something back ("no, my sister, not my mum"). ``position`` is the shown Suggestion the message points at (1 the
    first, -1 the last). ``sensitive`` holds pairs of kind ("health", "religion" ...) and the shopper's words.
    """

    other_occasions: tuple[str, ...] = ()
    corrected: bool = False
    position: int | None = None
    sensitive: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where nothing is said about the gift wanted (a bare correction or position is nothing)."""
        return self == Reading(corrected=self.corrected, position=self.position, sensitive=self.sensitive)

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> Reading:
        """Read back the Reading that `to_json` wrote; anything unreadable in it counts as not said."""
        value = value or {}
        position, sensitive = value.get("position"), value.get("sensitive")
        pairs = [texts_from_json(one) for one in sensitive] if isinstance(sensitive, list) else []
        return cls(
            **wish_fields(value),
            other_occasions=texts_from_json(value.get("other_occasions")),
            corrected=value.get("corrected") is True,
            position=position if type(position) is int else None,
            sensitive=tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2),
        )


def read(text: str, *, today: date, lexicon: Lexicon, country: str = "GB") -> Reading:
    """Read everything the message says about the gift wanted.

    Args:
        text: the message as the shopper wrote it, any Unicode, any length.
        today: the day the message was written, where the shop is.
        lexicon: the words of data/lookups.
        country: ISO 3166 code of the shop's country, where the message speaks of no other.

    Returns:
        A Reading; an empty one where nothing is said. Never raises.
    """
    return reading_of(find(text, lexicon, today=today, country=country))


def reading_of(found: Findings) -> Reading:
    """Fold what the grammars found into one Reading: a form in brackets first, then the free words."""
    who, form, people = found.recipient, found.bracket, found.people
    name = (form.recipient if form else None) or (who.name if who else None)
    budget = (form.budget if form else None) or found.budget
    told = age_told_of(name, found.recipients, found.ages)
    age = (form.age if form else None) or (people[0].age if people else None) or told
    occasions = tuple(dict.fromkeys(one.name for one in found.occasions))
    likes = _without_traits(found)
    interests = tuple(span.text for span in likes)
    exclusions = tuple(dict.fromkeys(span.text for span in found.exclusions))
    return Reading(
        recipient=name,
        recipient_age=age,
        recipient_gender=_gender(found, name),
        recipient_count=people[0].count if people else who.count if who and who.name == name else None,
        people=people,
        occasion=occasions[0] if occasions else None,
        other_occasions=occasions[1:],
        occasion_date=found.dates.occasion_date,
        deadline=found.dates.deadline,
        deliver_to=found.destination.code if found.destination else None,
        deliver_place=found.destination.place if found.destination else None,
        budget_min=budget.low if budget else None,
        budget_max=budget.high if budget else None,
        currency=dollar_of_place(budget.currency, found.cleaned.text, found.country) if budget else None,
        budget_scope=budget.scope if budget else None,
        budget_vague=None if budget else found.budget_vague,
        no_budget=found.no_budget,
        interests=interests,
        exclusions=exclusions,
        passing=_passing(found, name, occasions, people),
        corrected=found.corrected,
        position=found.position.position if found.position else None,
        sensitive=tuple(dict.fromkeys((one.kind, one.text) for one in found.sensitive)),
    )


def _gender(found: Findings, name: str | None) -> Gender | None:
    """Return the gender of the noun, else of a form in brackets, else of the pronouns; none for a group or a pair."""
    who = found.recipient
    if {"female", "male"} <= {one.gender for one in found.people}:
        return None
    if who and who.name == name and who.gender:
        return who.gender
    if found.bracket and found.bracket.gender:
        return found.bracket.gender
    if who and who.name == name and (who.count or 1) > 1:
        return None
    if name == "self" or is_group(name) or _is_a_pair(found):
        return None
    return gender_of_pronouns(found.words)


def _is_a_pair(found: Findings) -> bool:
    """Whether "they" are two, so that neither "he" nor "she" speaks of both: "he and his wife, they ski"."""
    texts = [word.text for word in found.words]
    if _THEY.isdisjoint(texts):
        return False
    of_two = any(one.name in ("wedding", "engagement") for one in found.occasions) or "couple" in texts
    return of_two or any(
        one in ("he", "she") and texts[at + 1 : at + 2] == ["and"] and texts[at + 2 : at + 3] in (["his"], ["her"])
        for at, one in enumerate(texts)
    )


def _without_traits(found: Findings) -> tuple[Span, ...]:
    """The likes that are not themselves a sensitive trait ("adhd"), unless a word for liking or wanting governs them.

    What belongs to a faith or a country ("rosary", "Irish") is also a kind of gift to look for, in passing.
    """
    told = [one for one in found.sensitive if one.kind not in ("religion", "ethnicity")]
    return tuple(
        span
        for span in found.interests
        if not any(one.start <= span.start and span.end <= one.end for one in told) or _is_governed(found.words, span)
    )


def _is_governed(words: Sequence[Word], span: Span) -> bool:
    """Whether somebody likes or wants the thing, in its own sentence, with no "is" or "has" between."""
    for word in reversed(words[max(0, span.first - _GOVERNED_FROM) : span.first]):
        if word.sentence != words[span.first].sentence or word.text in _STATING:
            return False
        if word.text in _GOVERNING:
            return True
    return False


def _passing(found: Findings, name: str | None, occasions: Sequence[str], people: Sequence[Person]) -> tuple[str, ...]:
    """The words of the Reading that stand where something sensitive is told: they are not kept.

    A recipient passes only where the noun itself tells ("our rabbi"): "my gay friend" stays a friend.
    """
    told = [(one.start, one.end) for one in found.sensitive]
    if not told:
        return ()
    spans: list[tuple[str, int, int]] = [
        (one.text, one.start, one.end) for one in (*found.interests, *found.exclusions)
    ]
    spans += [(one.name, one.start, one.end) for one in found.occasions]
    kept = {name, *occasions, *(one.recipient for one in people)}
    hit = [word for word, start, end in spans if any(start < stop and begin < end for begin, stop in told)]
    hit += [one.name for one in found.recipients if any(one.start <= begin and stop <= one.end for begin, stop in told)]
    words = {span.text for span in (*found.interests, *found.exclusions)} | kept
    return tuple(dict.fromkeys(word for word in hit if word in words))
