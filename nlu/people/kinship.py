"""People as they are named: "my girlfriend's mother", "his mum" after "my husband", "guy friend"."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.wish import Gender
from nlu.words.lexicon import Lexicon
from nlu.words.phrases import Found, find_phrases
from nlu.words.text import Word


@dataclass(frozen=True, slots=True)
class Named:
    """One person or group as named: words ``first`` to ``last`` (excluded).

    ``phrase`` is the last noun as written, ``tail`` what the lexicon calls it, ``owner`` through whom they are named;
    ``gender`` is one told by a noun used as an adjective ("guy friend").
    """

    name: str
    phrase: str
    tail: str
    first: int
    last: int
    plural: bool
    owner: str | None = None
    gender: Gender | None = None


_KINDS = frozenset({"woman", "man", "girl", "boy", "child", "baby", "teenager", "family", "person"})  # fmt: skip
"""Nouns that describe the noun behind them: "lady boss", "family dog", "guy friend"."""
_IN_TRADES = frozenset({"woman", "man", "dog", "cat", "pet"})
"""Nouns that are but a part of "cleaning lady" and "dog walker"."""
_SEXED = _KINDS - {"baby", "family", "child", "teenager"}
_SAID_SHORT = frozenset({"gf", "gfs", "g/f", "bf", "bfs", "b/f", "so", "s.o.", "s/o", "significant other", "other half", "better half", "hubby", "hubs", "hubbie", "missus", "the missus", "bff", "bestie", "best friend",
    "best mate", "bro", "bros", "sis", "dh", "dw", "ds", "dd", "babe", "bae", "the wife", "the husband", "girl friend", "boy friend", "wifey", "fiancé", "fiancée", "fiancee", "mil", "fil", "sil", "bil", "dil"})  # fmt: skip
"""Ways to write a relation that a second-hand relation does not keep."""
_DESCRIBING = frozenset({"older", "elder", "eldest", "oldest", "younger", "youngest", "little", "big", "best", "good", "close", "new", "twin", "teenage", "lovely", "dear", "other", "only", "all", "half", "step", "two", "three",
    "four", "five", "future", "elderly", "old", "young", "entire", "whole", "crazy", "baby"})  # fmt: skip
_NOT_DESCRIBING = frozenset({"birthday", "bday", "christmas", "xmas", "gift", "present", "and", "or", "for", "to", "with", "is", "has", "my", "our", "a", "the", "her", "his", "their", "from", "of", "in", "at", "on", "by", "who",
    "that", "i", "we", "she", "he", "was", "not", "so", "but", "loves", "likes", "house", "place", "leaving", "retiring", "getting", "turning", "wedding", "favourite", "favorite", "into", "been", "gone", "got", "just", "6",
    "mad", "as", "like"})  # fmt: skip
_KINDS_OF_KIN = frozenset({"host", "birth", "billet", "foster", "bonus", "surrogate"})
_KIN = frozenset({"mom", "dad", "parents", "sister", "brother", "siblings", "son", "daughter", "child", "family", "grandmother", "grandfather"})  # fmt: skip
_SERVING = frozenset({"teacher", "teaching assistant", "coach", "professor", "mentor", "babysitter", "boss", "doctor", "nurse", "hairdresser"})  # fmt: skip
"""Those who may be told by what they do before the noun: "my daughters piano teacher"."""
_PLURAL_OF_ITS_OWN = frozenset({"men", "women", "people", "children", "kids", "folks", "grannies", "wives", "groomsmen", "twins", "babies", "families", "ladies", "besties"})  # fmt: skip


_FEW = 12
"""People looked back or ahead over for who "his mum" belongs to; nobody speaks of more in one thought."""


def named(words: Sequence[Word], lexicon: Lexicon) -> list[Named]:
    """Name everyone a message speaks of, those known through another whole ("girlfriend's mother")."""
    hits = list(find_phrases(words, lexicon.relations))
    if not hits:
        return []
    masked = {index for hit in find_phrases(words, lexicon.not_recipients) for index in range(hit.first, hit.last)}
    if masked:
        hits = [hit for hit in hits if masked.isdisjoint(range(hit.first, hit.last))]
    if any(lexicon.relations[hit.phrase] in _IN_TRADES for hit in hits):
        trades = {
            at
            for hit in find_phrases(words, lexicon.trades)
            if hit.last - hit.first > 1
            for at in range(hit.first, hit.last)
        }
        hits = [hit for hit in hits if hit.first not in trades or lexicon.relations[hit.phrase] not in _IN_TRADES]
    kin = {hit.first for hit in hits if lexicon.relations[hit.phrase] in _KIN}
    hits = [hit for hit in hits if hit.phrase not in _KINDS_OF_KIN or hit.last not in kin]
    hits = _with_owned_trades(words, hits, lexicon)
    people: list[Named] = []
    at = 0
    while at < len(hits):
        chain, kind = [hits[at]], None
        while at + 1 < len(hits):
            step = _step(words, chain[-1], hits[at + 1], lexicon)
            if step is None:
                break
            if step == "describes":
                kind = lexicon.genders.get(lexicon.relations[chain.pop().phrase]) or kind
            at += 1
            chain.append(hits[at])
        at += 1
        if len(chain) == 1 and at < len(hits) and _is_of(words, chain[0], hits[at]):
            people.append(_person_of(words, chain[0], hits[at], lexicon))
            at += 1
            continue
        people.append(_person(words, chain, kind, people, lexicon))
    return _fuller(people, words)


def _with_owned_trades(words: Sequence[Word], hits: list[Found], lexicon: Lexicon) -> list[Found]:
    """Put in those known by a trade who are somebody's: "mum's carer", "the kids' swimming instructor"."""
    starts = {hit.first for hit in hits}
    owned: list[Found] = []
    for hit in hits:
        if not words[hit.last - 1].text.endswith(("'s", "s'", "s")):
            continue
        ahead = words[hit.last : hit.last + 4]
        for trade in find_phrases(ahead, lexicon.trades):
            first, last = hit.last + trade.first, hit.last + trade.last
            if not starts & set(range(hit.last, last)):
                owned.append(Found(trade.phrase, first, last))
            break
    return sorted((*hits, *owned), key=lambda hit: hit.first) if owned else hits


