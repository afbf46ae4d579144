"""What the words at a person's name tell: whose they are, of which sex, how many."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence

from nlu.people.governing import Before
from nlu.people.kinship import Named
from nlu.wish import Gender
from nlu.words.numerals import WORDS
from nlu.words.text import Word

_SEXES: dict[str, Gender] = {"female": "female", "girl": "female", "lady": "female", "woman": "female", "f": "female", "male": "male", "guy": "male", "man": "male", "boy": "male", "m": "male", "bloke": "male", "lad": "male"}  # fmt: skip
_SEX_IN_NAME: dict[str, Gender] = {"sister": "female", "sis": "female", "brother": "male", "bro": "male", "hostess": "female", "homegirl": "female", "homeboy": "male", "amiga": "female", "amigo": "male", "schoolgirl": "female", "schoolboy": "male"}  # fmt: skip
_SINGULAR = {"girls": "girl", "boys": "boy", "guys": "guy", "women": "woman", "men": "man", "ladies": "lady", "lads": "lad", "blokes": "bloke", "females": "female", "males": "male"}  # fmt: skip
_SAYS = frozenset({"has", "had", "have", "is", "was", "are", "for", "with", "not", "no", "and", "or", "his", "her", "my", "our", "their", "of", "to", "from", "loves", "likes", "who", "the", "i", "we", "she", "he", "like"})  # fmt: skip
"""Words of a clause that says more than what somebody is."""
_GROWN = 18
_YEARS = frozenset({"year", "years", "yr", "yrs", "yo", "month", "months", "week", "weeks", "mo", "yos"})  # fmt: skip


def ours(words: Sequence[Word], one: Named, stands: Before) -> str:
    """Return what "my boys" (sons) and "my fella" (a boyfriend) are; of others nothing more is said than that."""
    if one.phrase == "nanny" and one.owner is None and not stands.described & {"my", "me"}:
        return "nanny"
    if one.phrase == "old man" and one.owner is None and not stands.own and "the" not in stands.described:
        return "man"
    if not stands.own or one.owner is not None:
        return one.name
    if one.phrase == "kid" and "our" in stands.described and _is_grown(words, one):
        return _our_kid(words)
    little = bool(stands.described & {"little", "lil", "wee", "young", "baby"})
    if one.name == "boy":
        return "son"
    if one.name == "girl":
        return (
            "daughter"
            if one.plural or little or one.phrase == "lass"
            else "girlfriend"
            if one.phrase == "girl"
            else "girl"
        )
    if one.name == "man" and "our" in stands.described and not little:
        return "man"  # "our guy Ted" is he who comes to the house
    if one.name == "man" and (not one.plural or one.phrase == "mans"):
        return "son" if little else "boyfriend"
    return "girlfriend" if one.name == "woman" and not one.plural and one.phrase != "female" else one.name


def _is_grown(words: Sequence[Word], one: Named) -> bool:
    """Whether an age behind the name is no child's: "our kid's 40", who is a brother or a sister."""
    digits = [word.text.rstrip("stndrh") for word in words[one.last : one.last + 3]]
    return any(text.isascii() and text.isdigit() and _GROWN <= int(text) < 100 for text in digits)


def _our_kid(words: Sequence[Word]) -> str:
    texts = {word.text for word in words}
    female, male = texts & {"she", "her", "she's", "shes"}, texts & {"he", "him", "his", "he's", "hes"}
    return "siblings" if bool(female) == bool(male) else "sister" if female else "brother"


def said_gender(words: Sequence[Word], one: Named, stands: Before) -> Gender | None:
    """The gender told beside the person: "guy friend", "best mate, male", "friend (f)"."""
    if (sex := _SEX_IN_NAME.get(one.phrase.split()[-1])) is not None:
        after = words[one.last].text if one.last < len(words) else ""
        return None if one.phrase == "hostess" and after in ("gift", "gifts", "present", "presents") else sex
    for word in stands.described:
        if word in _SEXES:
            return _SEXES[word]
    beside = words[one.last : one.last + 2]
    if beside and beside[0].text in _SEXES and beside[0].clause != words[one.last - 1].clause:
        alone = len(beside) < 2 or beside[1].clause != beside[0].clause
        return _SEXES[beside[0].text] if alone else None
    return _beside(words, one)


def _beside(words: Sequence[Word], one: Named) -> Gender | None:
    """The sex told by a clause of its own at the person: "housemate, Spanish girl", "two boys, cousins of mine"."""
    clause = words[one.last - 1].clause
    behind = [word.text for word in words[one.last : one.last + 4] if word.clause == clause + 1]
    closes = one.last < len(words) and words[one.last].clause == clause + 1 and len(behind) < 4
    if closes and behind and _SAYS.isdisjoint(behind) and (sex := _sex(behind[-1])):
        return sex
    if one.plural and one.first and words[one.first - 1].clause == words[one.first].clause - 1:
        return _sex(words[one.first - 1].text)
    return None


def _sex(noun: str) -> Gender | None:
    return _SEXES.get(_SINGULAR.get(noun, noun)) if len(noun) > 1 else None


def count_of(words: Sequence[Word], one: Named, stands: Before) -> int | None:
    """Return how many are said to be meant; None where no number is said, or of one."""
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
