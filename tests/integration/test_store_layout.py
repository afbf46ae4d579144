"""Another number of partitions than the one Redis was first used with is refused before anything is forgotten."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable

import pytest

from bot.errors import GiftbotError, Unavailable
from bot.settings import StoreSettings
from bot.store.connection import Store
from nlu.optout.wishes import OptWish
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.store_talk import ANN, NOON, after, message, say

USES: dict[str, Callable[[Store], Awaitable[object]]] = {
    "ping": lambda store: store.ping(),
    "a message at the door": lambda store: say(store, message(2, sent=1)),
    "a worker": lambda store: store.turns.take_lease(0, "worker", 1000),
    "a sender": lambda store: store.outbox.earliest(),
    "a look at consent": lambda store: store.door.consent(ANN),
    "a count": lambda store: store.turns.waiting(),
    "quota": lambda store: store.quotas.spend([("w", 1, 1)], NOON),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
async def test_another_number_of_partitions_is_refused_and_what_to_do_is_said(
    store: Store, store_settings: StoreSettings, use: Callable[[Store], Awaitable[object]]
) -> None:
    """A STOP looked for in the wrong partition is a STOP forgotten."""
    await say(store, message(), OptWish.STOP)
    async with Store(dataclasses.replace(store_settings, partitions=5), PRIVACY_KEY) as other:
        for _ in range(2):
            with pytest.raises(GiftbotError, match=r"PARTITIONS=5.*into 2: set it to 2") as refused:
                await use(other)
            assert not isinstance(refused.value, Unavailable), "asking again will not help"


async def test_the_same_number_is_let_in_again(store: Store, store_settings: StoreSettings) -> None:
    """A restart is no change."""
    await say(store, message(), OptWish.STOP)
    async with Store(store_settings, PRIVACY_KEY) as again:
        await again.ping()
        consent = await again.door.consent(ANN)
    assert consent is not None
    assert not consent.open
    assert consent.sent_at == after(0)
