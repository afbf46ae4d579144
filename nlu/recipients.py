"""Who gets the gift: the relation, read from the words around it, and a gender where one is said."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.governing import OWN, Before, before
from nlu.implied import Implied, implied
from nlu.kinship import Named, named
from nlu.lexicon import Lexicon
from nlu.numerals import WORDS
from nlu.phrases import find_phrases
from nlu.standing import TAKES_BACK, weight
from nlu.text import Word
from nlu.wish import Gender


@dataclass(frozen=True, slots=True)
class RecipientFound:
    """A person (or pet) the message names: what the Brief keeps, words ``first`` to ``last`` (excluded).

    ``weight`` tells how surely the gift is for them; ``negated`` marks "not my mum"; ``count`` is how many they are,
    where a number is said ("three nieces").
    """

    name: str
    gender: Gender | None
    first: int
    last: int
    start: int
    end: int
    weight: int
    negated: bool = False
    count: int | None = None


_FEMALE = frozenset({"she", "her", "hers", "she's", "shes", "she'll", "she'd", "herself"})  # fmt: skip
_MALE = frozenset({"he", "him", "his", "he's", "hes", "he'll", "he'd", "himself"})  # fmt: skip
_SEXES: dict[str, Gender] = {"female": "female", "girl": "female", "lady": "female", "woman": "female", "f": "female", "male": "male", "guy": "male", "man": "male", "boy": "male", "m": "male", "bloke": "male", "lad": "male"}  # fmt: skip
_GROUPS = frozenset({"parents", "couple", "family", "household", "siblings", "grandparents", "parents-in-law", "in-laws", "newlyweds", "team", "host family", "step-sibling", "half-sibling"})  # fmt: skip
_NARROW = frozenset({"so", "ma", "pop", "sil", "mil", "fil", "bil", "dil", "man", "men", "mans", "date", "host", "hosts", "team", "mate", "guy", "guys", "dude", "dudes", "person", "people", "someone", "somebody", "client",
    "customer", "manager", "staff", "family", "families", "household", "crush", "chick", "pup", "da", "mam", "coach", "male", "female", "males", "females", "s.o.", "chap", "oma", "opa", "kid", "baby", "cat", "dog", "pet",
    "kitty", "cats", "dogs", "pets", "puppy", "kitten", "unc", "ta", "bro", "folks", "rents", "mama", "bua", "masi", "nani", "dadi", "bub", "mentor", "couple", "old man", "groom", "appa", "amma", "nurse", "doctor", "stylist",
    "sitter", "friends", "child"})  # fmt: skip
"""Words that also mean much else: a recipient only right after "my", "for" and their like."""
_PARTNERS = frozenset({"girlfriend", "boyfriend", "wife", "husband", "partner", "fiance"})  # fmt: skip
_PETS = frozenset({"cat", "dog", "pet"})  # fmt: skip
_GREETED = frozenset({"friends", "guys", "folks", "fellas", "mate", "bro", "dude", "dudes", "man", "people", "gents", "ladies", "girls", "boys", "buddy", "pal", "lads", "men", "women", "gentlemen", "fam"})  # fmt: skip
_GREETING = frozenset({"hi", "hey", "hello", "hiya", "thanks", "cheers", "thx", "yo", "dear", "ok", "alright", "lovely", "sup", "ta", "nah", "you", "evening", "morning", "afternoon", "please", "pls"})  # fmt: skip
_CHILDREN_OF = frozenset({"toddlers", "kids", "boys", "girls", "children", "twins", "teens", "triplets"})  # fmt: skip
_YEARS = frozenset({"year", "years", "yr", "yrs", "yo", "month", "months", "week", "weeks", "mo", "yos"})  # fmt: skip
_STRETCHED = re.compile(r"([a-z])\1{2,}")


def find_recipients(words: Sequence[Word], lexicon: Lexicon) -> tuple[RecipientFound, ...]:
    """Find everyone a message names as a possible recipient, in the order they stand."""
    words = _unstretched(words)
    people = named(words, lexicon)
    drawn = any(lexicon.occasions.get(hit.phrase) == "secret_santa" for hit in find_phrases(words, lexicon.occasions))
    found: list[RecipientFound] = []
    for one in people:
        if not _is_greeted(words, one) and not _is_little_word(words, one):
            found.append(_found(words, one, lexicon, drawn=drawn))
    found = [one for one in _together(words, found) if one.weight > 0 or words[one.first].text not in _NARROW]
    if not any(one.weight > 0 for one in found):
        found = [replace(one, weight=1) if one.name in _PARTNERS else one for one in found]
    for guess in implied(words, lexicon, [(one.name, one.weight, one.gender) for one in found if not one.negated]):
        found.append(_of_guess(words, guess))
    found = _one_name(found)
    return tuple(sorted(found, key=lambda one: one.first))


def _unstretched(words: Sequence[Word]) -> Sequence[Word]:
    """The words without the letters held down: "babyyyy"."""
    if not any(_STRETCHED.search(word.text) for word in words):
        return words
    return tuple(replace(word, text=_STRETCHED.sub(r"\1", word.text)) for word in words)


def _is_greeted(words: Sequence[Word], one: Named) -> bool:
    """Whether they are spoken to, not of: "hi friends", "cheers mate", "any ideas, guys?"."""
    if one.phrase not in _GREETED or one.last - one.first != 1:
        return False
    clause = words[one.first].clause
    opens = one.first == 0 or words[one.first - 1].clause != clause
    closes = one.last == len(words) or words[one.last].clause != clause
    if opens:
        of_where = not closes and words[one.last].text == "of"
        return (closes and one.first > 0 and one.phrase not in ("men", "women", "girls", "boys")) or of_where
    return words[one.first - 1].text in _GREETING and (
        closes or words[one.first - 1].text not in ("lovely", "you", "please")
    )


def _is_little_word(words: Sequence[Word], one: Named) -> bool:
    """Whether "so" is but the little word, and "ta" says thanks: nobody's significant other."""
    stands = before(words, one.first)
    ours = stands.described & (OWN - {"me"}) or (one.plural and stands.placed)
    return one.phrase in ("so", "ta", "tas") and (not ours or "be" in stands.described)


