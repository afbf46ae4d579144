"""An answer goes with the picture of its ideas where there is one in good time, and never because of one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Refused, Retryable
from bot.model import InboundMessage, Pictured, Send, SendState, ShopperId
from bot.store.connection import Store
from bot.store.inbound.queued import Talk
from nlu.optout.wishes import OptWish
from tests.integration.sending_talk import SETTINGS, FakeX, MovedClock, Taken, reaches, sending, state_of, until
from tests.integration.store_talk import answer, handed_out, message, own, record, say

IDEAS = (Pictured(1, "Trowel", "£9", "https://shop.example/1.jpg"), Pictured(2, "Seeds", "£5", ""))


async def _answered_with_ideas(store: Store, inbound: InboundMessage | None = None) -> Send:
    inbound = inbound or message()
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


class DislikesPictures(FakeX):
    """X refuses whatever has a picture, and takes the same words without."""

    def __init__(self, error: Exception) -> None:
        super().__init__(MovedClock())
        self.error = error

    async def send_dm(self, shopper_id: ShopperId, text: str, media_id: str = "") -> Taken:
        if media_id:
            self.calls += 1
            raise self.error
        return await super().send_dm(shopper_id, text)


async def _always(_: Send) -> str:
    return "555"


@pytest.mark.parametrize("reason", ["bad_request", "forbidden", "too_large", "http_422"])
async def test_an_answer_whose_picture_x_refuses_goes_again_without_it(store: Store, reason: str) -> None:
    """The words are the answer; X says only that it dislikes the whole."""
    send, x = await _answered_with_ideas(store), DislikesPictures(Refused(reason, "Your media IDs are invalid."))
    async with sending(store, x, pictures=_always):
        await reaches(store, send, SendState.SENT)
    assert [(one.text, one.media_id) for one in x.taken] == [(send.text, "")]
    assert x.calls == 2


async def test_what_x_refuses_without_a_picture_too_is_given_up(store: Store) -> None:
    """The second try tells whether it was the picture."""
    send, x = await _answered_with_ideas(store), FakeX(MovedClock())
    x.before = [Refused("bad_request"), Refused("bad_request")]
    async with sending(store, x, pictures=_always):
        await reaches(store, send, SendState.REFUSED)
    assert (await state_of(store, send), x.calls) == ((SendState.REFUSED, "bad_request"), 2)


async def test_who_blocked_us_is_not_tried_again_for_the_pictures_sake(store: Store) -> None:
    """X spoke of the shopper, and asked for no second call."""
    send, x = await _answered_with_ideas(store), DislikesPictures(Refused("recipient_closed"))
    async with sending(store, x, pictures=_always):
        await reaches(store, send, SendState.REFUSED)
    assert x.calls == 1


async def test_an_account_restricted_over_a_picture_goes_on_without_one(store: Store) -> None:
    """X may mean the right to attach media: after the pause it is the words alone that try."""
    send = await _answered_with_ideas(store)
    x = DislikesPictures(Retryable("account_restricted", whole_account=True))
    async with sending(store, x, pictures=_always):
        await _stands_at(store, send, "account_restricted")
        x.clock.move(1900)
        await reaches(store, send, SendState.SENT)
    assert x.calls == 2


async def test_where_x_takes_no_pictures_at_all_answers_soon_go_at_once_without(store: Store) -> None:
    """Else each would cost two of fifteen calls, and one of the three further tries of a quarter of an hour."""
    x = DislikesPictures(Refused("bad_request"))
    shoppers = [ShopperId(f"30{number:02}") for number in range(6)]
    sends = [await _answered_with_ideas(store, message(1, one)) for one in shoppers]
    async with sending(store, x, pictures=_always):
        for send in sends:
            await reaches(store, send, SendState.SENT)
    assert len(x.taken) == len(sends)
    assert x.calls <= 2 * 3 + 3


async def test_a_picture_whose_making_breaks_is_left_out(store: Store) -> None:
    """No fault in drawing may cost an answer its time."""
    send, x = await _answered_with_ideas(store), FakeX(MovedClock())

    async def breaks(_: Send) -> str:
        raise ZeroDivisionError

    async with sending(store, x, pictures=breaks):
        await reaches(store, send, SendState.SENT)
    assert [one.media_id for one in x.taken] == [""]


async def _stands_at(store: Store, send: Send, reason: str) -> None:
    async def stands() -> bool:
        return await state_of(store, send) == (SendState.PENDING, reason)

    await until(stands, store)
