"""What a message looks like once it is safe to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 1_500
"""Characters read of one message. X allows 10,000; what a gift is for is said long before."""

_QUOTES = dict.fromkeys(map(ord, "’‘‛`´ʼʹ＇′"), "'") | dict.fromkeys(map(ord, "“”„‟«»＂″"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_PLAIN = {**_QUOTES, **_DASHES, ord("…"): "...", ord("⁄"): "/", ord("×"): "x"}
_KEPT_AS_IT_IS = frozenset("£$€¥₹¢°½¼¾™®©")
_LINE_BREAKS = frozenset("\n\r\t\v\f\x85\u2028\u2029")
_NEEDS_CLEANING = re.compile(r"[^\n -_a-~]")
_STRIPES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A message made readable, and where each character of it came from."""

    text: str
    origin: tuple[int, ...] | None
    """Index in the original for each character of ``text``; None where nothing moved."""

    def span_in_original(self, start: int, end: int) -> tuple[int, int]:
        """Translate a span of ``text`` into one of the message as it was written."""
        if self.origin is None or not self.origin or end <= start:
            return start, end
        last = len(self.origin) - 1
        return self.origin[min(start, last)], self.origin[min(end - 1, last)] + 1


def clean(message: str) -> Cleaned:
    r"""Make a message readable: at most 1,500 characters, one form for each letter, quote and dash.

    Control, bidirectional and zero-width characters and lone surrogates go; full-width and other compatible
    letters become plain ones; line breaks stay as ``\n``. Never raises.
    """
    message = message[:LONGEST]
    if not _NEEDS_CLEANING.search(message):
        return Cleaned(message, None)
    kept: list[str] = []
    origin: list[int] = []
    moved = False
    for index, char in enumerate(message):
        plain = _plain(char)
        moved = moved or len(plain) != 1
        kept.append(plain)
        origin.extend([index] * len(plain))
    text = "".join(kept)
    if len(text) > LONGEST:  # one character may stand for up to 18
        text, moved = text[:LONGEST], True
    return Cleaned(text, tuple(origin[: len(text)]) if moved else None)


def _plain(char: str) -> str:
    """Return the readable form of one character: itself, another, several or none."""
    if " " <= char <= "~" and char != "`":
        return char
    if char in _LINE_BREAKS:
        return "\n" if char not in "\t\v\f" else " "
    code = ord(char)
    if code in _PLAIN:
        return _PLAIN[code]
    if char in _KEPT_AS_IT_IS:
        return char
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category in ("Cc", "Cf", "Cs", "Co", "Cn") or "\ufe00" <= char <= "\ufe0f":
        return ""
    wide = unicodedata.normalize("NFKC", char)
    return wide if wide.isalnum() else char


# ------------------------------------------------------------------ words
_WORD = re.compile(r"[^\W_]+(?:['&/.-](?=[^\W_])[^\W_]+)*", re.UNICODE)
_CLAUSE_END = re.compile(r"[.!?;:,\n()\[\]{}|\"]|\s-+\s|--+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a message: lower case, with its place and its clause (counted from 0)."""

    text: str
    start: int
    end: int
    clause: int
    sentence: int


def words_of(text: str) -> tuple[Word, ...]:
    """Split cleaned text into words; decimal points, apostrophes and hyphens inside a word belong to it."""
    return tuple(_placed(text, _breaks(text)))


def _placed(text: str, breaks: list[tuple[int, bool]]) -> Iterator[Word]:
    clause = sentence = passed = 0
    for match in _WORD.finditer(text):
        while passed < len(breaks) and breaks[passed][0] < match.start():
            clause += 1
            sentence += breaks[passed][1]
            passed += 1
        word, start = match.group().lower(), match.start()
        if "." in word or "/" in word:
            yield from _parts(word, start, clause, sentence)
        else:
            yield Word(word, start, start + len(word), clause, sentence)


def _parts(word: str, start: int, clause: int, sentence: int) -> Iterator[Word]:
    """One word, or its parts where a slash or a missing space after a full stop joined several."""
    if word.count("/") == 0 and ("." not in word or not any(len(part) > 1 for part in word.split("."))):
        yield Word(word, start, start + len(word), clause, sentence)
        return
    if word in ("b/f", "g/f", "s/o", "y/o", "m/f", "f/m") or word.replace(".", "").isdigit():
        yield Word(word, start, start + len(word), clause, sentence)
        return
    for part in re.finditer(r"\d+(?:\.\d+)+|[^./]+", word):
        yield Word(part.group(), start + part.start(), start + part.end(), clause, sentence)


def _breaks(text: str) -> list[tuple[int, bool]]:
    """Where clauses end, and whether the sentence ends there too."""
    found = []
    for match in _CLAUSE_END.finditer(text):
        at, mark = match.start(), match.group()[0]
        inside_number = mark in ".," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        if not inside_number:
            found.append((at, mark in ".!?;\n"))
    return found


def squeeze(text: str) -> str:
    """Lower-case a passage and make every stretch of white space one blank."""
    return " ".join(_STRIPES.sub(" ", text).lower().split())
