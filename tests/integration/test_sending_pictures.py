"""An answer goes with the picture of its ideas where there is one in good time, and never because of one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.model import Pictured, Send, SendState
from bot.store.connection import Store
from bot.store.inbound.queued import Talk
from nlu.optout.wishes import OptWish
from tests.integration.sending_talk import SETTINGS, FakeX, MovedClock, reaches, sending, state_of
from tests.integration.store_talk import answer, handed_out, message, own, record, say

IDEAS = (Pictured(1, "Trowel", "£9", "https://shop.example/1.jpg"), Pictured(2, "Seeds", "£5", ""))


async def _answered_with_ideas(store: Store) -> Send:
    inbound = message()
    await say(store, inbound)
    lease = await own(store, inbound.shopper_id)
    turn = await handed_out(store, lease)
    send = replace(answer(inbound), pictures=IDEAS)
    assert await store.turns.commit(
        lease, turn, talk=Talk(b"kept"), send=send, record=record(inbound), now=send.created_at
    )
    return send


async def test_an_answer_goes_with_its_picture(store: Store) -> None:
    """What the commit kept is what the picture is made of."""
    send, x = await _answered_with_ideas(store), FakeX(MovedClock())
    shown: list[tuple[Pictured, ...]] = []

    async def picture(one: Send) -> str:
        shown.append(one.pictures)
        return "555"

    async with sending(store, x, pictures=picture):
        await reaches(store, send, SendState.SENT)
    assert shown == [IDEAS]
    assert [(one.text, one.media_id) for one in x.taken] == [(send.text, "555")]


async def test_a_picture_that_takes_too_long_is_left_out(store: Store) -> None:
    """Long before the claim is taken for lost."""
    send, x = await _answered_with_ideas(store), FakeX(MovedClock())

    async def never(_: Send) -> str:
        await asyncio.Event().wait()
        raise AssertionError

    async with sending(store, x, replace(SETTINGS, settle_delay_s=2), pictures=never):
        await reaches(store, send, SendState.SENT)
    assert [one.media_id for one in x.taken] == [""]


async def test_a_stop_while_the_picture_is_made_wins(store: Store) -> None:
    """The claim read consent before it; the call has not begun."""
    send, x = await _answered_with_ideas(store), FakeX(MovedClock())

    async def picture(_: Send) -> str:
        stop = replace(message(2), sent_at=send.created_at + timedelta(seconds=5))
        await say(store, stop, OptWish.STOP)
        return "555"

    async with sending(store, x, pictures=picture):
        await reaches(store, send, SendState.REFUSED)
    assert await state_of(store, send) == (SendState.REFUSED, "opted_out")
    assert x.calls == 0
