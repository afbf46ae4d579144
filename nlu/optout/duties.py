"""Looking up what each word of a clause does in a stop wish, slips of the keyboard forgiven."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nlu.optout.english import ENGLISH
from nlu.optout.french import FRENCH
from nlu.optout.german import GERMAN
from nlu.optout.italian import ITALIAN
from nlu.optout.portuguese import PORTUGUESE
from nlu.optout.spanish import SPANISH
from nlu.optout.words import listed, spelt_out

STRANGE = "X"
"""The duty of a word that has none in a wish: a thing, a person, a day."""

LONGEST_CLAUSE = 30
"""Words. No wish is longer."""

_OF_WHOLE_CLAUSES = frozenset("chz")


@functools.cache
def _forms() -> tuple[dict[str, str], dict[str, str]]:
    """Duties by form within a clause, and duties of whole clauses."""
    within: dict[str, str] = {}
    whole: dict[str, str] = {}
    for language in (ENGLISH, SPANISH, PORTUGUESE, ITALIAN, FRENCH, GERMAN):
        for form, duty in spelt_out(language):
            (whole if duty in _OF_WHOLE_CLAUSES else within).setdefault(form, duty)
    return within, whole


class Forms:
    """Some forms, and which words begin a longer one: most begin none, and looking them up costs nothing."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._whole = frozenset(forms)
        cut = [form.split(" ") for form in self._whole]
        self._begun = frozenset(" ".join(words[:size]) for words in cut for size in range(1, len(words)))

    def longest(self, words: Sequence[str], at: int, end: int) -> int:
        """Return how many words from ``at`` on, before ``end``, are the longest form there; 0 where none is."""
        form, size, found = words[at], 1, 0
        while True:
            if form in self._whole:
                found = size
            if form not in self._begun or at + size >= end:
                return found
            form = f"{form} {words[at + size]}"
            size += 1


class _Known(NamedTuple):
    """What is looked up, ready to be: forms within a clause, lone words, politeness read on and back, what asks."""

    within: Forms
    lone: Forms
    polite: Forms
    polite_back: Forms
    asking: Forms
    denying: Forms
    wanting: Forms


@functools.cache
def _known() -> _Known:
    within, whole = _forms()
    longest = max(form.count(" ") for form in within) + 1
    polite = [form for form, duty in within.items() if duty == "s"]
    return _Known(
        within=Forms(within),
        lone=Forms(
            form
            for form in (*whole, *within)
            if form.count(" ") < longest and (form in whole or within.get(form) in ("s", "b"))
        ),
        polite=Forms(polite),
        polite_back=Forms(" ".join(reversed(form.split(" "))) for form in polite),
        asking=Forms([*_with(_ASKING), *(form for form, duty in whole.items() if duty in ("h", "z"))]),
        denying=Forms(_with(_DENYING)),
        wanting=Forms(_with(_DENIED)),
    )


def _with(duties: frozenset[str]) -> list[str]:
    return [form for form, its in _forms()[0].items() if not duties.isdisjoint(its)]


_ASKING = frozenset("ZUlESkRKxquB")
_DENYING = frozenset("N")
_DENIED = frozenset("WvCHADGM")
"""Every wish of nlu/optout/grammar.py has one of the duties that ask, or one that denies and one that is denied, or is
a clause listed as half a wish or a lone word."""


def may_ask(words: Sequence[str]) -> bool:
    """Whether any run of these words may be a stop wish. False is certain, and most messages are told so at once."""
    known, at_all = _known(), range(len(words))
    end = len(words)
    if any(known.asking.longest(words, at, end) for at in at_all):
        return True
    slips = {duty for word in words if len(word) >= _SHORTEST_RESPELT for duty in _meant(word)}
    if not _ASKING.isdisjoint(slips):
        return True
    if _DENYING.isdisjoint(slips) and not any(known.denying.longest(words, at, end) for at in at_all):
        return False
    return not _DENIED.isdisjoint(slips) or any(known.wanting.longest(words, at, end) for at in at_all)


_ARTICLES = listed(
    "no a an any this another one your more of further every each personal zero single with without sin sans sem ohne "
    "the un une ein eine kein keine"
)
_BEHIND_ARTICLE = {
    **dict.fromkeys(("message", "text", "email", "writing"), "m"),
    **dict.fromkeys(("msg", "dm", "contact", "spam", "texting", "messaging"), "M"),
}
"""What words of two duties are behind an article: "to message", but "no message"."""


def duties_of(words: Sequence[str]) -> list[str]:
    """Return the duty of each longest known form, little words included."""
    within, forms = _forms()[0], _known().within
    duties: list[str] = []
    at, end = 0, len(words)
    while at < end:
        size = forms.longest(words, at, end)
        if not size:
            duties.append(_meant(words[at]))
            at += 1
            continue
        form = " ".join(words[at : at + size])
        behind = size == 1 and at > 0 and words[at - 1] in _ARTICLES
        duties.append(_BEHIND_ARTICLE.get(form, within[form]) if behind else within[form])
        at += size
    return duties


_SHORTEST_RESPELT = 6
_OF_WISHES = frozenset("WMUDC")
_OFTEN_MISSPELT = listed("aufhoren arretez arreter smettila smettetela")
_RIGHT = listed(
    "massages massage massaging passages testing waiting wasting whiting relying shopping spending lending "
    "mending bending pending contract contracts stocking contrast contacts schrieben reaching preaching "
    "teaching starring sparring"
)
"""Words of their own that are one slip away from those of a wish."""


@functools.lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """Return the duty of the word this one is with one slip of a letter; its ending, which tells who acts, is kept."""
    if len(word) < _SHORTEST_RESPELT or word in _RIGHT:
        return STRANGE
    for form in _shortened(word):
        for meant in _slipped().get(form, ()):
            if meant[0] == word[0] and (meant[-2:] == word[-2:] or sorted(meant) == sorted(word)):
                return _forms()[0][meant]
    return STRANGE


@functools.cache
def _slipped() -> dict[str, list[str]]:
    slipped: dict[str, list[str]] = {}
    for word, duty in _forms()[0].items():
        often = word in _OFTEN_MISSPELT or not _OF_WISHES.isdisjoint(duty)
        if often and len(word) > _SHORTEST_RESPELT and " " not in word:
            for form in _shortened(word):
                slipped.setdefault(form, []).append(word)
    return slipped


def _shortened(word: str) -> Iterator[str]:
    """Yield the word, and the word without each of its letters: two words one slip apart share one of these."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def duty_of_whole(clause: str) -> str | None:
    """Return the duty of a clause that is listed as a whole, politeness at its ends aside; None where it is not."""
    return _forms()[1].get(unadorned(clause))


def is_lone_words(words: Sequence[str]) -> bool:
    """Whether a clause is lone words and politeness in any order: "stop stop please stop"."""
    whole, forms = _forms()[1], _known().lone
    at, end, found = 0, len(words), False
    while at < end:
        size = forms.longest(words, at, end)
        if not size:
            return False
        found = found or whole.get(" ".join(words[at : at + size])) == "z"
        at += size
    return found


def unadorned(clause: str) -> str:
    """Return a clause of plain words without the politeness at its ends."""
    words = clause.split(" ")[: 2 * LONGEST_CLAUSE]
    known = _known()
    first, last = 0, len(words)
    while first < last and (size := known.polite.longest(words, first, last)):
        first += size
    back = words[first:last][::-1]
    cut = 0
    while cut < len(back) and (size := known.polite_back.longest(back, cut, len(back))):
        cut += size
    return " ".join(words[first : last - cut])
