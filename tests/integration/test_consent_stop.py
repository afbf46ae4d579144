"""T17: thirty ways of saying stop, whatever a Send is in the middle of: none starts after the stop was accepted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from bot.governance.facts import ConsentFacts, Spent
from bot.governance.verdict import May, Verdict
from bot.model import MessageId, Purpose, Send, SendId
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from bot.store.outbound.outbox import Claim
from bot.store.shoppers.consents import Allows, ConsentRecord
from nlu.optout.wishes import OptWish, read_wish
from tests.integration.store_talk import (
    ANN,
    after,
    answered,
    claim,
    claimed,
    end_turn,
    handed_out,
    message,
    own,
    say,
)

WORDS = (
    "STOP", "stop", "Stop!", "please stop messaging me", "unsubscribe", "don't text me anymore", "leave me alone",
    "take me off your list", "no more messages please", "stop writing to me", "opt out", "remove me",
    "basta", "smettetela di scrivermi", "non scrivetemi più", "cancellatemi",
    "arrête", "arrêtez de m'écrire", "ne m'écrivez plus", "désabonnez-moi", "laissez-moi tranquille",
    "déjame en paz", "no me escribas más", "deja de escribirme", "no quiero más mensajes", "darme de baja",
    "pare de me mandar mensagens", "não me escreva mais", "hör auf mir zu schreiben", "keine nachrichten mehr",
)  # fmt: skip


async def _nothing(store: Store) -> None:
    """They write for the first time."""


async def _a_message_waits(store: Store) -> None:
    await say(store, message(1))


async def _an_answer_waits(store: Store) -> None:
    await answered(store, message(1))


async def _an_answer_waits_for_another_try(store: Store) -> None:
    await answered(store, message(1))
    await store.outbox.settle_retry(await claimed(store), reason="x_ill", at=after(50), now=after(1))


async def _x_is_being_called(store: Store) -> None:
    await answered(store, message(1))
    await claimed(store)


async def _x_may_have_it(store: Store) -> None:
    await answered(store, message(1))
    await store.outbox.settle_in_doubt(await claimed(store), reason="timeout", look_at=after(60), now=after(1))


async def _marketing_waits(store: Store) -> None:
    await say(store, message(1))
    await store.consents.record(ConsentRecord(ANN, Allows.MARKETING, True, "form", "api", after(1), wording="v1"))
    await store.outbox.propose(
        Send(SendId("m1"), ANN, "sale", MessageId(""), after(2), purpose=Purpose.MARKETING, department="crm"), after(2)
    )


async def _marketing_was_told_to_wait(store: Store) -> None:
    await _marketing_waits(store)

    def not_yet(send: Send, consent: ConsentFacts, spent: Spent) -> Verdict:
        return Verdict(May.WAIT, "quiet_hours", "It is night there.", until=after(40))

    assert await claim(store, "w", at=3, judge=not_yet, others=True) is None


STATES: tuple[Callable[[Store], Awaitable[None]], ...] = (
    _nothing, _a_message_waits, _an_answer_waits, _an_answer_waits_for_another_try, _x_is_being_called, _x_may_have_it,
    _marketing_waits, _marketing_was_told_to_wait,
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_each_of_these_is_a_stop(words: str) -> None:
    """In five languages and more, before any model."""
    assert read_wish(words) is OptWish.STOP


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
async def test_nothing_starts_after_a_stop(store: Store, state: Callable[[Store], Awaitable[None]]) -> None:
    """Only what X was already being called for may still be looked after; it is not sent again."""
    await state(store)
    inflight = state in (_x_is_being_called, _x_may_have_it)
    stop = message(90, sent=20)
    assert await store.door.accept(stop, wish=OptWish.STOP, too_old=False, now=after(20)) is Accepted.STOPPED
    if await store.turns.waiting():  # a turn that was in work still ends; its answer is refused
        lease = await own(store)
        await end_turn(store, lease, await handed_out(store, lease), at=21)
    looked = False
    for number, at in enumerate(range(22, 4_000, 61)):
        for others in (False, True):
            made = await claim(store, f"c{number}{others}", at=at, others=others, expires=-1e9)
            if made is None:
                continue
            assert inflight, "a Send started after the stop"
            assert made.look, "what is in doubt is looked after, never sent again"
            looked = True
            await _not_found(store, made, after(at))
    assert looked == inflight
    assert {one.state.value for one in await _sends(store)} <= {"refused", "sent", "expired"}


async def _not_found(store: Store, made: Claim, now: datetime) -> None:
    """X has it not: an answer would be tried again, were it not for the stop."""
    await store.outbox.settle_retry(made, reason="not_found", at=now, now=now)


async def _sends(store: Store) -> list[Send]:
    found = [await store.outbox.get(ANN, SendId(one)) for one in (f"r{message(1).id}", "m1")]
    return [one for one in found if one is not None]
