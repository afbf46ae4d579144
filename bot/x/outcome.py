"""What one call to X came to, sorted by what to do next: refused, again later, or look first."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

import aiohttp

from bot.errors import GiftbotError, InDoubt, Refused, Retryable
from bot.x.refusal import forbidden
from bot.x.transport import Answer


@dataclass(frozen=True, slots=True)
class RateLimit:
    """X's allowance as the headers of an answer tell it."""

    limit: int
    remaining: int
    resets_at: datetime


_REFUSED = {400: "bad_request", 403: "forbidden", 404: "not_found", 413: "too_large", 422: "bad_request"}
_WHOLE_ACCOUNT = {401: "unauthorized", 402: "no_credits", 429: "rate_limited"}


def rate_limit(headers: Mapping[str, str]) -> RateLimit | None:
    """The allowance in ``x-rate-limit-*``, or None where a header is missing or no number."""
    try:
        return RateLimit(
            limit=int(headers["x-rate-limit-limit"]),
            remaining=int(headers["x-rate-limit-remaining"]),
            resets_at=datetime.fromtimestamp(int(headers["x-rate-limit-reset"]), tz=timezone.utc),
        )
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def resets_at(headers: Mapping[str, str]) -> datetime | None:
    """When X's window starts anew, or None where the header is missing or senseless."""
    try:
        return datetime.fromtimestamp(int(headers["x-rate-limit-reset"]), tz=timezone.utc)
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def failed_send(answer: Answer) -> GiftbotError:
    """The error family of an answer to a POST that is not 2xx.

    A page that is not JSON was written by something between X and us, which tells nothing of whether X took
    the message; only the statuses that stop the whole account are believed from it.
    """
    status = answer.status
    if status in _WHOLE_ACCOUNT:
        at = resets_at(answer.headers) if status == 429 else None
        return Retryable(_WHOLE_ACCOUNT[status], at=at, whole_account=True)
    body = answer.parsed()
    if not isinstance(body, dict):
        return InDoubt("not_json")
    if status == 403:
        return forbidden(body)
    if status in _REFUSED:
        return Refused(_REFUSED[status])
    if 400 <= status < 500 and status != 408:
        return Refused(f"http_{status}")
    return InDoubt("server_error" if status >= 500 else f"http_{status}")


def failed_read(answer: Answer) -> GiftbotError:
    """The error family of an answer to a GET that is not 2xx: reading changes nothing, so it may be repeated.

    Its 429 does not stop sending: X counts reads apart.
    """
    status = answer.status
    reason = _WHOLE_ACCOUNT.get(status) or _REFUSED.get(status) or f"http_{status}"
    at = resets_at(answer.headers) if status == 429 else None
    return Retryable(f"read_{reason}", at=at, whole_account=status in (401, 402))


def lost_call(error: BaseException) -> GiftbotError:
    """The error family of a call that got no answer."""
    # no connection, no message: the request is written only after the (TLS) handshake
    if isinstance(error, (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)):
        return Retryable("could_not_connect")
    if isinstance(error, (asyncio.TimeoutError, TimeoutError)):
        return InDoubt("timeout")
    return InDoubt("connection_lost")
