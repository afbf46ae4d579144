"""What stands before a person: "for", "with", "my very old and dear"."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.words.numerals import WORDS
from nlu.words.text import Word

OWN = frozenset({"my", "our", "mi", "mein", "meine", "meinen", "meiner", "ma", "mon", "mes", "mia", "mio", "mu", "ny", "me"})  # fmt: skip
THEIRS = frozenset({"his", "her", "their", "your", "hers"})  # fmt: skip
NUMBERS = frozenset(WORDS) | {"both", "couple", "twin", "twins", "few", "several"}
_ARTICLES = frozenset({"a", "an", "the", "this", "that", "some", "each", "every", "any", "all", "these", "those", "another", "one"})  # fmt: skip
_GOVERNING = frozenset({"with", "from", "by", "of", "to", "for", "4", "and", "or", "but", "nor", "so", "if", "because", "cause", "cuz", "when", "while", "where", "who", "whose", "which", "than", "as", "without", "near", "at",
    "in", "on", "into", "per", "is", "are", "was", "were", "been", "am", "isn't", "isnt", "it's", "its", "it", "he", "she", "they", "we", "i", "you", "he's", "she's", "hes", "shes", "they're", "i'm", "im", "me", "him", "them",
    "us", "has", "have", "had", "having", "i've", "get", "gets", "got", "getting", "give", "gives", "giving", "gave", "buy", "buys", "buying", "bought", "find", "finding", "make", "making", "made", "send", "sending", "surprise",
    "spoil", "treat", "thank", "gift", "gifts", "gifting", "present", "presents", "ideas", "idea", "shopping", "want", "wants", "need", "needs", "love", "loves", "likes", "tell", "told", "said", "says", "asked", "know", "knows",
    "think", "thinks", "see", "seeing", "saw", "live", "lives", "visiting", "help", "going", "go", "do", "does", "did", "don't", "dont", "can", "could", "would", "should", "will", "not", "about", "hi", "hey", "hello", "hiya",
    "thanks", "cheers", "wait", "mean", "meant", "rather", "sorry", "actually", "no", "nope", "drew", "drawn", "pulled", "assigned", "picked", "something", "anything", "fur", "für", "para", "pour", "out", "up", "down", "off",
    "over", "dating", "what", "how", "just", "around", "like", "plus", "there's", "that's", "theres", "thats", "who's", "whos", "hates", "collects", "married"})  # fmt: skip
_KNOWN_KINDS = frozenset({"best", "good", "old", "older", "elder", "eldest", "oldest", "younger", "youngest", "little", "big", "small", "close", "closest", "lovely", "dear", "new", "female", "male", "guy", "girl", "boy", "lady",
    "lil", "wee", "young", "soon", "be", "future", "ex", "great"})  # fmt: skip
_MOST_UNKNOWN, _FARTHEST = 4, 8


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a person: the word that governs them, and what describes them.

    ``word`` is "" where the clause begins; ``at`` is its index (or the one before the clause); ``unknown`` counts
    describing words that no list knows.
    """

    word: str
    at: int
    described: frozenset[str]
    unknown: int

    @property
    def own(self) -> bool:
        """Whether the writer calls them theirs."""
        return bool(self.described & OWN)

    @property
    def third(self) -> bool:
        """Whether they are somebody else's: "his mum"."""
        return bool(self.described & THEIRS) and not self.own

    @property
    def placed(self) -> bool:
        """Whether an article, a number or "my" stands before them, so that what is unknown describes them."""
        return bool(self.described & (OWN | THEIRS | _ARTICLES | NUMBERS)) or any(
            one[0].isdigit() for one in self.described
        )


def before(words: Sequence[Word], first: int) -> Before:
    """Read back over "my very old and dear" to the word that governs the person at ``first``."""
    clause, at = words[first].clause, first - 1
    described: set[str] = set()
    unknown = 0
    while at >= 0 and words[at].clause == clause and first - at <= _FARTHEST:
        text = words[at].text
        if text == "to" and at + 1 < first and words[at + 1].text == "be":
            at -= 1
            continue
        if (
            text == "of"
            and at > 0
            and words[at - 1].text in ("one", "both", "all", "some", "each", "couple", "two", "three")
        ):
            at -= 1
            continue
        if text in ("something", "somethings") and at > 0 and words[at - 1].text[0].isdigit():
            at -= 1
            continue
        if text == "me" and not _says_my(words, at):
            break
        if text in _GOVERNING and text != "me":
            break
        if (described & (OWN | THEIRS) and text not in ("both", "all", "of")) or (
            described & {"a", "an"} and text not in ("such", "one")
        ):
            break
        if text not in OWN and text not in THEIRS and text not in _ARTICLES and text not in NUMBERS:
            unknown += text not in _KNOWN_KINDS and not text[0].isdigit()
            if unknown > _MOST_UNKNOWN:
                break
        described.add(text)
        at -= 1
    inside = at >= 0 and words[at].clause == clause
    return Before(words[at].text if inside else "", at, frozenset(described), unknown)


def _says_my(words: Sequence[Word], at: int) -> bool:
    """Whether "me" says "my" here: "for me mum", "get me mum something"; never "get me dad ideas" or "for me so I"."""
    if at == 0 or words[at - 1].clause != words[at].clause:
        return True
    if words[at - 1].text in (
        "for",
        "to",
        "4",
        "is",
        "its",
        "it's",
        "of",
        "with",
        "from",
        "and",
        "thank",
        "surprise",
        "spoil",
        "treat",
    ):
        return True
    after = [word.text for word in words[at + 2 : at + 4] if word.clause == words[at].clause]
    return words[at - 1].text in ("get", "buy", "getting", "buying", "give", "send") and bool(
        {"something", "a", "an", "some", "summat"} & set(after)
    )
