"""The outbox: in order per shopper, fair between shoppers, never sent again blindly."""

from __future__ import annotations

import asyncio

from bot.clock import to_ms
from bot.model import SendState, ShopperId
from bot.store.connection import Store
from bot.store.inbound.door import EchoOutcome
from bot.store.outbound.box import box_of
from tests.integration.store_talk import (
    ANN,
    NOON,
    after,
    answer,
    answered,
    claim,
    claimed,
    echo,
    end_turn,
    handed_out,
    message,
    own,
    say,
)


async def _state(store: Store, number: int = 1) -> SendState:
    send = await store.outbox.get(ANN, answer(message(number)).id)
    assert send is not None
    return send.state


async def test_a_claimed_send_is_sending_and_nobody_else_gets_it(store: Store) -> None:
    """Two senders must not call X for the same Send."""
    send = await answered(store, message())
    made = await claimed(store, "t1", at=1)
    assert (made.send.id, made.look, made.send.state, made.send.attempts) == (
        send.id,
        False,
        SendState.SENDING,
        1,
    )
    assert made.claimed_at == after(1)
    assert await claim(store, "t2", at=2) is None
    assert await store.outbox.earliest() == (store.partition_of(ANN), after(121))


async def test_of_many_claims_at_once_one_succeeds(store: Store) -> None:
    """Between reading who is due and claiming, another sender may have been faster."""
    await answered(store, message())
    await asyncio.gather(*(store.ping() for _ in range(20)))  # every connection is open: nobody is ahead
    made = await asyncio.gather(*(claim(store, f"t{n}", at=1) for n in range(20)))
    assert [one.look for one in made if one is not None] == [False]


async def test_a_later_answer_does_not_hurry_the_one_before(store: Store) -> None:
    """The head waits for its own time, whatever is queued behind it."""
    await answered(store, message(1))
    await store.outbox.settle_retry(await claimed(store), reason="r", at=after(60), now=after(1))
    await answered(store, message(2))
    assert await store.outbox.earliest() == (store.partition_of(ANN), after(60))


async def test_what_to_look_for_is_as_old_as_the_first_of_all_tries(store: Store) -> None:
    """X may have taken any of them."""
    await answered(store, message())
    await store.outbox.settle_retry(await claimed(store, "t1", at=5), reason="r", at=after(60), now=after(6))
    second = await claimed(store, "t2", at=60)
    await store.outbox.settle_in_doubt(second, reason="r", look_at=after(180), now=after(61))
    assert (await claimed(store, "t3", at=180)).claimed_at == after(5)


async def test_a_claim_asked_for_twice_with_one_token_is_one_claim(store: Store) -> None:
    """Where Redis' answer was lost on the way, asking again must not look like a crash."""
    await answered(store, message())
    first = await claimed(store, "t1", at=1)
    # the very same script call a second time, as a client that lost the answer repeats it
    keys = store._wire.keys
    n = store.partition_of(ANN)
    said = await store._wire.run(
        "claim_send",
        [keys.send(n, first.send.id), *box_of(keys, ANN)],
        [ANN, first.send.id, "answer", "t1", to_ms(after(1)), to_ms(after(121)), "1", "go", 0, "", "", "", 60, 60],
    )  # fmt: skip
    assert (said[0], said[1]) == (b"CLAIMED", 0)
    assert (await store.outbox.get(ANN, first.send.id)) == first.send


async def test_a_sender_that_dies_leaves_a_look_and_not_a_second_send(store: Store) -> None:
    """Between X's answer and our record nobody knows whether X has it."""
    await answered(store, message())
    await claimed(store, "t1", at=1)
    assert await claim(store, "t2", at=120) is None
    made = await claimed(store, "t2", at=121)
    assert (made.look, made.send.state, made.send.attempts) == (True, SendState.IN_DOUBT, 1)
    assert made.claimed_at == after(1), "what to look for is as old as the first try"
    again = await claimed(store, "t3", at=300)
    assert again.look, "a looker that dies leaves a look again"


