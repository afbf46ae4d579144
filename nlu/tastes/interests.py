"""What the recipient likes and what kind of thing is wanted: generous, in the shopper's own words."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice

from nlu.tastes.emoji_likes import find_emoji_likes
from nlu.tastes.life_facts import is_of_person, what_is_told
from nlu.tastes.negations import is_negated
from nlu.tastes.proper_names import find_proper_names, is_first_name
from nlu.tastes.told_tastes import of_favourites, of_headings, of_lovers, of_presents, of_verbs
from nlu.words.lexicon import Lexicon
from nlu.words.little_words import JOINERS, TRAILING
from nlu.words.open_lists import MOST_LISTS, Span, read_list, span_of
from nlu.words.phrases import Found, find_phrases
from nlu.words.text import Word

_TWO_MEANINGS = frozenset({"watch", "ring", "light", "tie", "sign", "hook", "record", "print", "card", "box", "read", "cook", "bake", "bath", "plant", "frame", "glass",
    "belt", "ball", "mouse", "experience", "paint", "cool", "sweet", "small", "fun", "magic", "fitness", "art", "map", "bell", "letters", "tool", "console", "globe", "sports", "sport", "black", "blue", "green", "gold", "different", "special",
    "personal", "useful", "tin", "toy", "throw", "jam", "sauce", "pan", "cup", "date", "shelf", "beach", "ocean", "cards", "games", "smoking", "travel", "life", "write", "food", "spa", "hat", "drums", "trinket", "tablet", "coat", "pen", "drawing", "running", "watches", "silver", "fancy", "original", "bag", "shopping", "pink", "relaxing"})  # fmt: skip
"""Things that are also verbs or small talk: counted only where a word before shows the thing is meant."""
_ALSO_VERBS = frozenset({"watches", "drawing", "running", "watch", "ring", "record", "print", "cook", "bake", "read", "paint", "throw", "write", "shopping", "light", "sign", "hook", "plant", "fancy", "date", "smoking"})  # fmt: skip
_SHOWS_THING = frozenset({"a", "an", "new", "nice", "some", "cute", "good", "great", "smart", "gold", "silver", "of", "with", "something", "as", "decent", "cool", "fun", "small", "for", "little", "and", "or", "anything", "really", "funny", "quirky", "unusual", "very", "pretty", "be", "both", "more", "likes", "loves", "love", "the", "her", "his"})  # fmt: skip
_PLAIN_LIKE = frozenset({"like", "love", "loved", "liked", "likes", "loves", "enjoy", "started", "collect", "plays", "watches", "practices", "does", "reads", "works on", "drives", "supports"})  # fmt: skip
_OWN = frozenset({"my", "our", "his", "her", "their"})
_NO_KIND = frozenset({"to", "else", "for", "who", "that", "if", "i", "back", "how", "what", "where", "this", "it"})
_PETS_OR_NONE = frozenset({None, "dog", "cat", "pet"})
_TEACHERS = frozenset({"teacher", "teachers", "tutor", "instructor", "coach", "coaches", "trainer"})
_SHOWN = frozenset({"one", "ones", "first", "second", "third", "idea", "suggestion", "option", "that", "it", "those", "these", "this", "them"})  # fmt: skip


def find_interests(text: str, words: Sequence[Word], lexicon: Lexicon, taken: Collection[int]) -> tuple[Span, ...]:
    """Find likes, hobbies, themes, trades, styles and kinds of thing.

    Args:
        text: the cleaned message.
        words: its words.
        lexicon: known interests and the words that open a list.
        taken: indexes of words that already are something else (recipients, occasions, exclusions).
    """
    taken = frozenset(taken)
    told = _behind_openers(text, words, lexicon)
    told += of_favourites(text, words, lexicon) + of_headings(text, words, lexicon)
    told += of_lovers(text, words, lexicon) + of_presents(text, words, lexicon)
    told += of_verbs(words, lexicon) + find_proper_names(text, words, lexicon)
    free = (_before_taken(text, words, span, lexicon, taken) for span in told)
    kept = [
        span
        for span in free
        if span is not None
        and _says_something(span, words, lexicon)
        and not is_first_name(text, words, span.first, span.last, lexicon)
    ]
    known = [
        _span(text, words, hit)
        for hit in find_phrases(words, lexicon.interests)
        if (
            taken.isdisjoint(range(hit.first, hit.last))
            or hit.phrase in lexicon.trades
            or _is_subject(words, hit.first, hit.last, lexicon)
        )
        and _is_thing(words, hit, lexicon)
        and not is_negated(words, hit.first)
        and not is_first_name(text, words, hit.first, hit.last, lexicon)
    ]
    return tuple(_joined(kept, known, find_emoji_likes(text, words, lexicon)))


def _before_taken(
    text: str, words: Sequence[Word], span: Span, lexicon: Lexicon, taken: Collection[int]
) -> Span | None:
    """Return a span that is nothing else already, or the part before what is: "quoits" of "quoits to croquet"."""
    if not taken_by(span, words, lexicon, taken):
        return span
    end = next(index for index in range(span.first, span.last) if index in taken)
    cut = span_of(text, words, span.first, end) if end > span.first and words[end - 1].text in TRAILING else None
    return None if cut is None or taken_by(cut, words, lexicon, taken) else cut


def taken_by(span: Span, words: Sequence[Word], lexicon: Lexicon, taken: Collection[int]) -> bool:
    """Whether a span is something else already: all of it, or a part that is neither a person nor an occasion."""
    inside = [index for index in range(span.first, span.last) if index in taken]
    if len(inside) == span.last - span.first:
        if _is_subject(words, span.first, span.last, lexicon):
            return False
        return not any(span.text == word for word in (words[index].text for index in inside) if word in lexicon.trades)
    return any(words[index].text not in lexicon.relations for index in inside)


def _is_subject(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a known thing tells what a person does: "soccer" of "her soccer coach", "maths" of "maths teacher"."""
    if last >= len(words) or words[last].clause != words[first].clause:
        return False
    if words[last].text not in lexicon.trades and words[last].text not in _TEACHERS:
        return False
    said = " ".join(word.text for word in words[first:last])
    return said in lexicon.interests and said not in lexicon.trades and said not in lexicon.relations


