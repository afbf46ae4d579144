"""Who gets the gift: the relation, read from the words around it, and a gender where one is said."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.people.described import count_of, ours, said_gender
from nlu.people.governing import OWN, Before, before
from nlu.people.implied import implied
from nlu.people.kinship import Named, named
from nlu.people.lookalikes import GREETING, is_greeted, is_little_word, is_of_a_thing, is_of_mine
from nlu.people.pronouns import agreeing, is_counted_of_another, not_the_owners, only_one_of_ours
from nlu.people.standing import GIFTS, OWN_SUBJECT, TAKES_BACK, weight
from nlu.people.told_by_age import Implied
from nlu.wish import Gender
from nlu.words.lexicon import Lexicon
from nlu.words.numerals import WORDS
from nlu.words.phrases import find_phrases
from nlu.words.text import Word


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
_WOMAN = frozenset({"woman", "lady"})
_MAN = frozenset({"man", "guy", "bloke", "chap", "gentleman"})
_OF_MEN = frozenset({"cave", "bag", "city", "united", "utd", "flu", "bun", "made", "fawkes", "of"})
_GROUPS = frozenset({"parents", "couple", "family", "household", "siblings", "grandparents", "parents-in-law", "in-laws", "newlyweds", "team", "host family", "step-sibling", "half-sibling"})  # fmt: skip
_NARROW = frozenset({"so", "ma", "pop", "sil", "mil", "fil", "bil", "dil", "man", "men", "mans", "date", "host", "hosts", "team", "mate", "guy", "guys", "dude", "dudes", "person", "people", "someone", "somebody", "client",
    "customer", "manager", "staff", "family", "families", "household", "crush", "chick", "pup", "da", "mam", "coach", "male", "female", "males", "females", "s.o.", "chap", "oma", "opa", "kid", "baby", "cat", "dog", "pet",
    "kitty", "cats", "dogs", "pets", "puppy", "kitten", "unc", "ta", "bro", "folks", "rents", "mama", "bua", "masi", "nani", "dadi", "bub", "mentor", "couple", "old man", "groom", "appa", "amma", "nurse", "doctor", "stylist",
    "sitter", "friends", "child", "dh", "dw", "ds", "dd", "babe", "bae", "boo", "tot", "minder", "gram", "grams", "lola", "mimi", "nain", "prof", "wean", "nipper", "abu", "maa", "umma", "tia", "tio", "team lead", "twins", "triplets", "partners", "saas", "jeth", "the wife", "foreman"})  # fmt: skip
"""Words that also mean much else: a recipient only right after "my", "for" and their like."""
_SHORT_KIN = frozenset({"sil", "fil", "bil", "dil", "mil", "mam", "unc", "oma", "opa", "nani", "dadi", "bua", "masi", "amma", "appa", "dh", "dw", "dd", "da", "rents", "folks", "prof", "coach", "nurse", "doctor", "mentor", "maa", "crush", "client", "customer", "manager", "sitter", "stylist", "groom", "foreman", "babe", "bae"})  # fmt: skip
"""Of these, the ones that open a sentence of their own: "FIL is 70", "mam's 65th"."""
_PARTNERS = frozenset({"girlfriend", "boyfriend", "wife", "husband", "partner", "fiance"})  # fmt: skip
_PETS = frozenset({"cat", "dog", "pet"})  # fmt: skip
_MADE_OF_PETS = frozenset({"loving", "mad", "obsessed", "crazy", "lover", "lovers", "owner", "owners", "mom", "mum", "dad", "walker", "sitter", "trainer", "themed", "toy", "toys", "bed", "died"})  # fmt: skip
_DRAWN = frozenset({"got", "drew", "drawn", "pulled"})
_WORKERS = frozenset({"teacher", "professor", "nurse", "doctor", "coach", "hairdresser", "barber", "landlord", "landlady", "teaching assistant", "babysitter", "manager", "boss"})  # fmt: skip
_HE_IS = frozenset({"he's", "she's", "hes", "shes", "is", "was", "be", "become", "becoming", "being", "as"})
_THINKS = frozenset({"says", "thinks", "reckons", "said", "thought", "mentioned", "suggests", "suggested", "told"})  # fmt: skip
_GIVES = frozenset({"give", "get", "buy", "make", "want"})
_DOES = frozenset({"is", "are", "does", "do", "has", "have", "wants", "always"})
_WISHES = frozenset({"wants", "needs", "likes", "loves"})
_CHILDREN_OF = frozenset({"toddlers", "kids", "boys", "girls", "children", "twins", "teens", "triplets"})  # fmt: skip
_STRETCHED = re.compile(r"([a-z])\1{2,}")


def find_recipients(words: Sequence[Word], lexicon: Lexicon) -> tuple[RecipientFound, ...]:
    """Find everyone a message names as a possible recipient, in the order they stand."""
    words = _unstretched(words)
    people = named(words, lexicon)
    drawn = bool(people) and any(word.text in _DRAWN for word in words) and _is_drawn(words, lexicon)
    found: list[RecipientFound] = []
    for one in people:
        if not (is_greeted(words, one) or is_little_word(words, one, lexicon) or is_of_a_thing(words, one)):
            found.append(_found(words, one, lexicon, drawn=drawn))
    found = [one for one in _together(words, found) if one.weight > 0 or words[one.first].text not in _NARROW]
    found = agreeing(words, found)
    if not any(one.weight > 0 for one in found):
        found = [replace(one, weight=1) if _is_partner_meant(words, one) else one for one in found]
    if not any(one.weight > 0 for one in found):
        found = only_one_of_ours(words, found)
    for guess in implied(words, lexicon, [(one.name, one.weight, one.gender) for one in found if not one.negated]):
        found.append(_of_guess(words, guess))
    found = _one_name(found)
    return tuple(sorted(found, key=lambda one: one.first))


def _is_drawn(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether lots are drawn, so that "got my boss" is the match."""
    return any(lexicon.occasions.get(hit.phrase) == "secret_santa" for hit in find_phrases(words, lexicon.occasions))


