"""How surely a person named is the one who gets the gift, told by the words around the name."""

# ruff: noqa: E501 - a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.people.governing import NUMBERS, Before
from nlu.words.text import Word

_TO = frozenset({"give", "gives", "giving", "gift", "gifts", "gifting", "send", "sending", "present", "presents", "something", "anything", "what", "hampers", "flowers", "post", "posting"})  # fmt: skip
_TAKES = frozenset({"get", "getting", "give", "giving", "buy", "buying", "gift", "gifts", "gifting", "present", "presents", "surprise", "send", "sending", "find", "shopping", "ideas", "idea", "spoil", "treat", "thank", "make",
    "making", "impress"})  # fmt: skip
_BENEFITS = frozenset({"for", "4", "fur", "für", "para", "pour", "per"})  # fmt: skip
_NAMES = frozenset({"is", "its", "it's", "he's", "she's", "hes", "shes", "was", "actually", "wait", "mean", "meant", "rather", "drew", "drawn", "pulled", "assigned", "no", "nope", "sorry"})  # fmt: skip
_IS = frozenset({"is", "was", "he's", "she's", "hes", "shes"})  # fmt: skip
TAKES_BACK = frozenset({"wait", "mean", "meant", "rather", "sorry", "actually", "no", "nope"})  # fmt: skip
_ASIDE = frozenset({"with", "from", "by", "of", "told", "said", "says", "asked", "than", "as", "like", "without", "who's", "live", "lives", "near", "at", "in", "on", "into", "when", "where", "while", "because", "if", "gave",
    "bought", "made", "whose", "out", "off", "over", "down", "around", "married", "visiting"})  # fmt: skip
_GONE = ("away", "on", "last", "in", "this", "just", "and")
_WHO = frozenset({"who", "who's", "whos", "who'd", "who've"})
_WANTS = ("wants", "wanted", "expects", "asks")
_WRITER = ("i", "me", "myself")
_TOLD = ("me", "us", "i", "that", "to", "no")
_DRAWS = ("got", "drew", "drawn", "pulled")
_HAD = ("have", "has", "had", "i've", "having")
_ADVERBS = frozenset({"just", "also", "once", "already", "recently"})
_GIVING = frozenset({"getting", "giving", "buying", "get", "give", "buy"})
_BEING = frozenset({"is", "are", "was", "were", "will"})
_THEM = frozenset({"her", "him", "them", "me", "us"})
_HAVE = frozenset({"i've", "ive", "have", "we've", "has"})
_ROUND = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_TELLING = frozenset({"retiring", "leaving", "turning", "who", "aged", "in", "with"})
_INTRODUCED = frozenset({"who", "that", "whose", "getting", "having", "who's", "whos", "is", "turning", "aged"})
_GUEST = frozenset({"staying", "stay", "spending", "meeting", "visiting"})  # fmt: skip
_DAYS = frozenset({"farewell", "birthday", "bday", "wedding", "retirement", "anniversary", "graduation", "christening", "leaving", "shower"})  # fmt: skip
_IT = frozenset({"it", "this", "that", "recipient", "person", "giftee", "match", "santa", "santee"})  # fmt: skip
_ACTS = frozenset({"told", "said", "suggested", "recommended", "asked", "signed", "warned", "sent", "advised", "reminded", "mentioned", "showed", "offered", "helped"})  # fmt: skip
OWN_SUBJECT = frozenset({"got", "had", "starts", "started", "loves", "likes", "is", "has", "wants", "enjoys", "collects", "turns", "hates", "who", "needs", "just", "really", "lives", "works", "plays", "doesn't", "doesnt", "already", "who's", "whos", "into",
    "love", "like", "are", "turning", "adores", "reads", "cooks", "gardens", "bakes", "knits", "retiring", "leaving", "that", "whose", "aged", "in", "with"})  # fmt: skip
GIFTS = frozenset({"gift", "gifts", "present", "presents", "pressie", "prezzie", "pressies", "prezzies", "bday", "birthday", "christmas", "xmas", "hampers", "hamper", "stocking", "idea", "ideas", "exchange", "appreciation"})  # fmt: skip


def weight(words: Sequence[Word], first: int, last: int, stands: Before, *, narrow: bool, drawn: bool) -> int:
    """Weigh a person: 3 the gift is for them, 2 a sentence of their own, 1 merely named, less: somebody in the story.

    Args:
        words: the message.
        first: index of their first word.
        last: index behind their last word.
        stands: what stands before them.
        narrow: whether the word also means much else ("so", "host", "guys"), so that more is asked of its place.
        drawn: whether lots are drawn in this message (secret santa), so that "got my boss" is the match.
    """
    rest = [word.text for word in words[last : last + 4] if word.clause == words[first].clause]
    if (story := _in_the_story(words, stands, rest, narrow=narrow, drawn=drawn)) is not None:
        return story
    if (given := _given_to(words, stands, narrow=narrow)) is not None:
        return given
    if stands.third:
        return 0
    has_got = stands.word == "got" and words[stands.at - 1].text in _HAVE
    if stands.word == "got" and not has_got:
        return 2 if _tells_of_whom(words, stands, rest) else 1 if stands.own else 0
    if stands.word in _HAD or has_got:
        return _had(words, stands, rest, narrow=narrow)
    if stands.own or (
        (GIFTS & set(rest) or _ROUND.fullmatch(rest[0] if rest else ""))
        and (not stands.unknown or stands.placed or not stands.word)
    ):
        return 2
    if narrow:
        return _narrow_alone(words, stands, rest)
    speaks = not rest or rest[0] in OWN_SUBJECT
    if stands.unknown and not stands.placed:
        return 0 if stands.word else 2 if speaks else 1
    return 2 if not stands.word or (rest and speaks) else 1


