"""The one way a call leaves for X: tweepy on our transport, with a token that is renewed once where X refuses it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from tweepy.asynchronous import AsyncClient
from tweepy.errors import HTTPException

from bot.errors import Retryable, Unavailable
from bot.settings import XSettings
from bot.x.outcome import lost_call
from bot.x.tokens import FixedToken, UserTokens
from bot.x.transport import Answer, Transport

NO_ANSWER = (aiohttp.ClientError, OSError, asyncio.TimeoutError)
"""What a call without an answer raises."""


class Caller:
    """A tweepy client whose calls answer with X's `Answer`, whatever its status. An async context manager.

    ``tokens`` gives the OAuth 2.0 user token; without one, and without a token in the settings, calls of the account
    are signed with OAuth 1.0a.
    """

    def __init__(self, settings: XSettings, tokens: UserTokens | None = None) -> None:
        self._transport = Transport(settings.api_base_url, settings.send_timeout_s)
        if tokens is None and settings.oauth2_token:
            tokens = FixedToken(settings.oauth2_token)
        self._tokens = tokens
        self.oauth1 = tokens is None
        self.tweepy = AsyncClient(
            consumer_key=settings.consumer_key,
            consumer_secret=settings.consumer_secret,
            access_token=settings.access_token,
            access_token_secret=settings.access_token_secret,
            return_type=aiohttp.ClientResponse,  # hands our Answer through untouched, headers and all
            wait_on_rate_limit=False,  # its own waiting sleeps, then dies with OAuth 1.0a
        )
        self.tweepy.session = self._transport

    async def __aenter__(self) -> Caller:
        await self._transport.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.close()

    async def answer(self, call: Callable[[], Awaitable[Any]]) -> Answer:
        """What X answers to a call as the account; ``call`` makes a new one each time it is called.

        A 401 certainly did nothing, so it is repeated once, with a renewed token.

        Raises:
            Retryable: no token is to be had.
            aiohttp.ClientError, OSError, asyncio.TimeoutError: no answer came.
        """
        if self._tokens is None:
            return await _answered(call)
        try:
            token = await self._tokens.current()
            first = await self._as_bearer(token, call)
            if first.status != 401 or not isinstance(first.parsed(), dict):
                return first
            renewed = await self._tokens.after(token)
        except Unavailable:
            # nothing was taken by X, neither without a token nor with a refused one
            raise Retryable("token_not_readable", whole_account=True) from None
        return first if renewed == token else await self._as_bearer(renewed, call)

    async def read(self, call: Callable[[], Awaitable[Any]]) -> Answer:
        """`answer` of a call that changes nothing at X: no answer is Retryable, ``read_…`` and the reason."""
        try:
            return await self.answer(call)
        except NO_ANSWER as error:
            raise Retryable(f"read_{lost_call(error)}") from error

    async def as_app(self, token: str, method: str, route: str, **more: Any) -> Answer:
        """A call as the app itself, with its own bearer token."""
        return await self._as_bearer(token, lambda: self.tweepy.request(method, route, **more))

    async def _as_bearer(self, token: str, call: Callable[[], Awaitable[Any]]) -> Answer:
        # tweepy reads it before its first wait, so that calls beside this one keep theirs
        self.tweepy.bearer_token = token
        return await _answered(call)


async def _answered(call: Callable[[], Awaitable[Any]]) -> Answer:
    """The answer of a tweepy call, whether tweepy returned it or raised over its status."""
    try:
        answer: Answer = await call()
    except HTTPException as error:
        answer = error.response
    return answer
