"""What giftbot asks of X about direct messages, each outcome in one of three error families."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.errors import InDoubt, Refused, Retryable
from bot.model import ShopperId
from bot.settings import XSettings
from bot.x.caller import NO_ANSWER, Caller
from bot.x.events import Happening
from bot.x.media import upload
from bot.x.outcome import RateLimit, failed_read, failed_send, lost_call, rate_limit
from bot.x.talk_page import SentSeen, read_all, read_page
from bot.x.tokens import UserTokens
from bot.x.transport import Answer

_ID = re.compile(r"[0-9]{1,19}")
_PAGE = 20  # X bills every message read
_MAX_PAGES = 5
_MOST_A_PAGE = 100
_OLD_FIELDS = {"dm_event_fields": "id,text,created_at,sender_id,dm_conversation_id,entities"}
_NEW_FIELDS = {"dm_event_fields": "id,text,created_at,dm_conversation_id,entities", "expansions": "sender_id"}


@dataclass(frozen=True, slots=True)
class Sent:
    """X took the message."""

    dm_event_id: str
    rate: RateLimit | None


class XClient:
    """Calls X as the brand's account. An async context manager; one per process."""

    def __init__(self, settings: XSettings, tokens: UserTokens | None = None) -> None:
        self._settings = settings
        self._caller = Caller(settings, tokens)
        self._tweepy = self._caller.tweepy
        self._oauth1 = self._caller.oauth1
        self._fields = _OLD_FIELDS

    async def __aenter__(self) -> XClient:
        await self._caller.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._caller.__aexit__()

    async def upload_picture(self, jpeg: bytes, alt_text: str) -> str:
        """Put a picture at X for one message; answers its id for `send_dm`.

        Raises:
            NotUploaded: X did not take it; send the message without.
        """
        return await upload(self._caller, jpeg, alt_text)

    async def send_dm(self, shopper_id: ShopperId, text: str, media_id: str = "") -> Sent:
        """Send one direct message, with a picture put at X before where ``media_id`` is given.

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
            answer = await self._caller.answer(
                lambda: self._tweepy.create_direct_message(
                    participant_id=shopper_id, text=text, media_id=media_id or None, user_auth=self._oauth1
                )
            )
        except NO_ANSWER as error:
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

    async def read_back(
        self, token: str | None, *, since: datetime, may_read: Callable[[], Awaitable[None]]
    ) -> tuple[list[Happening], int, str | None]:
        """One page (100) of all talks, newest first: what happened since, how many X billed, the next page's token.

        Raises:
            Retryable: X did not tell; ask again later.
        """
        answer = await self._read(None, {} if token is None else {"pagination_token": token}, may_read, _MOST_A_PAGE)
        try:
            return read_all(answer.parsed(), self._settings.account_id, since)
        except Retryable:
            self._fields = _OLD_FIELDS
            raise

    async def check(self) -> str:
        """Ask X who we are, for ``giftbot check``; answers a sentence.

        Raises:
            Retryable: X was not reached or refused the keys; the reason tells which.
            Refused: the keys belong to another account.
        """
        answer = await self._caller.read(lambda: self._tweepy.get_me(user_auth=self._oauth1))
        if answer.status != 200:
            raise failed_read(answer)
        body = answer.parsed()
        data = body.get("data") if isinstance(body, dict) else None
        account = data.get("id") if isinstance(data, dict) else None
        if account != self._settings.account_id:
            raise Refused("wrong_account", "the keys belong to another account than GIFTBOT_X_ACCOUNT_ID")
        return f"X answers at {self._settings.api_base_url} for account {account}"

    async def _read(
        self,
        shopper_id: ShopperId | None,
        page: dict[str, str],
        may_read: Callable[[], Awaitable[None]],
        size: int = _PAGE,
    ) -> Answer:
        """Read one page. X's texts disagree on field names: a 400 lets the other set be tried, and kept if it works."""
        if shopper_id is not None and not _ID.fullmatch(shopper_id):
            raise Refused("bad_request", "a shopper id is 1 to 19 digits")
        other = _NEW_FIELDS if self._fields is _OLD_FIELDS else _OLD_FIELDS
        for fields in (self._fields, other):
            await may_read()
            asked = {"event_types": "MessageCreate", "max_results": size, "user_auth": self._oauth1, **fields, **page}
            if shopper_id is not None:
                asked["participant_id"] = shopper_id
            answer = await self._caller.read(partial(self._tweepy.get_direct_message_events, **asked))
            if answer.status == 200:
                self._fields = fields
                return answer
            if answer.status != 400:
                break
        raise failed_read(answer)


def _sent(answer: Answer) -> Sent:
    body = answer.parsed()
    data = body.get("data") if isinstance(body, dict) else None
    event_id = data.get("dm_event_id") if isinstance(data, dict) else None
    if not isinstance(event_id, str) or not _ID.fullmatch(event_id):
        raise InDoubt("unclear_answer")
    return Sent(event_id, rate_limit(answer.headers))
