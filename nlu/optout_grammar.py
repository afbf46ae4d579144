"""Whether a clause of plain words is a wish for silence: each word's duty is looked up, then what is there decides.

Word order hardly counts, so one grammar serves every language and their mixtures; any word that has no duty in a wish
(a thing, a person, a day) makes the clause something else. What turns a wish round ("don't stop", "you never write to
me", "I don't text") is refused by order.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from nlu.optout_english import ENGLISH
from nlu.optout_french import FRENCH
from nlu.optout_german import GERMAN
from nlu.optout_italian import ITALIAN
from nlu.optout_portuguese import PORTUGUESE
from nlu.optout_spanish import SPANISH
from nlu.optout_words import spelt_out


class Says(enum.Enum):
    """What a clause says of our writing."""

    WISH = "wish"
    HALF_WISH = "half wish"
    """A wish where all else is about our writing: "no more"."""
    HALF_OURS = "half wish, ours"
    """A wish where all else is politeness: "no messages"."""
    LONE_WORD = "lone word"
    """A word that is a wish where all else is politeness: "stop"."""
    INVITES = "invites"
    """The opposite: "message me here"."""
    OF_WRITING = "of writing"
    """Something else about our messages: "your messages annoy me"."""
    SOFT = "soft"
    """Politeness and emphasis only."""
    OTHER = "other"


LONGEST_CLAUSE = 30
"""Words. No wish is longer."""

_STRANGE = "X"
_APART = frozenset(("c", "h", "z"))


@functools.cache
def _duties() -> tuple[dict[str, str], dict[str, str], int]:
    """Duties by form; the whole clauses that are half a wish or a lone word; the words of the longest form."""
    duties: dict[str, str] = {}
    alone: dict[str, str] = {}
    for language in (ENGLISH, SPANISH, PORTUGUESE, ITALIAN, FRENCH, GERMAN):
        for form, duty in spelt_out(language):
            (alone if duty in _APART else duties).setdefault(form, duty)
    return duties, alone, max(form.count(" ") for form in duties) + 1


_NOUNS_AFTER = frozenset(
    (
        *(
            "no",
            "a",
            "an",
            "any",
            "this",
            "another",
            "one",
            "your",
            "more",
            "of",
            "further",
            "every",
            "each",
            "personal",
        ),
        *("zero", "single", "with", "without", "sin", "sans", "sem", "ohne", "the", "un", "une", "ein", "eine", "kein"),
        *("keine"),
    )
)
_BOTH = {
    "message": "m",
    "text": "m",
    "dm": "m",
    "contact": "M",
    "spam": "M",
    "email": "m",
    "writing": "m",
    "texting": "M",
    "messaging": "M",
}
"""Words of two duties: what they are behind an article."""


def _tagged(words: Sequence[str]) -> list[str]:
    """Return the duty of each longest known form, little words included."""
    duties, _, longest = _duties()
    tags: list[str] = []
    at, end = 0, len(words)
    while at < end:
        for size in range(min(longest, end - at), 0, -1):
            form = " ".join(words[at : at + size]) if size > 1 else words[at]
            duty = duties.get(form)
            if duty is not None:
                if size == 1 and form in _BOTH and at and words[at - 1] in _NOUNS_AFTER:
                    duty = _BOTH[form]
                tags.append(duty)
                at += size
                break
        else:
            tags.append(_STRANGE)
            at += 1
    return tags


_TURNED_ROUND = re.compile(r"N[YIPGQ]*[SUZKkl]|N[YIPG]*q[Pr]")
_NO_ORDER = re.compile(r"Y+[NA]*N|^I[NA]*N+A*(?![GNA])|IW|^YP?[WD]")
_INVITATION = re.compile(r"(?:WP|DP?[mM]|PW)[ALTu]*")
_KIND_WORDS = re.compile(r"[fs]")


def said(clause: str) -> Says:
    """Read one clause of plain words (nlu/optout_plain.py). Never raises; costs some microseconds."""
    words = clause.split(" ")
    if len(words) > LONGEST_CLAUSE:
        return Says.OTHER
    return _said(tuple(words))


@functools.lru_cache(maxsize=512)
def _said(words: tuple[str, ...]) -> Says:
    _, alone, _ = _duties()
    duty = alone.get(unadorned(" ".join(words)))
    if duty in ("c", "z"):
        return Says.SOFT if duty == "c" else Says.LONE_WORD
    tags = _tagged(words)
    order = "".join(tag for tag in tags if tag not in "fs")
    if not order.strip("b"):
        return Says.SOFT if "f" not in tags else Says.OTHER
    if _STRANGE not in order and is_wish(order):
        return Says.WISH
    if _STRANGE not in order and _HALF.fullmatch(order.replace("b", "")):
        return Says.HALF_OURS
    if duty == "h":
        return Says.HALF_WISH
    if _only_lone_words(words):
        return Says.LONE_WORD
    if _INVITATION.fullmatch(order):
        return Says.INVITES
    return Says.OF_WRITING if any(tag in "MWUEB" for tag in order) else Says.OTHER


_HALF = re.compile(r"I?NG*[QTj]*W?M|NWT?|MN|I?GNW?M|WN")


class _Wish(NamedTuple):
    """Duties that make a wish together: all of some, one of others, none of what would narrow or turn it."""

    all: str
    one: str = ""
    none: str = ""

    def holds(self, duties: frozenset[str]) -> bool:
        return (
            duties.issuperset(self.all)
            and (not self.one or not duties.isdisjoint(self.one))
            and duties.isdisjoint(self.none)
        )


_WISHES = (
    _Wish("Z"),  # get lost
    _Wish("U"),  # unsubscribe me
    _Wish("laP"),  # leave me alone
    _Wish("E", one="SNKk"),  # I withdraw my consent
    _Wish("S", one="MomWHC"),  # stop messaging, enough messages, these messages have to stop
    _Wish("S", one="eb", none="N"),  # stop this chat, stop the bot
    _Wish("SD", one="PrTj", none="gt"),  # stop sending me stuff; "stop sending it" is of a parcel
    _Wish("k", one="Meb", none="N"),  # turn these messages off
    _Wish("GMR", none="N"),  # I want these messages gone
    _Wish("KP", none="t"),  # remove me
    _Wish("Kr", one="LMe", none="t"),  # remove my name from your list
    _Wish("qP", one="LMeu", none="t"),  # take me off
    _Wish("qr", one="LMeu", none="t"),
    _Wish("uL", none="tqK"),  # off your list please
    _Wish("BWA"),  # message me again and I'll report you
)
_DENIALS = (
    _Wish("W", one="PrA"),  # don't message me, don't write again
    _Wish("C"),  # I don't want to be contacted
    _Wish("HG", one="QAY"),  # I don't want to hear from you
    _Wish("A", one="Mom"),  # no more messages
    _Wish("D", one="Mo"),  # don't send me messages
    _Wish("GM", one="dQTj"),  # I don't want your messages; without "your" it is half a wish
    _Wish("Go", one="dQTj"),
    _Wish("DA", none="gt"),  # don't send me any more
    _Wish("DT", one="PrG", none="gt"),  # don't send me anything
    _Wish("GQT"),  # I want nothing from you
)
_BY_ORDER = re.compile(r"S[YI]*D$|N.*GY+W|N.*GH$|GN.*H$")
"""Stop sending; I don't want you to message; I'd rather not hear."""


def is_wish(order: str) -> bool:
    """Whether duties in their order make a wish for silence; words without a duty are not among them."""
    order = order.replace("v", "W")
    duties = frozenset(order)
    if "i" in duties:  # only a threat begins with "if": if you message me again I'll report you
        return duties.issuperset("BW")
    if _TURNED_ROUND.search(order):
        return False
    if any(wish.holds(duties) for wish in _WISHES):
        return True
    denies = "N" in duties and not _NO_ORDER.search(order)
    return (denies and any(wish.holds(duties) for wish in _DENIALS)) or _by_order(order, denies)


def _by_order(order: str, denies: bool) -> bool:
    return (denies or order.startswith("S")) and _BY_ORDER.search(order) is not None


def unadorned(clause: str) -> str:
    """Return a clause of plain words without the politeness at its ends."""
    words = clause.split(" ")[: 2 * LONGEST_CLAUSE]
    first, last = 0, len(words)
    while size := next((n for n in _sizes(last - first) if _is_polite(words[first : first + n])), 0):
        first += size
    while size := next((n for n in _sizes(last - first) if _is_polite(words[last - n : last])), 0):
        last -= size
    return " ".join(words[first:last])


def _sizes(most: int) -> range:
    return range(min(_duties()[2], most), 0, -1)


def _is_polite(words: Sequence[str]) -> bool:
    return _duties()[0].get(" ".join(words)) == "s"


def _only_lone_words(words: Sequence[str]) -> bool:
    """Whether a clause is lone words and politeness in any order: "stop stop please stop"."""
    duties, alone, longest = _duties()
    at, found = 0, False
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            form = " ".join(words[at : at + size])
            if alone.get(form) or duties.get(form) in ("s", "b"):
                found = found or alone.get(form) == "z"
                at += size
                break
        else:
            return False
    return found
