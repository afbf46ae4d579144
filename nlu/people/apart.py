"""Several recipients in one message, each with what was said of them alone."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from nlu.brief import VAGUE_RECIPIENTS
from nlu.people.ages import AgeFound
from nlu.people.named_together import JOINS, LISTED, VERBS, chosen_of, named_together
from nlu.people.recipients import RecipientFound
from nlu.wish import MOST_PEOPLE, Age, Person
from nlu.words.open_lists import Span
from nlu.words.text import Word

_ALL = frozenset({"both", "they", "all", "everyone", "them", "each", "they're", "theyre", "love", "like", "are", "enjoy", "have", "want", "hate", "collect", "adore"})  # fmt: skip
_NEAR = 10
"""Characters between a person and the age beside the name."""
_NEAR_AHEAD = 8
"""Characters between an age and the person behind it: room for "little", not for "and the"."""
_ANYBODY = VAGUE_RECIPIENTS - {"child", "baby"}
_EVERYONE = frozenset({"both", "they", "all", "everyone", "them"})
_RULED_OUT = frozenset({"no", "not", "nothing", "without", "avoid", "please", "pls", "none", "never", "nor", "absolutely", "just", "definitely"})  # fmt: skip
_SHE = frozenset({"she", "her", "she's", "shes"})  # fmt: skip
_HE = frozenset({"he", "his", "him", "he's", "hes"})  # fmt: skip


@dataclass(slots=True)
class _One:
    """A person while their share of the message is gathered."""

    named: RecipientFound
    ages: list[AgeFound] = field(default_factory=list)
    interests: list[str] = field(default_factory=list)
    exclusions: list[str] = field(default_factory=list)


def people_of(
    words: Sequence[Word],
    recipients: Sequence[RecipientFound],
    ages: Sequence[AgeFound],
    interests: Sequence[Span],
    exclusions: Sequence[Span],
) -> tuple[Person, ...]:
    """Keep several recipients apart: () where the gift is for one, or for one group alike.

    What stands between one person and the next belongs to that one; what stands before the first, or behind the last
    as said of all ("who love gardening"), to everyone. Children told apart by age alone are as many people.
    """
    chosen = chosen_of(recipients)
    if chosen is None:
        return ()
    listed = named_together(words, recipients, chosen)
    if len(listed) > 1:
        return _apart(words, [_One(one) for one in listed], recipients, ages, interests, exclusions)
    return _by_age(words, chosen, ages, interests, exclusions)


def age_told_of(
    name: str | None, recipients: Sequence[RecipientFound], ages: Sequence[AgeFound]
) -> tuple[int, int] | None:
    """Return the first age that is not beside another person's name ("our son is 2", "her 4 year old nephew")."""
    for age in ages:
        begins, ends = age.sentence
        beside = [
            one
            for one in recipients
            if (0 <= one.start - age.end <= _NEAR_AHEAD or 0 <= age.start - one.end <= _NEAR)
            and begins <= one.start <= one.end <= ends + 1
        ]
        if not beside or any(one.name == name or one.name in _ANYBODY for one in beside):
            return age.age
    return None


def _apart(
    words: Sequence[Word],
    people: list[_One],
    recipients: Sequence[RecipientFound],
    ages: Sequence[AgeFound],
    interests: Sequence[Span],
    exclusions: Sequence[Span],
) -> tuple[Person, ...]:
    owners = _owners(words, people, recipients)
    last = people[-1].named
    behind = [age for age in ages if age.start > last.end]
    before = [age for age in ages if age.start <= last.end]
    if len(behind) == len(people) and not before:
        for one, age in zip(people, behind, strict=True):
            one.ages.append(age)
    else:
        for age in ages:
            for one in _aged(words, people, owners, age):
                one.ages.append(age)
    for span in interests:
        for one in owners[span.first]:
            one.interests.append(span.text)
    own = any(last.first > span.first for span in exclusions)
    for span in exclusions:
        for one in people if not own and _said_of_all(words, span, last) else owners[span.first]:
            one.exclusions.append(span.text)
    return tuple(_person(one) for one in people)


