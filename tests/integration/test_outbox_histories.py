"""Any history of departments, senders, crashes, late accepts, echoes and stops keeps the outbox's promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.governance.facts import ConsentFacts, Spent
from bot.governance.verdict import May, Verdict
from bot.model import Send, ShopperId
from bot.store.connection import Store
from bot.store.outbound.outbox import Claim
from nlu.optout.wishes import OptWish
from tests.integration.outbox_histories import MET, OutboxHistories
from tests.integration.store_machine import histories


def test_every_history_of_departments_and_senders_keeps_the_promises(new_store: Callable[[], Store]) -> None:
    """No Send twice at X, none after a stop, answers in order, never over the cap, nothing stuck."""
    happened = histories(OutboxHistories, new_store, 30, until=MET)
    assert all(happened[one] for one in MET), happened


class _SendsAgain(OutboxHistories):
    async def _looked(self, claim: Claim) -> None:
        await self.store.outbox.settle_retry(claim, reason="r", at=claim.claimed_at, now=claim.claimed_at)


class _KnowsNoCap(OutboxHistories):
    def _judge(self, send: Send, consent: ConsentFacts, spent: Spent) -> Verdict:
        return Verdict(May.GO, "allowed", "")


class _JudgesOldFacts(OutboxHistories):
    """A claim that does not look whether what was judged still holds."""

    async def _wired(self, script: str, keys: Any, args: Any = (), **more: Any) -> Any:
        if script == "claim_send" and self.meddle is not None:
            meddle, self.meddle = self.meddle, None
            await meddle()
        if script == "claim_send":
            args = list(args)
            args[6] = await self.store._wire.commands.hget(keys[7], "version") or b""
        return await self._run_script(script, keys, args, **more)


class _HearsNoStop(OutboxHistories):
    async def _written(self, shopper: ShopperId, wish: OptWish) -> None:
        if wish is OptWish.STOP:
            self.stopped.add(shopper)
        else:
            await super()._written(shopper, wish)


class _ForgetsWhatIsAtX(OutboxHistories):
    """A claim that leaves no trace: nobody looks, and an echo finds nothing."""

    async def _claimed(self, partition: int, others: bool) -> Claim | None:
        claim = await super()._claimed(partition, others)
        if claim is not None and not claim.look:
            keys, shopper = self.store._wire.keys, claim.send.shopper_id
            await self.store._wire.commands.hdel(keys.shopper("queue", shopper), claim.send.id)
            await self.store._wire.commands.zrem(keys.of(partition, "due_looks"), shopper)
        return claim


@pytest.mark.parametrize(
    ("broken", "promise"),
    [
        (_SendsAgain, "twice at X"),
        (_KnowsNoCap, "over the cap"),
        (_JudgesOldFacts, "over the cap"),
        (_HearsNoStop, "claimed after a stop"),
        (_ForgetsWhatIsAtX, "lost|is not what X has|ours taken|another Send|twice at X|over the cap|out of order"),
    ],
)
def test_the_checker_sees_an_outbox_that_breaks_a_promise(
    new_store: Callable[[], Store], broken: type[OutboxHistories], promise: str
) -> None:
    """A check that cannot turn red proves nothing."""
    with pytest.raises(AssertionError, match=promise):
        histories(broken, new_store, 300, same_each_time=True)
