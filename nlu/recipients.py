"""Who gets the gift: the relation, read from the words around it, and a gender where one is said."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.lexicon import Lexicon
from nlu.phrases import PhraseBook, find_phrases
from nlu.text import Word
from nlu.wish import Gender


@dataclass(frozen=True, slots=True)
class RecipientFound:
    """A person (or pet) the message names: what the Brief keeps, words ``first`` to ``last`` (excluded).

    ``weight`` tells how surely the gift is for them; ``negated`` marks "not my mum".
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


_OWN = frozenset({"my", "our", "mi", "mein", "meine", "meinen", "meiner", "ma", "mon", "mes", "mia", "mio", "me"})
_GIVING = frozenset({"for", "to", "get", "give", "buy", "gift", "gifts", "present", "presents", "getting", "giving", "buying", "surprise", "send", "sending",
    "find", "shopping", "ideas", "fur", "für", "para", "pour", "per", "about", "idea", "4", "spoil", "treat", "thank", "got", "is", "its", "it's", "actually", "make", "making"})  # fmt: skip
_WEAK_BEFORE = frozenset(
    {
        "with",
        "from",
        "by",
        "and",
        "of",
        "told",
        "said",
        "says",
        "asked",
        "than",
        "as",
        "like",
        "without",
        "who's",
        "live",
        "lives",
        "near",
    }
)
_BETWEEN = frozenset({"my", "our", "a", "an", "the", "this", "that", "some", "his", "her", "their", "your", "one", "two", "three", "four", "five", "both", "all",
    "dear", "lovely", "older", "elder", "eldest", "oldest", "younger", "youngest", "little", "big", "small", "old", "new", "best", "good", "close", "closest", "long", "distance", "term", "twin", "lil", "wee", "young", "female", "male", "guy", "girl", "boy",
    "awesome", "amazing", "wonderful", "beautiful", "favourite", "favorite", "other", "only", "dearest", "beloved", "picky", "nerdy", "geeky", "future", "ex", "grown", "adult", "teenage", "teen", "soon", "be", "college", "work", "school", "year", "retired", "pregnant", "talented", "amazingly", "photographer", "gamer", "nerd", "loving", "incredibly", "lazy", "broke", "internet", "online", "gay", "rich", "wealthy", "healthy", "outdoorsy", "vegan", "elderly", "single", "crazy", "special", "super", "very", "really", "hipster", "artsy", "difficult", "great", "middle", "aged", "any", "every", "couple", "few", "of", "sweet", "fellow", "certain"})  # fmt: skip
_HAS_OWN_SUBJECT = frozenset({"loves", "likes", "is", "has", "wants", "enjoys", "collects", "turns", "hates", "who", "needs", "just", "really", "lives", "works", "plays", "doesn't", "already", "who's", "into", "love", "like", "are", "turning", "adores", "reads", "cooks", "gardens", "bakes", "knits"})  # fmt: skip
_NAMES_ONLY = frozenset({"so", "ma", "pop", "sil", "mil", "fil", "bil", "dil", "man", "date", "host", "team", "mate", "guy", "guys", "dude", "person", "people", "someone", "somebody", "client", "customer", "manager", "staff", "family", "crush", "chick", "pup", "da", "mam", "finance", "coach", "child like", "male", "female", "s.o.", "chap", "lad", "oma", "opa", "me", "kid", "baby", "cat", "dog", "pet", "kitty", "cats", "dogs", "pets", "unc"})  # fmt: skip
"""Words that also mean much else: a recipient only right after "my", "for" and their like."""
_CHAINED = {"mom": ("mother",), "dad": ("father",)}
_SELF = PhraseBook.of(
    (
        "for myself",
        "for me",
        "treat myself",
        "to myself",
        "my own wish list",
        "my wish list",
        "my wishlist",
        "myself",
    )
)
_FEMALE = frozenset({"she", "her", "hers", "she's", "shes", "she'll", "she'd", "herself"})
_MALE = frozenset({"he", "him", "his", "he's", "hes", "he'll", "he'd", "himself"})
_NOT_GENDERED = frozenset(
    {
        "parents",
        "couple",
        "family",
        "siblings",
        "grandparents",
        "parents-in-law",
        "newlyweds",
        "team",
        "host family",
    }
)


def find_recipients(words: Sequence[Word], lexicon: Lexicon) -> tuple[RecipientFound, ...]:
    """Find everyone a message names as a possible recipient, in the order they stand."""
    masked = {index for hit in find_phrases(words, lexicon.not_recipients) for index in range(hit.first, hit.last)}
    found: list[RecipientFound] = []
    hits = [hit for hit in find_phrases(words, lexicon.relations) if not masked & set(range(hit.first, hit.last))]
    at = 0
    while at < len(hits):
        chain = [hits[at]]
        while at + 1 < len(hits) and _possesses(words, chain[-1].last, hits[at + 1].first):
            at += 1
            chain.append(hits[at])
        at += 1
        names = [
            _kept(lexicon.relations[hit.phrase], hit.phrase, last=hit is chain[-1] and len(chain) > 1) for hit in chain
        ]
        gender = lexicon.genders.get(lexicon.relations[chain[-1].phrase])
        name = "'s ".join(names)
        weight = _weight(words, chain[0].first, chain[-1].last, chain[0].phrase)
        if weight <= 0 and chain[0].phrase in _NAMES_ONLY:
            continue
        found.append(_found(words, name, gender, chain[0].first, chain[-1].last, weight))
    found += _by_trade(words, lexicon, found)
    found += _self(words, found)
    return tuple(sorted(found, key=lambda one: one.first))


