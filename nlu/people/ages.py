"""Ages: of the one who gets the gift, never of the one who gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlu.people.age_forms import (
    AHEAD,
    BARE,
    BEFORE_FIGURE,
    BEHIND_FIGURE,
    BESIDE,
    BESIDE_ORDINAL,
    BY_NAME,
    DECADES,
    FEASTS,
    FIGURE,
    FORMS,
    GIVER,
    INSTEAD,
    ORDINALS,
    PAIRED,
    TEENS,
    TENS,
    Kind,
)
from nlu.wish import Age
from nlu.words.numerals import WORDS, value_of
from nlu.words.text import LONGEST

OLDEST = 120
_PART_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9), "": (0, 9)}
_ENDS = (". ", "! ", "? ", "\n")
_LITTLE = 4
"""Years that "just over 50" may go on to."""


@dataclass(frozen=True, slots=True)
class AgeFound:
    """An age in whole years, where it stands, and where its sentence begins and ends."""

    age: Age
    start: int
    end: int
    sentence: tuple[int, int] = (0, LONGEST)


def find_ages(text: str, people: tuple[tuple[int, int], ...] = ()) -> tuple[AgeFound, ...]:
    """Find the ages a message names, in the order they stand.

    Args:
        text: a cleaned message.
        people: spans of recipients; a bare number right after one ("my mum, 60") is an age.

    Returns:
        Ages of others than the writer; each between 0 and 120.
    """
    plain = text.lower()
    places = _around_figures(plain if len(plain) == len(text) else text)
    if not places:
        return _teens(text)
    kept = _Kept(text)
    _beside_people(kept, people)
    for form in FORMS:
        for start, end in places:
            if any(plain.find(letters, start, end) >= 0 for letters in form.needs):
                for match in form.pattern.finditer(text, start, end):
                    _keep_match(kept, match, form.kind)
    if people:
        for match in PAIRED.finditer(text):
            _keep_each(kept, match, ("a", "c", "b"))
    named = list(BY_NAME.finditer(text))
    for match in named if len(named) > 1 else ():
        _keep_each(kept, match, ("a",))
    if not kept.found:
        return _teens(text)
    found = sorted(_as_corrected(kept.found, text), key=lambda one: one.start)
    return tuple(replace(one, sentence=_sentence(text, one.start, one.end)) for one in found)


def _teens(text: str) -> tuple[AgeFound, ...]:
    """Where no figure tells an age, "teenage boys" are 13 to 19."""
    match = TEENS.search(text) if "teen" in text.lower() else None
    if match is None:
        return ()
    return (AgeFound((13, 19), match.start(), match.end(), _sentence(text, match.start(), match.end())),)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    begins = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    return begins, min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))


def _around_figures(text: str) -> list[tuple[int, int]]:
    """Where an age may stand: around each figure, places that touch joined."""
    places: list[tuple[int, int]] = []
    for match in FIGURE.finditer(text):
        start, end = max(0, match.start() - BEFORE_FIGURE), min(len(text), match.end() + BEHIND_FIGURE)
        if places and start <= places[-1][1]:
            start = places.pop()[0]
        places.append((start, end))
    return places


class _Kept:
    """The ages of a text so far: an earlier one keeps its place; the writer's own only hold theirs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[AgeFound] = []
        self._givers: list[AgeFound] = []

    def add(self, age: Age | None, start: int, end: int) -> None:
        """Add an age unless it is out of range, its place is taken, or it is the writer's."""
        if age is None or not 0 <= age[0] <= age[1] <= OLDEST:
            return
        if any(start < one.end and one.start < end for one in (*self.found, *self._givers)):
            return
        is_giver = GIVER.search(self.text[max(0, start - 40) : start])
        (self._givers if is_giver else self.found).append(AgeFound(age, start, end))


def _beside_people(kept: _Kept, people: tuple[tuple[int, int], ...]) -> None:
    anniversary = "nivers" in kept.text.lower()
    bare = [match for _, end in people if (match := BARE.match(kept.text, end))]
    for match in bare if len(bare) > 1 else ():
        _keep_each(kept, match, ("a",))
    for start, end in people:
        if match := BESIDE.match(kept.text, end):
            years = match.group().rstrip().lower().endswith(("yrs", "years", "yr", "year"))
            if not (years and anniversary):
                _keep_beside(kept, match)
        elif match := BESIDE_ORDINAL.match(kept.text, end):
            kept.add((int(match.group("a") or match.group("b")),) * 2, match.start(), match.end())
        if match := AHEAD.search(kept.text, max(0, start - 12), start):
            _keep_each(kept, match, ("a",))


def _keep_beside(kept: _Kept, match: re.Match[str]) -> None:
    number = _number(match.group("a"))
    oldest = number + 9 if match.group("s") and number % 10 == 0 else number
    kept.add((number, oldest), match.start("a"), match.end("s") if match.group("s") else match.end("a"))
    if match.group("more"):
        for other in re.finditer(r"\d{1,2}", match.group("more")):
            begin = match.start("more")
            kept.add((int(other.group()),) * 2, begin + other.start(), begin + other.end())


def _keep_each(kept: _Kept, match: re.Match[str], groups: tuple[str, ...]) -> None:
    for group in groups:
        if match.group(group):
            kept.add((_number(match.group(group)),) * 2, match.start(group), match.end(group))


def _keep_match(kept: _Kept, match: re.Match[str], kind: Kind) -> None:
    if kind == "several":
        _keep_each(kept, match, ("a", "b"))
    else:
        kept.add(_age(match, kind), match.start(), match.end())


def _as_corrected(found: list[AgeFound], text: str) -> Iterator[AgeFound]:
    """Yield the ages, each as it is corrected right behind ("16, sorry 17 tomorrow")."""
    for one in found:
        better = INSTEAD.match(text, one.end)
        if better is None:
            yield one
        elif not any(other.start <= better.start("a") < other.end for other in found):
            yield AgeFound((int(better.group("a")),) * 2, better.start("a"), better.end("a"))


def _number(text: str) -> int:
    value = value_of(text)
    if text.lower().endswith("hundred"):
        return 100
    return int(value) if value is not None else WORDS.get(text.lower(), OLDEST + 1)


def _age(match: re.Match[str], kind: Kind) -> Age | None:
    parts = match.groupdict()
    if kind == "range":
        low, high = _number(parts["a"]), _number(parts["b"])
        return (low, high) if low <= high else None
    if kind == "months":
        months = int(parts["a"]) if "mo" in match.group().lower() or "mth" in match.group().lower() else 0
        return (months // 12,) * 2
    if kind == "older":
        return int(parts["a"]), OLDEST
    if kind == "little over":
        return int(parts["a"]), int(parts["a"]) + _LITTLE
    if kind == "decades":
        return int(parts["d"]) * 10, int(parts["d2"]) * 10 + 9
    return _decade(parts) if kind == "decade" else (_exact(parts, kind),) * 2


def _exact(parts: dict[str, str], kind: Kind) -> int:
    if kind == "ish":
        return TENS[parts["w"].lower()]
    if kind == "ordinal":
        return ORDINALS[parts["o"].lower()]
    if kind == "feast":
        return FEASTS[parts["f"].lower()]
    return int(parts["a"]) * 10 if kind == "tens" else _number(parts["a"])


def _decade(parts: dict[str, str | None]) -> Age:
    base = int(digit) * 10 if (digit := parts.get("d")) else DECADES[(parts.get("w") or "").lower()]
    first = (parts.get("m") or "").lower()
    last = (parts.get("m2") or first).lower()
    return base + _PART_OF_DECADE[first][0], base + _PART_OF_DECADE[last][1]
