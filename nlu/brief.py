"""What is known of the gift wanted, and how one more message changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nlu.tastes.contradictions import thing_of
from nlu.wish import Person, Wish, wish_fields

if TYPE_CHECKING:
    from nlu.reading import Reading

VAGUE_RECIPIENTS = frozenset({"woman", "man", "girl", "boy", "child", "baby", "teenager", "person", "couple"})
"""Recipients that a more telling word replaces without being another person."""


@dataclass(frozen=True, slots=True)
class Brief(Wish):
    """What the shopper has told us so far. ``people`` are all they named at once; ``recipient`` is whose turn it is."""

    def kept(self) -> Brief:
        """The Brief without what X forbids to store about people; what may go into a slot or a record."""
        gone = {word.casefold() for word in self.passing}
        if not gone:
            return self
        told = (self.occasion or "").casefold() in gone
        return replace(
            self,
            recipient=_unless(self.recipient, gone),
            occasion=None if told else self.occasion,
            occasion_date=None if told else self.occasion_date,
            deadline=None if told and self.deadline == self.occasion_date else self.deadline,
            interests=_without(self.interests, gone),
            exclusions=_without(self.exclusions, gone),
            people=tuple(
                replace(one, interests=_without(one.interests, gone), exclusions=_without(one.exclusions, gone))
                for one in self.people
                if one.recipient.casefold() not in gone
            ),
            passing=(),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values of what is `kept`: for a slot, a record of what was understood, or a test."""
        kept = self.kept()
        return {name: value for name, value in Wish.to_json(kept).items() if name != "passing"}

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> Brief:
        """Read back the Brief that `to_json` wrote; anything unreadable in it counts as not said."""
        return cls(**wish_fields(value or {}))

    def next_person(self) -> Person | None:
        """Whose turn is next among several recipients; None where there is but one, or all had their turn.

        Several of one name and no age ("three sons") are told apart by their likes; who cannot be told apart has one
        turn with the others.
        """
        at = self._turn()
        return None if at is None else next((one for one in self.people[at + 1 :] if one != self.people[at]), None)

    def with_turn_noted(self, said: Brief) -> Brief:
        """This Brief with all that ``said`` holds of the person whose turn it is noted with them, for when they return.

        People who cannot be told apart share their turn, so nothing is noted with one of them.
        """
        at = self._turn()
        if at is None or self.people.count(self.people[at]) > 1:
            return said
        noted = replace(
            self.people[at],
            age=said.recipient_age,
            interests=said.interests,
            exclusions=said.exclusions,
        )
        return replace(said, people=(*self.people[:at], noted, *self.people[at + 1 :]))

    def _turn(self) -> int | None:
        """The place of the person whose turn it is among the people; None where they are not one of them."""
        fitting = [at for at, one in enumerate(self.people) if self._is(one)]
        return max(fitting, key=lambda at: (self._shares(self.people[at]), -at)) if fitting else None

    def _shares(self, person: Person) -> int:
        """How much of what was said of this person alone the Brief holds; -1 where it holds but a part."""
        said = {*person.interests, *person.exclusions}
        return len(said) if said <= {*self.interests, *self.exclusions} else -1

    def _is(self, person: Person) -> bool:
        """Two children differ by their ages."""
        return person.recipient == self.recipient and person.age in (None, self.recipient_age)


def merge(brief: Brief, reading: Reading) -> Brief:
    """Return what is known once this message is read.

    A recipient who is another person starts a new Brief (money is kept only if said again), unless the
    message corrects itself ("no, my sister, not my mum"): then only what belonged to the wrong person goes.
    One of several named before starts with what was said of them and of all.
    """
    base = _about(brief, reading)
    vague = reading.recipient in VAGUE_RECIPIENTS and base.recipient is not None
    first = reading.people[0] if reading.people else None
    likes = first.interests if first else reading.interests
    unwanted = first.exclusions if first else reading.exclusions
    known = replace(
        base,
        recipient=base.recipient if vague else reading.recipient or base.recipient,
        recipient_age=reading.recipient_age or base.recipient_age,
        recipient_gender=(first.gender if first else None) or reading.recipient_gender or base.recipient_gender,
        recipient_count=reading.recipient_count or base.recipient_count,
        occasion=reading.occasion or base.occasion,
        occasion_date=reading.occasion_date if reading.occasion else reading.occasion_date or base.occasion_date,
        deadline=reading.deadline or base.deadline,
        deliver_to=reading.deliver_to or base.deliver_to,
        deliver_place=reading.deliver_place if reading.deliver_to else base.deliver_place,
        interests=_joined(base.interests, likes, without=unwanted),
        exclusions=_joined(base.exclusions, unwanted, without=likes),
        people=reading.people or base.people,
        passing=reading.passing,
    )
    if not reading.people:
        known = base.with_turn_noted(known)
    return _with_money(known, reading)


