"""Words that look like a person named and are none here: people spoken to, "so" and "ta" as little words."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence

from nlu.people.governing import OWN, THEIRS, before
from nlu.people.kinship import Named
from nlu.words.lexicon import Lexicon
from nlu.words.text import Word

_GREETED = frozenset({"friends", "guys", "folks", "fellas", "mate", "bro", "dude", "dudes", "man", "people", "gents", "ladies", "girls", "boys", "buddy", "pal", "lads", "men", "women", "gentlemen", "fam"})  # fmt: skip
GREETING = frozenset({"hi", "hey", "hello", "hiya", "thanks", "cheers", "thx", "yo", "dear", "ok", "alright", "lovely", "sup", "ta", "nah", "you", "evening", "morning", "afternoon", "please", "pls"})  # fmt: skip
_NAMES_TOO = frozenset({"abba", "appa", "pop", "da", "abu"})
"""Fathers that are bands, music and little words too."""
_KINDS = frozenset({"vegan", "vegetarian", "pescatarian", "minimalist", "hipster", "hippie", "hippy", "goth", "punk"})
_THINGS = frozenset({"gift", "gifts", "present", "presents", "hamper", "hampers", "box", "boxes", "basket", "baskets", "stuff", "things", "ideas", "food", "snacks", "chocolate", "chocolates", "treats"})  # fmt: skip
_SUBJECTS = (
    OWN
    | THEIRS
    | {
        "i",
        "we",
        "she",
        "he",
        "it",
        "they",
        "the",
        "this",
        "that",
        "far",
        "much",
        "many",
        "i'm",
        "i'd",
        "we're",
        "he's",
        "she's",
    }
)


_THANKS = frozenset({"thanks", "thank", "cheers", "thx"})


def is_greeted(words: Sequence[Word], one: Named) -> bool:
    """Whether they are spoken to, not of: "hi friends", "cheers mate", "any ideas, guys?"."""
    greeted = one.first > 0 and words[one.first - 1].text in ("hi", "hey", "hello", "hiya") and one.plural
    if (one.phrase not in _GREETED and not greeted) or one.last - one.first != 1:
        return False
    clause = words[one.first].clause
    opens = one.first == 0 or words[one.first - 1].clause != clause
    closes = one.last == len(words) or words[one.last].clause != clause
    if opens:
        of_where = not closes and words[one.last].text == "of" and not is_of_mine(words, one)
        return (closes and one.first > 0 and one.phrase not in ("men", "women", "girls", "boys")) or of_where
    if (
        closes
        and one.phrase in ("guys", "folks", "fellas")
        and _THANKS & {word.text for word in words[max(0, one.first - 6) : one.first]}
    ):
        return True
    return words[one.first - 1].text in GREETING and (
        closes or words[one.first - 1].text not in ("lovely", "you", "please")
    )


def is_of_mine(words: Sequence[Word], one: Named) -> bool:
    """Whether "of mine" or "of ours" stands behind: as good as "my"."""
    behind = words[one.last : one.last + 2]
    return [word.text for word in behind] in (["of", "mine"], ["of", "ours"])


def is_little_word(words: Sequence[Word], one: Named, lexicon: Lexicon) -> bool:
    """Whether "so" is but the little word, and "ta" says thanks: nobody's significant other."""
    stands = before(words, one.first)
    ours = stands.described & (OWN - {"me"}) or (one.plural and stands.placed)
    after = words[one.last].text if one.last < len(words) and words[one.last].clause == words[one.first].clause else ""
    if one.phrase == "ma" and after in lexicon.relations:
        return True
    if one.phrase == "so" and (after in lexicon.relations or after in _SUBJECTS):
        return True
    return one.phrase in ("so", "ta", "tas") and (not ours or "be" in stands.described)


def is_of_a_thing(words: Sequence[Word], one: Named) -> bool:
    """Whether it names no person but a band or a kind of gift: "she's mad about ABBA", "vegan gifts please"."""
    clause = words[one.first].clause
    follows = words[one.last].text if one.last < len(words) and words[one.last].clause == clause else ""
    if is_kind_of_thing(one.phrase, follows):
        return True
    if one.phrase not in _NAMES_TOO or one.first == 0 or words[one.first - 1].clause != clause:
        return False
    stands = before(words, one.first)
    return not (stands.described & OWN or stands.word in ("for", "to", "4") or words[one.first - 1].text == "and")


def is_kind_of_thing(phrase: str, follows: str) -> bool:
    """Whether a kind of person tells here what a thing is like: "vegan gifts"."""
    return phrase in _KINDS and follows in _THINGS
