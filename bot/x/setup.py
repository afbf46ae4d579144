"""Webhook and subscriptions brought to what giftbot needs; doing it twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import Refused
from bot.x.admin import XAdmin
from bot.x.webhooks import EVENTS, WISHED, Subscription, Webhook, wrong_url


@dataclass(frozen=True, slots=True)
class SetUp:
    """The webhook as it now is, and what was done for it: registered, validated or still_invalid."""

    webhook: Webhook
    done: str


async def set_up(admin: XAdmin, url: str) -> SetUp:
    """Register ``url``; where X has it already, let X validate it.

    Raises:
        Refused: with X's reason, or UrlValidationFailed with a detail where X would not take the address.
        Retryable: X did not answer as expected.
    """
    wrong = wrong_url(url)
    if wrong:
        raise Refused("UrlValidationFailed", wrong)
    there = _of(await admin.webhooks(), url)
    if there is None:
        try:
            return SetUp(await admin.register(url), "registered")
        except Refused as refused:
            if refused.reason != "DuplicateUrlFailed":
                raise
            there = _of(await admin.webhooks(), url)  # somebody was faster
            if there is None:
                raise
    # X answers that the check was begun; whether it passed, the list tells
    said = await admin.validate(there.id)
    now = _of(await admin.webhooks(), url) or there
    valid = said and now.valid
    return SetUp(Webhook(now.id, now.url, valid, now.created_at), "validated" if valid else "still_invalid")


async def subscribe_all(admin: XAdmin, account_id: str, webhook_id: str) -> tuple[list[Subscription], list[str]]:
    """Subscribe what is missing; answers all that giftbot needs, and the event types that are new.

    Raises:
        Refused, Retryable: as `XAdmin.subscribe`; what was subscribed before stays.
    """
    there = {
        one.event_type: one
        for one in await admin.subscriptions()
        if one.user_id == account_id and one.webhook_id == webhook_id
    }
    new: list[str] = []
    for event_type in EVENTS + WISHED:
        if event_type in there:
            continue
        try:
            there[event_type] = await admin.subscribe(event_type, webhook_id)
        except Refused as refused:
            if event_type not in WISHED and refused.reason != "DuplicateSubscriptionFailed":
                raise
            continue
        new.append(event_type)
    return [there[name] for name in EVENTS + WISHED if name in there], new


def _of(webhooks: tuple[Webhook, ...], url: str) -> Webhook | None:
    return next((one for one in webhooks if one.url == url), None)