def begins_anew(brief: Brief, reading: Reading) -> bool:
    """Whether the message speaks of another person, so that what was shown for the one before says nothing now."""
    return _about(brief, reading) is not brief and not _only_corrects(brief, reading)


def _with_money(known: Brief, reading: Reading) -> Brief:
    """Set the budget newly said; where that is one end only, the other stands if both make one range of one currency.

    An amount takes the currency said with it and never an older one, unless it joins an end that stands.
    """
    if reading.budget_min is None and reading.budget_max is None:
        if reading.no_budget:
            return replace(
                known,
                budget_min=None,
                budget_max=None,
                currency=None,
                no_budget=True,
                budget_scope=None,
                budget_vague=None,
            )
        return replace(
            known,
            budget_scope=reading.budget_scope or known.budget_scope,
            budget_vague=reading.budget_vague or known.budget_vague,
        )
    low, high, currency = reading.budget_min, reading.budget_max, reading.currency
    if currency is None or known.currency in (None, currency):
        if low is None and high is not None and known.budget_min is not None and known.budget_min <= high:
            low, currency = known.budget_min, currency or known.currency
        elif high is None and low is not None and known.budget_max is not None and low <= known.budget_max:
            high, currency = known.budget_max, currency or known.currency
    return replace(
        known,
        budget_min=low,
        budget_max=high,
        currency=currency,
        no_budget=False,
        budget_scope=reading.budget_scope or known.budget_scope,
        budget_vague=reading.budget_vague,
    )


def _about(brief: Brief, reading: Reading) -> Brief:
    """Return the part of the old Brief that still holds for whom this message is about."""
    new, old = reading.recipient, brief.recipient
    if (named := _named_before(brief, reading)) is not None:
        return _turn_of(brief, named)
    if new is None or old is None or new == old:
        return brief
    if new in VAGUE_RECIPIENTS and not reading.corrected:
        return brief if _same_gender(reading.recipient_gender, brief.recipient_gender) else Brief()
    if old in VAGUE_RECIPIENTS and _same_gender(reading.recipient_gender, brief.recipient_gender):
        return brief
    if reading.corrected:
        return replace(
            brief,
            recipient=None,
            recipient_age=None,
            recipient_gender=None,
            recipient_count=None,
            people=(),
            deliver_to=None,
            deliver_place=None,
        )
    return Brief()


def _named_before(brief: Brief, reading: Reading) -> Person | None:
    """The one of several named at once whom this message turns to ("and the 12-year-old?"), if it does."""
    if reading.people:
        return None
    if reading.recipient is None and reading.recipient_age is None:
        return _by_pronoun(brief, reading)
    fitting = [
        one
        for one in brief.people
        if reading.recipient in (None, one.recipient) and reading.recipient_age in (None, one.age)
    ]
    others = [one for one in fitting if one.recipient != brief.recipient or one.age not in (None, brief.recipient_age)]
    if others and len(others) == len(fitting):
        return others[0]
    liked = [one for one in fitting if set(one.interests) & set(reading.interests) - set(brief.interests)]
    return liked[0] if len(liked) == 1 and len(fitting) > 1 else None


def _by_pronoun(brief: Brief, reading: Reading) -> Person | None:
    """The only one of them who is "he" or "she", where it is not their turn already."""
    theirs = [one for one in brief.people if one.gender is not None and one.gender == reading.recipient_gender]
    known = all(one.gender for one in brief.people)
    return theirs[0] if known and len(theirs) == 1 and theirs[0].recipient != brief.recipient else None


def _only_corrects(brief: Brief, reading: Reading) -> bool:
    return reading.corrected and not any(one.recipient == reading.recipient for one in brief.people)


def _turn_of(brief: Brief, person: Person) -> Brief:
    """The Brief for another of the people named at once: theirs, and what was said for all."""
    return replace(
        brief,
        recipient=person.recipient,
        recipient_age=person.age,
        recipient_gender=person.gender,
        recipient_count=person.count,
        interests=person.interests,
        exclusions=person.exclusions,
    )


def _same_gender(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _joined(old: Sequence[str], new: Sequence[str], *, without: Sequence[str]) -> tuple[str, ...]:
    """Old then new, each once, without what the same message says the opposite of, in singular or plural."""
    gone = {thing_of(word) for word in without}
    kept = {word.casefold(): word for word in (*old, *new) if thing_of(word) not in gone}
    return tuple(kept.values())


def _without(words: Sequence[str], gone: set[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word.casefold() not in gone)


def _unless(word: str | None, gone: set[str]) -> str | None:
    return None if word is None or word.casefold() in gone else word
