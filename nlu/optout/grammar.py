"""Whether a clause of plain words is a wish for silence: each word's duty is looked up, then what is there decides.

Word order hardly counts, so one grammar serves every language and their mixtures; any word that has no duty in a wish
(a thing, a person, a day) makes the clause something else. What turns a wish round ("don't stop", "you never write to
me", "I don't text") is refused by order.
"""

from __future__ import annotations

import enum
import functools
import re
from typing import NamedTuple

from nlu.optout.duties import LONGEST_CLAUSE, STRANGE, duties_of, duty_of_whole, is_lone_words


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


_TURNED_ROUND = re.compile(r"WM?Y|^IS+P?W|N[YyIPGQ]*[SUZKkxl]|N[YyIPG]*q[Pr]")
_NO_ORDER = re.compile(r"[Yy]+[NA]*N|^I[NA]*N+A*(?![GNA])|IW|^[Yy]P?[WD]")
_INVITATION = re.compile(r"(?:WP|DP?[mM]|PW)[ALTu]*")


_NOT = ("not", "never")
"""With "-ing" behind them they describe: "she likes films and not talking to me"."""


def said(clause: str) -> Says:
    """Read one clause of plain words (nlu/optout/plain.py). Never raises; costs some microseconds."""
    words = clause.split(" ")
    if len(words) > LONGEST_CLAUSE or (words[0] in _NOT and len(words) > 1 and words[1].endswith("ing")):
        return Says.OTHER
    return _said(tuple(words))


@functools.lru_cache(maxsize=512)
def _said(words: tuple[str, ...]) -> Says:
    duty = duty_of_whole(" ".join(words))
    if duty in ("c", "z"):
        return Says.SOFT if duty == "c" else Says.LONE_WORD
    duties = duties_of(words)
    order = "".join(duty for duty in duties if duty not in "fs")
    if not order.strip("b"):
        return Says.SOFT if "f" not in duties else Says.OTHER
    known = STRANGE not in order
    if known and is_wish(order):
        return Says.WISH
    if known and _HALF.fullmatch(order.replace("b", "")):
        return Says.HALF_OURS
    if duty == "h":
        return Says.HALF_WISH
    if is_lone_words(words):
        return Says.LONE_WORD
    if _INVITATION.fullmatch(order):
        return Says.INVITES
    return Says.OTHER if _OF_WRITING.isdisjoint(order) else Says.OF_WRITING


_OF_WRITING = frozenset("MWvUEB")
_HALF = re.compile(r"(?=[^N]*N[^N]*$)(?=.*M)[INGQTjWM]+|NWT?|WN")


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
    _Wish("S", one="MmWHC"),  # stop messaging, enough messages, these messages have to stop
    _Wish("S", one="eb", none="N"),  # stop this chat, stop the bot
    _Wish("SD", one="PrTjQ", none="gt"),  # stop sending me stuff; "stop sending it" is of a parcel
    _Wish("k", one="Meb", none="N"),  # turn these messages off
    _Wish("GMR", none="N"),  # I want these messages gone
    _Wish("KP", none="tTj"),  # remove me
    _Wish("Kr", one="LMen", none="t"),  # remove my name from your list
    _Wish("xP", one="LM", none="tT"),  # delete me from your list; "delete me" is about what we know
    _Wish("xr", one="L", none="tT"),
    _Wish("qP", one="LMeun", none="t"),  # take me off
    _Wish("qr", one="LMeun", none="t"),
    _Wish("uL", none="tjg"),  # off your list please
    _Wish("BWA"),  # message me again and I'll report you
)
_DENIALS = (
    _Wish("W", one="PA"),  # don't message me, don't write again
    _Wish("C"),  # I don't want to be contacted
    _Wish("HG", one="QAYyL"),  # I don't want to hear from you
    _Wish("A", one="Mom"),  # no more messages
    _Wish("D", one="Mo"),  # don't send me messages
    _Wish("GM", one="dQTj"),  # I don't want your messages; without "your" it is half a wish
    _Wish("Go", one="dQTj"),
    _Wish("DA", none="gt"),  # don't send me any more
    _Wish("DT", one="PrG", none="gt"),  # don't send me anything
    _Wish("GDj", none="gt"),  # I would rather not receive these
    _Wish("GQT"),  # I want nothing from you
)
_BY_ORDER = re.compile(r"S.*o|S[YyI]*D$|^[QTjN]*Mu$|N.*G[Yy]+P?W|N.*GH$|GN.*H$")
"""Stop sending; I don't want you to message; I'd rather not hear."""


def is_wish(order: str) -> bool:
    """Whether duties in their order make a wish for silence; words without a duty are not among them."""
    order = order.replace("v", "W")
    duties = frozenset(order)
    if "i" in duties:  # only a threat begins with "if": if you message me again I'll report you
        return "W" in duties and not duties.isdisjoint("BZ")
    if _TURNED_ROUND.search(order):
        return False
    if any(wish.holds(duties) for wish in _WISHES):
        return True
    denies = "N" in duties and not _NO_ORDER.search(order)
    return (denies and any(wish.holds(duties) for wish in _DENIALS)) or _by_order(order, denies)


def _by_order(order: str, denies: bool) -> bool:
    return (denies or "N" not in order) and _BY_ORDER.search(order) is not None
