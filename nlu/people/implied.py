"""People a message means without naming a relation: by trade, by the occasion, by "dating", or the writer."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

from collections.abc import Sequence

from nlu.people.governing import before
from nlu.people.lookalikes import is_kind_of_thing
from nlu.people.standing import weight
from nlu.people.told_by_age import Implied, by_first_names, of_an_age, our_child
from nlu.wish import Gender
from nlu.words.lexicon import Lexicon
from nlu.words.phrases import Found, PhraseBook, find_phrases
from nlu.words.text import Word

Known = Sequence[tuple[str, int, Gender | None]]
"""Name, weight and gender of those named by a relation."""

_VAGUE = frozenset({"woman", "man", "girl", "boy", "child", "baby", "teenager", "person", "couple"})  # fmt: skip
_WRITER = PhraseBook.of(("for myself", "for me", "treat myself", "to myself", "my own wish list", "my wish list", "my wishlist", "myself", "spoil myself", "buy myself", "my birthday", "i'm turning", "im turning", "i am turning"))  # fmt: skip
_TREATS = PhraseBook.of(("for me", "for myself", "treat myself", "treating myself", "spoil myself", "spoiling myself", "buy myself", "self gift", "gift to self", "gift to myself", "present to myself", "treat for myself"))  # fmt: skip
_GIFT = frozenset({"gift", "present", "something", "treat", "it's", "its", "gifts", "presents", "pressie"})
_WORK = frozenset({"firm", "work", "office", "job", "department", "company", "coworkers", "colleagues", "accounts", "hr", "workplace", "coworker", "colleague", "corporate", "boss", "worker"})  # fmt: skip
_WORKPLACES = frozenset(
    {"office", "team", "department", "dept", "company", "firm", "workplace", "ward", "accounts", "hr"}
)
_NEW = frozenset({"dating", "seeing"})  # fmt: skip
_SEXES: dict[str, Gender] = {"girl": "female", "woman": "female", "chick": "female", "lady": "female", "her": "female", "gal": "female", "guy": "male", "man": "male", "him": "male", "boy": "male", "bloke": "male", "dude": "male", "fella": "male", "lad": "male"}  # fmt: skip
_PERSON = frozenset({"someone", "somebody", "person", "people"})
_BY_DAY: dict[str, tuple[str, Gender | None]] = {"mothers_day": ("mom", "female"), "fathers_day": ("dad", "male"), "anniversary": ("partner", None)}  # fmt: skip
_TELLING = frozenset({"retiring", "leaving", "retires", "turning", "turns", "is", "has", "who", "at", "from", "just", "passed", "gift", "present", "loves", "likes", "looked", "looks", "helped", "helps", "took", "saved", "who's", "whos", "does", "always"})  # fmt: skip
_SHE_OR_HE = frozenset({"she", "he", "she's", "he's", "shes", "hes", "they", "they're"})
_DRAWN = frozenset({"drew", "drawn", "pulled", "assigned"})
_CLASSES = [[near, whose, room] for near in ("in", "from") for whose in ("my", "our") for room in ("class", "year")]
_MATCHED = frozenset({"match", "matched", "drew", "drawn", "giftee", "profile"})
_OTHERS = frozenset({"she", "he", "her", "him", "she's", "he's", "his", "they", "we"})
_NOT_OURS = frozenset({"work", "company", "parents", "their", "business", "office"})  # fmt: skip


def implied(words: Sequence[Word], lexicon: Lexicon, known: Known) -> list[Implied]:
    """Tell whom a message means beyond those it names; nothing where somebody is surely named."""
    if not any(level > 2 for _, level, _ in known) and (self := _own_treat(words)):
        return [self]
    surely = any(level >= 2 and name not in _VAGUE for name, level, _ in known)
    if surely:
        if any(level > 2 and name not in _VAGUE for name, level, _ in known):
            return []
        return [one for one in _by_trade(words, lexicon) if one.weight > 2 and _is_ours(words, one)]
    if drawn := [one for one in _by_trade(words, lexicon) if before(words, one.first).word in _DRAWN]:
        return drawn
    if (mate := _in_class_with(words)) and any(word.text in _DRAWN for word in words):
        return [mate]
    if dated := _dated(words) or _together(words):
        return [dated]
    somebody = any(level > 0 for _, level, _ in known)
    sex = next((gender for name, level, gender in known if level > 0 and name in ("man", "woman")), None)
    if colleague := _worked_with(words):
        return [colleague]
    if met := _by_occasion(words, lexicon, sex=sex, somebody=somebody):
        return [met]
    trades = _by_trade(words, lexicon)
    if any(level > 0 and name not in ("person", "man", "woman") for name, level, _ in known):
        return [one for one in trades if one.weight > 2]
    return (
        trades or by_first_names(words) or ([] if somebody else our_child(words) or of_an_age(words) or _writer(words))
    )


def _is_ours(words: Sequence[Word], one: Implied) -> bool:
    """Whether "our" stands before a trade, so that it is somebody and no kind of person."""
    return before(words, one.first).own


def _in_class_with(words: Sequence[Word]) -> Implied | None:
    """Somebody of the writer's class: "a boy in my class"."""
    for at in range(len(words) - 3):
        if words[at].text in (*_SEXES, *_PERSON, "kid") and [word.text for word in words[at + 1 : at + 4]] in _CLASSES:
            return Implied("classmate", _SEXES.get(words[at].text), at, at + 4, 3)
    return None


