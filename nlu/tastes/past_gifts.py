"""What was given before: "last year I got him a watch", "past gifts: a mug, socks", "I took her to dinner"."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlu.words.lexicon import Lexicon
from nlu.words.little_words import PRONOUNS, VERBS
from nlu.words.open_lists import Span, read_list, span_of
from nlu.words.text import Word

_GAVE = frozenset(
    {
        "got",
        "gave",
        "bought",
        "gotten",
        "given",
        "sent",
        "made",
        "knitted",
        "ordered",
        "brought",
        "took",
        "taken",
        "wrote",
        "drew",
        "baked",
        "painted",
        "crocheted",
        "sewed",
        "built",
        "gifted",
    }
)
_GET = frozenset({"get", "give", "buy", "make", "send", "getting", "giving", "buying"})
_HABIT = frozenset({"usually", "normally", "always", "often", "typically", "already", "generally", "i've"})
_DID = frozenset(
    {
        "did",
        "made",
        "gave",
        "got",
        "bought",
        "done",
        "given",
        "gotten",
        "used",
        "went",
        "received",
        "sent",
        "gifted",
        "chose",
        "brought",
        "ordered",
        "baked",
        "knitted",
    }
)
_WAS = frozenset({"was", "been", "were", "included", "includes", "include", "are", "is"})
_WHOM = frozenset({"her", "him", "them"})
_DETERMINERS = frozenset({"a", "an", "the", "some", "two", "three", "this", "these", "those", "that", "one", "several", "nice", "new", "lots", "tickets", "my", "our", "like", "all", "things", "stuff", "mostly", "both"})  # fmt: skip
_GIFTS = frozenset({"gift", "gifts", "present", "presents", "hit", "it", "one", "which", "things", "pressies", "that"})
_PAST = frozenset({"last", "past", "previous", "previously", "prior", "before", "ever", "gotten", "given", "gave", "got", "bought", "years", "already", "first"})  # fmt: skip
_NEVER = frozenset({"to", "laugh", "smile", "cry", "happy", "sad", "name", "number", "engaged", "married", "up", "back", "into", "in", "hint", "hints", "job", "me", "how", "sick", "out", "divorced", "for", "from", "drunk", "hooked", "started", "really", "down", "off", "over", "interested", "mad", "list", "help", "accepted", "promoted", "so"})  # fmt: skip
_OUT_OF_PLACE = frozenset({"feel", "feeling", "hope", "happy", "sure", "know", "hug", "kiss", "day", "it", "gift", "gifts", "present", "presents", "birthday", "christmas", "idea", "ideas", "well", "everything", "nothing", "anything", "something", "one", "relationship", "exchange", "hard", "while", "great", "rough"})  # fmt: skip
_BEFORE_THING = frozenset({"for", "and", "a", "an", "the", "this", "some", "loved", "liked", "adored", "enjoyed", "is"})
_TIME = frozenset({"year", "year's", "years", "christmas", "birthday", "time", "xmas", "month", "week", "anniversary", "past", "valentines", "before", "gifts", "presents"})  # fmt: skip
_EARLIER = frozenset({"last", "previous", "past", "prior", "first", "the", "year", "years", "every", "almost"})
_TELLING = _GAVE | _GET | _DID | _WAS | {"do"}
"""Verbs without which no sentence tells of a gift."""


def find_past_gifts(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find what was given before, by anybody, to the recipient; lists are read far."""
    found: list[Span] = []
    past = _past_sentences(words)
    headed = ":" in text or "such as" in text
    for at, word in enumerate(words):
        if headed and at > 1 and _is_headed(text, words, at):
            found += _under_heading(text, words, at, lexicon)
        if word.text not in _TELLING:
            continue
        if word.text in _GAVE or word.text in _GET:
            found += _given(text, words, at, lexicon)
        if (word.text in _DID or (word.text == "do" and _habitual(words, at))) and (
            word.sentence in past or word.text == "do" or _i_have(words, at)
        ):
            found += _done(text, words, at, lexicon)
        if word.text in _WAS and (word.sentence in past or word.sentence - 1 in past or word.sentence - 2 in past):
            found += _was(text, words, at, lexicon, sure=word.sentence in past)
    return [span for span in found if _is_gift(words, span, lexicon)]


