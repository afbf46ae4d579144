"""From the release before to this one while both run: no Send is dropped, none goes out twice, order is kept."""

from __future__ import annotations

import pytest

from bot.model import SendState
from bot.store.connection import Store
from bot.store.inbound.door import EchoOutcome
from tests.integration.outbox_before import Before
from tests.integration.outbox_talk import knows_us, other, proposed
from tests.integration.store_talk import (
    ANN,
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


async def _order(store: Store, at: float) -> list[str]:
    """Everything goes out; what it answered, in order."""
    went = []
    for number in range(10):
        made = await claim(store, f"o{number}", at=at + number)
        if made is not None:
            went.append(made.send.in_reply_to)
            await store.outbox.settle_sent(made, dm_event_id=f"8{number}", now=after(at + number))
    return went


async def test_what_an_older_worker_commits_goes_out_in_order(store: Store) -> None:
    """Whichever release's worker had the partition when."""
    await knows_us(store)
    before = Before(store)
    await before.commits(message(1), at=1)
    await say(store, message(2, sent=2))
    lease = await own(store)
    await end_turn(store, lease, await handed_out(store, lease), at=2)
    await before.commits(message(3), at=3)
    assert await _order(store, at=10) == [message(number).id for number in (1, 2, 3)]


async def test_what_an_older_sender_left_in_the_middle_is_looked_for(store: Store) -> None:
    """It died after the call, or before: nobody knows."""
    await knows_us(store)
    before = Before(store)
    first, second = await before.commits(message(1), at=1), await before.commits(message(2), at=2)
    assert (await before.claims(first, "old", at=3))[0] == b"CLAIMED"
    assert await claim(store, "t1", at=4) is None
    assert await claim(store, "t2", at=122) is None
    look = await claimed(store, "t3", at=123)
    assert (look.look, look.send.id, look.claimed_at) == (True, first.id, after(3))
    await store.outbox.settle_sent(look, dm_event_id="9", now=after(124))
    made = await claimed(store, "t4", at=125)
    assert (made.look, made.send.id) == (False, second.id)


async def test_an_older_sender_may_still_settle_what_was_taken_over_from_it(store: Store) -> None:
    """Its answer of X counts, and nothing goes out a second time."""
    await knows_us(store)
    before = Before(store)
    first, second = await before.commits(message(1), at=1), await before.commits(message(2), at=2)
    await before.claims(first, "old", at=3)
    assert await claim(store, "t1", at=4) is None, "taken over"
    assert await before.settles(first, "old", "sent", at=5, dm_event="900") == b"SETTLED"
    assert (await before.claims(second, "old2", at=6))[0] == b"CHANGED", "it is ours now"
    made = await claimed(store, "t2", at=123)
    assert (made.look, made.send.id) == (False, second.id)
    assert await store.outbox.known_dm_event_ids(ANN) == {"900"}


async def test_an_older_senders_retry_goes_on_here(store: Store) -> None:
    """X certainly had it not; the time of its own settling is not waited for longer than its revisit."""
    await knows_us(store)
    before = Before(store)
    first = await before.commits(message(1), at=1)
    await before.claims(first, "old", at=3)
    assert await claim(store, "t1", at=4) is None
    assert await before.settles(first, "old", "pending", at=5) == b"SETTLED"
    made = await claimed(store, "t2", at=123)
    assert (made.look, made.send.id, made.send.attempts) == (False, first.id, 2)


async def test_an_echo_settles_what_an_older_sender_sent(store: Store) -> None:
    """Also when nobody took its queue over yet; and a second copy is known as ours."""
    await knows_us(store)
    before = Before(store)
    first = await before.commits(message(1), at=1)
    await before.claims(first, "old", at=3)
    assert await store.door.accept_echo(echo(first, "900"), now=after(4)) is EchoOutcome.SETTLED
    assert await store.door.accept_echo(echo(first, "901"), now=after(5)) is EchoOutcome.KNOWN
    kept = await store.outbox.get(ANN, first.id)
    assert kept is not None
    assert kept.state is SendState.SENT
    assert await store.outbox.waiting() == 0


async def test_what_a_later_release_queued_is_set_aside_and_holds_up_nobody(store: Store) -> None:
    """After a roll back: it stays for the release that understands it."""
    await knows_us(store)
    queue = store._wire.keys.shopper("queue", ANN)
    await store._wire.commands.hset(queue, "n1", "v2 something new")
    await proposed(store, other(1))
    await answered(store, message())
    for others in (False, True):
        made = await claimed(store, f"t{others}", at=1, others=others)
        await store.outbox.settle_sent(made, dm_event_id=f"9{others}", now=after(1))
    assert await claim(store, "t3", at=2) is None
    assert await store._wire.commands.hget(queue, "n1") == b"v2 something new"


@pytest.mark.parametrize("active", [False, True])
async def test_a_send_only_a_later_release_can_read_waits_for_it(store: Store, active: bool) -> None:
    """Its purpose has no name here: it is not sent, not dropped, and stops no sender."""
    await knows_us(store)
    send = await proposed(store, other(1))
    if active:
        await claimed(store, others=True)
    key = store._wire.keys.send(store.partition_of(ANN), send.id)
    await store._wire.commands.hset(key, "purpose", "survey")
    await answered(store, message())
    at = 120 if active else 1
    assert await claim(store, "t1", at=at, others=True) is None
    assert (await store.outbox.listed()).sends[0].in_reply_to == message().id
    assert (await claimed(store, "t2", at=at)).send.in_reply_to == message().id
    await store._wire.commands.hset(key, "purpose", "marketing")
    await store.door.accept_echo(echo(answer(message()), "900"), now=after(at))
    made = await claimed(store, "t3", at=at + 3600, others=not active)
    assert (made.send.id, made.look) == (send.id, active)
