"""Ideas named and given up in one breath: "I was thinking of a helicopter but he already has one"."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence

from nlu.lexicon import Lexicon
from nlu.open_lists import Span, read_list
from nlu.phrases import Found, PhraseBook, find_phrases
from nlu.text import Word

_MINDS = ("thinking of", "thinking about", "thought of", "thought about", "going to", "planning to", "planned to", "planning on", "planned on", "tempted to", "wanted to", "hoping to", "tried", "meant to", "considered", "considering")  # fmt: skip
_BUYING = ("get", "getting", "buy", "buying", "give", "giving", "make", "making", "order")
_PROPOSES = PhraseBook.of(
    (*(f"{mind} {verb}" for mind in _MINDS for verb in _BUYING),
     "was thinking", "were thinking", "was thinking of", "was thinking about", "thought of", "thought about", "thinking of", "thinking about",
     "was considering", "considered", "considering", "looked at", "would normally get", "go to would be", "usual would be", "could get", "needs a", "needs a new", "wants a", "wants a new", "would love a", "asked for a")
)  # fmt: skip
_BUT = frozenset({"but", "however", "except", "though", "although", "unfortunately"})
_GIVEN_UP = frozenset({"already", "boring", "lame", "overused", "cliche", "clichéd", "generic", "overdone", "impersonal", "broke", "bought", "ordered", "sold", "wrong", "weird", "dumb", "cheesy", "overkill", "lazy", "loads", "tons", "plenty", "doesn't", "didn't", "isn't", "wouldn't", "won't", "outgrown", "returned", "allergic", "beat", "beaten", "has", "told", "silly", "risky", "typical", "can't", "budget", "afford"})  # fmt: skip
_NOT_GIVEN_UP = frozenset({"not", "idea", "sure", "know", "no", "don't", "which", "what", "help", "where", "can", "expensive", "find", "wasn't", "anything", "also", "open"})  # fmt: skip


def find_taken_back(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find the things proposed and given up in the same sentence."""
    if not any(word.text in _BUT for word in words):
        return []
    found: list[Span] = []
    for hit in find_phrases(words, _PROPOSES):
        if _given_up(words, hit) and hit.last < len(words):
            spans = read_list(text, words, hit.last, lexicon, reach="and")
            found += [
                span for span in spans if span.text not in lexicon.empty_likes and span.text not in lexicon.not_excluded
            ]
    return found


def _given_up(words: Sequence[Word], hit: Found) -> bool:
    """Whether the sentence turns: behind "but" stands why it will not do, and no mere doubt."""
    for at in range(hit.last, min(hit.last + 30, len(words))):
        if words[at].sentence != words[hit.first].sentence:
            return False
        if words[at].text in _BUT:
            reason = {word.text for word in words[at + 1 : at + 10] if word.sentence == words[at].sentence}
            return bool(reason & _GIVEN_UP) and not reason & _NOT_GIVEN_UP
    return False