def _is_partner_meant(words: Sequence[Word], one: RecipientFound) -> bool:
    """Whether a partner spoken of is the one meant where nobody else is: not "his wife", not "partners" of a firm."""
    stands = before(words, one.first)
    return one.name in _PARTNERS and not stands.third and (stands.own or not words[one.last - 1].text.endswith("s"))


def _unstretched(words: Sequence[Word]) -> Sequence[Word]:
    """The words without the letters held down: "babyyyy"."""
    if not _STRETCHED.search(" ".join([word.text for word in words])):
        return words
    return tuple(replace(word, text=_STRETCHED.sub(r"\1", word.text)) for word in words)


def _opens_sentence(words: Sequence[Word], one: Named) -> bool:
    """Whether a short name of kin opens a clause and does something in it: "FIL is 70", "mam's 65th"."""
    first, clause = one.first, words[one.first].clause
    if one.phrase not in _SHORT_KIN or (first and words[first - 1].clause == clause):
        return False
    after = words[one.last].text if one.last < len(words) and words[one.last].clause == clause else ""
    return bool(after) and (after in OWN_SUBJECT or words[one.last - 1].text.endswith("'s"))


def _by_kind(words: Sequence[Word], one: Named, stands: Before, heavy: int) -> int:
    """Weigh anew where the kind of person asks for it: pets, children who give, mothers of two, "his mum"."""
    rest = [word.text for word in words[one.last : one.last + 3] if word.clause == words[one.first].clause]
    after = rest[0] if rest else ""
    if one.owner is not None and stands.third and heavy < 2:
        heavy = 3 if stands.word in ("for", "to") else max(heavy, int(after in _WISHES))
    got = stands.word not in ("for", "to", "4") and not (stands.own and heavy == 2)
    if one.tail in _WORKERS and one.owner is None and stands.word in _HE_IS and stands.described & {"a", "an"}:
        return min(heavy, 0)  # "he's a teacher" tells of the one meant
    if one.tail in _PETS and (stands.unknown or got or after in _MADE_OF_PETS):
        return 0
    if one.tail in ("mom", "dad") and after == "of" and not stands.own and stands.word not in ("for", "to"):
        many = rest[1:] and (rest[1][0].isdigit() or rest[1] in WORDS or rest[1] in _CHILDREN_OF)
        return 0 if many else heavy
    if words[one.last - 1].text.endswith("s'") and not stands.word and after and after not in GIFTS:
        return min(heavy, 1)  # "parents' whip-round": theirs, not for them
    gives = one.name == "child" and _GIVES & set(rest)
    does = one.name == "family" and after in _DOES
    return min(heavy, 0) if gives or does else heavy


