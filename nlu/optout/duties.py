"""Looking up what each word of a clause does in a stop wish, slips of the keyboard forgiven."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

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
def _forms() -> tuple[dict[str, str], dict[str, str], int]:
    """Duties by form within a clause, duties of whole clauses, and the words of the longest form."""
    within: dict[str, str] = {}
    whole: dict[str, str] = {}
    for language in (ENGLISH, SPANISH, PORTUGUESE, ITALIAN, FRENCH, GERMAN):
        for form, duty in spelt_out(language):
            (whole if duty in _OF_WHOLE_CLAUSES else within).setdefault(form, duty)
    return within, whole, max(form.count(" ") for form in within) + 1


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
    within, _, longest = _forms()
    duties: list[str] = []
    at, end = 0, len(words)
    while at < end:
        for size in range(min(longest, end - at), 0, -1):
            form = " ".join(words[at : at + size]) if size > 1 else words[at]
            duty = within.get(form)
            if duty is not None:
                behind = size == 1 and at > 0 and words[at - 1] in _ARTICLES
                duties.append(_BEHIND_ARTICLE.get(form, duty) if behind else duty)
                at += size
                break
        else:
            duties.append(_meant(words[at]))
            at += 1
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
    within, whole, longest = _forms()
    at, found = 0, False
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            form = " ".join(words[at : at + size])
            if form in whole or within.get(form) in ("s", "b"):
                found = found or whole.get(form) == "z"
                at += size
                break
        else:
            return False
    return found


def unadorned(clause: str) -> str:
    """Return a clause of plain words without the politeness at its ends."""
    words = clause.split(" ")[: 2 * LONGEST_CLAUSE]
    first, last = 0, len(words)
    while size := next((n for n in _sizes(last - first) if _is_polite(words[first : first + n])), 0):
        first += size
    while size := next((n for n in _sizes(last - first) if _is_polite(words[last - n : last])), 0):
        last -= size
    return " ".join(words[first:last])


def _sizes(most: int) -> range:
    return range(min(_forms()[2], most), 0, -1)


def _is_polite(words: Sequence[str]) -> bool:
    return _forms()[0].get(" ".join(words)) == "s"
