"""What people who look see of the way out: how many wait, how long, what is in doubt, what is left, why it pauses."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY

from bot.errors import InDoubt, Retryable
from bot.model import Purpose, Send, SendId, ShopperId
from bot.store.connection import Store
from tests.integration.sending_talk import SETTINGS, Driven, FakeX, MovedClock
from tests.integration.store_talk import NOON, after, answered, message, say


@pytest.fixture
def x() -> FakeX:
    return FakeX(MovedClock())


def shopper(number: int) -> ShopperId:
    return ShopperId(str(3000 + number))


def shown(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(f"giftbot_{name}", labels)


async def test_the_outbox_is_told_in_figures(store: Store) -> None:
    """Alarms hang on these: the oldest that is due, and the oldest doubt."""
    for number in range(3):
        await answered(store, message(1, shopper(number)))
    news = Send(
        SendId("news"), shopper(9), "Your order left us.", message(1).id, NOON,
        purpose=Purpose.SERVICE, department="support",
    )  # fmt: skip
    await say(store, message(1, shopper(9)))
    await store.outbox.propose(news, after(20))
    x = FakeX(MovedClock(), after=[InDoubt("timeout")])
    driven = Driven(store, x, x.clock, dataclasses.replace(SETTINGS, per_15_min=1))
    await driven.settle()
    figures = await store.figures.read(after(50))
    assert figures.waiting == {"answers": 2, "others": 1}
    assert figures.oldest == {"answers": timedelta(seconds=50), "others": timedelta(seconds=30)}
    assert (figures.at_x, figures.oldest_doubt) == (1, timedelta(seconds=50))


async def test_an_empty_outbox_has_no_age(store: Store) -> None:
    figures = await store.figures.read(NOON)
    assert figures.oldest == {"answers": timedelta(0), "others": timedelta(0)}
    assert (figures.at_x, figures.oldest_doubt) == (0, timedelta(0))


async def test_room_pauses_and_illness_are_metrics(store: Store, x: FakeX) -> None:
    """Whoever is woken sees why nothing goes, without a login to Redis."""
    for number in range(20):
        await answered(store, message(1, shopper(number)))
    driven = Driven(store, x, x.clock, dataclasses.replace(SETTINGS, per_15_min=15, per_24_h=1440))
    await driven.settle()
    assert shown("quota_left", window="dm_15_min") == 0
    assert shown("quota_left", window="dm_24_h") == 1425
    assert shown("outbox_due", lane="answers") == 5
    assert shown("sending_breaker_open") == 0
    x.clock.move(900)
    x.before = [Retryable("account_restricted", whole_account=True)]
    await driven.settle()
    x.clock.move(5)
    await driven.settle()
    left = shown("sending_paused_seconds", reason="account_restricted")
    assert left is not None
    assert 1790 < left < 1800
    x.before = [InDoubt("server_error") for _ in range(5)]
    x.clock.move(1900)
    await driven.run_for(600, step=10)
    assert shown("sending_paused_seconds", reason="account_restricted") == 0
    assert shown("sending_outcomes_total", purpose="answer", outcome="looklater", reason="server_error") is not None
