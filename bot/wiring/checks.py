"""``giftbot check``: every connection tried, and what to do about each that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from importlib.util import find_spec
from typing import NamedTuple

from bot.errors import GiftbotError, Refused, Retryable, Unavailable
from bot.settings import Settings
from bot.wiring import catalogue
from bot.wiring.roles import open_store

X_ADVICE = {
    "unauthorized": "X refuses the keys: set GIFTBOT_X_CONSUMER_KEY and _SECRET with GIFTBOT_X_ACCESS_TOKEN and "
    "_SECRET (or GIFTBOT_X_OAUTH2_TOKEN) of an app with read, write and direct-message permission.",
    "forbidden": "The keys may not do this: give the app direct-message permission at X, then make new tokens.",
    "wrong_account": "The keys belong to another account than GIFTBOT_X_ACCOUNT_ID: set the id of the keys' account.",
    "no_credits": "The app has no credits left: top them up in X's developer console.",
    "rate_limited": "X asks to wait: try again in 15 minutes.",
    "could_not_connect": "Nothing answers at GIFTBOT_X_API_BASE_URL: check the address and the network.",
    "timeout": "X took longer than GIFTBOT_X_SEND_TIMEOUT_S: check the network, try again.",
}
"""What to do about each reason for which X cannot be reached as the brand's account."""


class Tried(NamedTuple):
    """What was tried; ``trouble`` says what is wrong and what to do, ``absent`` why it cannot be tried here."""

    what: str
    trouble: str = ""
    absent: str = ""


class _NotHere(Exception):
    """The small image has no Rasa and no catalogue, and its roles need neither."""


async def check(settings: Settings) -> list[Tried]:
    """Try every connection."""
    return [
        await _tried("Redis", _check_redis(settings)),
        await _tried("Redis keeps it", _check_durability(settings)),
        await _tried("Catalogue", _check_catalogue(settings)),
        await _tried("Rasa model", _check_model(settings)),
        await _tried("Action server", _check_actions(settings)),
        await _tried("X", _check_x(settings)),
    ]


async def _tried(what: str, work: Awaitable[None]) -> Tried:
    try:
        await work
    except _NotHere as why:
        return Tried(what, absent=str(why))
    except GiftbotError as error:
        return Tried(what, str(error))
    except (OSError, ValueError) as error:
        return Tried(what, f"{type(error).__name__}: {error}")
    return Tried(what)


def _needs(package: str, missing: str) -> None:
    """Raises _NotHere where ``package`` is not installed."""
    if find_spec(package) is None:
        raise _NotHere(missing)


async def _check_redis(settings: Settings) -> None:
    try:
        async with open_store(settings) as store:
            await store.ping()
    except Unavailable as error:
        raise GiftbotError("Redis does not answer: start it, or set GIFTBOT_STORE_REDIS_URL to where it is.") from error


async def _check_durability(settings: Settings) -> None:
    from bot.store.access.durability import shortfalls

    try:
        found = await shortfalls(settings.store)
    except Unavailable as error:
        raise GiftbotError("Redis could not be asked.") from error
    if found:
        raise GiftbotError("\n".join(map(str, found)))


async def _check_catalogue(settings: Settings) -> None:
    _needs("numpy", "no catalogue in this image")
    catalogue.open_shelf(settings)


async def _check_model(settings: Settings) -> None:
    _needs("rasa", "no Rasa in this image")
    folder = settings.dialogue.model_dir
    if not any(folder.glob("*.tar.gz")):
        raise GiftbotError(f"There is no trained model in {folder}: run `giftbot rasa train`.")


async def _check_actions(settings: Settings) -> None:
    _needs("rasa", "only dialogue asks it, which is not in this image")
    if settings.dialogue.actions == "here":
        return
    import aiohttp

    url = settings.dialogue.actions_url.removesuffix("/webhook") + "/health"
    try:
        limit = aiohttp.ClientTimeout(total=3)
        async with aiohttp.ClientSession(timeout=limit) as session, session.get(url) as answer:
            answer.raise_for_status()
    except (aiohttp.ClientError, TimeoutError, asyncio.TimeoutError) as error:
        raise GiftbotError(f"Nothing answers at {url}: start `giftbot run actions`.") from error


async def _check_x(settings: Settings) -> None:
    from bot.wiring.x_tokens import user_tokens
    from bot.x.client import XClient

    try:
        async with open_store(settings) as store, XClient(settings.x, user_tokens(settings, store)) as x:
            await x.check()
    except (Refused, Retryable) as error:
        reason = error.reason.removeprefix("read_")
        raise GiftbotError(
            X_ADVICE.get(reason, f"X did not answer as expected ({reason}); try again later.")
        ) from error
