"""Any history of deliveries, workers, senders, crashes, echoes and stops keeps the promises of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from bot.model import ShopperId
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from bot.store.outbound.outbox import Claim
from nlu.optout.wishes import OptWish
from tests.integration.store_histories import FAST, Histories


def test_every_history_loses_nothing_doubles_nothing_and_obeys_stops(new_store: Callable[[], Store]) -> None:
    """Whatever the order of happenings and deaths."""

    machine = type("Here", (Histories,), {"new_store": staticmethod(new_store), "happened": Counter()})
    run_state_machine_as_test(machine, settings=settings(FAST, max_examples=80))  # type: ignore[no-untyped-call]
    met = ("claim", "look", "called off")
    assert all(machine.happened[one] for one in met), machine.happened  # type: ignore[attr-defined]


@pytest.mark.parametrize("fault", ["send again", "no stop", "forgets"])
def test_the_checker_sees_a_store_that_breaks_a_promise(new_store: Callable[[], Store], fault: str) -> None:
    """A check that cannot turn red proves nothing."""

    class Broken(Histories):
        happened: Counter[str] = Counter()  # noqa: RUF012

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

    Broken.new_store = staticmethod(new_store)  # type: ignore[method-assign]
    promise = {"send again": "answered twice", "no stop": "claimed after a stop", "forgets": "lost"}[fault]
    with pytest.raises(AssertionError, match=promise):
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Broken, settings=settings(FAST, max_examples=100, derandomize=True)
        )