def _found(words: Sequence[Word], one: Named, lexicon: Lexicon, *, drawn: bool) -> RecipientFound:
    stands = before(words, one.first)
    if one.phrase.startswith(("my ", "me ")):
        stands = replace(stands, described=stands.described | {"my"})
    name, narrow = _ours(one, stands), one.phrase in _NARROW
    heavy = weight(words, one.first, one.last, stands, narrow=narrow, drawn=drawn)
    if one.owner is not None and stands.third and heavy < 2:
        heavy = 3 if stands.word in ("for", "to") else heavy
    after = [word.text for word in words[one.last : one.last + 2] if word.clause == words[one.first].clause]
    if name in _PETS and (
        stands.unknown or (stands.word not in ("for", "to", "4") and not (stands.own and heavy == 2))
    ):
        heavy = 0
    elif name in ("mom", "dad") and after[:1] == ["of"] and not stands.own and stands.word not in ("for", "to"):
        heavy = 0 if after[1:] and (after[1][0].isdigit() or after[1] in WORDS or after[1] in _CHILDREN_OF) else heavy
    elif name == "family" and after[:1] and after[0] in ("is", "are", "does", "do", "has", "have", "wants", "always"):
        heavy = min(heavy, 0)
    gender = lexicon.genders.get(name) or lexicon.genders.get(one.tail) or one.gender
    if gender is None and not is_group(name):
        gender = _said_gender(words, one, stands)
    back = [word.text for word in words[max(0, one.first - 3) : one.first] if word.clause == words[one.first].clause]
    negated = any(word in ("not", "isn't", "isnt") for word in back) and "only" not in back and "sure" not in back
    count = _count(words, one, stands)
    return RecipientFound(name, gender, one.first, one.last, words[one.first].start, words[one.last - 1].end, heavy, negated, count)  # fmt: skip


def _ours(one: Named, stands: Before) -> str:
    """Return what "my boys" (sons) and "my fella" (a boyfriend) are; of others nothing more is said than that."""
    if not stands.own or one.owner is not None:
        return one.name
    if one.name in ("boy", "girl"):
        child = (
            one.plural
            or stands.described & {"little", "lil", "wee", "young", "baby"}
            or one.phrase in ("lad", "boy", "lass")
        )
        return (
            ("son" if one.name == "boy" else "daughter")
            if child
            else "girlfriend"
            if one.phrase == "girl"
            else one.name
        )
    if one.name == "man" and not one.plural:
        return "son" if stands.described & {"little", "lil", "wee"} else "boyfriend"
    return "girlfriend" if one.name == "woman" and not one.plural and one.phrase != "female" else one.name


