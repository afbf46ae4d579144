"""A stop accepted while a Send is in any state: from that instant no call to X begins for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.governance.verdict import May, Verdict
from bot.model import Purpose, Send, SendState
from bot.store.connection import Store
from bot.store.outbound.outbox import Judge
from nlu.optout.wishes import OptWish
from tests.integration.outbox_talk import judge_of, knows_us, other, proposed, waits_until
from tests.integration.store_talk import ANN, after, claim, claimed, message, say

GO: Judge = judge_of(lambda *_: Verdict(May.GO, "allowed", ""))
Reach = Callable[[Store, bool], Awaitable[object]]


async def _waits(store: Store, others: bool) -> None:
    """Nothing happened to it yet."""


async def _put_off(store: Store, others: bool) -> None:
    """The governor let it wait."""
    assert await claim(store, "a", others=others, judge=waits_until(60)) is None or not others


async def _sending(store: Store, others: bool) -> None:
    """A call may be under way."""
    await claimed(store, "a", others=others)


async def _in_doubt(store: Store, others: bool) -> None:
    """X may have it."""
    made = await claimed(store, "a", others=others)
    await store.outbox.settle_in_doubt(made, reason="timeout", look_at=after(120), now=after(1))


async def _to_be_retried(store: Store, others: bool) -> None:
    """X certainly has it not."""
    made = await claimed(store, "a", others=others)
    await store.outbox.settle_retry(made, reason="429", at=after(30), now=after(1))


async def _not_found(store: Store, others: bool) -> None:
    """A look found nothing."""
    await _in_doubt(store, others)
    look = await claimed(store, "b", at=120)
    await store.outbox.settle_retry(look, reason="not_found", at=after(121), now=after(120))


REACHES: dict[str, Reach] = {
    "waits": _waits, "put off": _put_off, "sending": _sending, "in doubt": _in_doubt,
    "to be retried": _to_be_retried, "not found": _not_found,
}  # fmt: skip


@pytest.mark.parametrize("state", REACHES)
@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("start_again", [False, True])
async def test_nothing_begins_after_a_stop(store: Store, purpose: Purpose, state: str, start_again: bool) -> None:
    """Of no purpose, from no state, also not after a later START; and every Send ends all the same."""
    await knows_us(store)
    others = purpose is not Purpose.ANSWER
    send: Send = await proposed(store, other(1, purpose))
    await REACHES[state](store, others)
    await say(store, message(2, sent=130), OptWish.STOP)
    if start_again:
        await say(store, message(3, sent=131), OptWish.START)
    for number in range(6):
        for lane in (False, True):
            made = await claim(store, f"t{number}{lane}", at=140 + 200 * number, others=lane, judge=GO)
            assert made is None or made.look
            if made is not None:
                await store.outbox.settle_retry(made, reason="not_found", at=after(141), now=after(141))
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert (kept.state, kept.reason) == (SendState.REFUSED, "opted_out")
    assert await store.outbox.waiting() == 0
