"""Subscriptions that are gone are told, and what was said meanwhile is read back: X replays only what it delivered."""

from __future__ import annotations

from datetime import timedelta

from prometheus_client import REGISTRY

from bot.errors import Retryable
from bot.sandbox.config import PUBLIC_URL
from bot.store.connection import Store
from bot.x.webhooks import EVENTS
from tests.integration.gaps_talk import Outage, outage


def missing() -> float | None:
    return REGISTRY.get_sample_value("giftbot_subscriptions_missing")


async def unsubscribe(out: Outage, event_type: str) -> None:
    for one in await out.admin.subscriptions():
        if one.event_type == event_type:
            await out.admin.unsubscribe(one.id)


async def test_a_subscription_that_is_gone_is_told_and_what_was_said_meanwhile_is_read_back(store: Store) -> None:
    """The webhook stays valid and X's challenges go on: without this the brand is deaf, and nothing says so."""
    async with outage(store) as out:
        watching = out.watching()
        assert await watching.check() == "valid"
        assert missing() == 0
        await out.hand.says("before")
        await out.until_queued("before")
        await unsubscribe(out, "dm.received")
        out.clock.now += timedelta(minutes=10)
        await watching.check()
        assert missing() == 1
        await out.missed("nobody hears this", out.clock.now, replay="refused")
        out.clock.now += timedelta(minutes=10)
        await out.watching().check()  # watch was restarted meanwhile
        assert await store.gaps.all() == (), "it goes on"
        (hook,) = await out.admin.webhooks()
        await out.admin.subscribe("dm.received", hook.id)
        await out.watching().check()
        assert missing() == 0
        (gap,) = await store.gaps.all()
        assert gap.reason == "unsubscribed"
        await out.fill(most=5)
        assert await out.queued() == ["before", "nobody hears this"]
        await watching.check()
        assert await store.gaps.all() == (), "noted once"


async def test_an_app_that_never_was_subscribed_does_not_read_what_was_said_before_it(store: Store) -> None:
    """On the day of setting up, yesterday's talks were a colleague's."""
    async with outage(store, registered=False) as out:
        hook = await out.admin.register(PUBLIC_URL)
        await out.watching().check()
        assert missing() == len(EVENTS)
        out.clock.now += timedelta(minutes=10)
        for event_type in EVENTS:
            await out.admin.subscribe(event_type, hook.id)
        await out.watching().check()
        assert missing() == 0
        assert await store.gaps.all() == ()


async def test_where_x_does_not_tell_of_subscriptions_the_webhook_is_checked_all_the_same(store: Store) -> None:
    """Not every key may list them."""
    async with outage(store) as out:

        async def silent() -> tuple[()]:
            raise Retryable("forbidden")

        out.admin.subscriptions = silent  # type: ignore[method-assign, assignment]
        await out.hand.put("/sandbox/webhook", valid=False)
        assert await out.watching().check() == "revalidated"
        assert missing() == -1
