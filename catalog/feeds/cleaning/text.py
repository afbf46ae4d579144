r"""Text of strangers, made fit to be read by shoppers: what deceives the eye or acts as markup is taken out.

Reliability note 5.33. X makes links of bare domains, and mentions, hashtags and cashtags of ``@``, ``#`` and ``$``; a
blank behind them is enough to stop it, and the name stays readable. What X takes for them: its library twitter-text.
"""

from __future__ import annotations

import html
import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)  # fmt: skip
_BLANKS = re.compile(r"\s+")
_HEAPED_MARKS = re.compile("([\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]{3})[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]+")
_IN_HASHTAGS = r"[\w\xb7\u0300-\u036f\u05be\u05f3\u05f4\u0f0b\u0f0c\u3003\u301c\u309b\u309c\u30a0\u30fb\ua67e\uff5e]"
_SIGN = re.compile(
    # after an unaccented letter or a digit it is part of a word (Nails@home), but "RT@name" is an old retweet
    r"(?<![A-Za-z0-9_])[@＠](?=\w)|(?<=(?<![A-Za-z0-9_])[Rr][Tt])[@＠](?=\w)"
    rf"|[#＃](?={_IN_HASHTAGS}*[^\W\d])"
    r"|(?<![A-Za-z0-9_])[$＄﹩](?=[^\W\d_])"
)
_SIGNS = frozenset("@＠#＃$＄﹩")
_DOMAIN = re.compile(r"[.．﹒․](?<=\S.)(?=[^\W\d_](?:[^\W\d_]|[^\x00-\x7f]))|[。｡](?<=\S.)(?=[A-Za-z]{2})")
"""Behind the full stop, and what browsers and compatibility forms (NFKC, IDNA) take for one."""
_ASCII_DOMAIN = re.compile(r"\.(?<=\S\.)(?=[A-Za-z]{2})")  # finds the same in ASCII, ten times as fast
_ADDRESS = re.compile(r"\w+://|\bwww\d?\.\w|\b(?:javascript|mailto):\S", re.I)
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:#\w+|\w+);")
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript|head)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S
)
_INLINE = re.compile(r"</?(?:a|b|em|font|i|mark|small|span|strong|sub|sup|u)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_ROUNDS = 3  # feeds hold markup escaped once or twice; what is left after that stays text


def has_odd_characters(value: str) -> bool:
    """Tell whether there are characters that nobody sees or that turn the line round."""
    return not (value.isascii() and value.isprintable()) and bool(_INVISIBLE.search(value))


def plain(value: str) -> str:
    """One line of text: composed (NFC), no control, bidi or zero-width characters, single blanks."""
    if value.isascii():
        if value.isprintable():
            return value.strip() if "  " not in value else _BLANKS.sub(" ", value).strip()
        return _INVISIBLE.sub("", _BLANKS.sub(" ", value)).strip()
    value = _INVISIBLE.sub("", _BLANKS.sub(" ", value))
    value = _HEAPED_MARKS.sub(r"\1", unicodedata.normalize("NFC", value))
    return _BLANKS.sub(" ", value).strip()


def shown(value: str) -> str:
    r"""The text with what nobody sees written out (``\u202e``): safe to print, and the fault is in plain sight."""
    if value.isprintable():
        return value
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in value)


def holds_address(title: str) -> bool:
    """Tell whether a name holds a web address, which no product is called by."""
    return (":" in title or "ww" in title.lower()) and bool(_ADDRESS.search(title))


def defused(name: str) -> str:
    """A text in which X finds no mention, hashtag, cashtag or domain to link; ``#1 Dad mug`` stays as it is."""
    if name.isascii():
        if "." in name:
            name = _ASCII_DOMAIN.sub(". ", name)
        if "@" not in name and "#" not in name and "$" not in name:
            return name
    else:
        name = _DOMAIN.sub(". ", name)
    if not _SIGNS.isdisjoint(name):
        name = _SIGN.sub(lambda sign: sign[0] + " ", name)
    return name


def without_markup(value: str) -> str:
    """The text a reader of the HTML would see; scripts, styles and comments are none.

    Each pattern is read once from left to right, whatever the text: a description cannot make this slow.
    """
    for _ in range(_ROUNDS):
        if not _MARKUP.search(value):
            break
        value = html.unescape(_TAG.sub(" ", _INLINE.sub("", _UNSEEN.sub(" ", value))))
    return value
