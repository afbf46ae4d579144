"""Fetches a feed into a file: only what changed, only from outside, only so much and so long."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from catalog.pulling.errors import AddressRefused, Denied, NotDelivered, TooMuch
from catalog.pulling.feed_url import FeedUrl
from catalog.pulling.network import Network

MOST_REDIRECTS = 3
CONNECT_S = 10.0
_PIECE = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip"})
"""Kept as they come; the reader of feeds unpacks them within its own limits."""
_LONGEST_WAIT_S = 86_400.0
_FIRST_YEAR = 2000
"""Before it lies the year of servers without a clock."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of the feed as it was last imported."""

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    """SHA-256 of its bytes: a server without a mark sends the same again and again."""

    def made_on(self, today: date) -> date:
        """Return the day (UTC) the feed was made as the server says; today where it does not, or says nonsense."""
        try:
            said = parsedate_to_datetime(self.last_modified or "").astimezone(timezone.utc).date()
        except (ValueError, TypeError, OverflowError):
            return today
        return min(said, today) if said.year >= _FIRST_YEAR else today


@dataclass(frozen=True)
class Order:
    """What to fetch and how much of it."""

    url: str = field(repr=False)
    """Its query may hold a key."""
    ports: Collection[int] = (443,)
    most_bytes: int = 50 << 20
    seconds: float = 60.0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Credentials; sent to the address's own host and port only, never where it redirects to."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A feed that arrived whole."""

    size: int
    known: Known
    """To be remembered once it is imported."""


async def fetch(order: Order, into: Path, known: Known, network: Network) -> Fetched | None:
    """Fetch a feed into the file ``into``; None where it did not change since ``known``.

    Raises AddressRefused, NotDelivered, Denied or TooMuch; then nothing of the file may be used.
    """
    first = FeedUrl.parse(order.url, order.ports)
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S, sock_read=order.seconds)
    try:
        async with aiohttp.ClientSession(
            connector=network.connector(),
            cookie_jar=network.cookies(),
            auto_decompress=False,
            trust_env=False,
            timeout=timeout,
        ) as session:
            return await asyncio.wait_for(_follow(session, order, first, into, known), order.seconds)
    except asyncio.TimeoutError as error:
        raise TooMuch(f"{first.told} took longer than {order.seconds:g} s") from error
    except aiohttp.ClientSSLError as error:
        raise NotDelivered(f"{first.told}: its certificate or encryption was not accepted: {error}") from error
    except (aiohttp.ClientError, OSError) as error:
        raise NotDelivered(f"{first.told} did not deliver: {_without_query(error, first)}") from error


async def _follow(
    session: aiohttp.ClientSession, order: Order, first: FeedUrl, into: Path, known: Known
) -> Fetched | None:
    at = first
    for _ in range(MOST_REDIRECTS + 1):
        headers = {"Accept-Encoding": "identity", "Accept": "*/*", "User-Agent": "giftbot"}
        if at.same_origin(first):
            headers.update(order.headers)
        if known.etag:
            headers["If-None-Match"] = known.etag
        elif known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        async with session.get(at.url, headers=headers, allow_redirects=False) as answer:
            if answer.status not in _REDIRECTS:
                return await _take(answer, at, order, into, known)
            location = answer.headers.get("Location", "")
            if not location:
                raise NotDelivered(f"{at.told} leads elsewhere without saying where")
            at = at.redirected(location, order.ports)
    raise AddressRefused(f"{first.told} leads on more than {MOST_REDIRECTS} times")


async def _take(answer: aiohttp.ClientResponse, at: FeedUrl, order: Order, into: Path, known: Known) -> Fetched | None:
    if answer.status == 304 and (known.etag or known.last_modified):
        return None
    _accept(answer, at)
    length = answer.content_length
    if length is not None and length > order.most_bytes:
        raise _too_large(at, order)
    digest, size = hashlib.sha256(), 0
    with into.open("wb") as file:
        async for piece in answer.content.iter_chunked(_PIECE):
            size += len(piece)
            if size > order.most_bytes:
                raise _too_large(at, order)
            digest.update(piece)
            file.write(piece)
    if not size:
        raise NotDelivered(f"{at.told} delivered nothing")
    return Fetched(size, Known(_header(answer, "ETag"), _header(answer, "Last-Modified"), digest.hexdigest()))


def _accept(answer: aiohttp.ClientResponse, at: FeedUrl) -> None:
    status = answer.status
    if status in (401, 403, 407):
        raise Denied(f"{at.told} answers {status}: check user and password, or the header, of the settings")
    if status in (404, 410):
        raise Denied(f"{at.told} answers {status}: there is no such feed; check the address")
    if status != 200:
        raise NotDelivered(f"{at.told} answers {status}", retry_after_s=_retry_after(answer))
    encoding = answer.headers.get("Content-Encoding", "").strip().casefold()
    if encoding not in _ENCODINGS:
        raise NotDelivered(f"{at.told} sends the encoding {encoding[:20]!r}, which is not read: use none, or gzip")


def _header(answer: aiohttp.ClientResponse, name: str) -> str | None:
    """Keep what can be sent back: short and plain."""
    value = answer.headers.get(name, "")
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None


def _retry_after(answer: aiohttp.ClientResponse) -> float | None:
    value = answer.headers.get("Retry-After", "")
    return min(float(value), _LONGEST_WAIT_S) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _too_large(at: FeedUrl, order: Order) -> TooMuch:
    return TooMuch(f"{at.told} is larger than {order.most_bytes / (1 << 20):g} MiB (GIFTBOT_CATALOG_PULL_MAX_MB)")


def _without_query(error: Exception, url: FeedUrl) -> str:
    """Tell what went wrong without the query, which may hold a key."""
    text = str(error) or type(error).__name__
    return text.replace(str(url.url), url.told)
