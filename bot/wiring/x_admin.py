"""``giftbot x``: the app set up at X, looked at, and asked to deliver again; every trouble said with what to do."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from bot.clock import utc_now
from bot.errors import GiftbotError, Refused, Retryable, Unavailable
from bot.gaps.ports import ours
from bot.settings import Settings
from bot.wiring.checks import X_ADVICE
from bot.wiring.roles import open_store
from bot.wiring.x_tokens import user_tokens
from bot.x.admin import XAdmin
from bot.x.client import XClient
from bot.x.setup import set_up, subscribe_all
from bot.x.webhooks import ADVICE, Webhook, missing_events

_MORE_ADVICE = {
    "token_refused": "X takes the refresh token no more (used twice, revoked or half a year old): give the account to "
    "the app anew and set GIFTBOT_X_OAUTH2_REFRESH_TOKEN to the new one.",
    "token_unclear": "X's token endpoint gave no clear answer: check GIFTBOT_X_API_BASE_URL, GIFTBOT_X_CONSUMER_KEY "
    "and _SECRET, then try again.",
    "token_unreachable": "X's token endpoint was not reached: check the network and GIFTBOT_X_API_BASE_URL.",
    "not_found": "X knows no such thing for this app, or its tier does not have it.",
    "bad_request": "X did not understand the request; its rules may have changed: see docs/x.md.",
}


async def setup(settings: Settings, url: str) -> dict[str, Any]:
    """Register the webhook, or validate the one that is there. Raises GiftbotError saying what to do."""
    async with _admin(settings) as (admin, _), _saying_what_to_do():
        done = await set_up(admin, url or settings.x.webhook_url)
    if done.done == "still_invalid":
        raise GiftbotError(f"X has webhook {done.webhook.id} and calls it invalid. {ADVICE['CrcValidationFailed']}")
    return {"done": done.done, "webhook": dataclasses.asdict(done.webhook)}


async def subscribe(settings: Settings) -> dict[str, Any]:
    """Subscribe all that giftbot needs to the webhook that is there. Raises GiftbotError."""
    async with _admin(settings) as (admin, _), _saying_what_to_do():
        webhook = _needed(ours(await admin.webhooks(), settings.x.webhook_url))
        there, new = await subscribe_all(admin, settings.x.account_id, webhook.id)
    return {"webhook": webhook.id, "subscribed": [one.event_type for one in there], "new": new}


async def remove(settings: Settings, webhook_id: str) -> None:
    """Delete a webhook. Raises GiftbotError."""
    async with _admin(settings) as (admin, _), _saying_what_to_do():
        await admin.remove(webhook_id)


async def status(settings: Settings) -> dict[str, Any]:
    """All that is known of the way from X to us; ``trouble`` holds a sentence for each thing to be done."""
    trouble: list[str] = []
    found: dict[str, Any] = {"webhooks": [], "subscriptions": [], "allowance": {}, "trouble": trouble}
    async with _admin(settings) as (admin, store):
        try:
            async with _saying_what_to_do():
                webhooks, subscriptions = await admin.webhooks(), await admin.subscriptions()
            found["webhooks"] = [dataclasses.asdict(one) for one in webhooks]
            found["subscriptions"] = [dataclasses.asdict(one) for one in subscriptions]
            found["allowance"] = {
                name: {"limit": rate.limit, "remaining": rate.remaining, "resets_at": rate.resets_at.isoformat()}
                for name, rate in admin.rates.items()
            }
            webhook = ours(webhooks, settings.x.webhook_url)
            if webhook is None:
                trouble.append("X has no webhook of ours: run `giftbot x setup`.")
            else:
                if not webhook.valid:
                    trouble.append(f"X calls the webhook invalid and delivers nothing. {ADVICE['CrcValidationFailed']}")
                missing = missing_events(subscriptions, settings.x.account_id, webhook.id)
                if missing:
                    trouble.append(f"Not subscribed: {', '.join(missing)}. Run `giftbot x subscribe`.")
        except GiftbotError as error:
            trouble.append(str(error))
        try:
            found |= await _signs(store)
            until, reason = await store.quotas.pause()
            if until is not None and until > utc_now():
                advice = X_ADVICE.get(reason) or _MORE_ADVICE.get(reason) or "It goes on by itself."
                trouble.append(f"Sending is paused until {until.isoformat(timespec='seconds')} ({reason}): {advice}")
        except Unavailable:
            trouble.append("Redis does not answer: what X last sent is not known.")
    return found


async def replay(settings: Settings, since: datetime, till: datetime, say: Callable[[str], None]) -> str:
    """Have everything of a stretch of time delivered again, and see it through.

    Answers how it ended: filled, or left to the watch role, which is at another one. Raises GiftbotError.
    """
    from bot.wiring.gaps import filler

    now = utc_now()
    if since >= till or till > now:
        raise GiftbotError("--from must be before --to, and --to not in the future.")
    if now - since > timedelta(days=30):
        raise GiftbotError("X keeps messages 30 days.")
    async with _admin(settings) as (admin, store), XClient(settings.x, user_tokens(settings, store)) as x:
        id_ = await store.gaps.open(since, till, "asked")
        await store.clock.look()
        filling = filler(settings, store, admin, x)
        if not await store.gaps.hold(filling.owner, 60):
            return "left_to_watch"
        try:
            while any(gap.id == id_ for gap in await store.gaps.all()):
                async with _saying_what_to_do():
                    rest = await filling.step()
                if rest > 0:
                    say(filling.said or f"waiting {rest:.0f} s")
                    await asyncio.sleep(rest)
        finally:
            await filling.let_go()
    return "filled"


async def _signs(store: Any) -> dict[str, Any]:
    signs = await store.gaps.signs()
    gaps = [
        {"from": gap.since.isoformat(), "to": gap.till.isoformat(), "reason": gap.reason}
        for gap in await store.gaps.all()
    ]
    told = {"intake_up": signs.up, "last_event": signs.event, "last_crc": signs.crc}
    return {**{name: moment.isoformat() if moment else None for name, moment in told.items()}, "gaps": gaps}


def _needed(webhook: Webhook | None) -> Webhook:
    if webhook is None:
        raise GiftbotError("X has no webhook of ours: run `giftbot x setup` first.")
    return webhook


@asynccontextmanager
async def _admin(settings: Settings) -> AsyncIterator[tuple[XAdmin, Any]]:
    async with open_store(settings) as store, XAdmin(settings.x, user_tokens(settings, store)) as admin:
        yield admin, store


@asynccontextmanager
async def _saying_what_to_do() -> AsyncIterator[None]:
    """Turn what X refused into a sentence a person can act on."""
    try:
        yield
    except (Refused, Retryable) as error:
        reason = error.reason.removeprefix("read_")
        advice = ADVICE.get(reason) or _MORE_ADVICE.get(reason) or X_ADVICE.get(reason)
        detail = str(error).partition(": ")[2]
        said = detail or advice or "X did not answer as expected; try again later."
        raise GiftbotError(f"{reason}: {said}") from error
