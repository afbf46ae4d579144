"""Frames that rule out: what is had, given before, disliked, banned or given by others, with the thing on either side.

A frame is a pattern over the words of a message, written as one line: words with one blank between, `` ,`` where a
clause ends, `` :`` where a colon ends it, `` .`` and `` ?`` where a sentence ends. A thing stands behind a frame
("is fed up with X"), before it ("X bores her") or inside it ("has X covered").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from nlu.words.text import Word

Side = Literal["behind", "before", "topic", "inside"]
"""Where the thing stands, seen from the frame; inside is the group ``thing``, a topic is before a colon or "?"."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to rule out: looked for only in sentences with one of the words it ``needs`` (topics need none)."""

    side: Side
    needs: frozenset[str]
    pattern: re.Pattern[str]
    known: bool = False
    """Whether only well-known things and plurals count, since the frame is loose."""


@dataclass(frozen=True, slots=True)
class FrameBook:
    """Frames, with the numbers of those that need a word."""

    frames: tuple[Frame, ...]
    by_word: Mapping[str, tuple[int, ...]]
    topics: tuple[Frame, ...]
    """Frames that begin with a colon or a question mark; they need no word."""

    @classmethod
    def of(cls, frames: Iterable[Frame]) -> FrameBook:
        """Index frames by the words they need."""
        listed = tuple(frames)
        by_word: dict[str, tuple[int, ...]] = {}
        for number, one in enumerate(listed):
            for word in one.needs:
                by_word[word] = (*by_word.get(word, ()), number)
        return cls(listed, by_word, tuple(one for one in listed if one.side == "topic"))


@dataclass(frozen=True, slots=True)
class Framed:
    """A frame found; the thing lies among words ``first`` to ``last`` (excluded).

    Behind a frame it begins at ``first``, before one it ends at ``last``; the other of the two is the frame's own end.
    """

    side: Side
    first: int
    last: int
    known: bool


def frame(
    side: Side, needs: str, pattern: str, classes: Mapping[str, str] | None = None, *, known: bool = False
) -> Frame:
    """Make a frame; ``needs`` are words with blanks between, ``{name}`` in the pattern for one of ``classes``.

    A frame the thing stands behind ends with a blank, so that it ends where the thing begins.
    """
    for name, words in (classes or {}).items():
        pattern = pattern.replace("{" + name + "}", words)
    return Frame(side, frozenset(needs.split()), re.compile(pattern if side == "topic" else rf" (?:{pattern})"), known)


def find_frames(text: str, words: Sequence[Word], frames: FrameBook) -> Iterator[Framed]:
    """Yield the frames a message holds; at most `MOST_OF_ONE` of each in a sentence.

    A frame is looked for only in the sentences that hold one of its words, and behind the mark before them.
    """
    places: dict[int, set[int]] = {}
    by_word = frames.by_word
    for at, word in enumerate(words):
        if word.text in by_word:
            for number in by_word[word.text]:
                places.setdefault(number, set()).add(at)
    topics = frames.topics if words and ("?" in text or ":" in text) else ()
    if not places and not topics:
        return
    line, starts, sentences = _line_of(text, words)
    for number in sorted(places):
        one = frames.frames[number]
        for start, end in {sentences[at]: None for at in sorted(places[number])}:
            for match in islice(one.pattern.finditer(line, start, end), MOST_OF_ONE):
                first, last = match.span("thing") if one.side == "inside" else (match.start() + 1, match.end())
                yield Framed(one.side, bisect_left(starts, first), bisect_left(starts, last), one.known)
    for one in topics:
        for match in islice(one.pattern.finditer(line), MOST_OF_ONE):
            yield Framed(one.side, bisect_left(starts, match.start()), bisect_left(starts, match.end()), one.known)


MOST_OF_ONE = 12
"""Times one frame is read in a sentence; it bounds what a senseless text may cost."""


def _line_of(text: str, words: Sequence[Word]) -> tuple[str, list[int], list[tuple[int, int]]]:
    """Return the words as one line, where each begins in it, and for each the ends of its sentence in the line.

    The line begins with `` .``, so that the first sentence opens as every other does.
    """
    parts: list[str] = []
    starts: list[int] = []
    sentences: list[tuple[int, int]] = []
    begin, length, before = 0, 3, words[0]
    for word in words:
        if word.clause != before.clause:
            ended = word.sentence != before.sentence
            mark = _mark(text[before.end : word.start], sentence=ended)
            parts.append(mark)
            length += 2
            if ended:
                sentences += [(begin, length)] * (len(starts) - len(sentences))
                begin = length - 3
        starts.append(length)
        said = word.text
        parts.append(said)
        length += len(said) + 1
        before = word
    sentences += [(begin, length + 2)] * (len(starts) - len(sentences))
    return f" . {' '.join(parts)} . ", starts, sentences


def _mark(between: str, *, sentence: bool) -> str:
    if "?" in between:
        return "?"
    if sentence:
        return "."
    return ":" if ":" in between else ","
