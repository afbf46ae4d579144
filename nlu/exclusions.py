"""What is not wanted: disliked, owned, given before, forbidden."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.lexicon import Lexicon
from nlu.open_lists import Span, read_list
from nlu.phrases import Found, find_phrases
from nlu.text import Word

_ASKS = frozenset({"why", "or", "whether", "if", "is", "what", "say", "sorry"})
_ANYTHING = frozenset({"anything", "something", "stuff", "things"})
_LINKS = frozenset(
    {"with", "made", "of", "too", "to", "do", "very", "that", "is", "really", "which", "like", "related"}
)
_PETS = frozenset({"cat", "dog", "pet", "baby"})
_LOOSE = frozenset({"no", "not", "nothing", "without", "avoid", "except", "besides", "other than"})


def find_exclusions(text: str, words: Sequence[Word], lexicon: Lexicon) -> tuple[Span, ...]:
    """Find everything a message rules out: "no perfume", "she hates candles", "already has a Kindle"."""
    found: list[Span] = []
    for hit in find_phrases(words, lexicon.exclusion_openers):
        if hit.last >= len(words) or words[hit.last].sentence != words[hit.first].sentence:
            continue
        same_clause = words[hit.last].clause == words[hit.last - 1].clause
        first = _behind_anything(words, hit.last, lexicon)
        if not same_clause or (first == hit.last and _is_idle(words, hit.first, hit.last, lexicon)):
            continue
        for span in read_list(text, words, first, lexicon, far=False):
            if span.text not in lexicon.not_excluded and _is_thing(words, hit, span, lexicon):
                found.append(span)
    found += _out_of_question(text, words, lexicon)
    return tuple(_without_overlap(found))


def _behind_anything(words: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """Return where the thing begins: behind "anything", "anything made of", "stuff with", if a thing follows there."""
    if words[at].text not in _ANYTHING:
        return at
    first = at + 1
    while first < len(words) and words[first].clause == words[at].clause and words[first].text in _LINKS:
        first += 1
    if first >= len(words) or words[first].clause != words[at].clause:
        return at
    ends = words[first].text in lexicon.stops or words[first].text in lexicon.not_excluded
    return at if ends or words[first].text[:1].isdigit() else first


def _is_idle(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether nothing is ruled out though the words say no: "no idea", "not sure", "no more than £20"."""
    next_word = words[last].text
    ahead = " ".join(word.text for word in words[last : last + 2])
    opener = " ".join(word.text for word in words[first:last])
    if ahead in lexicon.not_excluded or next_word[:1].isdigit():
        return True
    if next_word in lexicon.not_excluded:
        return opener in _LOOSE or next_word not in (
            "her",
            "his",
            "that",
            "this",
            "a lot",
            "those",
            "these",
            "my",
            "much",
            "many",
        )
    if opener in ("no", "not") and next_word in lexicon.relations:
        return True
    before = words[first - 1].text if first else ""
    return opener in ("has", "already") or (opener == "not" and before in ("whether", "or"))


def _is_thing(words: Sequence[Word], hit: Found, span: Span, lexicon: Lexicon) -> bool:
    """Whether a thing is ruled out, and not a person; after a mere "not" it must open its clause or be well known."""
    names = [lexicon.relations.get(word.text) for word in words[span.first : span.last]]
    if all(names) and not _PETS & set(names):
        return False
    if hit.phrase not in ("not", "not too", "already", "has already"):
        return True
    opens = (
        hit.first == 0
        or words[hit.first - 1].clause != words[hit.first].clause
        or words[hit.first - 1].text in ("no", "but", "and", "please")
    )
    known = any(word.text in lexicon.interests for word in words[span.first : span.last])
    return known or (opens and span.last - span.first <= 3)


def _out_of_question(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find "books are out", "candy is out", "jewellery is a no": the ruled-out thing stands before the verb."""
    found = []
    for at in range(1, len(words) - 1):
        verb, after = words[at].text, words[at + 1].text
        if verb not in ("is", "are") or words[at + 1].clause != words[at].clause:
            continue
        last_word = (
            at + 2 >= len(words) or words[at + 2].clause != words[at].clause or words[at + 2].text in lexicon.stops
        )
        if not ((after == "out" and last_word) or (after in ("a", "never", "not") and _refused(words, at))):
            continue
        first = at
        while first > 0 and words[first - 1].clause == words[at].clause and words[first - 1].text not in lexicon.stops:
            first -= 1
        found += read_list(text, words[:at], first, lexicon, far=False)
    return found


def _refused(words: Sequence[Word], at: int) -> bool:
    said = " ".join(word.text for word in words[at + 1 : at + 5])
    return said.startswith(
        ("a no", "a no-no", "never a good", "not an option", "not a good", "not an good")
    ) and not said.startswith("a no brainer")


def _without_overlap(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.first, -one.last)):
        if not kept or span.first >= kept[-1].last:
            kept.append(span)
    return kept