def _said_of_all(words: Sequence[Word], span: Span, last: RecipientFound) -> bool:
    """Whether a thing is ruled out behind the last person, in a clause that speaks of nobody: "..., no alcohol"."""
    clause = words[span.first].clause
    if span.first < last.last or clause == words[last.last - 1].clause:
        return False
    opening = next(word.text for word in words if word.clause == clause)
    told = {word.text for word in words if word.clause == clause}
    return opening in _RULED_OUT and told.isdisjoint(_SHE | _HE)


def _aged(words: Sequence[Word], people: list[_One], owners: list[list[_One]], age: AgeFound) -> list[_One]:
    """Whose age it is: of the person right behind it ("my 8 year old niece"), else of whom is spoken of there."""
    behind = next((one for one in people if one.named.start >= age.end), None)
    index = next((at for at, word in enumerate(words) if word.end > age.start), len(words) - 1)
    if behind is not None and behind.named.first - index <= 4:
        gap = words[index : behind.named.first]
        if all(word.clause == words[behind.named.first].clause and word.text not in JOINS for word in gap):
            return [behind]
    return owners[index]


def _owners(words: Sequence[Word], people: list[_One], recipients: Sequence[RecipientFound]) -> list[list[_One]]:
    """For each word, of whom it is said."""
    by_name = {one.named.name: one for one in people}
    starts = {one.first: by_name[one.name] for one in recipients if one.name in by_name}
    last = people[-1].named
    between = any(
        word.text not in LISTED and not word.text[0].isdigit()
        for one, other in pairwise([one.named for one in people])
        for word in words[one.last : other.first]
    )
    females = [one for one in people if one.named.gender == "female"]
    males = [one for one in people if one.named.gender == "male"]
    owners: list[list[_One]] = []
    now = people
    for at, word in enumerate(words):
        if at in starts:
            now = [starts[at]]
        elif at >= last.last:
            if word.text in _SHE and len(females) == 1:
                now = females
            elif word.text in _HE and len(males) == 1:
                now = males
            elif (at == last.last and not between and word.text not in VERBS and not word.text[0].isdigit()) or (
                word.text in _ALL and (not between or word.text in _EVERYONE)
            ):
                now = people
        owners.append(now)
    return owners


def _person(one: _One) -> Person:
    named, age = one.named, one.ages[0].age if one.ages else None
    return Person(
        named.name,
        named.count,
        age,
        named.gender,
        tuple(dict.fromkeys(one.interests)),
        tuple(dict.fromkeys(one.exclusions)),
    )


def _by_age(
    words: Sequence[Word],
    group: RecipientFound,
    ages: Sequence[AgeFound],
    interests: Sequence[Span],
    exclusions: Sequence[Span],
) -> tuple[Person, ...]:
    """Children of one name, told apart by their ages: "nephews: 8yo (Lego) and 12yo (Fortnite)"."""
    behind: dict[Age, AgeFound] = {}
    for age in ages:
        if age.start >= group.end:
            behind.setdefault(age.age, age)
    own = list(behind.values())
    plural = (
        group.count is not None
        or group.name == "person"
        or words[group.last - 1].text.endswith("s")
        or words[group.last - 1].text in ("children", "men", "women")
    )
    if (
        len(own) < 2
        or any(age.age[0] != age.age[1] for age in own)
        or not plural
        or words[group.last - 1].text.endswith("'s")
    ):
        return ()
    if group.count is not None and group.count != len(own):
        return ()
    base = Person(group.name, None, None, group.gender)
    people = []
    for index, age in enumerate(own[:MOST_PEOPLE]):
        end = own[index + 1].start if index + 1 < len(own) else None
        people.append(
            replace(
                base,
                age=age.age,
                interests=_said(interests, age, own, end),
                exclusions=_said(exclusions, age, own, end),
            )
        )
    return tuple(people)


def _said(spans: Sequence[Span], age: AgeFound, ages: Sequence[AgeFound], end: int | None) -> tuple[str, ...]:
    """What is said between one age and the next; of all where nothing stands between any two."""
    between = any(ages[0].start < span.start < ages[-1].start for span in spans)
    said = [span.text for span in spans if span.start < ages[0].start or (not between and span.start > ages[-1].start)]
    if between:
        said += [span.text for span in spans if span.start > age.start and (end is None or span.start < end)]
    return tuple(dict.fromkeys(said))
