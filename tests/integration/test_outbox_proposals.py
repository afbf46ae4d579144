"""What departments and people may do with a Send: ask for it once, cancel it, approve it."""

from __future__ import annotations

import dataclasses

import pytest

from bot.governance.facts import Spent
from bot.governance.verdict import May, Verdict
from bot.model import Purpose, Send, SendId, SendState, ShopperId
from bot.store.connection import Store
from bot.store.outbound.proposals import Changed, Proposed
from nlu.optout.wishes import OptWish
from tests.integration.outbox_talk import judge_of, knows_us, other, proposed
from tests.integration.store_talk import ANN, after, answered, claim, claimed, message, say


async def test_asking_twice_is_asking_once(store: Store) -> None:
    """A department that lost our answer asks again."""
    await knows_us(store)
    send = await proposed(store, other(1, not_before=after(60)))
    assert await store.outbox.propose(dataclasses.replace(send, created_at=after(9)), after(9)) is Proposed.KNOWN
    for changed in (
        {"text": "other news"}, {"purpose": Purpose.REMINDER}, {"department": "pr"}, {"campaign": "autumn"},
        {"not_before": after(61)}, {"expires_at": after(1000)},
    ):  # fmt: skip
        twin = dataclasses.replace(send, **changed)  # type: ignore[arg-type]
        assert await store.outbox.propose(twin, after(9)) is Proposed.DIFFERENT
    kept = await store.outbox.get(ANN, send.id)
    assert kept == send


async def test_what_x_had_is_known_after_its_own_record_is_gone(store: Store) -> None:
    """A department that asks again a week later must not send it a second time."""
    await knows_us(store)
    send = await proposed(store, other(1))
    await store.outbox.settle_sent(await claimed(store, others=True), dm_event_id="9", now=after(1))
    await store._wire.commands.delete(store._wire.keys.send(store.partition_of(ANN), send.id))
    assert await store.outbox.propose(send, after(7 * 86_400)) is Proposed.KNOWN


async def test_a_send_asked_for_before_a_stop_is_refused_after_a_later_start(store: Store) -> None:
    """The stop meant this one too."""
    await knows_us(store)
    send = await proposed(store, other(1))
    await say(store, message(2, sent=1), OptWish.STOP)
    await say(store, message(3, sent=2), OptWish.START)
    assert (await store.outbox.facts(ANN, send.id))[0].overruled
    assert await claim(store, at=3, others=True) is None
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert kept.reason == "opted_out"
    newer = await proposed(store, other(2), at=4)
    assert (await claimed(store, at=5, others=True)).send.id == newer.id


async def test_a_send_asked_for_while_they_want_nothing_is_not_brought_back_by_a_start(store: Store) -> None:
    """Found by a history: a department that had not heard of the stop yet."""
    await knows_us(store)
    await say(store, message(2, sent=1), OptWish.STOP)
    send = await proposed(store, other(1, Purpose.SERVICE), at=2)
    await say(store, message(3, sent=3), OptWish.START)
    assert await claim(store, at=4, others=True) is None
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert (kept.state, kept.reason) == (SendState.REFUSED, "opted_out")


async def test_only_what_waits_can_be_cancelled(store: Store) -> None:
    """What X may have cannot be taken back, and nobody is told that it was."""
    await knows_us(store)
    first, second = await proposed(store, other(1)), await proposed(store, other(2), at=1)
    made = await claimed(store, others=True)
    assert await store.outbox.cancel(ANN, first.id, after(2), by="Ann") is Changed.TOO_LATE
    assert await store.outbox.cancel(ANN, second.id, after(2), by="Ann") is Changed.DONE
    assert await store.outbox.cancel(ANN, second.id, after(2), by="Ann") is Changed.TOO_LATE
    assert await store.outbox.cancel(ANN, SendId("d404"), after(2)) is Changed.UNKNOWN
    (life,) = await store.outbox.lives(second.id)
    assert (life.send.state, life.send.reason, life.sentence) == (
        SendState.REFUSED, "cancelled", "Cancelled by Ann.",
    )  # fmt: skip
    await store.outbox.settle_sent(made, dm_event_id="9", now=after(3))
    assert await store.outbox.waiting() == 0