async def test_a_look_that_found_nothing_makes_it_pending_again(store: Store) -> None:
    """Only then may it be sent again."""
    await answered(store, message())
    await claimed(store, "t1")
    look = await claimed(store, "t2", at=120)
    assert await store.outbox.settle_retry(look, reason="not_found", at=after(120), now=after(120))
    made = await claimed(store, "t3", at=121)
    assert (made.look, made.send.attempts) == (False, 2)


async def test_an_overtaken_claim_decides_nothing(store: Store) -> None:
    """A sender that wakes up late must not undo what its successor found out."""
    await answered(store, message())
    late = await claimed(store, "t1")
    look = await claimed(store, "t2", at=120)
    assert not await store.outbox.settle_retry(late, reason="r", at=after(121), now=after(121))
    assert not await store.outbox.settle_refused(late, reason="r", now=after(121))
    assert not await store.outbox.settle_in_doubt(late, reason="r", look_at=after(121), now=after(121))
    assert await _state(store) is SendState.IN_DOUBT
    assert await store.outbox.settle_sent(look, dm_event_id="9", now=after(122))


async def test_that_x_took_it_holds_from_an_overtaken_claim_too(store: Store) -> None:
    """It is a fact; dropping it would mean sending the message a second time."""
    await answered(store, message())
    late = await claimed(store, "t1")
    look = await claimed(store, "t2", at=120)
    assert await store.outbox.settle_sent(late, dm_event_id="9", now=after(121))
    assert not await store.outbox.settle_retry(look, reason="not_found", at=after(121), now=after(121))
    assert await _state(store) is SendState.SENT
    assert await claim(store, "t3", at=500) is None
    assert await store.outbox.known_dm_event_ids(ANN) == {"9"}


async def test_an_overtaken_look_takes_no_later_answer_with_the_same_words_for_its_own(store: Store) -> None:
    """Found by a history: a sender that slept finds the next "Hello" at X; that one would then be sent again."""
    await answered(store, message(1), "Hello")
    await claimed(store, "t1")
    asleep = await claimed(store, "t2", at=120)
    look = await claimed(store, "t3", at=240)
    assert await store.outbox.settle_sent(look, dm_event_id="9", now=after(241))
    second = await answered(store, message(2), "Hello")
    await claimed(store, "t4", at=242)
    assert not await store.outbox.settle_sent(asleep, dm_event_id="10", now=after(243))
    assert await store.outbox.known_dm_event_ids(ANN) == {"9"}
    assert await store.door.accept_echo(echo(second, "10"), now=after(244)) is EchoOutcome.SETTLED


async def test_a_look_does_not_take_what_is_another_sends(store: Store) -> None:
    """X's id belongs to one Send; the doubt stays."""
    await answered(store, message(1), "Hello")
    await store.outbox.settle_sent(await claimed(store, "t1"), dm_event_id="9", now=after(1))
    await answered(store, message(2), "Hello")
    await claimed(store, "t2", at=2)
    look = await claimed(store, "t3", at=122)
    assert not await store.outbox.settle_sent(look, dm_event_id="9", now=after(123))
    assert await _state(store, 2) is SendState.IN_DOUBT


async def test_settling_twice_is_settling_once(store: Store) -> None:
    """A settlement whose answer was lost is repeated."""
    await answered(store, message())
    first = await claimed(store, "t1")
    for _ in range(2):
        assert await store.outbox.settle_retry(first, reason="429", at=after(60), now=after(1))
    assert await store.outbox.earliest() == (store.partition_of(ANN), after(60))
    second = await claimed(store, "t2", at=60)
    for _ in range(2):
        assert await store.outbox.settle_refused(second, reason="blocked", now=after(61))
    assert not await store.outbox.settle_refused(first, reason="late", now=after(62))
    assert not await store.outbox.settle_sent(first, dm_event_id="9", now=after(62)), "a final state stays"
    assert await _state(store) is SendState.REFUSED


