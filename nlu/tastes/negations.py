"""Negated likes and wants put together freely: "isn't really into", "has never liked", "doesn't need any more"."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlu.words.lexicon import Lexicon
from nlu.words.little_words import SOFT, VERBS
from nlu.words.phrases import Found
from nlu.words.text import Word

NEGATIONS = frozenset({"not", "never", "doesn't", "doesnt", "don't", "dont", "didn't", "didnt", "isn't", "isnt", "aren't", "arent", "wasn't", "won't", "wont", "wouldn't", "wouldnt", "can't", "cant", "cannot", "hasn't", "haven't", "couldn't", "shouldn't", "ain't", "mustn't", "needn't", "daren't", "hardly", "rarely", "seldom", "barely", "scarcely"})  # fmt: skip
_DEGREES = frozenset({"really", "even", "actually", "particularly", "ever", "usually", "often", "generally", "typically", "quite", "that", "much", "so", "very", "especially", "too", "super", "all", "a", "an", "big", "huge", "massive", "overly", "terribly", "exactly", "at", "the", "ideally", "personally", "currently", "just", "to", "be", "been", "going", "allowed", "able", "hugely", "necessarily", "one", "any", "supposed"})  # fmt: skip
KINDS_OF_PEOPLE = frozenset({"person", "people", "type", "sort", "guy", "girl", "gal", "man", "woman", "drinker", "eater", "reader", "fan", "lover", "kind", "wearer"})  # fmt: skip
MOST_DEGREES = 4


def find_negated(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Found]:
    """Yield a negation with the like, want or use it negates; the phrase is that of `Lexicon.negated_heads`."""
    for at, word in enumerate(words):
        if word.text not in NEGATIONS or (at and words[at - 1].text in ("why", "or", "if", "whether")):
            continue
        first = at + 1
        while first < len(words) and first - at <= MOST_DEGREES and words[first].clause == word.clause:
            head = _head_at(words, first, lexicon)
            if head:
                yield Found(head.phrase, at, head.last)
                break
            if words[first].text not in _DEGREES:
                break
            first += 1


def _head_at(words: Sequence[Word], at: int, lexicon: Lexicon) -> Found | None:
    for size in lexicon.negated_heads.lengths.get(words[at].text, ()):
        said = words[at : at + size]
        phrase = " ".join([word.text for word in said])
        if len(said) == size and said[-1].clause == words[at].clause and phrase in lexicon.negated_heads:
            return Found(phrase, at, at + size)
    return None


def not_that_person(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield first and last (excluded) of the kind of person somebody is not: "not really a jewellery person"."""
    for at, word in enumerate(words):
        if word.text not in NEGATIONS:
            continue
        first = at + 1
        while first < len(words) and words[first].clause == word.clause and words[first].text in _DEGREES:
            first += 1
        for last in range(first + 1, min(first + 4, len(words))):
            if words[last].clause != word.clause or words[last - 1].text in SOFT or words[last - 1].text in VERBS:
                break
            if words[last].text in KINDS_OF_PEOPLE:
                yield first, last
                break


def is_negated(words: Sequence[Word], at: int) -> bool:
    """Whether a negation stands shortly before a word, in its clause, with no "but" and no "only" between."""
    for index in range(at - 1, max(-1, at - 5), -1):
        if words[index].clause != words[at].clause or words[index].text in _TURNS:
            return False
        if words[index].text in NEGATIONS:
            return not (index and words[index - 1].text in ("if", "why", "or", "whether"))
    return False


_TURNS = frozenset({"but", "only", "just", "enough", "without", "wrong", "so", "and", "loves", "likes", "than", "more", "i", "he", "she", "they", "with", "mind", "into", "like", "enjoys", "love", "until", "unless", "who", "which", "because", "to"})  # fmt: skip
