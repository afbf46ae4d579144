"""What X did not try to deliver during a long outage is read back, whatever other gaps the outage opened."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.errors import Retryable
from bot.model import ShopperId
from bot.store.connection import Store
from bot.x.webhooks import Webhook
from tests.integration.gaps_talk import Outage, outage

HOUR = timedelta(hours=1)


class _OutOfReach:
    """X, from a site without a way out."""

    async def webhooks(self) -> Sequence[Webhook]:
        raise Retryable("could_not_connect")


@asynccontextmanager
async def _delivered_and_then_cut_off(store: Store) -> AsyncIterator[Outage]:
    """X's replay ends well and brings nothing: it tried nothing."""
    async with outage(store) as out:

        async def nothing(webhook_id: str, since: datetime, till: datetime) -> str:
            await store.gaps.replay_ended("7", complete=True)
            return "7"

        out.admin.replay = nothing  # type: ignore[method-assign]
        await _beat(out, event=out.clock.now)
        yield out


async def _beat(out: Outage, *, event: datetime | None = None, down_after: timedelta = 50 * HOUR) -> str:
    """Intake tells that it runs, and what X last sent it."""
    now = out.clock.now
    return await out.store.gaps.beat(now=now, event=event, crc=None, down_after=down_after, silent_after=HOUR)


async def _switched_off_unheard(out: Outage) -> None:
    """X found no way in and switched the webhook off: it tries nothing of what is said from then on."""
    await out.hand.put("/sandbox/webhook", valid=False)
    out.clock.now += timedelta(minutes=5)
    await out.hand.says("a gift for mum?")
    await out.hand.says("STOP", "3003")


async def _all_is_taken(out: Outage) -> None:
    await out.fill()
    assert await out.queued() == ["a gift for mum?"]
    consent = await out.store.door.consent(ShopperId("3003"))
    assert consent is not None
    assert not consent.open


@pytest.mark.parametrize("watch", ["goes on", "is another"])
async def test_a_site_without_a_way_out_for_over_an_hour_reads_back_all_x_did_not_try(store: Store, watch: str) -> None:
    """Intake runs and notes the silent hour as a gap to be replayed; a STOP X never tried is in no replay."""
    async with _delivered_and_then_cut_off(store) as out:
        watching = out.watching()
        assert await watching.check() == "valid"
        watching._hooks = _OutOfReach()  # type: ignore[assignment]
        out.clock.now += timedelta(minutes=15)
        await _switched_off_unheard(out)
        for _ in range(11):
            out.clock.now += timedelta(minutes=5)
            assert await watching.check() == "unknown"
            await _beat(out)
        assert [gap.reason for gap in await store.gaps.all()] == ["silent"], "it pushes forward what is noted"
        if watch == "is another":
            watching = out.watching()
        watching._hooks = out.admin
        assert await watching.check() == "revalidated"
        await _all_is_taken(out)


async def test_a_machine_that_was_down_reads_back_all_x_did_not_try_whoever_starts_first(store: Store) -> None:
    """Intake's first beat notes the time it was down as a gap to be replayed, before watch has looked at X."""
    async with _delivered_and_then_cut_off(store) as out:
        out.clock.now += timedelta(minutes=15)
        await _switched_off_unheard(out)
        out.clock.now += timedelta(minutes=25)
        assert await _beat(out, down_after=timedelta(minutes=5)) == "intake_down"
        assert await out.watching().check() == "revalidated"
        await _all_is_taken(out)
