"""Echoes: X's own report settles a Send, once, and tells a person's words from ours."""

from __future__ import annotations

import pytest

from bot.model import SendState
from bot.store.connection import Store
from bot.store.inbound.door import EchoOutcome
from tests.integration.store_talk import ANN, after, answered, claim, claimed, echo, message


async def _echoed(store: Store, *args: object, **kwargs: object) -> EchoOutcome:
    return await store.door.accept_echo(echo(*args, **kwargs), now=after(5))  # type: ignore[arg-type]


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
    assert await _echoed(store, send, "800", text="Hello") is EchoOutcome.FOREIGN, "ours was not sent yet"
    await claimed(store)
    assert await _echoed(store, send, "800", text="Hello") is EchoOutcome.FOREIGN
    assert await _echoed(store, send, "801", text="Can I help?") is EchoOutcome.FOREIGN
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