def _name_of(phrase: str, lexicon: Lexicon) -> str:
    return lexicon.relations.get(phrase) or lexicon.trades[phrase]


def _step(words: Sequence[Word], one: Found, other: Found, lexicon: Lexicon) -> str | None:
    """How a person leads on to the next: as owner ("gf's mum"), as an adjective ("guy friend"), or not at all."""
    last, gap = words[one.last - 1], words[one.last : other.first]
    if words[other.first].clause != last.clause:
        return None
    name, marked = _name_of(one.phrase, lexicon), last.text.endswith(("'s", "s'"))
    if not gap and not marked and name in _KINDS and words[other.first].start == last.end + 1:
        return None if _name_of(other.phrase, lexicon) in _SEXED and name != "baby" else "describes"
    if marked:
        unknown = [word.text for word in gap if word.text not in _DESCRIBING]
        if unknown and unknown[-1] in ("favourite", "favorite"):
            unknown = unknown[:-1]
        return "owns" if len(unknown) <= 2 and not _NOT_DESCRIBING & set(unknown) else None
    lax = (
        last.text.endswith("s")
        and not last.text.endswith("ss")
        and name not in ("woman", "man", "person", "boy", "girl")
    )
    if one.phrase == last.text == name:  # "boss", "in-laws": the word itself ends so
        return None
    unknown = [word.text for word in gap if word.text not in _DESCRIBING]
    serves = _name_of(other.phrase, lexicon) in _SERVING or other.phrase not in lexicon.relations
    return "owns" if lax and len(unknown) <= serves and not _NOT_DESCRIBING & set(unknown) else None


def _is_of(words: Sequence[Word], one: Found, other: Found) -> bool:
    """Whether the next is the one through whom this one is named: "the mother of my girlfriend"."""
    gap = [word.text for word in words[one.last : other.first]]
    return gap[:1] == ["of"] and gap[1:] in (["my"], ["our"], ["his"], ["her"])


def _person_of(words: Sequence[Word], one: Found, owner: Found, lexicon: Lexicon) -> Named:
    tail, whose = _name_of(one.phrase, lexicon), _as_owner(owner, lexicon)
    plural = _is_plural(one.phrase, tail)
    return Named(
        f"{_possessive([whose])} {_as_written(one, lexicon)}", one.phrase, tail, one.first, owner.last, plural, whose
    )