def _is_headed(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a colon or "such as" stands right before a word."""
    before = words[at - 1]
    if before.clause != words[at].clause:
        return ":" in text[before.end : words[at].start]
    return before.text == "as" and words[at - 2].text == "such"


def _i_have(words: Sequence[Word], at: int) -> bool:
    """Whether "I've sent", "we've already given" stands here, and no "I've got"."""
    return words[at].text in ("sent", "given", "gifted", "bought", "gotten") and any(
        word.text in ("i've", "we've") for word in words[max(0, at - 2) : at]
    )


def _past_sentences(words: Sequence[Word]) -> set[int]:
    """Sentences that speak of earlier: "last year", "in the past", "first birthday"."""
    return {
        word.sentence
        for before, word in pairwise(words)
        if before.text in _EARLIER
        and before.sentence == word.sentence
        and (
            (before.text in ("last", "previous", "past", "prior", "first") and word.text in _TIME)
            or (before.text in ("the", "years") and word.text in ("past", "before"))
            or (before.text in ("year", "years") and word.text == "ago")
            or (before.text in ("every", "almost") and word.text in ("present", "gift", "every"))
        )
    }


def _given(text: str, words: Sequence[Word], at: int, lexicon: Lexicon) -> list[Span]:
    """Read "got her a watch", and "the watch I got her" where nothing follows."""
    if words[at].text in _GET and not _habitual(words, at) and not _by_others(words, at):
        return []
    first = _behind_whom(words, at + 1, lexicon)
    if first < 0:
        return []
    follows = first < len(words) and words[first].clause == words[at].clause
    if follows and _begins_thing(words, at, first, lexicon):
        return read_list(text, words, first + (words[first].text in ("to", "out")), lexicon, reach="and")
    who = words[at - 1].text if at else ""
    who_at = at - 2 if who in _HABIT or who in ("have", "had") else at - 1
    if who_at > 0 and words[who_at].text in ("i", "we", "i've", "we've") and words[at].text in _GAVE:
        return _before(text, words, who_at, lexicon)
    return []


def _habitual(words: Sequence[Word], at: int) -> bool:
    before = [word.text for word in words[max(0, at - 4) : at] if word.sentence == words[at].sentence]
    return bool(_HABIT & set(before[-2:])) or any(word in before for word in ("every", "each"))


def _by_others(words: Sequence[Word], at: int) -> bool:
    """Whether somebody else gives it now: "his parents are buying him an iPad"."""
    if at < 2 or words[at].text not in ("getting", "giving", "buying"):
        return False
    return words[at - 1].text in ("is", "are") and words[at - 2].text not in ("we", "you", "i")


def _behind_whom(words: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """Return the word behind "her", "him", "my mum"; -1 where nobody is given anything."""
    if at >= len(words) or words[at].clause != words[at - 1].clause:
        return -1
    if words[at].text in _WHOM:
        return at + 1
    if words[at].text == "my":
        at += 1
    if at < len(words) and words[at].text in lexicon.relations and words[at].clause == words[at - 1].clause:
        return at + 1
    return -1


def _begins_thing(words: Sequence[Word], at: int, first: int, lexicon: Lexicon) -> bool:
    """Whether what follows is the thing given: "her a watch", "him flowers"; not "her number", "him to smile"."""
    head = words[first].text
    if words[at].text in ("took", "taken"):
        return head in ("to", "out") and first + 1 < len(words)
    if head in _NEVER or head in VERBS or head in PRONOUNS - {"this", "that", "these", "those"}:
        return False
    if head in _DETERMINERS:
        return True
    near = words[first : first + 3]
    return any(word.text in lexicon.interests and word.clause == words[at].clause for word in near)


def _before(text: str, words: Sequence[Word], end: int, lexicon: Lexicon) -> list[Span]:
    """Read the thing before "I got her"."""
    last = end - (words[end - 1].text in ("that", "which"))
    first = last
    while first > 0 and last - first < 4 and words[first - 1].clause == words[end].clause:
        word = words[first - 1].text
        if word in PRONOUNS - {"this", "that"} or word in VERBS or word in lexicon.stops or word in _BEFORE_THING:
            break
        first -= 1
    span = span_of(text, words, first, last) if first < last else None
    return [span] if span else []


def _done(text: str, words: Sequence[Word], at: int, lexicon: Lexicon) -> list[Span]:
    """Read "last year I made a scrapbook", "for her first birthday we did a spa day"."""
    who = {word.text for word in words[max(0, at - 2) : at] if word.sentence == words[at].sentence}
    if (
        not who & {"i", "we", "i've", "we've", "have", "just", "usually", "always", "normally"}
        | ({"she", "he"} if words[at].text in ("got", "received") else set())
        or at + 1 >= len(words)
        or words[at + 1].clause != words[at].clause
    ):
        return []
    first = at + 1
    if words[at].text == "went":
        if words[first].text != "with":
            return []
        first += 1
    if first >= len(words) or words[first].text in _WHOM or words[first].text in _NEVER:
        return []
    return read_list(text, words, first, lexicon, reach="and")


def _was(text: str, words: Sequence[Word], at: int, lexicon: Lexicon, *, sure: bool) -> list[Span]:
    """Read "last year's present was a mug", "previous gifts were socks and a tie", "it included a bag"."""
    if at == 0 or at + 1 >= len(words) or words[at + 1].clause != words[at].clause:
        return []
    before = words[at - 1].text
    included = words[at].text.startswith("includ")
    if words[at].text == "been" and sure and before in ("it's", "has", "always"):
        return read_list(text, words, at + 1, lexicon, reach="and")
    if before == "it" and not included and (at < 2 or words[at - 2].text not in _TIME):
        return []
    earlier = before in _GIFTS and (included or sure)
    earlier = earlier or (sure and words[at].text in ("was", "were") and before in _TIME)
    thing = words[at + 1].text in _DETERMINERS or words[at + 1].text in lexicon.interests or included
    return read_list(text, words, at + 1, lexicon, reach="and") if earlier and thing else []


def _under_heading(text: str, words: Sequence[Word], at: int, lexicon: Lexicon) -> list[Span]:
    """Read the list under "Past gifts:", "Gifts I have gotten him in the past:"."""
    head = {word.text for word in words[max(0, at - 16) : at] if word.sentence == words[at].sentence}
    near = {word.text for word in words[max(0, at - 6) : at] if word.sentence == words[at].sentence}
    if "far" in near and near & {"got", "have", "bought", "i've", "made"}:
        return read_list(text, words, at, lexicon, reach="and", headed=True)
    if (
        head & {"gift", "gifts", "present", "presents"}
        and head & _PAST
        and not head & {"need", "ideas", "idea", "looking"}
    ):
        return read_list(text, words, at, lexicon, reach="and", headed=True)
    return []


def _is_gift(words: Sequence[Word], span: Span, lexicon: Lexicon) -> bool:
    if (
        span.text in lexicon.not_excluded
        or span.text in lexicon.empty_likes
        or span.text in _OUT_OF_PLACE
        or words[span.last - 1].text == "relationship"
    ):
        return False
    said = [words[index].text for index in range(span.first, span.last)]
    if any(" ".join(said[-size:]) in lexicon.occasions for size in (1, 2)):
        return False
    return not all(word in lexicon.relations or word in lexicon.empty_likes or word in _OUT_OF_PLACE for word in said)
