"""Stop and start wishes, recognised at the door before any model (and in a few microseconds).

A message is made plain (lower case, no accents, no apostrophes), cut into clauses, and from each clause the words of
politeness and emphasis are taken off both ends; what is left must be a wish from its first to its last word. So "please
stop messaging me now" is one, while "stop me if this is silly", "she can't stop knitting" and "non-stop flights" are not.
What somebody else said and what is quoted among other words ("a mug that says "go away"") is nobody's wish.
"""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import enum
import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

from nlu.optout_continental import LANGUAGES as CONTINENTAL
from nlu.optout_english import ENGLISH
from nlu.optout_words import WishWords
from nlu.text import clean


class OptWish(enum.Enum):
    """What a message wants of our writing at all."""

    NONE = "none"
    STOP = "stop"
    START = "start"


LONGEST_WISH = 400
"""Characters. Longer messages are about something else; only their fixed first line is looked at."""

_TRIMMINGS = 8
"""Words of politeness taken off one end of a clause, at most; keeps hostile repetition cheap."""

_LONGEST_CLAUSE = 26
"""Words. No wish is longer."""


class _Language:
    """The patterns of one language, tried only where one of its ``core`` words stands."""

    def __init__(self, words: WishWords) -> None:
        self.core = words.core
        self.strong, self.weak, self.bare, self.start = map(
            _any_of, (words.strong, words.weak, words.bare, words.start)
        )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_ALL = (ENGLISH, *CONTINENTAL)
_LANGUAGES = tuple(_Language(one) for one in _ALL)
_SOFT = frozenset().union(*(one.soft for one in _ALL))
_LONGEST_SOFT = max(phrase.count(" ") for phrase in _SOFT) + 1
_CORE = frozenset().union(*(one.core for one in _ALL))
_OUR_WRITING = re.compile(rf"\b(?:{'|'.join(one.our_writing for one in _ALL)})\b")

_STOP_SIGN = "🛑"
_SENTENCES = re.compile(r"[.!?\n]+")
_PAUSES = re.compile(r"[;:|()\[\],]+|\s-+\s")
_TURNS = re.compile(
    r" (?:(?=(?:please|kindly|thanks|thank you|sorry|merci|bitte|danke|gracias|grazie|obrigad[oa]|por favor|per favore) )|(?:and|but|so|because|or else|und|aber|also|et|mais|donc|y|pero|asi que|e|ma|quindi|entao) (?=\w))"
)
_SPEECH_WORDS = frozenset(
    [
        "said",
        "says",
        "saying",
        "goes",
        "went",
        "told",
        "tells",
        "asked",
        "asks",
        "yelled",
        "yells",
        "shouted",
        "shouts",
        "wrote",
        "writes",
        "texted",
        "replied",
        "reads",
        "printed",
        "sagte",
        "sagt",
        "meinte",
        "schrieb",
        "dit",
        "disait",
        "ecrit",
        "dijo",
        "dice",
        "decia",
        "escribio",
        "disse",
        "diz",
        "dizia",
        "detto",
        "scrive",
        "scritto",
    ]
)
_SPEECH = rf"(?:{'|'.join(sorted(_SPEECH_WORDS))}|was like|is like)"
_OTHERS = r"(?!(?:i|we|ive|weve|ich|wir|je|j|jai|nous|yo|io|eu) )\w+"
_SPEAKS = re.compile(rf"\b{_OTHERS} {_SPEECH}\b(?! you\b)")
_SPEAKS_LAST = re.compile(
    rf"(?:^|\b{_OTHERS} ){_SPEECH}(?: (?:me|him|her|them|us|to \w+|that|mir|ihm|ihr|que|che|dass))?$"
)
_SAID_AFTER = re.compile(rf"{_OTHERS} (?:\w+ )?{_SPEECH}(?: (?:me|him|her|them|us|to \w+))?|(?:said|says) {_OTHERS}")
_QUOTED = re.compile(r"\"[^\"]{1,120}\"|(?<!\w)'[^'\n]{2,80}'(?!\w)")
_NON_STOP = re.compile(r"\bnon[ -]stop\b")
_STRETCHED = re.compile(r"\b(?:s+t+oo?p+p*|st[ao]h?p|sotp|stpo|tsop|sttop)\b(?<!\bstap)(?<!\bstoop)")
_ELISION = re.compile(r"\b(m|d|n|j|l|s|c|t|qu)'")
_SHORT = {
    "u": "you", "ur": "your", "msg": "message", "msgs": "messages", "msging": "messaging", "pls": "please", "plz": "please", "plss": "please", "pleasee": "please", "pleaseee": "please", "plse": "please",
    "dnt": "dont", "doesnt": "doesnt", "nn": "non", "cant": "cant", "wanna": "wanna", "txt": "text", "txts": "texts", "txting": "texting", "abt": "about", "dm's": "dms", "dming": "dming", "dm'ing": "dming",
}  # fmt: skip
_NOT_LETTERS = re.compile(r"[\W_]+")
_MARKS = re.compile(r"[.!?;:,|()\[\]\n\"]+")
_QUOTE_MARKS = re.compile(r"\"|(?<!\w)'|'(?!\w)")


