"""What "he" and "she" tell of the people named: whom they contradict, whose sex they say, who is the one meant."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nlu.brief import VAGUE_RECIPIENTS
from nlu.people.governing import NUMBERS, Before, before
from nlu.people.kinship import Named
from nlu.wish import Gender
from nlu.words.lexicon import Lexicon
from nlu.words.text import Word

if TYPE_CHECKING:
    from nlu.people.recipients import RecipientFound

_HE = frozenset({"he", "he's", "hes", "he'll", "he'd"})
_SHE = frozenset({"she", "she's", "shes", "she'll", "she'd"})
_OF_A_KIND = frozenset({"mom", "dad", "parents", "grandmother", "grandfather", "grandparents", "wife", "husband", "girlfriend", "boyfriend", "aunt", "uncle", "new mom", "new dad"})  # fmt: skip
_LISTED = 2
"""Words at most between two people named together."""
_LIVING = frozenset({"live", "lives", "living", "lived", "stay", "go", "going", "went", "work", "works", "working", "here", "out", "am", "i'm", "im", "was", "because", "ahead", "instead", "kind", "sort", "time", "help", "most", "all", "lot", "bit"})  # fmt: skip
"""What "with my mum" is not a gift's behind: where or with whom the writer lives and goes."""


def agreeing(words: Sequence[Word], found: list[RecipientFound]) -> list[RecipientFound]:
    """Weigh less whom every "he" or "she" contradicts where another agrees, and kinds of people where one is ours.

    "My mum says ten pounds. I drew a boy, he plays the drums"; "a gift for a new dad: my mate".
    """
    ours = any(one.weight >= 2 and before(words, one.first).own for one in found if one.name not in VAGUE_RECIPIENTS)
    if ours:
        found = [replace(one, weight=1) if one.weight > 1 and _is_kind(words, one) else one for one in found]
    texts = {word.text for word in words}
    he, she = bool(texts & _HE), bool(texts & _SHE)
    if he == she:
        return found
    sex: Gender = "male" if he else "female"
    other: Gender = "female" if he else "male"
    if not any(one.weight in (1, 2) and one.gender == other for one in found):
        return found
    against = [one for one in found if one.weight > 0 and one.gender == other]
    through = [
        one
        for one in found
        if "'s " in one.name and one.weight >= 0 and one.gender in (None, sex) and not _is_listed_behind(one, against)
    ]
    fitting = through or [one for one in found if one.gender == sex and one.weight > 1 and one.name in VAGUE_RECIPIENTS]
    if not fitting or any(one.weight > 2 and one.gender == other for one in found):
        return found
    if not any(one.weight > 1 and one.gender == sex and one.name not in VAGUE_RECIPIENTS for one in found) and through:
        found = [replace(one, weight=2) if one is through[0] else one for one in found]
    return [replace(one, weight=0) if one in against else one for one in found]


def _is_listed_behind(one: RecipientFound, others: Sequence[RecipientFound]) -> bool:
    """Whether one is named with another: "sister (28), her boyfriend (29)"."""
    return any(0 <= one.first - other.last <= _LISTED for other in others)


def _is_kind(words: Sequence[Word], one: RecipientFound) -> bool:
    """Whether kin are named as a kind ("for a new dad"), not as anybody's."""
    return one.name in _OF_A_KIND and not one.negated and bool(before(words, one.first).described & {"a", "an"})


def only_one_of_ours(words: Sequence[Word], found: list[RecipientFound]) -> list[RecipientFound]:
    """Take the only person of the writer's spoken of for the one meant, where no "he" or "she" says otherwise."""
    texts = {word.text for word in words}
    against = {sex for sex, said in (("male", _SHE), ("female", _HE)) if texts & said}
    against -= {sex for sex, said in (("male", _HE), ("female", _SHE)) if texts & said}
    fitting = []
    for one in found:
        stands = before(words, one.first)
        previous = words[stands.at - 1].text if stands.at > 0 else ""
        subject = {word.text for word in words[: one.first] if word.clause == words[one.first].clause}
        told = previous in _LIVING or bool(subject & (_HE | _SHE))
        beside = stands.word in ("with", "on", "at", "about", "of") and not told
        if one.weight == 0 and not one.negated and stands.own and beside and one.gender not in against:
            fitting.append(one)
    names = {one.name for one in fitting}
    return [replace(one, weight=2) if one in fitting else one for one in found] if len(names) == 1 else found


def is_counted_of_another(words: Sequence[Word], one: Named, stands: Before) -> bool:
    """Whether a number of kin is told of somebody spoken of before: "he's 67, plays dominoes, five granddaughters"."""
    alone = one.plural and not stands.word and not stands.own and one.owner is None
    if not alone or not stands.described & NUMBERS:
        return False
    near = [word.text for word in words[: one.first] if words[one.first].sentence - word.sentence <= 2]
    return not (_HE | _SHE).isdisjoint(near)


def not_the_owners(words: Sequence[Word], owner: str, lexicon: Lexicon) -> Gender | None:
    """The sex of "my sister's fiance" where both "he" and "she" are said, and of them no more often: not the sister's."""
    kin = lexicon.relations.get(owner.removesuffix("'s"))
    whose = lexicon.genders.get(kin) if kin else None
    he, she = sum(word.text in _HE for word in words), sum(word.text in _SHE for word in words)
    if whose is None or not he or not she or (he < she if whose == "female" else she < he):
        return None
    return "male" if whose == "female" else "female"