def _kept(name: str, phrase: str, *, last: bool) -> str:
    """The word the Brief keeps; in a relation through another person "mother" stays as it was written."""
    return phrase if last and phrase in _CHAINED.get(name, ()) else name


def _possesses(words: Sequence[Word], last: int, first: int) -> bool:
    """Whether the next person is named through this one: "girlfriend's mother", "boyfriends older sister"."""
    owner = words[last - 1]
    gap = words[last:first]
    if words[first].clause != owner.clause or any(word.text not in _BETWEEN for word in gap):
        return False
    possessive = owner.text.endswith(("'s", "s'")) or (owner.text.endswith("s") and not owner.text.endswith("ss"))
    return possessive and not any(word.text in ("my", "our", "a", "the") for word in gap)


def _found(
    words: Sequence[Word], name: str, gender: Gender | None, first: int, last: int, weight: int
) -> RecipientFound:
    back = [word.text for word in words[max(0, first - 3) : first] if word.clause == words[first].clause]
    if gender is None and name not in _NOT_GENDERED:
        described = set(back[-2:])
        gender = "female" if described & {"female", "girl", "lady"} else "male" if described & {"male", "guy"} else None
    negated = any(word in ("not", "isn't", "isnt") for word in back) and "only" not in back and "sure" not in back
    return RecipientFound(name, gender, first, last, words[first].start, words[last - 1].end, weight, negated)


def _weight(words: Sequence[Word], first: int, last: int, phrase: str) -> int:
    """3 the gift is for them, 2 their own sentence, 1 merely named, 0 and less: somebody else in the story."""
    clause = words[first].clause
    at = first - 1
    described: set[str] = set()
    while (
        at >= 0
        and words[at].clause == clause
        and (words[at].text in _BETWEEN or words[at].text.isdigit() or _is_my(words, at, phrase))
        and first - at < 6
    ):
        described.add(words[at].text)
        at -= 1
    before = words[at].text if at >= 0 and words[at].clause == clause else ""
    after = words[last].text if last < len(words) and words[last].clause == clause else ""
    third = bool(described & {"his", "her", "their", "your"}) and not described & _OWN
    if after == "and" and last + 1 < len(words) and words[last + 1].text in ("i", "me", "myself"):
        return -1
    if before in ("me", "i") or (before == "and" and at > 0 and words[at - 1].text in ("me", "i", "myself")):
        return -1
    if before in _WEAK_BEFORE and before != "and":
        return 0 if phrase not in _NAMES_ONLY else -1
    if phrase == "so" and (not described & _OWN or "be" in described):
        return -1
    if before in _GIVING:
        return 1 if third else 3
    if third:
        return 0
    if described & _OWN:
        return 2
    if phrase in _NAMES_ONLY:
        bare = first == 0 or words[first - 1].clause != clause
        alone = bare and (last == len(words) or words[last].clause != clause)
        return 1 if alone and len(words) < 12 else 0
    return 2 if after in _HAS_OWN_SUBJECT or not before else 1


def _is_my(words: Sequence[Word], at: int, phrase: str) -> bool:
    """Whether "me" says "my" here: "for me mum", "me dad loves tea"; never "get me dad ideas" or "for me so I"."""
    if words[at].text != "me" or (phrase in _NAMES_ONLY and phrase not in ("mam", "ma", "da")):
        return False
    opens = at == 0 or words[at - 1].clause != words[at].clause
    return opens or words[at - 1].text in ("for", "to", "4", "is", "its", "it's", "of", "with", "from", "and")


def _by_trade(words: Sequence[Word], lexicon: Lexicon, known: Sequence[RecipientFound]) -> list[RecipientFound]:
    """People known only by what they do: "present for a photographer", "gifts for gamers"."""
    if any(one.weight > 0 for one in known):
        return []
    found = []
    for hit in find_phrases(words, lexicon.trades):
        weight = _weight(words, hit.first, hit.last, "person")
        if weight >= 3:
            found.append(_found(words, lexicon.trades[hit.phrase], None, hit.first, hit.last, weight))
    return found


def _self(words: Sequence[Word], known: Sequence[RecipientFound]) -> list[RecipientFound]:
    """The shopper's own wish: only where nobody else is named, and never "find for me"."""
    if any(one.weight > 0 for one in known):
        return []
    for hit in find_phrases(words, _SELF):
        before = {word.text for word in words[max(0, hit.first - 3) : hit.first]}
        whole = len(words) <= hit.last - hit.first + 2
        if (
            "myself" in hit.phrase
            or "wish" in hit.phrase
            or whole
            or before & {"gift", "present", "something", "it's", "its", "is", "gifts", "presents"}
        ):
            return [_found(words, "self", None, hit.first, hit.last, 3)]
    return []


def gender_of_pronouns(words: Sequence[Word]) -> Gender | None:
    """The gender the pronouns speak of; None where there are none or both as often."""
    female = sum(word.text in _FEMALE for word in words)
    male = sum(word.text in _MALE for word in words)
    if female == male:
        return None
    return "female" if female > male else "male"


def is_group(name: str | None) -> bool:
    """Whether a recipient is several people, so that no one gender or pronoun is theirs."""
    return name is not None and name.split("'s ")[-1] in _NOT_GENDERED
