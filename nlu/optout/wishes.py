"""Stop and start wishes, recognised at the door before any model (and in well under a millisecond).

A message is made plain and cut into clauses (nlu/optout/plain.py); of each word of a clause its duty in a stop wish is
looked up (nlu/optout/words.py), and the duties decide (nlu/optout/grammar.py). So "please stop messaging me now" is a
wish, while "stop me if this is silly", "she can't stop knitting" and "non-stop flights" are not.

One rule decides the doubtful: a clause whose whole remaining wish is to get no more messages from us is obeyed,
whatever else the message says; where an object narrows it to things, suggestions, orders, another person, another way
of writing or a time ("no more candles", "don't message my wife", "don't write before Friday"), it is not. A lone word
("stop", "basta") or a half wish ("no messages") is obeyed only where all else is politeness or about our writing. What
somebody else said and what is quoted among other words (a mug that says "go away") is nobody's wish.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from itertools import islice, pairwise

from nlu.optout.coming_back import wants_us_back
from nlu.optout.duties import may_ask, unadorned
from nlu.optout.grammar import Says, said
from nlu.optout.plain import own_parts, turns
from nlu.optout.reasons import without_reason
from nlu.words.text import clean


class OptWish(enum.Enum):
    """What a message wants of our writing at all."""

    NONE = "none"
    STOP = "stop"
    START = "start"


LONGEST_WISH = 400
"""Characters. Longer messages are about something else; only their fixed first line is looked at."""

_TRIES = 6
"""Places at most where a reason told in one breath with a wish may be left out; keeps hostile repetition cheap."""

_ANSWERS = frozenset(("no", "nope", "non", "nao", "nein"))


def read_wish(text: str) -> OptWish:
    """Whether the shopper wants us to stop writing, to start again, or says neither.

    Works on any Unicode, never raises; a message that says both is a stop.
    """
    plain = clean(text).text
    if len(plain) > LONGEST_WISH:
        plain = plain.split("\n", 1)[0][:LONGEST_WISH]
    parts = own_parts(plain, _is_soft)
    clauses = list(dict.fromkeys(clause for part in parts for clause in turns(part)))
    if not clauses:
        return OptWish.NONE
    if may_ask(" ".join(parts).split(" ")) and _is_stop(parts, clauses):
        return OptWish.STOP
    starts = wants_us_back(unadorned(clauses[0])) and all(map(_is_soft, clauses[1:]))
    return OptWish.START if starts or wants_us_back(unadorned(" ".join(parts))) else OptWish.NONE


def _is_stop(parts: Sequence[str], clauses: Sequence[str]) -> bool:
    whole = [said(part) for part in parts]
    if Says.WISH in whole and Says.INVITES not in whole:
        return True
    meanings = [said(clause) for clause in clauses]
    if Says.INVITES in meanings:
        return False
    if Says.WISH in meanings or any(said(joined) is Says.WISH for joined in _joined(parts)):
        return True
    if any(said(rest) is Says.WISH for part in parts for rest in islice(without_reason(part), _TRIES)):
        return True
    return _is_weak_stop(meanings) or said(" ".join(parts)) is Says.LONE_WORD


def _joined(parts: Sequence[str]) -> list[str]:
    """Neighbours put together again: a comma may stand in the middle of a wish, though not behind an answer."""
    told = parts[1:] if parts[0] in _ANSWERS else parts
    pairs = [f"{one} {other}" for one, other in pairwise(told)]
    return [*pairs, " ".join(told)]


def _is_weak_stop(meanings: Sequence[Says]) -> bool:
    """Tell a wish from a lone "stop" or "no messages": what else is said must be politeness or about our writing."""
    lone, half = meanings.count(Says.LONE_WORD), meanings.count(Says.HALF_WISH) + meanings.count(Says.HALF_OURS)
    if not lone and not half:
        return False
    if Says.OF_WRITING in meanings or (Says.HALF_OURS in meanings and lone + half > 1):
        return True
    return Says.OTHER not in meanings and (lone > 0 or Says.HALF_OURS in meanings)


def _is_soft(clause: str) -> bool:
    """Whether a clause is nothing but politeness and emphasis."""
    return said(clause) is Says.SOFT