def _own_treat(words: Sequence[Word]) -> Implied | None:
    """The shopper who says so in as many words: "just a gift for me", "treating myself"."""
    if not any(word.text in ("me", "myself", "self") for word in words):
        return None
    for hit in find_phrases(words, _TREATS):
        back = {word.text for word in words[max(0, hit.first - 3) : hit.first]}
        goes_on = not _closes(words, hit) and words[hit.last].text in ("to", "and", "so", "or")
        told = bool(back & _GIFT) or (hit.first == 0 and _closes(words, hit))
        if not goes_on and (told or hit.phrase not in ("for me", "for myself")):
            return Implied("self", None, hit.first, hit.last, 3)
    return None


def _closes(words: Sequence[Word], hit: Found) -> bool:
    return hit.last == len(words) or words[hit.last].clause != words[hit.first].clause


def _dated(words: Sequence[Word]) -> Implied | None:
    """Someone the writer goes out with: "dating a girl", "started seeing this guy"."""
    found: list[Implied] = []
    for at, word in enumerate(words):
        if word.text not in _NEW:
            continue
        back = [one.text for one in words[max(0, at - 4) : at] if one.clause == word.clause]
        if {"they", "they're", "she", "he", "she's", "he's", "of", "forward"} & set(back):
            continue
        who = next((one for one in reversed(back) if one in _SEXES or one in _PERSON), None)
        if who and {"i'm", "im", "i've", "i", "am"} & set(back[-3:]):
            sex = _SEXES.get(who)
            found.append(
                Implied({"female": "girlfriend", "male": "boyfriend"}.get(sex or "", "partner"), sex, at, at + 1, 3)
            )
            continue
        if "for" in back:
            continue
        ahead = [one.text for one in words[at + 1 : at + 5] if one.clause == word.clause]
        told = next((one for one in ahead if one in _SEXES), None)
        if word.text == "seeing" and (told is None or not {"started", "been", "just", "i'm", "im"} & set(back)):
            continue
        if not told and not (
            {"a", "an", "someone", "somebody", "for", "since", "about", "almost", "nearly"} & set(ahead[:1])
        ):
            continue
        sex = _SEXES.get(told or "")
        name = {"female": "girlfriend", "male": "boyfriend"}.get(sex or "", "partner")
        found.append(Implied(name, sex, at, at + 1, 3))
    return next((one for one in found if one.gender), found[0] if found else None)


def _together(words: Sequence[Word]) -> Implied | None:
    """A partner told by the time spent: "he's 30, we've had three years together"."""
    for at in range(1, len(words)):
        if words[at].text == "together" and words[at - 1].text in ("years", "months", "yrs"):
            near = {word.text for word in words[max(0, at - 6) : at] if word.clause == words[at].clause}
            if not near & {"they", "they've", "their", "celebrating"}:
                return Implied("partner", None, at, at + 1, 2)
    return None


