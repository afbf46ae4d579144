"""The HTTP under tweepy: base address from settings, time and size limits, answers that never surprise.

tweepy writes its host into every request, sets no time-out, reads answers of any size, and fails with an
unrelated exception on an error page that is not JSON. It only needs an object with ``request``; this is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from multidict import CIMultiDict
from yarl import URL

MAX_ANSWER_BYTES = 1_000_000
"""A page of 100 messages is under this; more is not X."""


_RESET = "x-rate-limit-reset"


class AnswerTooLarge(aiohttp.ClientPayloadError):
    """The answer was cut off at MAX_ANSWER_BYTES."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of X, wholly read; has the parts of aiohttp's response that tweepy touches."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def parsed(self) -> Any:
        """The JSON of the body, or None where it is none (a gateway's page, nothing at all)."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    async def read(self) -> bytes:
        """The body, as tweepy asks for it."""
        return self.body

    async def json(self) -> dict[str, Any]:
        """For tweepy's exceptions only: an object whose parts have the types it relies on."""
        found = self.parsed()
        detail = found.get("detail") if isinstance(found, dict) else None
        return {"detail": detail} if isinstance(detail, str) else {}


class Transport:
    """One connection pool to X's API, shared by all calls of a client.

    Connections are not kept: a reused one that X closed meanwhile fails *after* the request was written, and
    leaves a Send in doubt for minutes. At one message a minute a fresh handshake costs nothing.
    """

    def __init__(self, base_url: str, timeout_s: float) -> None:
        self._base = URL(base_url.rstrip("/"))
        self._timeout = aiohttp.ClientTimeout(total=timeout_s, sock_connect=timeout_s / 2)
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the pool; belongs to the running event loop."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=10, force_close=True),
            timeout=self._timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            max_line_size=8190,
            max_field_size=8190,
        )

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @asynccontextmanager
    async def request(
        self,
        method: str,
        url: str | URL,
        *,
        params: Any = None,
        json: Any = None,
        data: Any = None,
        headers: Any = None,
    ) -> AsyncIterator[Answer]:
        """Do what tweepy asks, at our address; the same arguments as aiohttp's ``request``."""
        if self._session is None:
            raise RuntimeError("Transport is used before open()")
        asked = URL(url) if isinstance(url, str) else url
        here = self._base.with_path(self._base.raw_path.rstrip("/") + asked.raw_path, encoded=True)
        target = here.with_query(asked.query) if asked.query_string else here
        async with self._session.request(
            method, target, params=params, json=json, data=data, headers=headers, allow_redirects=False
        ) as response:
            body = await _bounded(response)
            yield Answer(response.status, response.reason or "", _readable(response.headers), body)


def _readable(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The headers without a reset time that is no number, over which tweepy stumbles."""
    kept = CIMultiDict(headers)
    if not re.fullmatch(r"[0-9]{1,12}", kept.get(_RESET, "0")):
        del kept[_RESET]
    return kept


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise AnswerTooLarge("answer over the size limit")
    return bytes(body)
