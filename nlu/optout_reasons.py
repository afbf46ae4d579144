"""Wishes told in one breath with their reason: "i found one stop messaging me", "stop texting me im at work"."""

from __future__ import annotations

from collections.abc import Iterator

_OPENS_BEFORE = frozenset(
    (
        *("i", "im", "ive", "already", "found", "bought", "got", "not", "wrong", "this", "its", "youre", "your", "you"),
        *("ugh", "these", "dude", "listen", "look", "ya", "estoy", "me", "encontre", "tengo", "ich", "hab", "habe"),
        *("ihr", "je", "j", "vous", "tu", "c", "ho", "sono", "ja", "eu", "estou", "thank", "thanks", "love"),
    )
)
_OPENS_AFTER = frozenset(
    (
        *("i", "im", "ive", "id", "its", "this", "thats", "you", "youre", "u", "we", "or", "because", "cause", "cuz"),
        *(
            "bc",
            "why",
            "how",
            "since",
            "as",
            "until",
            "unless",
            "your",
            "nobody",
            "have",
            "ya",
            "que",
            "porque",
            "estoy",
            "tengo",
        ),
        *("ich", "ihr", "das", "hab", "habe", "weil", "sonst", "je", "j", "vous", "c", "ca", "car", "parce", "sinon"),
        *("ho", "sono", "perche", "ja", "estou", "eu", "senao", "si", "o"),
    )
)
_WISH_WORDS = frozenset(
    (
        *("stop", "quit", "dont", "do", "no", "never", "leave", "please", "unsubscribe", "remove", "take", "cease"),
        *("deja", "dejen", "dejad", "paren", "parad", "no", "hort", "hor", "aufhoren", "lasst", "lass", "bitte"),
        *("arretez", "arrete", "ne", "n", "cessez", "laissez", "laisse", "basta", "smettila", "smettetela", "non"),
        *("parem", "pare", "nao", "keine"),
    )
)
_ANOTHERS = frozenset(
    (
        *(
            "he",
            "she",
            "they",
            "him",
            "her",
            "them",
            "his",
            "who",
            "that",
            "which",
            "to",
            "says",
            "say",
            "said",
            "want",
        ),
        *(
            "wants",
            "need",
            "needs",
            "like",
            "likes",
            "if",
            "when",
            "why",
            "how",
            "what",
            "did",
            "cant",
            "wont",
            "would",
        ),
        *("will", "can", "could", "should", "hope", "never", "dont", "not", "told", "keep", "mug", "shirt", "card"),
        *("sign", "reads", "reading", "printed", "quiero", "que", "er", "il", "elle", "si", "wenn", "will", "mochte"),
        *("veux", "voglio", "quero", "was", "wer", "pour", "para", "per", "so", "with", "of", "for"),
    )
)
_NOT_LAST = frozenset(
    (
        "to",
        "the",
        "a",
        "my",
        "that",
        "your",
        "not",
        "and",
        "or",
        "with",
        "of",
        "for",
        "me",
        "u",
        "you",
        "in",
        "on",
        "at",
        "about",
        "from",
        "by",
        "as",
        "no",
        "ne",
        "n",
        "non",
        "nao",
        "nicht",
        "if",
        "when",
    )
)
_ENDS = frozenset(("me", "u", "you"))
_TIME_BEGUN = frozenset(("until", "unless", "si", "que", "o"))
_FEWEST = 2


def without_reason(part: str) -> Iterator[str]:
    """Yield what may be the wish of a run of plain words once a reason before or behind it is left out."""
    words = part.split(" ")
    if len(words) <= _FEWEST:
        return
    for at in range(_FEWEST, len(words)):
        if words[at] in _OPENS_AFTER and words[at] not in _TIME_BEGUN and words[at - 1] not in _NOT_LAST - _ENDS:
            yield " ".join(words[:at])
    if words[0] not in _OPENS_BEFORE:
        return
    for at in range(1, len(words)):
        if (at > 1 and words[at - 1] in _ANOTHERS - {"not"}) or (words[0] in _ANOTHERS and words[0] != "not"):
            return
        if words[at] in _WISH_WORDS and words[at - 1] not in _NOT_LAST:
            yield " ".join(words[at:])
            for end in range(at + _FEWEST, len(words)):
                if words[end] in _OPENS_AFTER and words[end] not in _TIME_BEGUN:
                    yield " ".join(words[at:end])