def _worked_with(words: Sequence[Word]) -> Implied | None:
    """A colleague called by no such name: "a lady I work with", "I work with this guy", "someone in my team"."""
    for at in range(1, len(words) - 1):
        if words[at].text not in ("at", "from", "in", "on") or words[at - 1].text not in (*_SEXES, *_PERSON):
            continue
        beside = [word.text for word in words[at + 1 : at + 3] if word.clause == words[at].clause]
        if beside[:1] == ["work"] or (
            beside[:1] and beside[0] in ("my", "our", "the") and beside[1:] and beside[1] in _WORKPLACES
        ):
            return Implied("coworker", _SEXES.get(words[at - 1].text), at - 1, at + 1, 2)
    for at in range(1, len(words) - 1):
        if words[at].text == "work" and words[at + 1].text == "with" and words[at - 1].text in ("i", "we"):
            near = [word.text for word in words[max(0, at - 6) : at + 6] if word.clause == words[at].clause]
            told = next((one for one in near if one in _SEXES), None)
            if told or _PERSON & set(near):
                return Implied("coworker", _SEXES.get(told or ""), at, at + 2, 2)
    return None


def _by_occasion(words: Sequence[Word], lexicon: Lexicon, *, sex: Gender | None, somebody: bool) -> Implied | None:
    """Mother's Day means mum, an anniversary the partner, a drawn lot the match, at work a colleague."""
    texts = {word.text for word in words}
    days = [(lexicon.occasions[hit.phrase], hit) for hit in find_phrases(words, lexicon.occasions)]
    for day, hit in days:
        if day == "secret_santa":
            name = "coworker" if _WORK & texts else "secret-santa"
            return Implied(name, sex, hit.first, hit.last, 2)
        if (
            day in ("gift_exchange", "white_elephant", "retirement", "farewell")
            and _WORK & texts
            and (somebody or day in ("gift_exchange", "white_elephant"))
        ):
            return Implied("coworker", sex, hit.first, hit.last, 2)
        if day == "gift_exchange" and not somebody and _MATCHED & texts:
            return Implied("secret-santa", sex, hit.first, hit.last, 2)
        if day in _BY_DAY and not somebody and not _NOT_OURS & texts:
            return Implied(*_BY_DAY[day], hit.first, hit.last, 1)
    return None


def _by_trade(words: Sequence[Word], lexicon: Lexicon) -> list[Implied]:
    """People known only by what they do: "present for a photographer", "our mail carrier", "union rep retiring"."""
    found = []
    for hit in find_phrases(words, lexicon.trades):
        stands = before(words, hit.first)
        level = weight(words, hit.first, hit.last, stands, narrow=True, drawn=False)
        parting = bool(stands.described & {"retiring", "leaving"})
        if level < 2 and not stands.word and (parting or (not stands.unknown and _is_spoken_of(words, hit))):
            level = 2
        name, follows = lexicon.trades[hit.phrase], words[hit.last].text if hit.last < len(words) else ""
        if is_kind_of_thing(hit.phrase, follows):
            continue
        if level >= 2:
            found.append(Implied(name, _sex_of(name), hit.first, hit.last, level))
    return found


def _is_spoken_of(words: Sequence[Word], hit: Found) -> bool:
    """Whether a trade opens a sentence that tells of the person: "vicar is moving", "dinner lady at the school"."""
    if _closes(words, hit):
        return hit.first <= 2 and hit.last < len(words) and words[hit.last].text in _SHE_OR_HE
    return words[hit.last].text in _TELLING or words[hit.last - 1].text.endswith("'s")


def _sex_of(trade: str) -> Gender | None:
    last = trade.split()[-1]
    return "female" if last in ("lady", "woman", "mom", "mum", "mother") else "male" if last in ("guy", "dad") else None


def _writer(words: Sequence[Word]) -> list[Implied]:
    """The shopper's own wish: only where nobody else is meant, and never "find for me"."""
    others = any(word.text in _OTHERS for word in words)
    for hit in find_phrases(words, _WRITER):
        if others and hit.phrase in ("myself", "my birthday"):
            continue
        back = {word.text for word in words[max(0, hit.first - 3) : hit.first]}
        whole = len(words) <= hit.last - hit.first + 2
        gift = back & {"gift", "present", "something", "it's", "its", "is", "gifts", "presents"}
        if hit.phrase != "for me" or whole or gift:
            return [Implied("self", None, hit.first, hit.last, 3)]
    return []