def _in_the_story(
    words: Sequence[Word], stands: Before, rest: Sequence[str], *, narrow: bool, drawn: bool
) -> int | None:
    """Weigh those who give with the writer, told them something, or are only spoken of; None for others."""
    word = stands.word
    previous = (
        words[stands.at - 1].text if stands.at > 0 and words[stands.at - 1].clause == words[stands.at].clause else ""
    )
    if rest[:1] == ["and"] and rest[1:2] and rest[1] in _WRITER:
        return -1
    if (
        (word in ("me", "i") and not stands.third)
        or word in ("i'm", "im", "am", "as")
        or (word == "and" and previous in _WRITER)
    ):
        return -1
    if _is_but_spoken_of(words, stands, rest, previous):
        return 0
    if word in _DRAWS and (drawn or word != "got"):
        return 3
    if word == "of" and stands.own and previous in _DAYS:
        return 3
    if word in ("with", "at", "by") and (previous in _GUEST or (previous == "help" and not narrow)):
        return 2
    if word in ("with", "about", "on") and stands.own and rest[:1] and rest[0] in GIFTS:
        return 2
    if word in _ASIDE:
        return -1 if narrow else 0
    return None


def _is_but_spoken_of(words: Sequence[Word], stands: Before, rest: Sequence[str], previous: str) -> bool:
    """Whether they are gone, do or say something, or have something done to them: no gift is for them."""
    if rest and (rest[0] == "died" or (rest[0] == "passed" and (not rest[1:] or rest[1] in _GONE))):
        return True
    if _is_done_to(words, stands):
        return True
    if rest and rest[0] in _ADVERBS:
        rest = rest[1:]
    if len(rest) > 2 and rest[0] in _BEING and rest[1] in _GIVING and rest[2] in _THEM:
        return True
    if stands.word == "no" and previous and not stands.own and previous not in TAKES_BACK:
        return True
    if rest and rest[0] in _ACTS and rest[1:2] and rest[1] in _TOLD:
        return True
    return bool(rest and rest[0] in _WANTS and rest[1:2] and rest[1] in ("me", "us"))


def _is_done_to(words: Sequence[Word], stands: Before) -> bool:
    """Whether somebody else does something to them: "the couple who minded our dog", "a vet that saved my cat"."""
    if not stands.word or stands.word in _BENEFITS | _NAMES | _TAKES | {"to", "who", "that", "and"}:
        return False
    back = [word.text for word in words[max(0, stands.at - 4) : stands.at] if word.clause == words[stands.at].clause]
    return "that" in back or not _WHO.isdisjoint(back)


def _given_to(words: Sequence[Word], stands: Before, *, narrow: bool) -> int | None:
    """Weigh those a word of giving or of naming leads to: "for my mum", "get my mum", "it's my mum"."""
    word = stands.word
    previous = words[stands.at - 1].text if stands.at > 0 else ""
    if word == "to" and stands.at > 0 and not any(one.text in _TO for one in words[max(0, stands.at - 7) : stands.at]):
        return 1 if stands.own and not narrow else 0
    if stands.third and "their" in stands.described and word in _TAKES:
        return 3
    if word in _BENEFITS or word == "to" or (word in _TAKES and (stands.placed or not stands.unknown)):
        return 1 if stands.third else 3
    if word in _NAMES and (stands.own or stands.placed or word in TAKES_BACK):
        if word in _IS and not stands.own and previous not in _IT:
            return 0 if narrow else 1
        return 1 if stands.third else 3
    return None


def _had(words: Sequence[Word], stands: Before, rest: Sequence[str], *, narrow: bool) -> int:
    """Weigh "I have a friend who", who is the one meant, and "we have two kids", which tells a story."""
    subject = words[stands.at - 1].text if stands.at > 0 else ""
    if stands.word == "has" or subject in ("she", "he", "they", "it", "who"):
        return 0
    return 2 if _INTRODUCED & set(rest[:2]) else 0 if narrow else 1


def _tells_of_whom(words: Sequence[Word], stands: Before, rest: Sequence[str]) -> bool:
    """Whether "got" says who is in the writer's life: "got a new flatmate", "I got two nieces, one is seven"."""
    subject = words[stands.at - 1] if stands.at > 0 else None
    ours = subject is None or subject.clause != words[stands.at].clause or subject.text in ("i", "we", "and")
    new = not rest and ("new" in stands.described or bool(stands.described & NUMBERS - {"one"}))
    return ours and (new or rest[:1] == ["one"] or bool(rest and stands.placed and rest[0] in _INTRODUCED))


def _narrow_alone(words: Sequence[Word], stands: Before, rest: Sequence[str]) -> int:
    """Weigh a word of many meanings that no other word vouches for: only where it stands alone or is told of."""
    if stands.word or (stands.unknown and not stands.placed):
        return 0
    if rest[:1] == ["of"] and rest[1:2] and rest[1][0].isdigit():
        return 1
    return int((not rest and len(words) < 12) or bool(_TELLING & set(rest[:2])))
