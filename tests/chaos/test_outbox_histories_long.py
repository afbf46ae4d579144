"""Two thousand histories of the outbox; `make test` makes thirty."""

from __future__ import annotations

import uuid

import pytest

from bot.settings import StoreSettings
from bot.store.connection import Store
from tests.integration.outbox_histories import MET, OutboxHistories
from tests.integration.redis_server import RedisServer
from tests.integration.store_machine import histories


@pytest.mark.chaos
def test_two_thousand_histories_of_the_outbox_keep_its_promises() -> None:
    """No Send twice at X, none after a stop, answers in order, never over the cap, nothing stuck."""
    with RedisServer("everysec") as server:

        def new_store() -> Store:
            prefix = f"h{uuid.uuid4().hex[:12]}"
            settings = StoreSettings(redis_url=server.url, partitions=2, timeout_s=10.0, key_prefix=prefix)
            return Store(settings, "a key of the tests, 32 characters or more")

        met = histories(OutboxHistories, new_store, 2_000)
    print(dict(met))
    assert all(met[one] for one in (*MET, "cancelled")), met
