"""``giftbot check``: every connection tried, and what to do about each that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

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


async def check(settings: Settings) -> list[tuple[str, str]]:
    """Try every connection; answers (what, empty or what is wrong and what to do)."""
    return [
        ("Redis", await _tried(_check_redis(settings))),
        ("Redis keeps it", await _tried(_check_durability(settings))),
        ("Catalogue", await _tried(_check_catalogue(settings))),
        ("Rasa model", await _tried(_check_model(settings))),
        ("Action server", await _tried(_check_actions(settings))),
        ("X", await _tried(_check_x(settings))),
    ]


async def _tried(work: Awaitable[None]) -> str:
    try:
        await work
    except GiftbotError as error:
        return str(error)
    except (OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


async def _check_redis(settings: Settings) -> None:
    try:
        async with open_store(settings) as store:
            await store.ping()
    except Unavailable as error:
        raise GiftbotError("Redis does not answer: start it, or set GIFTBOT_STORE_REDIS_URL to where it is.") from error


async def _check_durability(settings: Settings) -> None:
    from bot.store.durability import shortfalls

    try:
        found = await shortfalls(settings.store)
    except Unavailable as error:
        raise GiftbotError("Redis could not be asked.") from error
    if found:
        raise GiftbotError("\n".join(map(str, found)))


async def _check_catalogue(settings: Settings) -> None:
    catalogue.open_shelf(settings)


async def _check_model(settings: Settings) -> None:
    folder = settings.dialogue.model_dir
    if not any(folder.glob("*.tar.gz")):
        raise GiftbotError(f"There is no trained model in {folder}: run `giftbot rasa train`.")


async def _check_actions(settings: Settings) -> None:
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
