"""Any history of deliveries, workers, senders, crashes, echoes and stops keeps the promises of the store."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.model import ShopperId
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from bot.store.outbound.outbox import Claim
from nlu.optout.wishes import OptWish
from tests.integration.store_histories import Histories
from tests.integration.store_machine import histories


def test_every_history_loses_nothing_doubles_nothing_and_obeys_stops(new_store: Callable[[], Store]) -> None:
    """Whatever the order of happenings and deaths."""
    happened = histories(Histories, new_store, 80)
    assert all(happened[one] for one in ("claim", "look", "called off")), happened


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
