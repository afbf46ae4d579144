"""What the recipient likes and what kind of thing is wanted: generous, in the shopper's own words."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Collection, Sequence

from nlu.lexicon import Lexicon
from nlu.open_lists import Span, read_list
from nlu.phrases import Found, find_phrases
from nlu.text import Word

_TWO_MEANINGS = frozenset({"watch", "ring", "light", "tie", "sign", "hook", "record", "print", "card", "box", "read", "cook", "bake", "bath", "plant", "frame", "glass",
    "belt", "ball", "mouse", "experience", "paint", "cool", "sweet", "small", "fun", "magic", "fitness", "art", "map", "bell", "letters", "tool", "console", "globe", "sports", "sport", "black", "blue", "green", "gold", "different", "special",
    "personal", "useful", "tin", "toy", "throw", "jam", "sauce", "pan", "cup", "date", "shelf", "beach", "ocean", "cards", "games", "smoking", "travel", "life", "write", "food", "spa", "hat", "drums", "trinket", "tablet", "coat", "pen"})  # fmt: skip
"""Things that are also verbs or small talk: counted only where a word before shows the thing is meant."""
_SHOWS_THING = frozenset({"a", "an", "new", "nice", "some", "cute", "good", "great", "smart", "gold", "silver", "of", "with", "something", "as", "decent", "cool", "fun", "small", "for", "little", "and", "or", "anything", "really", "funny", "quirky", "unusual", "very", "pretty"})  # fmt: skip
_PLAIN_LIKE = frozenset(
    {"like", "love", "loved", "liked", "likes", "loves", "enjoy", "started", "collect", "plays", "watches", "practices"}
)
_SHOWN = frozenset(
    {
        "one",
        "ones",
        "first",
        "second",
        "third",
        "idea",
        "suggestion",
        "option",
        "that",
        "it",
        "those",
        "these",
        "this",
        "them",
    }
)
_LOVERS = frozenset({"lover", "lovers", "fan", "fans", "enthusiast", "nerd", "geek", "buff", "addict", "fanatic", "junkie", "player", "nut", "freak", "aficionado", "collector", "obsessed", "themed", "related", "loving", "mad", "crazy"})  # fmt: skip
_NOT_A_LIKE = frozenset({"gift", "present", "idea", "birthday", "christmas", "big", "huge", "a", "an", "the", "my", "is", "and", "for", "he's", "she's", "of", "massive", "dog-", "total", "avid", "true", "her", "his", "i'm", "who", "to"})  # fmt: skip


def find_interests(text: str, words: Sequence[Word], lexicon: Lexicon, taken: Collection[int]) -> tuple[Span, ...]:
    """Find likes, hobbies, themes, styles and kinds of thing.

    Args:
        text: the cleaned message.
        words: its words.
        lexicon: known interests and the words that open a list.
        taken: indexes of words that already are something else (recipients, occasions, exclusions).
    """
    open_spans = [
        span
        for hit in find_phrases(words, lexicon.like_openers)
        if _opens(words, hit, lexicon)
        for span in read_list(text, words, hit.last, lexicon, far=True)
        if _says_something(span, lexicon) and not taken_by(span, taken)
    ]
    known = [
        _span(text, words, hit)
        for hit in find_phrases(words, lexicon.interests)
        if not set(range(hit.first, hit.last)) & set(taken) and _is_thing(words, hit)
    ]
    return tuple(_joined(open_spans, known + _of_lovers(words, lexicon, taken)))


def taken_by(span: Span, taken: Collection[int]) -> bool:
    """Whether every word of a span is already something else."""
    return all(index in taken for index in range(span.first, span.last))


def _opens(words: Sequence[Word], hit: Found, lexicon: Lexicon) -> bool:
    """Whether "like" and its kin speak of a liking here: not "would like to", "looks like", "I like the first"."""
    if hit.last >= len(words) or words[hit.last].sentence != words[hit.first].sentence:
        return False
    before = words[hit.first - 1].text if hit.first and words[hit.first - 1].clause == words[hit.first].clause else ""
    if hit.phrase in _PLAIN_LIKE and before in lexicon.not_like_openers:
        return False
    ahead = {word.text for word in words[hit.last : hit.last + 3] if word.clause == words[hit.last].clause}
    if hit.phrase in ("like", "liked", "love", "loved") and (ahead & _SHOWN or words[hit.last].text in ("if", "some")):
        return False
    return not (
        hit.phrase in ("into", "like")
        and before in ("look", "looking", "moving", "get", "put", "something", "stuff", "moved")
    )


def _says_something(span: Span, lexicon: Lexicon) -> bool:
    return span.text not in lexicon.empty_likes and span.text not in lexicon.relations and span.text[:1].isalnum()


def _is_thing(words: Sequence[Word], hit: Found) -> bool:
    if hit.phrase not in _TWO_MEANINGS:
        return True
    before = words[hit.first - 1] if hit.first else None
    return before is None or before.clause != words[hit.first].clause or before.text in _SHOWS_THING


def _of_lovers(words: Sequence[Word], lexicon: Lexicon, taken: Collection[int]) -> list[Span]:
    """Find what stands before "lover", "fan", "buff": "a huge Vonnegut fan", "cat lover"."""
    found = []
    for at in range(1, len(words)):
        before = words[at - 1]
        if words[at].text not in _LOVERS or before.clause != words[at].clause or at - 1 in taken:
            continue
        if before.text in lexicon.like_openers:
            continue
        if before.text not in _NOT_A_LIKE and not before.text.isdigit() and len(before.text) > 2:
            found.append(Span(before.text, at - 1, at, before.start, before.end))
    return found


def _span(text: str, words: Sequence[Word], hit: Found) -> Span:
    start, end = words[hit.first].start, words[hit.last - 1].end
    return Span(" ".join(text[start:end].lower().split()), hit.first, hit.last, start, end)


def _joined(open_spans: Sequence[Span], known: Sequence[Span]) -> list[Span]:
    """Both kinds in order, each once: a long open passage gives way to the known things inside it."""
    kept: list[Span] = []
    for span in open_spans:
        inside = [one for one in known if span.first <= one.first and one.last <= span.last]
        if not (span.last - span.first > 3 and inside):
            kept.append(span)
    covered = {index for span in kept for index in range(span.first, span.last)}
    kept += [one for one in known if not covered & set(range(one.first, one.last))]
    unique: dict[str, Span] = {}
    for span in sorted(kept, key=lambda one: one.first):
        unique.setdefault(span.text, span)
    return list(unique.values())
