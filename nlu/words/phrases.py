"""Finding the lexicon's phrases among the words of a message."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlu.words.text import Word

LONGEST = 6
"""Words of the longest phrase looked for."""


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Phrases and the names they stand for, with the lengths to try for each first word."""

    names: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, phrases: Mapping[str, str] | Collection[str]) -> PhraseBook:
        """Index phrases (lower case, one blank between words); a bare collection names itself."""
        names = dict(phrases) if isinstance(phrases, Mapping) else {phrase: phrase for phrase in phrases}
        lengths: dict[str, tuple[int, ...]] = {}
        for phrase in names:
            size = phrase.count(" ") + 1
            head = phrase if size == 1 else phrase[: phrase.index(" ")]
            known = lengths.get(head)
            if known is None:
                if head and size <= LONGEST:
                    lengths[head] = (size,)
            elif size not in known and size <= LONGEST:
                lengths[head] = tuple(sorted((*known, size), reverse=True))
        return cls(names, lengths)

    def __contains__(self, phrase: object) -> bool:
        return phrase in self.names

    def __getitem__(self, phrase: str) -> str:
        return self.names[phrase]

    def get(self, phrase: str) -> str | None:
        """Return the name a phrase stands for."""
        return self.names.get(phrase)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the lexicon: words ``first`` to ``last`` (excluded) of the message."""

    phrase: str
    first: int
    last: int


def find_phrases(words: Sequence[Word], book: PhraseBook) -> Iterator[Found]:
    """Yield the longest phrases that stand among the words of one clause, left to right, without overlap."""
    heads, free = book.lengths, 0
    # Most words begin no phrase: they are passed over where it costs least, a message is looked through ten times.
    for at in [at for at, word in enumerate(words) if word.text in heads or word.text[-2:] == "'s"]:
        if at >= free and (found := _longest_at(words, at, book)):
            yield found
            free = found.last


def _longest_at(words: Sequence[Word], at: int, book: PhraseBook) -> Found | None:
    head = words[at].text
    for length in book.lengths.get(head, ()):
        if at + length > len(words) or words[at + length - 1].clause != words[at].clause:
            continue
        phrase = head if length == 1 else " ".join([word.text for word in words[at : at + length]])
        if phrase in book.names:
            return Found(phrase, at, at + length)
        if phrase.endswith("'s") and phrase[:-2] in book.names:
            return Found(phrase[:-2], at, at + length)
    if head.endswith("'s") and head[:-2] in book.names:
        return Found(head[:-2], at, at + 1)
    return None
