"""The interface is what its document says, for every role: schemathesis asks it everything, valid and not."""

from __future__ import annotations

import asyncio
import os
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.model import InboundMessage, MessageId, ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.store.shoppers.consents import Allows, ConsentRecord
from nlu.optout.wishes import OptWish
from tests.integration.departments_desk import ANN, ROLES
from tests.integration.departments_process import departments_process, schemathesis


async def prepared(settings: StoreSettings) -> None:
    """Ann, whom the document's examples name, wrote an hour ago and allows everything."""
    at = utc_now() - timedelta(hours=1)
    async with Store(settings, os.environ["GIFTBOT_PRIVACY_KEY"]) as store:
        message = InboundMessage(MessageId("1"), ShopperId(ANN), "hello", at)
        await store.door.accept(message, wish=OptWish.NONE, too_old=False, now=at)
        for purpose in (Allows.REMINDER, Allows.MARKETING):
            await store.consents.record(ConsentRecord(ShopperId(ANN), purpose, True, "test", "api", at))


def hold(
    settings: StoreSettings, folder: Path, *, roles: tuple[str, ...], examples: int, seed: int, phases: str
) -> None:
    """Run every check with each role; then look at the log, which must be free of what was sent."""
    asyncio.run(prepared(settings))
    with departments_process(settings, folder) as process:
        for role in roles:
            said = schemathesis(process, folder, token=f"care-{role}", examples=examples, seed=seed, phases=phases)
            assert said == "", said[-6000:]
        log = process.log.read_text()
    assert "request_failed" not in log
    assert not re.search(r"on its way|waits for you|idempotency", log)


def test_schemathesis_finds_nothing(store_settings: StoreSettings, tmp_path: Path) -> None:
    """The small form: every edge of every field, with the role that may do most of what changes something."""
    hold(store_settings, tmp_path, roles=("sender",), examples=1, seed=1, phases="coverage")


@pytest.mark.chaos
@pytest.mark.timeout(3600)
def test_schemathesis_finds_nothing_with_any_role(store_settings: StoreSettings, tmp_path: Path) -> None:
    """The long form: every role, many examples, a seed of the day."""
    seed = int(datetime.now(timezone.utc).timestamp()) // 86_400
    print(f"\nseed {seed}")
    every = "examples,coverage,fuzzing,stateful"
    hold(store_settings, tmp_path, roles=ROLES, examples=300, seed=seed, phases=every)
