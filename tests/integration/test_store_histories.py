"""Any history of deliveries, workers, senders, crashes, echoes and stops keeps the promises of the store."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.model import ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.store.inbound import door
from bot.store.inbound.door import Accepted
from bot.store.outbound.outbox import Claim
from nlu.optout.wishes import OptWish
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.redis_server import RedisServer
from tests.integration.store_histories import Histories
from tests.integration.store_histories_long import LongHistories
from tests.integration.store_machine import histories

LONG_MET = ("claim", "look", "called off", "forgotten", "weeks passed", "replayed late", "jumped back", "stale")


def test_every_history_loses_nothing_doubles_nothing_and_obeys_stops(new_store: Callable[[], Store]) -> None:
    """Whatever the order of happenings and deaths."""
    met = ("claim", "look", "called off")
    happened = histories(Histories, new_store, 80, until=met)
    assert all(happened[one] for one in met), happened


def test_weeks_replays_forgetting_and_clocks_a_day_apart_double_nothing(new_store: Callable[[], Store]) -> None:
    """X signs no time: a body posted again after weeks is as well signed as a new one."""
    happened = histories(LongHistories, new_store, 40, until=LONG_MET)
    assert all(happened[one] for one in LONG_MET), happened


@pytest.mark.chaos
@pytest.mark.timeout(3600)
def test_two_thousand_histories_of_weeks_keep_the_promises_of_the_store(own_server: RedisServer) -> None:
    """As the reliability note asks: 2,000 of 50 steps."""

    def new_store() -> Store:
        prefix = f"h{uuid.uuid4().hex[:12]}"
        settings = StoreSettings(redis_url=own_server.url, partitions=2, timeout_s=10.0, key_prefix=prefix)
        return Store(settings, PRIVACY_KEY)

    happened = histories(LongHistories, new_store, 2_000)
    print(dict(happened))
    assert all(happened[one] for one in LONG_MET), happened


def test_the_checker_sees_marks_that_live_too_short(
    new_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 20 days instead of 35 a body of weeks ago is answered again."""
    monkeypatch.setattr(door, "SEEN_FOR", timedelta(days=20))
    with pytest.raises(AssertionError, match="taken twice"):
        histories(LongHistories, new_store, 300, same_each_time=True)


@pytest.mark.parametrize("fault", ["send again", "no stop", "forgets"])
def test_the_checker_sees_a_store_that_breaks_a_promise(new_store: Callable[[], Store], fault: str) -> None:
    """A check that cannot turn red proves nothing."""

    class Broken(Histories):
        def _deal(self, claim: Claim, what: str) -> None:
            if fault == "send again" and claim.look:
                self.at_x.append((claim, f"8{len(self.at_x):05}"))
            super()._deal(claim, what)

        def _say(self, shopper: ShopperId, wish: OptWish) -> Accepted:
            if fault == "no stop" and wish is OptWish.STOP:
                self.stopped.add(shopper)
                return Accepted.STOPPED
            said = super()._say(shopper, wish)
            if fault == "forgets":
                partition = self.store.partition_of(shopper)
                self.run(self.store._wire.commands.xtrim(self.store._wire.keys.of(partition, "turns"), 0))
            return said

    promise = {"send again": "answered twice", "no stop": "claimed after a stop", "forgets": "lost"}[fault]
    with pytest.raises(AssertionError, match=promise):
        histories(Broken, new_store, 100, same_each_time=True)