def _person(
    words: Sequence[Word], chain: list[Found], kind: Gender | None, before: list[Named], lexicon: Lexicon
) -> Named:
    last = chain[-1]
    tail, written = _name_of(last.phrase, lexicon), words[last.last - 1].text
    plural = not written.endswith("'s") and _is_plural(last.phrase, tail)
    if len(chain) > 1:
        owner = _possessive([_as_owner(hit, lexicon) for hit in chain[:-1]])
        return Named(
            f"{owner} {_as_written(last, lexicon)}", last.phrase, tail, chain[0].first, last.last, plural, owner, kind
        )
    if (kept := _kind_of_kin(words, last, tail)) is not None:
        return Named(kept, last.phrase, tail, last.first - 1, last.last, plural, None, kind)
    his = _owner_by_pronoun(words, last, before, lexicon)
    if his is not None:
        return Named(
            f"{_possessive([his])} {_as_written(last, lexicon)}",
            last.phrase,
            tail,
            last.first,
            last.last,
            plural,
            his,
            kind,
        )
    return Named(tail, last.phrase, tail, last.first, last.last, plural, None, kind)


def _kind_of_kin(words: Sequence[Word], hit: Found, tail: str) -> str | None:
    """The name of kin who are so by no birth of the writer's: "host sister", "birth mom", "foster dad"."""
    at = hit.first - 1
    if at < 0 or tail not in _KIN or words[at].text not in _KINDS_OF_KIN or words[at].clause != words[hit.first].clause:
        return None
    return f"{words[at].text} {tail}"


def _is_plural(phrase: str, tail: str) -> bool:
    return phrase in _PLURAL_OF_ITS_OWN or (phrase.endswith("s") and phrase != tail and not tail.endswith("s"))


def _possessive(owners: list[str]) -> str:
    return " ".join(owner + ("'" if owner.endswith("s") and not owner.endswith("ss") else "'s") for owner in owners)


def _as_written(hit: Found, lexicon: Lexicon) -> str:
    name, noun = _name_of(hit.phrase, lexicon), hit.phrase.split()[-1]
    if hit.phrase in _SAID_SHORT or hit.phrase not in lexicon.relations:
        return name
    if "-" in name:
        return name
    return noun if noun in lexicon.relations and lexicon.relations[noun] == name else hit.phrase


def _as_owner(hit: Found, lexicon: Lexicon) -> str:
    """An owner stands for one person: "girlfriends mother" lacks but its apostrophe."""
    if hit.phrase in _SAID_SHORT:
        return _name_of(hit.phrase, lexicon)
    if "-" in (name := _name_of(hit.phrase, lexicon)):
        return name
    single = hit.phrase[:-1]
    one = (
        hit.phrase.endswith("s")
        and single in lexicon.relations
        and lexicon.relations[single] == lexicon.relations[hit.phrase]
    )
    return single if one else hit.phrase


def _owner_by_pronoun(words: Sequence[Word], hit: Found, before: list[Named], lexicon: Lexicon) -> str | None:
    """Through whom "his mum" is named: the nearest before who can be "he"; never one named so themselves."""
    at = hit.first - 1
    while at >= 0 and words[at].text in _DESCRIBING and words[at].clause == words[hit.first].clause:
        at -= 1
    if at < 0 or words[at].clause != words[hit.first].clause or words[at].text not in ("his", "her", "their"):
        return None
    sex = {"his": "male", "her": "female"}.get(words[at].text)
    for one in reversed(before[-_FEW:]):
        gender = lexicon.genders.get(one.tail)
        if (
            one.owner is None
            and one.tail not in ("person", "child", _name_of(hit.phrase, lexicon))
            and (sex is None or gender in (None, sex))
        ):
            if sex and (one.plural or one.tail in ("parents", "family", "couple")):
                continue
            return one.tail if one.phrase not in ("neighbour",) else one.phrase
    return None


def _fuller(people: list[Named], words: Sequence[Word]) -> list[Named]:
    """Whom the text first names barely and later in full is the later one: "gift for parents ... my wife's parents"."""
    for at, one in enumerate(people):
        if one.owner is not None or (one.first > 0 and words[one.first - 1].text in ("my", "our")):
            continue
        for later in people[at + 1 : at + 1 + _FEW]:
            whole = later.owner is not None and later.tail == one.tail and words[later.first - 1].text in ("my", "our")
            in_law = later.name == f"{one.phrase}-in-law" or later.name == f"{one.tail}-in-law"
            if (whole and not one.owner) or in_law:
                people[at] = Named(
                    later.name, later.phrase, later.tail, one.first, one.last, one.plural, later.owner, one.gender
                )
                break
    return people