def _said_gender(words: Sequence[Word], one: Named, stands: Before) -> Gender | None:
    """The gender told beside the person: "guy friend", "best mate, male", "friend (f)"."""
    for word in stands.described:
        if word in _SEXES:
            return _SEXES[word]
    beside = words[one.last : one.last + 2]
    if beside and beside[0].text in _SEXES and beside[0].clause != words[one.last - 1].clause:
        alone = len(beside) < 2 or beside[1].clause != beside[0].clause
        return _SEXES[beside[0].text] if alone else None
    return None


def _count(words: Sequence[Word], one: Named, stands: Before) -> int | None:
    if "twin" in stands.described or one.phrase in ("twins", "twin sisters", "twin brothers"):
        return 2 if one.plural else None
    if not one.plural:
        return None
    if "both" in stands.described:
        return 2
    for at in range(max(0, stands.at), one.first):
        text = words[at].text
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else WORDS.get(text)
        if value is not None and value > 1 and not words[at + 1].text.startswith(tuple(_YEARS)):
            return value
    return None


def _together(words: Sequence[Word], found: list[RecipientFound]) -> list[RecipientFound]:
    """Let people named in one breath stand alike, and a word that takes back undo the one before it."""
    for at in range(1, len(found)):
        one, other = found[at - 1], found[at]
        gap = words[one.last : other.first]
        same = words[one.first].clause == words[other.first].clause
        if gap and gap[0].text in ("and", "n", "plus") and same and all(word.text in _IN_ONE_BREATH for word in gap):
            speaks = other.last < len(words) and words[other.last].text in ("loves", "likes", "is", "has", "wants")
            if other.weight < 0 or (one.weight > 0 and one.weight > other.weight) or (one.weight <= 0 and not speaks):
                least = -1 if other.weight < 0 else one.weight
                found[at] = replace(other, weight=least)
                found[at - 1] = replace(one, weight=min(one.weight, least))
        through = other.name.startswith(f"{one.name}'s ") and all(
            word.text in _IN_ONE_BREATH or word.text[0].isdigit() for word in gap
        )
        if (not gap or through) and (same or through) and one.weight > other.weight >= 0:
            found[at] = replace(other, weight=one.weight)
        turn = before(words, other.first)
        if turn.word in TAKES_BACK and other.first - one.last <= 6 and one.weight > 0:
            found[at - 1] = replace(one, negated=True)
            found[at] = replace(other, weight=max(one.weight, other.weight, 2))
    return found


def _one_name(found: list[RecipientFound]) -> list[RecipientFound]:
    """Call the "SO" what the rest of the message calls them: girlfriend, husband."""
    told = next((one for one in found if one.name in _PARTNERS and one.name != "partner" and one.weight >= 2), None)
    if told is None:
        return found
    return [replace(one, name=told.name, gender=told.gender) if one.name == "partner" else one for one in found]


_IN_ONE_BREATH = OWN | {
    "and",
    "n",
    "plus",
    "his",
    "her",
    "their",
    "the",
    "a",
    "both",
    "little",
    "big",
    "older",
    "younger",
    "best",
    "lovely",
}


def _of_guess(words: Sequence[Word], guess: Implied) -> RecipientFound:
    first, last = guess.first, guess.last
    return RecipientFound(guess.name, guess.gender, first, last, words[first].start, words[last - 1].end, guess.weight)


def gender_of_pronouns(words: Sequence[Word]) -> Gender | None:
    """The gender the pronouns speak of; None where there are none or both as often."""
    female = sum(word.text in _FEMALE for word in words)
    male = sum(word.text in _MALE for word in words)
    if female == male:
        return None
    return "female" if female > male else "male"


def is_group(name: str | None) -> bool:
    """Whether a recipient is several people, so that no one gender or pronoun is theirs."""
    return name is not None and name.split("'s ")[-1] in _GROUPS
