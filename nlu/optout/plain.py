"""A message as the reading of stop wishes wants it: plain words, own clauses, nothing quoted and nothing reported."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_STOP_SIGNS = re.compile("[🛑✋🚫🙅⛔]+[🏻-🏿\u200d♀♂\ufe0f]*")
_NON_STOP = re.compile(r"\bnon[ -]stop\b")
_STRETCHED = re.compile(r"\b(?!stoop\b|stap\b)(?:(?:s{1,4}t{1,4}o+p+)+|st[a0o]h?p|stopt|sotp|stpo|tsop)\b")
_SLIPPED_STOP = re.compile(
    r"\b(?:sto|stp|syop|dtop|stip|ztop|stio|stopo|stops)(?= (?:messag|mesag|msg|text|txt|dm|spam|send|writ|contact|bother)\w*ing\b)"
)
_SENTENCES = re.compile(r"[.!?\n]+")
_PAUSES = re.compile(r"[;:|()\[\],]+|\s-+\s")
_MARKS = re.compile(r"[.!?;:,|()\[\]\n\"]+")
_TURNS = re.compile(
    r" (?:(?=(?:please|kindly|thanks|thank you|sorry|merci|bitte|danke|gracias|grazie|obrigad[oa]|por favor|per favore) )|"
    r"(?:and|but|so|because|or else|und|aber|also|et|mais|donc|y|pero|asi que|e|ma|quindi|entao) (?=\w))"
)
_QUOTED = re.compile(r"\"[^\"]{1,120}\"|(?<!\w)'[^'\n]{2,80}'(?!\w)")
_QUOTE_MARKS = re.compile(r"\"|(?<!\w)'|'(?!\w)")
_ELISION = re.compile(r"\b(m|d|n|j|l|s|c|t|qu)'")
_NOT_LETTERS = re.compile(r"[\W_]+")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
"""A letter three times or more is drawn out in anger: "pleeease", "meee"."""

_SHORT = {
    **dict.fromkeys(
        ("pls", "plz", "plss", "plse", "pleasee", "pleaseee", "plese", "pleas", "plaese", "pleae", "pelase"), "please"
    ),
    "txt": "text",
    **dict.fromkeys(("txts", "msgs"), "messages"),
    **dict.fromkeys(("txting", "msging", "mssging", "mesging", "messging"), "messaging"),
    "u": "you",
    "ur": "your",
    "dnt": "dont",
    "nn": "non",
    "abt": "about",
    "w": "with",
    "xfavor": "favor",
}


def own_parts(text: str, is_soft: Callable[[str], bool]) -> list[str]:
    """Cut a cleaned message at its pauses, without what is quoted among other words or told of others.

    Args:
        text: a cleaned message.
        is_soft: whether plain words are nothing but politeness; a quotation that stands alone is the shopper's own.

    Returns:
        Parts of plain words: lower case, no accents, no apostrophes, no hyphens, one blank between words.
    """
    # each pattern is tried only where what it needs is there: most messages have none of it
    if not text.isascii():
        text = _STOP_SIGNS.sub(" stop ", text)
    text = _STRETCHED.sub("stop", text.lower())
    if "non" in text:
        text = _NON_STOP.sub("nonstop", text)
    if "ing" in text:
        text = _SLIPPED_STOP.sub("stop", text)
    if '"' in text or "'" in text:
        text = _without_quotes(text, is_soft)
    return [part for sentence in _SENTENCES.split(text) for part in _own_parts_of(sentence)]


def turns(part: str) -> list[str]:
    """Cut where a new thought may begin without a comma; behind "she told him" nothing is the shopper's own."""
    if not _SPEECH_WORDS.isdisjoint(part.split(" ")) and _SPEAKS.search(part):
        return [part]
    return [turn for turn in _TURNS.split(part) if turn]


def _without_quotes(text: str, is_soft: Callable[[str], bool]) -> str:
    outside = _QUOTED.sub(" ", text)
    if outside == text:
        return text
    around = " ".join(_plain_words(_MARKS.sub(" ", outside)))
    return _QUOTE_MARKS.sub(" ", text) if not around or is_soft(around) else outside


_SPEECH_WORDS = frozenset(
    (
        *("said", "says", "saying", "goes", "went", "told", "tells", "asked", "asks", "yelled", "yells", "shouted"),
        *("shouts", "wrote", "writes", "texted", "replied", "reads", "printed", "sagte", "sagt", "meinte", "schrieb"),
        *("dit", "disait", "ecrit", "dijo", "dice", "decia", "escribio", "disse", "diz", "dizia", "detto", "scrive"),
        "scritto",
    )
)
_SPEECH = rf"(?:{'|'.join(sorted(_SPEECH_WORDS))})"
_OTHERS = r"(?!(?:i|we|ive|weve|nobody|ich|wir|je|j|jai|nous|yo|io|eu) )\w+"
_SPEAKS = re.compile(rf"\b{_OTHERS} {_SPEECH}\b(?! you\b)")
_TO_WHOM = r"(?: (?:me|him|her|them|us|to \w+|that|mir|ihm|ihr|que|che|dass))?"
_SPEAKS_LAST = re.compile(rf"(?:^|\b{_OTHERS} ){_SPEECH}{_TO_WHOM}$")
_SAID_AFTER = re.compile(rf"{_OTHERS} (?:\w+ )?{_SPEECH}{_TO_WHOM}|(?:said|says) {_OTHERS}")


def _own_parts_of(sentence: str) -> list[str]:
    parts = [_rejoined(" ".join(words)) for part in _PAUSES.split(sentence) if (words := _plain_words(part))]
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


_OFF = re.compile(r"\b(turn|switch|shut) ((?:\w+ ){1,5}?)(?:off|down|up)\b")
_AUF = re.compile(r"\b(?:hor|hore|hort|horen|hoer|hoert|hoeren)((?: (?!auf\b)\w+){0,4}?) auf\b")
_VERBS_APART = ("stell", "schalt", "meld", "trag", "dreh", "schreib")
_APART = re.compile(
    r"\b(?P<verb>stell|schalt|meld|trag|bestell|dreh|schreib|melde)(?:e|t|en|et)? (?P<middle>(?:\w+ ){0,9}?)(?P<part>ab|aus|ein|an)"
    r"(?= (?:bitte|danke|sofort|jetzt|endlich|und|mit|mehr)\b|$)"
)


def _rejoined(words: str) -> str:
    """Put together the verbs that English and German pull apart: "turn it off", "melde mich bitte ab"."""
    words = _OFF.sub(r"turn off \2", words).replace("  ", " ").strip() if " off" in words or " down" in words else words
    if " auf" in words:
        words = " ".join(_AUF.sub(r"\1 aufhoren", words).split())
    if any(verb in words for verb in _VERBS_APART):
        words = " ".join(_APART.sub(_infinitive, words).split())
    return words


def _infinitive(found: re.Match[str]) -> str:
    verb = found["verb"]
    return f"{found['middle']}{found['part']}{verb.removesuffix('e')}en"


def _plain_words(text: str) -> list[str]:
    if "'" in text:
        text = _ELISION.sub(r"\1 ", text).replace("'", "")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
        text = "".join(char for char in text if not unicodedata.combining(char))
    words = _DRAWN_OUT.sub(r"\1", _NOT_LETTERS.sub(" ", text)).split()
    return [_SHORT.get(word, word) for word in words]
