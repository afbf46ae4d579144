"""Echoes: X's own report settles a Send, once, and tells a person's words from ours."""

from __future__ import annotations

import pytest

from bot.model import Send, SendState
from bot.store.connection import Store
from bot.store.inbound.door import EchoOutcome
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


async def _echoed(store: Store, *args: object, **kwargs: object) -> EchoOutcome:
    return await store.door.accept_echo(echo(*args, **kwargs), now=after(5))  # type: ignore[arg-type]


async def _answered_at(store: Store, at: float, text: str) -> Send:
    """A Send in the outbox that answers a message written then."""
    inbound = message(int(100 + at), sent=at)
    await say(store, inbound)
    lease = await own(store)
    assert await end_turn(store, lease, await handed_out(store, lease), text, at=at)
    return answer(inbound, text)


async def test_an_echo_settles_a_send_whose_sender_died(store: Store) -> None:
    """The free receipt: no look at X is needed, and no second send."""
    send = await answered(store, message())
    await claimed(store)
    while await store.outbox.wait(1):
        pass
    assert await _echoed(store, send, "900") is EchoOutcome.SETTLED
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert (kept.state, kept.dm_event_id) == (SendState.SENT, "900")
    assert await store.outbox.wait(1), "the shopper's next answer may go: the sender is told"
    assert await claim(store, "t2", at=500) is None


async def test_an_echo_before_the_answer_of_the_call_agrees_with_it(store: Store) -> None:
    """X may report faster than it answers."""
    send = await answered(store, message())
    made = await claimed(store)
    await _echoed(store, send, "900")
    assert await store.outbox.settle_sent(made, dm_event_id="900", now=after(6))
    assert not await store.outbox.settle_in_doubt(made, reason="timeout", look_at=after(9), now=after(6))
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert kept.state is SendState.SENT


async def test_an_echo_after_the_answer_of_the_call_is_known(store: Store) -> None:
    """The usual order changes nothing."""
    send = await answered(store, message())
    await store.outbox.settle_sent(await claimed(store), dm_event_id="900", now=after(1))
    assert await _echoed(store, send, "900") is EchoOutcome.KNOWN


async def test_an_echo_repeated_does_not_settle_the_next_send_with_the_same_text(store: Store) -> None:
    """X repeats reports; the second 'Goodbye' must still be sent."""
    first = await answered(store, message(1), "Goodbye")
    second = await answered(store, message(2), "Goodbye")
    await claimed(store, "t1")
    assert await _echoed(store, first, "900") is EchoOutcome.SETTLED
    await claimed(store, "t2", at=6)
    assert await _echoed(store, first, "900") is EchoOutcome.KNOWN
    assert await _echoed(store, second, "901") is EchoOutcome.SETTLED


@pytest.mark.parametrize("changed", ["Tea  for\ntwo https://t.co/xyz ", "Tea for two\u00a0https://t.co/xyz"])
async def test_x_may_change_white_space_and_links(store: Store, changed: str) -> None:
    """Else our own message would pass for a person's, and be sent again."""
    send = await answered(store, message(), "Tea for two https://shop.example/tea?id=1")
    await claimed(store)
    assert await _echoed(store, send, "900", text=changed) is EchoOutcome.SETTLED


@pytest.mark.parametrize(
    ("ours", "as_x_reports"),
    [
        ("Tea: shop.example/p/1", "Tea: https://t.co/a1B2"),
        ("See shop.example/p/1, or (www.shop.example)!", "See https://t.co/a1B2, or (https://t.co/c3D4)!"),
        ("1. Tea at Shop.Example\n2. Cup", "1. Tea at https://t.co/a1B2\n2. Cup"),
    ],
)
async def test_x_makes_links_of_bare_domains_too(store: Store, ours: str, as_x_reports: str) -> None:
    """Else the bot would take its own answer for a person's, and fall silent."""
    send = await answered(store, message(), ours)
    await claimed(store)
    assert await _echoed(store, send, "900", text=as_x_reports) is EchoOutcome.SETTLED


async def test_prices_and_abbreviations_are_no_links(store: Store) -> None:
    """What a person typed must not pass for ours because numbers were taken for links."""
    send = await answered(store, message(), "Tea for £9.99, e.g. green")
    await claimed(store)
    assert await _echoed(store, send, "900", text="Tea for £8.50, e.g. green") is EchoOutcome.FOREIGN