def _behind_openers(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Read the lists behind "loves", "works as", "is a", "moving to", "looking for"."""
    found: list[Span] = []
    for hit in islice(find_phrases(words, lexicon.like_openers), MOST_LISTS):
        kind = lexicon.like_openers[hit.phrase]
        if hit.last >= len(words) or words[hit.last].sentence != words[hit.first].sentence:
            continue
        if kind == "like":
            if _opens(words, hit, lexicon):
                found += read_list(text, words, hit.last, lexicon, reach="far")
        elif kind == "wanted":
            found += _wanted(text, words, hit, lexicon)
        elif is_of_person(words, hit, kind):
            found += what_is_told(text, words, hit, kind, lexicon)
    return found


def _opens(words: Sequence[Word], hit: Found, lexicon: Lexicon) -> bool:
    """Whether "like" and its kin speak of a liking here: not "would like to", "looks like", "I like the first"."""
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


def _wanted(text: str, words: Sequence[Word], hit: Found, lexicon: Lexicon) -> list[Span]:
    """Read the kinds of thing asked for; "looking for a gift" asks for none."""
    first = hit.last + (words[hit.last].text in _OWN)
    first = first + 1 if first < len(words) and words[first].text in lexicon.relations else hit.last
    if first >= len(words) or words[first].text in _NO_KIND or words[first].clause != words[hit.first].clause:
        return []
    return [
        span for span in read_list(text, words, first, lexicon, reach="or") if span.text not in lexicon.not_excluded
    ]


def _says_something(span: Span, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether a passage names a thing: not only small talk, people or a number."""
    if span.text in lexicon.empty_likes or not span.text[:1].isalnum():
        return False
    said = [words[index].text.removesuffix("'s") for index in range(span.first, span.last)]
    return "size" not in said and not all(
        word in lexicon.empty_likes or lexicon.relations.get(word) not in _PETS_OR_NONE or word[:1].isdigit()
        for word in said
    )


def _is_thing(words: Sequence[Word], hit: Found, lexicon: Lexicon) -> bool:
    if hit.phrase not in _TWO_MEANINGS:
        return True
    clause = words[hit.first].clause
    before = words[hit.first - 1] if hit.first and words[hit.first - 1].clause == clause else None
    behind = [word.text for word in words[hit.last : hit.last + 2] if word.clause == clause]
    if any(word in lexicon.relations for word in behind):
        return False
    if before is None:
        return not behind or behind[0] in JOINERS or hit.phrase not in _ALSO_VERBS
    return before.text in _SHOWS_THING


def _span(text: str, words: Sequence[Word], hit: Found) -> Span:
    start, end = words[hit.first].start, words[hit.last - 1].end
    return Span(" ".join(text[start:end].lower().split()), hit.first, hit.last, start, end)


def _joined(open_spans: Sequence[Span], known: Sequence[Span], signs: Sequence[Span]) -> list[Span]:
    """All kinds in order, each once: what is known whole ("arts and crafts") goes before its read pieces."""
    whole = [one for one in known if one.last - one.first > 2]
    kept: list[Span] = []
    covered: set[int] = set()
    for span in (*whole, *open_spans, *known, *signs):
        places = range(span.first, span.last)
        inside = not places and any(one.start <= span.start < one.end for one in kept)
        if covered.isdisjoint(places) and not inside:
            kept.append(span)
            covered.update(places)
    unique: dict[str, Span] = {}
    for span in sorted(kept, key=lambda one: one.start):
        unique.setdefault(span.text, span)
    return list(unique.values())