def _found(words: Sequence[Word], one: Named, lexicon: Lexicon, *, drawn: bool) -> RecipientFound:
    stands = before(words, one.first)
    if one.phrase.startswith(("my ", "me ")):
        stands = replace(stands, described=stands.described | {"my"})
    if is_of_mine(words, one):
        stands, one = replace(stands, described=stands.described | {"my"}), replace(one, last=one.last + 2)
    name = ours(words, one, stands)
    narrow = one.phrase in _NARROW and one.owner is None and not _opens_sentence(words, one)
    heavy = weight(words, one.first, one.last, stands, narrow=narrow, drawn=drawn)
    heavy = _by_kind(words, one, stands, heavy)
    if heavy > 1 and is_counted_of_another(words, one, stands):
        heavy = 0
    told = lexicon.genders.get(name) or (
        lexicon.genders.get(one.tail) if one.tail in name or one.name == name else None
    )
    gender = told or one.gender
    if gender is None and not is_group(name):
        gender = said_gender(words, one, stands)
    if gender is None and one.owner is not None:
        gender = not_the_owners(words, one.owner, lexicon)
    back = [word.text for word in words[max(0, one.first - 3) : one.first] if word.clause == words[one.first].clause]
    negated = any(word in ("not", "isn't", "isnt") for word in back) and "only" not in back and "sure" not in back
    count = count_of(words, one, stands)
    return RecipientFound(name, gender, one.first, one.last, words[one.first].start, words[one.last - 1].end, heavy, negated, count)  # fmt: skip


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
        if same and gap and gap[0].text in _THINKS and len(gap) <= 4 and one.weight == 2 and other.weight >= 0:
            found[at - 1], found[at] = replace(one, weight=0), replace(other, weight=max(other.weight, 2))
        turn = before(words, other.first)
        if (turn.word or words[turn.at].text) in TAKES_BACK and other.first - one.last <= 6 and one.weight > 0:
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
    """The gender the pronouns speak of, or where there are none a noun ("the IT guy"); None for both as often."""
    female = sum(word.text in _FEMALE for word in words)
    male = sum(word.text in _MALE for word in words)
    if not female and not male:
        female = sum(word.text in _WOMAN for word in words)
        male = sum(_is_man(words, at) for at in range(len(words)))
    if female == male:
        return None
    return "female" if female > male else "male"


def _is_man(words: Sequence[Word], at: int) -> bool:
    """Whether a man is spoken of, not to ("thanks man"), and no cave or bag of his."""
    if words[at].text not in _MAN:
        return False
    spoken_to = at > 0 and words[at - 1].text in GREETING - {"lovely"}
    return not spoken_to and not (at + 1 < len(words) and words[at + 1].text in _OF_MEN)


def is_group(name: str | None) -> bool:
    """Whether a recipient is several people, so that no one gender or pronoun is theirs."""
    return name is not None and name.split("'s ")[-1] in _GROUPS
