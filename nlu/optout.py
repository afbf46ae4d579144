"""Stop and start wishes, recognised at the door before any model (and in a few microseconds).

A message is made plain and cut into clauses (nlu/optout_plain.py); from each clause the phrases of politeness and
emphasis are taken off both ends; what is left must be a wish from its first to its last word. So "please stop
messaging me now" is one, while "stop me if this is silly", "she can't stop knitting" and "non-stop flights" are not.
What somebody else said and what is quoted among other words (a mug that says "go away") is nobody's wish.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence

from nlu.optout_continental import LANGUAGES
from nlu.optout_english import ENGLISH
from nlu.optout_plain import own_parts, turns
from nlu.text import clean


class OptWish(enum.Enum):
    """What a message wants of our writing at all."""

    NONE = "none"
    STOP = "stop"
    START = "start"


LONGEST_WISH = 400
"""Characters. Longer messages are about something else; only their fixed first line is looked at."""

_TRIMMINGS = 8
"""Phrases of politeness taken off one end of a clause, at most; keeps hostile repetition cheap."""

_LONGEST_CLAUSE = 26
"""Words. No wish is longer."""

_ALL = (ENGLISH, *LANGUAGES)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_STRONG = _any_of(pattern for one in _ALL for pattern in one.strong)
_WEAK = _any_of(pattern for one in _ALL for pattern in one.weak)
_BARE = _any_of(pattern for one in _ALL for pattern in one.bare)
_START = _any_of(pattern for one in _ALL for pattern in one.start)
_OUR_WRITING = re.compile(rf"\b(?:{'|'.join(one.our_writing for one in _ALL)})\b")
_SOFT = frozenset(phrase for one in _ALL for phrase in one.soft.split("|"))
_LONGEST_SOFT = max(phrase.count(" ") for phrase in _SOFT) + 1


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
    said = [_trimmed(one) for one in clauses]
    whole = _trimmed(" ".join(parts)) if len(clauses) > 1 or clauses != parts else said[0]
    if any(_matches(_STRONG, forms) for forms in said) or (whole is not said[0] and _matches(_STRONG, whole)):
        return OptWish.STOP
    if _matches(_BARE, whole) or _is_weak_stop(clauses, said):
        return OptWish.STOP
    starts = _matches(_START, said[0]) and all(map(_is_soft, clauses[1:]))
    return OptWish.START if starts or _matches(_START, whole) else OptWish.NONE


def _is_weak_stop(clauses: Sequence[str], said: Sequence[Sequence[str]]) -> bool:
    """Tell a wish from a lone "stop" or "no messages": what else is said must be politeness or about our writing."""
    weak = [clause for clause, forms in zip(clauses, said, strict=True) if _matches(_WEAK, forms)]
    bare = [clause for clause, forms in zip(clauses, said, strict=True) if _matches(_BARE, forms)]
    if not weak and not bare:
        return False
    others = [one for one in clauses if one not in weak and one not in bare]
    if any(_OUR_WRITING.search(one) for one in others):
        return True
    ours = any(_OUR_WRITING.search(one) for one in weak)
    return (ours and len(weak) + len(bare) > 1) or (all(map(_is_soft, others)) and (bool(bare) or ours))


def _matches(wish: re.Pattern[str], forms: Iterable[str]) -> bool:
    return any(wish.fullmatch(form) for form in forms)


def _trimmed(clause: str) -> tuple[str, ...]:
    """Return the clause whole and with politeness and emphasis taken off either end, word group by word group."""
    words = clause.split(" ")
    if len(words) > _LONGEST_CLAUSE:
        return ()
    firsts, lasts = [0], [len(words)]
    while len(firsts) <= _TRIMMINGS and (taken := _soft_at_start(words, firsts[-1])):
        firsts.append(firsts[-1] + taken)
    while len(lasts) <= _TRIMMINGS and (taken := _soft_at_end(words, lasts[-1])):
        lasts.append(lasts[-1] - taken)
    return tuple(" ".join(words[first:last]) for first in firsts for last in lasts if first < last)


def _soft_at_start(words: Sequence[str], first: int) -> int:
    """How many words of politeness stand at a place; the longest phrase counts."""
    sizes = range(min(_LONGEST_SOFT, len(words) - first), 0, -1)
    return next((size for size in sizes if " ".join(words[first : first + size]) in _SOFT), 0)


def _soft_at_end(words: Sequence[str], last: int) -> int:
    sizes = range(min(_LONGEST_SOFT, last), 0, -1)
    return next((size for size in sizes if " ".join(words[last - size : last]) in _SOFT), 0)


def _is_soft(clause: str) -> bool:
    """Whether a clause is nothing but politeness and emphasis."""
    words, at = clause.split(" "), 0
    while at < len(words) and (taken := _soft_at_start(words, at)):
        at += taken
    return at == len(words)
