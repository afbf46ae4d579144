"""Addresses of products: checked where the feed gives them, built where it does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MOST_CHARACTERS = 2000
_USUAL = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:[/?#][!#-;=?-\[\]^_a-z{-~]*)?")
_NEVER = re.compile(
    r"[\s\x00-\x20\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\"<>\\]"
)
_BLANK = re.compile(r"\{(id|handle|sku)\}")


def is_web_address(raw: str) -> bool:
    """Tell whether a browser goes where the text says: http(s), a host, no user names, nothing invisible."""
    if len(raw) > MOST_CHARACTERS:
        return False
    if _USUAL.fullmatch(raw) and "." in raw:
        return True
    try:
        parts = urlsplit(raw)
        sound = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.username is None
        _ = parts.port  # raises where it is no number
    except ValueError:
        return False
    return sound and "@" not in parts.netloc and not _NEVER.search(raw)


@dataclass(frozen=True, slots=True)
class LinkTemplate:
    """An address with ``{id}``, ``{handle}`` or ``{sku}`` in it; raises ValueError where it has none of them."""

    text: str

    def __post_init__(self) -> None:
        if not _BLANK.search(self.text) or not is_web_address(_BLANK.sub("x", self.text)):
            raise ValueError(
                f"{self.text!r} makes no addresses: write it like https://shop.example/products/{{handle}} "
                "with {handle}, {id} or {sku} where the product is named"
            )

    def fill(self, values: Mapping[str, str]) -> str:
        """The product's address; empty where the feed does not say what the template asks for."""
        names = set(_BLANK.findall(self.text))
        if not all(values.get(name) for name in names):
            return ""
        return _BLANK.sub(lambda blank: quote(values[blank[1]], safe=""), self.text)
