"""What every machine that makes histories of a store has: an empty store, a loop, a moment, a count of what was met."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Coroutine
from typing import Any, ClassVar, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from bot.model import Send, SendState, ShopperId
from bot.store.connection import Store

SHOPPERS = [ShopperId(str(n)) for n in (1001, 1002, 1003)]
T = TypeVar("T")

MOST_ROUNDS = 6
"""More histories are made until everything that can happen has happened: so many may miss the rarest."""


class StoreMachine(RuleBasedStateMachine):
    """Three shoppers in two partitions. A history begins with an empty store and ends with `finish`."""

    steps: ClassVar[int]
    """The most a history has."""
    new_store: Callable[[], Store]
    happened: Counter[str]
    """Over all histories: what was met, so that a run that met nothing is noticed."""

    def __init__(self, at: float) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.store = type(self).new_store()
        self.at = at
        self.numbers = 0

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(doing)

    def state_of(self, send: Send) -> SendState:
        kept = self.run(self.store.outbox.get(send.shopper_id, send.id))
        assert kept is not None
        return kept.state

    def finish(self) -> None:
        """Let everything drain, and check the end."""
        raise NotImplementedError

    def teardown(self) -> None:
        try:
            self.finish()
        finally:
            self.run(self.store.close())
            self.loop.close()


def histories(
    machine: type[StoreMachine],
    new_store: Callable[[], Store],
    count: int,
    *,
    until: Collection[str] = (),
    same_each_time: bool = False,
) -> Counter[str]:
    """Make so many histories, and so many again until all of ``until`` was met; answers what they met.

    A broken promise is an AssertionError.
    """
    given = {"new_store": staticmethod(new_store), "happened": Counter()}
    here = type("Here", (machine,), given)
    chosen = settings(
        max_examples=count,
        derandomize=same_each_time,
        stateful_step_count=machine.steps,
        deadline=None,
        report_multiple_bugs=False,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    for _ in range(MOST_ROUNDS):
        run_state_machine_as_test(here, settings=chosen)  # type: ignore[no-untyped-call]
        if all(here.happened[one] for one in until):
            break
    return here.happened
