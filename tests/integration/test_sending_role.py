"""The role `sending` as a process: it ends its calls when told to stop, looks after a kill, and says what it lacks."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.model import Send, SendState
from bot.settings import StoreSettings
from bot.store.connection import Store
from tests.fakes.x_side import BRAND, SECRET
from tests.integration.odd_x import Asked, OddX, odd_x, sent
from tests.integration.sending_talk import MovedClock
from tests.integration.store_talk import answer, message, say

ROOT = Path(__file__).resolve().parents[2]


class WallClock(MovedClock):
    """The processes' own time."""

    def __call__(self) -> datetime:
        return utc_now()


async def started(x_url: str, kept: StoreSettings, **more: str) -> Process:
    """The role, with nothing of this environment's own settings."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIFTBOT_")} | {
        "GIFTBOT_X_ACCOUNT_ID": BRAND,
        "GIFTBOT_X_CONSUMER_KEY": "consumer",
        "GIFTBOT_X_CONSUMER_SECRET": SECRET,
        "GIFTBOT_X_ACCESS_TOKEN": "access",
        "GIFTBOT_X_ACCESS_TOKEN_SECRET": "access-secret",
        "GIFTBOT_X_API_BASE_URL": x_url,
        "GIFTBOT_STORE_REDIS_URL": kept.redis_url,
        "GIFTBOT_STORE_PARTITIONS": str(kept.partitions),
        "GIFTBOT_STORE_KEY_PREFIX": kept.key_prefix,
        "GIFTBOT_PRIVACY_KEY": "only-for-this-test-0123456789abcdef",
        "GIFTBOT_SENDING_SETTLE_DELAY_S": "2",
        **more,
    }
    command = [sys.executable, "-W", "ignore", "-m", "bot", "run", "sending"]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env, stdout=DEVNULL, stderr=PIPE)


@asynccontextmanager
async def sending_role(x: OddX, kept: StoreSettings) -> AsyncIterator[Process]:
    process = await started(x.url, kept)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def wants(store: Store) -> Send:
    inbound = dataclasses.replace(message(1), sent_at=utc_now())
    await say(store, inbound)
    send = dataclasses.replace(answer(inbound), created_at=utc_now())
    await store.outbox.propose(send, utc_now())
    return send


async def becomes(store: Store, send: Send, state: SendState) -> None:
    for _ in range(600):
        kept = await store.outbox.get(send.shopper_id, send.id)
        if kept is not None and kept.state is state:
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"it did not become {state}")


async def test_told_to_stop_it_ends_the_call_under_way_and_a_restart_sends_nothing_twice(
    store: Store, store_settings: StoreSettings
) -> None:
    """A release in the middle of a call leaves nothing in doubt."""
    on_the_wire, go_on = asyncio.Event(), asyncio.Event()

    async def slow(asked: Asked) -> None:
        on_the_wire.set()
        await go_on.wait()
        await sent(asked)

    async with odd_x(WallClock()) as x:
        x.scripts = [slow]
        send = await wants(store)
        async with sending_role(x, store_settings) as process:
            await asyncio.wait_for(on_the_wire.wait(), 30)
            process.send_signal(signal.SIGTERM)
            go_on.set()
            assert await asyncio.wait_for(process.wait(), 30) == 0
        await becomes(store, send, SendState.SENT)
        assert x.posts == [send.text]


async def test_killed_in_a_call_the_next_one_looks_before_it_sends(store: Store, store_settings: StoreSettings) -> None:
    """Whatever is `sending` when a process dies is in doubt: X took this one."""
    on_the_wire = asyncio.Event()

    async def taken_and_silent(asked: Asked) -> None:
        asked.take()
        on_the_wire.set()
        await asyncio.sleep(3)

    async with odd_x(WallClock()) as x:
        x.scripts = [taken_and_silent]
        send = await wants(store)
        async with sending_role(x, store_settings) as process:
            await asyncio.wait_for(on_the_wire.wait(), 30)
            process.kill()
            await process.wait()
        await becomes(store, send, SendState.SENDING)
        async with sending_role(x, store_settings):
            await becomes(store, send, SendState.SENT)
        assert x.posts == [send.text]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"GIFTBOT_X_TIER": "enterprise"}, "GIFTBOT_SENDING_PER_15_MIN"),
        ({"GIFTBOT_SENDING_RULES": "no/such.yml"}, "GIFTBOT_SENDING_RULES=no/such.yml"),
        ({"GIFTBOT_SENDING_DOMAIN": "config.yml"}, "utter_queue_word"),
    ],
)
async def test_what_is_missing_is_named_at_the_start(
    store_settings: StoreSettings, settings: dict[str, str], told: str
) -> None:
    """A sender without rules or limits must not send by guess."""
    process = await started("http://127.0.0.1:1", store_settings, **settings)
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode != 0
    assert told in errors.decode()