async def test_an_approval_lets_it_be_judged_at_once(store: Store) -> None:
    """It waited for nothing else; but not before the time it was wanted for."""
    await knows_us(store)
    send = await proposed(store, other(1, not_before=after(100)))

    def approved(send: Send, spent: Spent) -> Verdict:
        if send.approved_by:
            return Verdict(May.GO, "allowed", "")
        return Verdict(May.WAIT, "not_approved", "", after(86_400))

    assert await claim(store, "t1", at=100, others=True, judge=judge_of(approved)) is None
    assert await store.outbox.earliest(others=True) == (store.partition_of(ANN), after(86_400))
    assert await store.outbox.approve(ANN, send.id, after(101), by="Ben") is Changed.DONE
    made = await claim(store, "t2", at=101, others=True, judge=judge_of(approved))
    assert made is not None
    assert made.send.approved_by == "Ben"


async def test_a_proposal_wakes_a_waiting_sender(store: Store) -> None:
    """It leaves as soon as it may."""
    await knows_us(store)
    while await store.outbox.wait(1):
        pass
    await proposed(store, other(1))
    assert await store.outbox.wait(1)


async def test_facts_are_read_of_who_never_wrote_too(store: Store) -> None:
    """A dry run about a stranger is answered, not an error; and leaves nothing behind."""
    stranger = ShopperId("404404")
    consent, spent = await store.outbox.facts(stranger)
    assert (consent.opened, consent.closed, consent.overruled, spent.handed) == (False, False, False, ())
    assert not await store._wire.commands.exists(store._wire.keys.shopper("consent", stranger))


async def test_nothing_is_queued_for_who_never_wrote_or_was_forgotten_since_it_was_judged(store: Store) -> None:
    """Judging and adding are two steps. What waited would go out when they write anew."""
    stranger = ShopperId("404404")
    assert await store.outbox.propose(other(1, shopper_id=stranger), after(0)) is Proposed.STRANGER
    await knows_us(store)
    await store.forgetting.forget(ANN)
    assert await store.outbox.propose(other(1), after(0)) is Proposed.STRANGER
    assert await store.outbox.get(ANN, SendId("d1")) is None
    assert await store.outbox.waiting() == 0


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({}, ["d3", "d2", "d1"]),
        ({"department": "pr"}, ["d2"]),
        ({"shopper_id": ShopperId("2002")}, ["d3"]),
        ({"state": SendState.REFUSED}, ["d1"]),
        ({"limit": 1}, ["d3"]),
    ],
)
async def test_a_list_is_newest_first_and_obeys_its_filters(
    store: Store, filters: dict[str, object], ids: list[str]
) -> None:
    """Over all partitions."""
    await knows_us(store)
    for send in (
        other(1),
        dataclasses.replace(other(2, at=1), department="pr"),
        other(3, at=2, shopper_id=ShopperId("2002")),
    ):
        await knows_us(store, send.shopper_id)
        await store.outbox.propose(send, send.created_at)
    await store.outbox.cancel(ANN, SendId("d1"), after(4))
    page = await store.outbox.listed(**filters)  # type: ignore[arg-type]
    assert [send.id for send in page.sends] == ids


async def test_a_departments_slip_cannot_fill_a_shoppers_queue_without_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every script reads the whole queue; an answer finds room all the same."""
    monkeypatch.setattr("bot.store.outbound.proposals.MOST_WAITING", 4)  # one of them is the queue's own mark
    await knows_us(store)
    said = [await store.outbox.propose(other(number), after(number)) for number in range(6)]
    assert said.count(Proposed.FULL) == 2
    send = await answered(store, message())
    assert (await claimed(store, at=9)).send.id == send.id