async def test_what_a_person_types_is_foreign_however_often_it_is_reported(store: Store) -> None:
    """The bot steps back from a talk a person has; a repeat must not settle one of our Sends."""
    send = await answered(store, message(), "Hello")
    assert await _echoed(store, send, "800", text="Can I help?") is EchoOutcome.FOREIGN
    send = await _answered_at(store, 10, "Hello")
    await claimed(store, at=10)
    assert await _echoed(store, send, "800", text="Hello") is EchoOutcome.FOREIGN
    assert await _echoed(store, send, "801", text="Can I help you?") is EchoOutcome.FOREIGN
    assert await _echoed(store, send, "802", text="Hello") is EchoOutcome.SETTLED


async def test_an_echo_later_than_our_look_still_settles(store: Store) -> None:
    """X took it late: found nothing, pending again, then the report comes; it must not go out twice."""
    send = await answered(store, message())
    await claimed(store, "t1")
    look = await claimed(store, "t2", at=120)
    await store.outbox.settle_retry(look, reason="not_found", at=after(200), now=after(120))
    assert await _echoed(store, send, "900") is EchoOutcome.SETTLED
    assert await claim(store, "t3", at=300) is None


async def test_a_second_copy_x_took_late_is_known_as_ours(store: Store) -> None:
    """It must not pass for a person taking over the talk."""
    send = await answered(store, message())
    await store.outbox.settle_sent(await claimed(store), dm_event_id="900", now=after(1))
    assert await _echoed(store, send, "901") is EchoOutcome.KNOWN
    assert await store.outbox.known_dm_event_ids(ANN) == {"900", "901"}


async def _colleague_writes(store: Store, *, at: float, told: float) -> None:
    """In X's app; X tells us of it a while later."""
    said = echo(answer(message()), f"7{at:.0f}", text="Anna here, let me help.", at=at)
    assert await store.door.accept_echo(said, now=after(told)) is EchoOutcome.FOREIGN


async def _reason(store: Store, send: Send) -> tuple[SendState, str]:
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    return kept.state, kept.reason


async def test_an_answer_that_waits_ends_when_a_colleague_writes(store: Store) -> None:
    """Answers wait a quarter of an hour for X's allowance: just then a colleague steps in, and is not talked over."""
    first = await _answered_at(store, 0, "Here are three ideas.")
    second = await _answered_at(store, 30, "And three more.")
    await _colleague_writes(store, at=300, told=302)
    assert await claim(store, at=900) is None
    assert [await _reason(store, one) for one in (first, second)] == [(SendState.REFUSED, "colleague_answered")] * 2


async def test_an_answer_made_in_the_moment_a_colleague_wrote_ends_too(store: Store) -> None:
    """X's report was on its way when the turn ended; nobody could know."""
    send = await _answered_at(store, 301, "Here are three ideas.")
    await _colleague_writes(store, at=300, told=303)
    assert await claim(store, at=900) is None
    assert await _reason(store, send) == (SendState.REFUSED, "colleague_answered")


async def test_what_a_colleague_wrote_long_ago_ends_no_answer_made_since(store: Store) -> None:
    """A gap is filled hours later: the shopper has asked something else, and was answered, in between."""
    send = await _answered_at(store, 7200, "Here are three ideas.")
    await _colleague_writes(store, at=0, told=7300)
    made = await claimed(store, at=7400)
    assert made.send.id == send.id


async def test_a_departments_message_does_not_end_when_a_colleague_writes(store: Store) -> None:
    """ "Your parcel is late" is news to the shopper, whoever talks with them; the rules say when it may go."""
    await knows_us(store)
    await proposed(store, other(1))
    await _colleague_writes(store, at=300, told=302)
    assert await claim(store, at=900, others=True) is not None


async def test_what_x_may_have_is_looked_after_though_a_colleague_writes(store: Store) -> None:
    """It cannot be taken back; what became of it must still be known."""
    await answered(store, message())
    await claimed(store)
    await _colleague_writes(store, at=60, told=61)
    look = await claimed(store, "t2", at=120)
    assert look.look
