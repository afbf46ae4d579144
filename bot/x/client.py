"""giftbot's way to call X: tweepy's AsyncClient with time-outs, own address and three error families."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import aiohttp
from tweepy.asynchronous import AsyncClient
from tweepy.errors import HTTPException

from bot.errors import InDoubt, Refused, Retryable
from bot.model import ShopperId
from bot.settings import XSettings
from bot.x.outcome import RateLimit, failed_read, failed_send, lost_call, rate_limit
from bot.x.text import plain_text
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
    dm_conversation_id: str
    rate: RateLimit | None


@dataclass(frozen=True, slots=True)
class SentSeen:
    """A message of our account, found in a talk by reading it."""

    id: str
    text: str = field(repr=False)
    created_at: datetime


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

    async def find_sent(self, shopper_id: ShopperId, *, since: datetime) -> list[SentSeen]:
        """Our own messages in the talk with one shopper, written at ``since`` or later, newest first.

        Raises:
            Retryable: X did not tell; ask again later.
        """
        found: list[SentSeen] = []
        page: dict[str, str] = {}
        for _ in range(_MAX_PAGES):
            answer = await self._read(shopper_id, page)
            body = answer.parsed()
            events = body.get("data", []) if isinstance(body, dict) else None
            if not isinstance(events, list):
                raise Retryable("read_unclear_answer")
            seen = [_seen(event) for event in events if self._may_be_ours(event)]
            found += [one for one in seen if one.created_at >= since]
            meta = body.get("meta")
            token = meta.get("next_token") if isinstance(meta, dict) else None
            if not isinstance(token, str) or _oldest(events) < since:
                return found
            page = {"pagination_token": token}
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

    async def _read(self, shopper_id: ShopperId, page: dict[str, str]) -> Answer:
        """Read one page. X's texts disagree on field names: the old set first, the new one on 400."""
        if not _ID.fullmatch(shopper_id):
            raise Refused("bad_request", "a shopper id is 1 to 19 digits")
        for fields in (self._fields, _NEW_FIELDS):
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
            self._fields = fields
            if answer.status == 200:
                return answer
            if answer.status != 400 or fields is _NEW_FIELDS:
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

    def _may_be_ours(self, event: Any) -> bool:
        """Whether a message read is of our account; the new field set may not name the sender."""
        return (
            isinstance(event, dict)
            and event.get("sender_id", self._settings.account_id) == self._settings.account_id
            and isinstance(event.get("text"), str)
            and isinstance(event.get("id"), str)
            and _moment(event) is not None
        )


def _sent(answer: Answer) -> Sent:
    body = answer.parsed()
    data = body.get("data") if isinstance(body, dict) else None
    event_id = data.get("dm_event_id") if isinstance(data, dict) else None
    if not isinstance(event_id, str) or not _ID.fullmatch(event_id):
        raise InDoubt("unclear_answer")
    conversation = data.get("dm_conversation_id") if isinstance(data, dict) else None
    return Sent(event_id, conversation if isinstance(conversation, str) else "", rate_limit(answer.headers))


def _seen(event: dict[str, Any]) -> SentSeen:
    moment = _moment(event)
    if moment is None:
        raise Retryable("read_unclear_answer")
    return SentSeen(event["id"], plain_text(event["text"], event.get("entities")), moment)


def _oldest(events: list[Any]) -> datetime:
    moments = [moment for event in events if (moment := _moment(event)) is not None]
    return min(moments, default=datetime.min.replace(tzinfo=timezone.utc))


def _moment(event: Any) -> datetime | None:
    """``created_at`` in ISO form, with or without fractions (tweepy's own parser insists on them)."""
    value = event.get("created_at") if isinstance(event, dict) else None
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00")) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=timezone.utc) if moment is not None and moment.tzinfo is None else moment
