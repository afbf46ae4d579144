"""Which of the people named the gifts are for: one of them, or several named together."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlu.brief import VAGUE_RECIPIENTS
from nlu.people.governing import OWN, THEIRS
from nlu.people.recipients import RecipientFound
from nlu.wish import MOST_PEOPLE
from nlu.words.numerals import WORDS
from nlu.words.text import Word

JOINS = frozenset({"and", "n", "plus", "also", "und", "et", "y"})  # fmt: skip
LISTED = OWN | THEIRS | JOINS | frozenset(WORDS) | frozenset({"for", "the", "a", "an", "one", "of", "both", "little", "big", "older", "younger", "old", "best", "good", "new", "lovely", "then", "year", "years", "yr", "yrs", "yo", "aged", "age", "ages", "who", "is", "are", "f", "m", "another", "something", "twin", "boy", "girl"})  # fmt: skip
VERBS = frozenset({"likes", "loves", "is", "has", "wants", "needs", "enjoys", "collects", "hates", "into", "plays", "reads", "turns", "just", "already", "adores", "who", "prefers", "bakes", "cooks"})  # fmt: skip
_KIN = frozenset({"mom", "dad", "grandmother", "grandfather", "brother", "sister", "aunt", "uncle", "wife", "husband", "son", "daughter"})  # fmt: skip
"""Those whom "mum dad and sister" names without a joint."""
_SHORT = 60
"""Words of a message in which people named one after the other, each with a verb, are all meant."""


def chosen_of(recipients: Sequence[RecipientFound]) -> RecipientFound | None:
    """Whom the gift is for, were it one person; None where somebody is merely named or taken back."""
    if any(one.negated for one in recipients):
        return None
    meant = [one for one in recipients if one.weight >= 2]
    told = [one for one in meant if one.name not in VAGUE_RECIPIENTS]
    return max(told or meant, key=lambda one: one.weight, default=None)


def named_together(
    words: Sequence[Word], recipients: Sequence[RecipientFound], chosen: RecipientFound
) -> list[RecipientFound]:
    """The people the gifts are for: named in one breath, each behind a "for" of their own, or each with a verb."""
    runs: list[list[RecipientFound]] = []
    for one in recipients:
        last = runs[-1][-1] if runs else None
        through = last is not None and one.name.startswith(f"{last.name}'s ")
        if one.weight <= 0 and not through:
            continue
        if last is not None and _is_list(words, last, one):
            runs[-1].append(one)
        else:
            runs.append([one])
    run = next((run for run in runs if chosen in run), [chosen])
    pairs = list(pairwise(run))
    side_by_side = any(one.last == other.first and {one.name, other.name} <= _KIN for one, other in pairs)
    if side_by_side or any(_has_joint(words, one, other) for one, other in pairs):
        return _distinct(run)
    told = [one for one in recipients if one.weight > 0]
    return _distinct(_one_by_one(words, told)) if len(words) <= _SHORT else []


def _is_list(words: Sequence[Word], one: RecipientFound, other: RecipientFound) -> bool:
    """Whether nothing but "and my little" or an age stands between two people."""
    gap = words[one.last : other.first]
    return (
        len(gap) <= 8
        and all(word.text in LISTED or word.text[0].isdigit() for word in gap)
        and (bool(gap) or words[one.last - 1].clause == words[other.first].clause)
    )


def _has_joint(words: Sequence[Word], one: RecipientFound, other: RecipientFound) -> bool:
    """Whether "and" or a sign joins two people: "mum & dad" (a sign is no word, and leaves a wider gap)."""
    behind = words[other.first - 1]
    sign = behind.clause == words[other.first].clause and words[other.first].start - behind.end == len(" & ")
    return sign or any(word.text in JOINS for word in words[one.last : other.first])


def _one_by_one(words: Sequence[Word], told: Sequence[RecipientFound]) -> list[RecipientFound]:
    """People who each open a clause of their own: "mum likes baking, dad likes birds", "for X: tea. For Y: gin"."""
    opens = []
    for one in told:
        at = one.first
        while (
            at > 0
            and words[at - 1].clause == words[at].clause
            and (
                words[at - 1].text in OWN
                or words[at - 1].text in ("the", "for", "and", "something", "gift", "gifts", "present", "presents")
            )
        ):
            at -= 1
        begins = at == 0 or words[at - 1].clause != words[at].clause or words[at].text == "and"
        after = words[one.last].text if one.last < len(words) else ""
        if after == "wants" and one.last + 1 < len(words) and words[one.last + 1].text == "to":
            continue  # "our daughter wants to make him a card" gives, and gets nothing
        ends = one.last == len(words) or words[one.last].clause != words[one.first].clause
        for_them = begins and one.weight == 3
        if begins and one.weight >= 2 and (after in VERBS or after.isdigit() or for_them or (ends and len(told) > 2)):
            opens.append(one)
    bare = {one.first > 0 and words[one.first - 1].text in OWN for one in opens}
    return opens if len(opens) > 1 and len(bare) == 1 else []


def _distinct(people: Sequence[RecipientFound]) -> list[RecipientFound]:
    """Each person once; () of what is left where that is but one."""
    kept: dict[str, RecipientFound] = {}
    for one in people:
        kept.setdefault(one.name, one)
    return list(kept.values())[:MOST_PEOPLE] if len(kept) > 1 else []
