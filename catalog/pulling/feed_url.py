"""The address of a feed: https, a name with a dot, an allowed port, nothing that can be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from yarl import URL

from catalog.pulling.errors import AddressRefused

LONGEST = 2048
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_UNCLEAR = re.compile(r"[\s\\\x00-\x20\x7f<>\"^`{|}]")
"""What parsers disagree about, or what ends a header."""


@dataclass(frozen=True, slots=True)
class FeedUrl:
    """An address that was checked; its host has still to be looked up and checked."""

    url: URL
    host: str
    port: int

    @classmethod
    def parse(cls, text: str, ports: Collection[int]) -> FeedUrl:
        """Read an address; raises AddressRefused with what to write instead."""
        if len(text) > LONGEST:
            raise AddressRefused(f"the address is longer than {LONGEST} characters")
        if _UNCLEAR.search(text):
            raise AddressRefused("the address holds a blank, a backslash or a sign that must be percent-encoded")
        try:
            split = urlsplit(text)
            seen = split.port
        except ValueError as error:
            raise AddressRefused(f"the address cannot be read: {error}") from error
        if split.scheme != "https":
            raise AddressRefused("only https addresses are fetched; write https://…")
        if "[" in split.netloc:
            raise AddressRefused("the host is a number; write its name, which its certificate can be checked by")
        if "@" in split.netloc:
            raise AddressRefused("the address holds a user name or password; give them by setting instead")
        try:
            url = URL(text)
            host, port = (url.raw_host or "").casefold().rstrip("."), url.port
        except (ValueError, IndexError) as error:  # the parser that connects reads it too, and must agree
            raise AddressRefused(f"the address cannot be read: {error}") from error
        cls._check_host(host)
        if port is None or port != (seen or 443) or url.scheme != "https" or port not in ports:
            raise AddressRefused(f"port {port} is not allowed; allow it with GIFTBOT_CATALOG_PULL_PORTS")
        return cls(url.with_fragment(None), host, port)

    @staticmethod
    def _check_host(host: str) -> None:
        if not host:
            raise AddressRefused("the address names no host")
        labels = host.split(".")
        if ":" in host or _NUMBER.fullmatch(labels[-1]):
            raise AddressRefused("the host is a number; write its name, which its certificate can be checked by")
        named = any(sign.isalpha() for sign in labels[-1])  # no top-level domain is without a letter
        if not named or not all(_LABEL.fullmatch(label) for label in labels) or len(host) > 253:
            raise AddressRefused("the host is not a name of letters, digits, hyphens and dots")
        if len(labels) < 2:
            raise AddressRefused("the host is a name of this network only; write its whole name")

    def redirected(self, location: str, ports: Collection[int]) -> FeedUrl:
        """Return where an answer leads, checked like the first address; raises AddressRefused."""
        if _UNCLEAR.search(location):
            raise AddressRefused("the server leads to an address that cannot be read in one way only")
        try:
            return FeedUrl.parse(urljoin(str(self.url), location), ports)
        except ValueError as error:
            raise AddressRefused(f"the server leads to an address that cannot be read: {error}") from error

    def same_origin(self, other: FeedUrl) -> bool:
        """Tell whether both are one server: credentials for one are for the other."""
        return (self.host, self.port) == (other.host, other.port)

    @property
    def told(self) -> str:
        """How the address is told in messages: without its query, which may hold a key."""
        return f"https://{self.host}{'' if self.port == 443 else f':{self.port}'}{self.url.raw_path}"
