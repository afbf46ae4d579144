"""X's token endpoints: a refresh token for a new pair, the app's keys for the app's own token."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

from bot.errors import Retryable
from bot.settings import XSettings
from bot.x.transport import Answer, Transport

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What X gave at the last refresh; ``seed`` names the setting the chain began with."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime
    seed: str
    version: int = 0


async def ask_for_pair(settings: XSettings, refresh: str, now: datetime) -> TokenPair:
    """Use up a refresh token for a new pair.

    Raises:
        Retryable: ``token_refused``: X will not take it, the account must be given anew; ``token_unclear``: whether
            the refresh token is used up is not known; ``token_unreachable``: it certainly is not.
    """
    client = WebApplicationClient(settings.oauth2_client_id)
    form = client.prepare_refresh_body(refresh_token=refresh, client_id=settings.oauth2_client_id)
    auth = aiohttp.BasicAuth(settings.oauth2_client_id, settings.oauth2_client_secret)
    headers = {**_FORM, "Authorization": auth.encode()} if settings.oauth2_client_secret else _FORM
    answer = await _ask(settings, "/2/oauth2/token", form, headers)
    try:
        given = client.parse_request_body_response(answer.body.decode("utf-8", "replace"))
        life = timedelta(seconds=int(given["expires_in"]))
        return TokenPair(str(given["access_token"]), str(given.get("refresh_token") or refresh), now + life, "")
    except (OAuth2Error, KeyError, TypeError, ValueError, OverflowError):
        raise Retryable("token_unclear", whole_account=True) from None


async def ask_for_app_token(settings: XSettings) -> str:
    """The app's own (app-only) bearer token, for its API key and secret. Raises Retryable as `ask_for_pair`."""
    auth = aiohttp.BasicAuth(settings.consumer_key, settings.consumer_secret)
    headers = {**_FORM, "Authorization": auth.encode()}
    answer = await _ask(settings, "/oauth2/token", "grant_type=client_credentials", headers)
    body = answer.parsed()
    token = body.get("access_token") if isinstance(body, dict) else None
    if not isinstance(token, str) or not token:
        raise Retryable("token_unclear", whole_account=True)
    return token


async def _ask(settings: XSettings, path: str, form: str, headers: dict[str, str]) -> Answer:
    """The 200 of X's token endpoint. Raises Retryable as `ask_for_pair`; nothing of the answer is quoted."""
    transport = Transport(settings.api_base_url, settings.send_timeout_s)
    await transport.open()
    try:
        async with transport.request("POST", f"https://api.x.com{path}", data=form, headers=headers) as answer:
            got = answer
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        raise Retryable("token_unreachable", whole_account=True) from None
    except (aiohttp.ClientError, OSError, asyncio.TimeoutError):
        raise Retryable("token_unclear", whole_account=True) from None
    finally:
        await transport.close()
    if got.status == 200:
        return got
    refused = got.status in (400, 401, 403) and isinstance(got.parsed(), dict)
    raise Retryable("token_refused" if refused else "token_unclear", whole_account=True)
