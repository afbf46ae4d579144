"""Ideas named and given up in one breath: "I was thinking of a helicopter but he already has one"."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence

from nlu.words.lexicon import Lexicon
from nlu.words.open_lists import Span, read_list
from nlu.words.phrases import Found, PhraseBook, find_phrases
from nlu.words.text import Word

_MINDS = ("thinking of", "thinking about", "thought of", "thought about", "going to", "planning to", "planned to", "planning on", "planned on", "tempted to", "wanted to", "hoping to", "tried", "meant to", "considered", "considering")  # fmt: skip
_BUYING = ("get", "getting", "buy", "buying", "give", "giving", "make", "making", "order", "doing", "do")
_PROPOSES = PhraseBook.of(
    (*(f"{mind} {verb}" for mind in _MINDS for verb in _BUYING),
     "was thinking", "were thinking", "was thinking of", "was thinking about", "thought of", "thought about", "thinking of", "thinking about",
     "was considering", "considered", "considering", "looked at", "would normally get", "go to would be", "usual would be", "considered giving", "suggested", "someone said", "someone suggested", "somebody suggested", "tempted by", "looked into", "looking at", "toyed with", "idea was", "thought was", "plan was", "instinct was", "could get", "needs a", "needs a new", "wants a", "wants a new", "would love a", "asked for a", "i thought", "we thought", "i thought of", "i thought about", "we thought of", "we thought about", "thought maybe", "says a", "said a", "said maybe", "says maybe")
)  # fmt: skip
_BUT = frozenset(
    {
        "but",
        "however",
        "except",
        "though",
        "although",
        "unfortunately",
        "then",
        "until",
        "sadly",
        "scrapping",
        "scrapped",
    }
)
_DOUBT = frozenset({"sure", "know", "which", "where", "what", "how", "help", "find", "open", "also", "idea", "ideas", "if", "whether", "decide", "decided", "clue", "advice", "suggestions", "recommendations", "alternatives"})  # fmt: skip
"""Behind "but" these only ask for help with the idea."""
_UNLUCKY = frozenset({"unfortunately", "sadly", "however", "but"})
"""The next sentence begins so where it takes the idea back."""


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
    """Whether the sentence turns with "but" to anything other than a doubt or a question."""
    for at in range(hit.last, min(hit.last + 30, len(words))):
        if words[at].sentence != words[hit.first].sentence:
            return words[at].text in _UNLUCKY
        if words[at].text in _BUT:
            behind = [word.text for word in words[at + 1 : at + 10] if word.sentence == words[at].sentence]
            return bool(behind) and not _DOUBT & set(behind)
    return False
