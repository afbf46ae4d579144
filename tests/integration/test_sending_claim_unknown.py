"""A claim, or a ticket, whose answer was lost: nobody calls X for it, and nothing is used up or given up for it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from bot.errors import Unavailable
from bot.model import MessageId, Purpose, Send, SendId, SendState
from bot.store.connection import Store
from bot.store.shoppers.consents import Allows, ConsentRecord
from tests.integration.sending_talk import Driven, FakeX, MovedClock, state_of
from tests.integration.store_talk import ANN, NOON, after, answered, message, say

QUARTER = ("dm_15_min", 15, 900)


class Losing:
    """Loses the answers of a script, so many times, before or after Redis has done it."""

    def __init__(self, store: Store, script: str, times: int, *, done: bool) -> None:
        self._run, self._script, self._times, self._done = store._wire.run, script, times, done
        store._wire.run = self  # type: ignore[assignment]

    async def __call__(self, script: str, keys: Sequence[str], args: Sequence[Any] = (), **more: Any) -> Any:
        lost = script == self._script and self._times > 0
        self._times -= lost
        said = await self._run(script, keys, args, **more) if self._done or not lost else None
        if lost:
            raise Unavailable("the answer was lost")
        return said


async def _reminder(store: Store) -> Send:
    await say(store, message(1, sent=-7200), too_old=True)
    await store.consents.record(ConsentRecord(ANN, Allows.REMINDER, True, "form", "api", after(-7000), wording="v1"))
    reminder = Send(
        SendId("rem"), ANN, "Your mum's birthday is in a week", MessageId(""), NOON,
        purpose=Purpose.REMINDER, department="care",
    )  # fmt: skip
    await store.outbox.propose(reminder, NOON)
    return reminder


async def _goes_on(driven: Driven) -> None:
    """What was lost is given back, and time passes."""
    await driven.settle()
    while driven.sender._returns:
        await asyncio.gather(*driven.sender._returns)
    await driven.run_for(60)


@pytest.mark.parametrize("done", [True, False])
async def test_a_reminder_whose_claim_got_no_answer_goes_once_and_counts_once(store: Store, done: bool) -> None:
    """Else it is looked for two minutes later, found nowhere and dropped, though X was never called."""
    reminder, x = await _reminder(store), FakeX(MovedClock())
    Losing(store, "claim_send", 1, done=done)
    await _goes_on(Driven(store, x, x.clock))
    assert (await state_of(store, reminder))[0] is SendState.SENT
    assert (len(x.taken), x.looks) == (1, 0)
    assert len(await store.quotas.spent(QUARTER, x.clock())) == 1


async def test_while_no_claim_can_be_made_no_allowance_is_used_up(store: Store) -> None:
    """A master without its replica does what it is told and says it did not: for minutes, at each try."""
    send, x = await answered(store, message()), FakeX(MovedClock())
    Losing(store, "claim_send", 4, done=True)
    driven = Driven(store, x, x.clock)
    for _ in range(4):
        await _goes_on(driven)
    assert (await state_of(store, send))[0] is SendState.SENT
    assert len(await store.quotas.spent(QUARTER, x.clock())) == 1
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert kept.attempts == 1, "what was never called is no try"


@pytest.mark.parametrize("done", [True, False])
async def test_a_ticket_that_got_no_answer_is_given_back(store: Store, done: bool) -> None:
    """Asked for every second, fifteen such would use up a quarter of an hour of everybody's."""
    await answered(store, message())
    x = FakeX(MovedClock())
    Losing(store, "spend_quota", 20, done=done)
    driven = Driven(store, x, x.clock)
    for _ in range(20):
        await driven.settle()
    await driven.run_for(30)
    assert len(x.taken) == 1
    assert len(await store.quotas.spent(QUARTER, x.clock())) == 1