def read_wish(text: str) -> OptWish:
    """Whether the shopper wants us to stop writing, to start again, or says neither.

    Works on any Unicode, never raises; a message that says both is a stop.
    """
    plain = clean(text).text.replace(_STOP_SIGN, " stop ")
    if len(plain) > LONGEST_WISH:
        plain = plain.split("\n", 1)[0][:LONGEST_WISH]
    plain = _NON_STOP.sub("nonstop", _STRETCHED.sub("stop", plain.lower()))
    if _CORE.isdisjoint(_plain_words(_MARKS.sub(" ", plain))):
        return OptWish.NONE
    thoughts = [_own_parts(sentence) for sentence in _SENTENCES.split(_without_quotes(plain))]
    parts = [part for thought in thoughts for part in thought]
    clauses = [clause for part in parts for clause in _turns(part)]
    if not clauses:
        return OptWish.NONE
    whole = " ".join(parts)
    words = set(whole.split(" "))
    spoken = [one for one in _LANGUAGES if not one.core.isdisjoint(words)]
    said = [_trimmed(one) for one in dict.fromkeys((*clauses, whole))]
    for language in spoken:
        if any(_matches(language.strong, forms) for forms in said) or _is_weak_stop(language, clauses, said):
            return OptWish.STOP
    only_first = all(_is_soft(one) for one in clauses[1:])
    for language in spoken:
        if (only_first and _matches(language.start, said[0])) or _matches(language.start, said[-1]):
            return OptWish.START
    return OptWish.NONE


def _is_weak_stop(language: _Language, clauses: Sequence[str], said: Sequence[Sequence[str]]) -> bool:
    """Tell a wish from a lone "stop" or "no messages": what else is said must be politeness or about our writing.

    ``said`` holds the forms of each clause and, last, of the whole message.
    """
    if _matches(language.bare, said[-1]):
        return True
    forms = dict(zip(dict.fromkeys(clauses), said, strict=False))
    weak = [one for one in clauses if _matches(language.weak, forms[one])]
    bare = [one for one in clauses if _matches(language.bare, forms[one])]
    others = [one for one in clauses if one not in weak and one not in bare]
    if not weak and not bare:
        return False
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


def _without_quotes(text: str) -> str:
    """Leave out what is quoted among other words; where only politeness stands around it, the quoted is what is said."""
    if '"' not in text and "'" not in text:
        return text
    outside = _QUOTED.sub(" ", text)
    if outside == text:
        return text
    around = " ".join(_plain_words(_MARKS.sub(" ", outside)))
    return _QUOTE_MARKS.sub(" ", text) if not around or _is_soft(around) else outside


def _plain_words(text: str) -> list[str]:
    """Return the words without accents, apostrophes, hyphens and short forms."""
    if "'" in text:
        text = _ELISION.sub(r"\1 ", text).replace("'", "")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
        text = "".join(char for char in text if not unicodedata.combining(char))
    words = _NOT_LETTERS.sub(" ", text).split()
    return [_SHORT.get(word) or (_respelt(word) if len(word) > 5 and word not in _CORE else word) for word in words]


_OFTEN_MISSPELT = [
    "unsubscribe",
    "messages",
    "message",
    "messaging",
    "texting",
    "contacting",
    "bothering",
    "spamming",
    "subscription",
    "nachrichten",
    "schreiben",
    "abmelden",
    "desabonner",
    "desinscrire",
    "mensajes",
    "suscripcion",
    "messaggi",
    "mensagens",
    "descadastrar",
]
_RIGHT = frozenset(
    [
        "massage",
        "massages",
        "massaging",
        "passage",
        "passages",
        "messaged",
        "message",
        "testing",
        "contracting",
        "schrieben",
    ]
)
_WITHOUT_A_LETTER = {
    form: word for word in _OFTEN_MISSPELT for form in (word, *(word[:at] + word[at + 1 :] for at in range(len(word))))
}


@functools.lru_cache(maxsize=4096)
def _respelt(word: str) -> str:
    """Return the word of our writing that this one is with one slip of a letter, else the word itself."""
    if word in _RIGHT:
        return word
    forms = (word, *(word[:at] + word[at + 1 :] for at in range(len(word))))
    return next((_WITHOUT_A_LETTER[form] for form in forms if form in _WITHOUT_A_LETTER), word)


def _own_parts(sentence: str) -> list[str]:
    """Cut a sentence at its pauses, without what somebody else is told to have said."""
    parts = [" ".join(words) for part in _PAUSES.split(sentence) if (words := _plain_words(part))]
    if _SPEECH_WORDS.isdisjoint(" ".join(parts).split(" ")):
        return parts
    own: list[str] = []
    reported = False
    for index, part in enumerate(parts):
        after = parts[index + 1] if index + 1 < len(parts) else ""
        if not reported and not _SAID_AFTER.fullmatch(after):
            own.append(part)
        reported = _SPEAKS_LAST.search(part) is not None
    return own


def _turns(part: str) -> list[str]:
    """Cut where a new thought may begin without a comma; behind "she told him" nothing is the shopper's own."""
    if not _SPEECH_WORDS.isdisjoint(part.split(" ")) and _SPEAKS.search(part):
        return [part]
    return [turn for turn in _TURNS.split(part) if turn]
