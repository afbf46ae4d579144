"""The webhook's two answers: to X's challenge, and to a delivery.

A delivery passes, in this order: encoding, announced size, real size and time, signature, shape, store. It is
answered 200 only when everything in it is stored, because X forgets a delivery that was answered 200.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog
from aiohttp import web
from async_timeout import timeout

from bot.clock import Clock
from bot.errors import Unavailable
from bot.intake.signs import Signs
from bot.intake.taking import Door, take
from bot.metrics import DELIVERIES
from bot.model import Echo, InboundMessage
from bot.settings import Settings
from bot.x.events import ReplayEnded, WrongShape, read_delivery
from bot.x.signature import claims_to_be_x, crc_answer, crc_secret, is_from_x, token_in_query

log = structlog.get_logger()

STORE_TIMEOUT_S = 2.5
"""Seconds a delivery may take to be stored: X's older pages count a webhook as failed after three."""


@dataclass(frozen=True, slots=True)
class _Refusal(Exception):
    status: int
    reason: str


class Webhook:
    """Handlers of one webhook path."""

    def __init__(self, settings: Settings, door: Door, clock: Clock, signs: Signs | None = None) -> None:
        self._x = settings.x
        self._intake = settings.intake
        self._door = door
        self._clock = clock
        self._signs = signs

    async def challenge(self, request: web.Request) -> web.Response:
        """Answer X's challenge (CRC). Needs no store: a webhook that fails it is switched off by X."""
        answer = crc_answer(token_in_query(request.rel_url.raw_query_string), crc_secret(self._x))
        if answer is None:
            return _answered(400, "crc_refused")
        if self._signs is not None:
            self._signs.challenged()
        DELIVERIES.labels("200", "crc").inc()
        return web.json_response({"response_token": answer})

    async def delivery(self, request: web.Request) -> web.Response:
        """Take a delivery, or refuse it with a status and no detail."""
        try:
            body = await self._body(request)
            self._verify(request, body)
            async with timeout(STORE_TIMEOUT_S):
                await self._store(body)
        except _Refusal as refusal:
            return _answered(refusal.status, refusal.reason)
        except Unavailable:
            return self._not_stored("store_unavailable")
        except asyncio.TimeoutError:
            return self._not_stored("store_slow")
        return _answered(200, "taken")

    async def _body(self, request: web.Request) -> bytes:
        """Read the raw body within its limits of size and time; nothing is decompressed."""
        if "Content-Encoding" in request.headers:
            raise _Refusal(415, "encoded")
        limit = self._intake.max_body_bytes
        if request.content_length is not None and request.content_length > limit:
            raise _Refusal(413, "too_large")
        if request.content.is_eof():  # came whole with its header, as X's do: nothing to wait for
            body = request.content.read_nowait()
            if len(body) > limit:
                raise _Refusal(413, "too_large")
            return body
        try:
            return await asyncio.wait_for(_bounded(request, limit), self._intake.header_timeout_s)
        except asyncio.TimeoutError:
            raise _Refusal(408, "slow_body") from None
        except (web.RequestPayloadError, ConnectionError):
            raise _Refusal(400, "broken_body") from None

    def _verify(self, request: web.Request, body: bytes) -> None:
        right = is_from_x(body, request.headers, self._x)
        if self._signs is not None and right:
            self._signs.signed()
        if right:
            return
        if self._signs is not None and claims_to_be_x(request.headers):
            self._signs.unsigned()
        raise _Refusal(401, "unsigned")

    async def _store(self, body: bytes) -> None:
        try:
            happenings = read_delivery(body, self._x.account_id)
        except WrongShape as wrong:
            log.warning("delivery_malformed", where=wrong.field)
            raise _Refusal(400, "malformed") from None
        max_age = timedelta(hours=self._intake.max_age_h)
        await take(happenings, self._door, now=self._clock(), max_age=max_age)
        if self._signs is not None:
            for happening in happenings:
                if isinstance(happening, ReplayEnded):
                    await self._signs.replay_ended(happening.job_id, happening.complete)
            self._signs.delivered([one.sent_at for one in happenings if isinstance(one, (InboundMessage, Echo))])

    def _not_stored(self, reason: str) -> web.Response:
        log.warning("delivery_not_stored", reason=reason)
        if self._signs is not None:
            self._signs.not_stored()
        return _answered(503, reason)


async def _bounded(request: web.Request, limit: int) -> bytes:
    body = bytearray()
    while chunk := await request.content.readany():
        body += chunk
        if len(body) > limit:
            raise _Refusal(413, "too_large")
    return bytes(body)


def _answered(status: int, reason: str) -> web.Response:
    DELIVERIES.labels(str(status), reason).inc()
    response = web.Response(status=status)
    if status != 200:
        response.force_close()
    return response