async def test_a_shoppers_sends_go_one_after_the_other(store: Store) -> None:
    """The second answer must wait until the first is settled, however long that takes."""
    for number in (1, 2):
        await answered(store, message(number))
    first = await claimed(store, "t1")
    assert await claim(store, "t2", at=1) is None
    await store.outbox.settle_in_doubt(first, reason="timeout", look_at=after(200), now=after(2))
    assert await claim(store, "t3", at=199) is None
    look = await claimed(store, "t4", at=200)
    await store.outbox.settle_sent(look, dm_event_id="9", now=after(201))
    second = await claimed(store, "t5", at=201)
    assert second.send.in_reply_to == message(2).id
    await store.outbox.settle_sent(second, dm_event_id="10", now=after(202))
    assert await store.outbox.waiting() == 0
    assert await store.outbox.earliest() is None


async def test_one_shoppers_doubt_does_not_hold_up_another(store: Store) -> None:
    """A talk in doubt waits minutes; others must not."""
    twin = next(
        ShopperId(str(n)) for n in range(2000, 3000) if store.partition_of(ShopperId(str(n))) == store.partition_of(ANN)
    )
    await answered(store, message(1))
    await answered(store, message(1, twin))
    doubtful = await claimed(store, "t1")
    await store.outbox.settle_in_doubt(doubtful, reason="timeout", look_at=after(120), now=NOON)
    made = await claimed(store, "t2")
    assert made.send.shopper_id != doubtful.send.shopper_id


async def test_the_one_who_waits_longest_goes_first(store: Store) -> None:
    """Many messages of one shopper must not push another's answer back."""
    lease = await own(store)
    twin = next(
        ShopperId(str(n)) for n in range(2000, 3000) if store.partition_of(ShopperId(str(n))) == lease.partition
    )
    for inbound in (message(1), message(2), message(1, twin)):
        await say(store, inbound)
    for at in (0, 1, 2):
        await end_turn(store, lease, await handed_out(store, lease), at=at)
    first = await claimed(store, "t1", at=3)
    await store.outbox.settle_sent(first, dm_event_id="9", now=after(4))
    second = await claimed(store, "t2", at=5)
    assert (first.send.shopper_id, second.send.shopper_id) == (ANN, twin)


async def test_an_answer_too_old_expires(store: Store) -> None:
    """An answer half a day late is noise."""
    await answered(store, message())
    assert await claim(store, at=100, expires=1) is None
    assert await _state(store) is SendState.EXPIRED


async def test_nothing_is_sent_to_who_never_wrote(store: Store) -> None:
    """Where consent is missing or cannot be told, silence is right."""
    send = await answered(store, message())
    await store._wire.commands.delete(store._wire.keys.shopper("consent", ANN))
    assert await claim(store) is None
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert (kept.state, kept.reason) == (SendState.REFUSED, "never_wrote")


async def test_what_is_kept_of_what_x_has_ends_though_the_shopper_writes_on(store: Store) -> None:
    """Every message renews the key; without an end of their own its entries would pile up for ever."""
    for day in range(0, 60, 20):
        at = day * 86_400.0
        await answered(store, message(day + 1, sent=at), f"day {day}")
        made = await claim(store, f"t{day}", at=at)
        assert made is not None
        await store.outbox.settle_sent(made, dm_event_id=str(day), now=after(at))
    _, spent = await store.outbox.facts(ANN)
    assert [one.at for one in spent.handed] == [after(40 * 86_400.0), after(20 * 86_400.0)], "newest first"


async def test_a_commit_wakes_a_waiting_sender(store: Store) -> None:
    """The answer leaves at once, without polling."""
    await answered(store, message())
    assert await store.outbox.wait(1)
    assert not await store.outbox.wait(1)
