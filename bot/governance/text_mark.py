"""Whether two texts are the same message, one of which went through X."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from bot.links import links_alike

_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Signs that show nothing though Unicode counts them as letters or marks: joiners, fillers, choosers of a variant."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def text_mark(text: str) -> str:
    """A fingerprint equal for a text we sent and the same text as X reports it.

    X may change white space and puts its own short links in place of ours (also of a bare ``shop.example/p``), so
    both count as equal. Ids of messages already accounted for keep two Sends that differ only in their links apart.
    """
    return blake2b(links_alike(text).encode("utf-8", "replace"), digest_size=16).hexdigest()


def words_mark(text: str) -> str:
    """A fingerprint equal for texts a reader takes for the same words: alike in look, case or invisible signs too.

    Not for telling whether X has a Send: kept marks of those are `text_mark`'s, from release to release.
    """
    if text.isascii():  # nothing of it is invisible or has another form
        return text_mark(text.casefold())
    plain = unicodedata.normalize("NFKC", _BEYOND_ASCII.sub(_seen, text)).casefold()
    return text_mark(unicodedata.normalize("NFKC", _UNSEEN.sub("", plain)))


def _seen(sign: re.Match[str]) -> str:
    return "" if unicodedata.category(sign[0]) == "Cf" else sign[0]
