"""giftbot's way to call X: tweepy's AsyncClient with time-outs, own address and three error families."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from tweepy.asynchronous import AsyncClient
from tweepy.errors import HTTPException

from bot.errors import InDoubt, Refused, Retryable
from bot.model import ShopperId
from bot.settings import XSettings
from bot.x.outcome import RateLimit, failed_read, failed_send, lost_call, rate_limit
from bot.x.talk_page import SentSeen, read_page
from bot.x.transport import Answer, Transport

_ID = re.compile(r"[0-9]{1,19}")
_PAGE = 20  # X bills every message read
_MAX_PAGES = 5
_OLD_FIELDS = {"dm_event_fields": "id,text,created_at,sender_id,entities"}
_NEW_FIELDS = {"dm_event_fields": "id,text,created_at,entities", "expansions": "sender_id"}


@dataclass(frozen=True, slots=True)
class Sent:
    """X took the message."""

    dm_event_id: str
    rate: RateLimit | None


class XClient:
    """Calls X as the brand's account. An async context manager; one per process."""

    def __init__(self, settings: XSettings) -> None:
        self._settings = settings
        self._transport = Transport(settings.api_base_url, settings.send_timeout_s)
        self._oauth1 = not settings.oauth2_token
        self._fields = _OLD_FIELDS
        self._tweepy = AsyncClient(
            bearer_token=settings.oauth2_token or None,
            consumer_key=settings.consumer_key,
            consumer_secret=settings.consumer_secret,
            access_token=settings.access_token,
            access_token_secret=settings.access_token_secret,
            return_type=aiohttp.ClientResponse,  # hands our Answer through untouched, headers and all
            wait_on_rate_limit=False,  # its own waiting sleeps, then dies with OAuth 1.0a
        )
        self._tweepy.session = self._transport

    async def __aenter__(self) -> XClient:
        await self._transport.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.close()

    async def send_dm(self, shopper_id: ShopperId, text: str) -> Sent:
        """Send one direct message.

        Raises:
            Refused: X will never take it.
            Retryable: X certainly did not take it; ``whole_account`` where no other would pass either.
            InDoubt: X may have taken it; look before sending again.
        """
        if not _ID.fullmatch(shopper_id):
            raise Refused("bad_request", "a shopper id is 1 to 19 digits")
        if not text:
            raise Refused("bad_request", "a message has a text")
        try:
            answer = await self._answer(
                self._tweepy.create_direct_message(participant_id=shopper_id, text=text, user_auth=self._oauth1)
            )
        except (aiohttp.ClientError, OSError, asyncio.TimeoutError) as error:
            raise lost_call(error) from error
        if not 200 <= answer.status < 300:
            raise failed_send(answer)
        return _sent(answer)

    async def find_sent(
        self, shopper_id: ShopperId, *, since: datetime, may_read: Callable[[], Awaitable[None]]
    ) -> list[SentSeen]:
        """Our own messages in the talk with one shopper, written at ``since`` or later, newest first.

        Args:
            shopper_id: whose talk.
            since: how far back to look.
            may_read: awaited before each single call to X, as each counts in X's limit; what it raises
                ends the look.

        Raises:
            Retryable: X did not tell for certain; ask again later.
        """
        found: list[SentSeen] = []
        page: dict[str, str] = {}
        for _ in range(_MAX_PAGES):
            answer = await self._read(shopper_id, page, may_read)
            try:
                read = read_page(answer.parsed(), self._settings.account_id, since)
            except Retryable:
                self._fields = _OLD_FIELDS  # the new set may not name the sender
                raise
            found += read.ours
            if read.next_token is None:
                return found
            page = {"pagination_token": read.next_token}
        raise Retryable("read_too_many_messages")

    async def check(self) -> str:
        """Ask X who we are, for ``giftbot check``; answers a sentence.

        Raises:
            Retryable: X was not reached or refused the keys; the reason tells which.
            Refused: the keys belong to another account.
        """
        answer = await self._get(self._tweepy.get_me(user_auth=self._oauth1))
        if answer.status != 200:
            raise failed_read(answer)
        body = answer.parsed()
        data = body.get("data") if isinstance(body, dict) else None
        account = data.get("id") if isinstance(data, dict) else None
        if account != self._settings.account_id:
            raise Refused("wrong_account", "the keys belong to another account than GIFTBOT_X_ACCOUNT_ID")
        return f"X answers at {self._settings.api_base_url} for account {account}"

    async def _read(
        self, shopper_id: ShopperId, page: dict[str, str], may_read: Callable[[], Awaitable[None]]
    ) -> Answer:
        """Read one page. X's texts disagree on field names: a 400 lets the other set be tried, and kept if it works."""
        if not _ID.fullmatch(shopper_id):
            raise Refused("bad_request", "a shopper id is 1 to 19 digits")
        other = _NEW_FIELDS if self._fields is _OLD_FIELDS else _OLD_FIELDS
        for fields in (self._fields, other):
            await may_read()
            answer = await self._get(
                self._tweepy.get_direct_message_events(
                    participant_id=shopper_id,
                    event_types="MessageCreate",
                    max_results=_PAGE,
                    user_auth=self._oauth1,
                    **fields,
                    **page,
                )
            )
            if answer.status == 200:
                self._fields = fields
                return answer
            if answer.status != 400:
                break
        raise failed_read(answer)

    async def _get(self, call: Awaitable[Any]) -> Answer:
        try:
            return await self._answer(call)
        except (aiohttp.ClientError, OSError, asyncio.TimeoutError) as error:
            raise Retryable(f"read_{lost_call(error)}") from error

    async def _answer(self, call: Awaitable[Any]) -> Answer:
        """The answer of a tweepy call, whether tweepy returned it or raised over its status."""
        try:
            answer: Answer = await call
        except HTTPException as error:
            answer = error.response
        return answer


def _sent(answer: Answer) -> Sent:
    body = answer.parsed()
    data = body.get("data") if isinstance(body, dict) else None
    event_id = data.get("dm_event_id") if isinstance(data, dict) else None
    if not isinstance(event_id, str) or not _ID.fullmatch(event_id):
        raise InDoubt("unclear_answer")
    return Sent(event_id, rate_limit(answer.headers))
