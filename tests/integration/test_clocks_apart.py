"""Workers, intakes and departments whose clocks are an hour off hold up nobody: Redis' clock tells what is due."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.clock import utc_now
from bot.demo.plan import free_ports
from bot.model import Send, SendState
from bot.sending.judge import Governing
from bot.settings import StoreSettings
from bot.store.access.shared_clock import SharedClock
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from bot.store.inbound.turns import Talk
from bot.store.outbound.outbox import Claim, Judge
from bot.store.shoppers.consents import Allows, ConsentRecord
from bot.wiring import roles
from nlu.optout.wishes import OptWish
from tests.fakes import x_side
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.outbox_talk import knows_us, other
from tests.integration.sending_talk import RULES
from tests.integration.store_talk import ANN, NOON, answer, echo, handed_out, message, own, record, say, until

HOUR = timedelta(hours=1)
WRONG = pytest.mark.parametrize("wrong_by", [HOUR, -HOUR])


@pytest.fixture
async def real(store_settings: StoreSettings) -> AsyncIterator[Store]:
    """A store as in production."""
    async with Store(store_settings, PRIVACY_KEY, own_time=True) as store:
        yield store


async def committed(store: Store, number: int, wrong_by: timedelta, made: datetime = NOON) -> Send:
    """An answer of a worker whose clock is wrong by so much, and that says so of when it was made."""
    inbound = message(number)
    await say(store, inbound)
    lease = await own(store)
    turn = await handed_out(store, lease)
    assert await store.turns.commit(
        lease,
        turn,
        talk=Talk(),
        send=dataclasses.replace(answer(inbound), created_at=made),
        record=record(inbound),
        now=utc_now() + wrong_by,
    )
    return answer(inbound)


async def claim(
    store: Store, token: str, *, others: bool = False, wrong_by: timedelta = timedelta(0), judge: Judge | None = None
) -> Claim | None:
    """A sender's claim; a second later, as two clocks are never quite the same."""
    now = utc_now() + timedelta(seconds=1) + wrong_by
    return await store.outbox.claim(
        store.partition_of(ANN), token=token, now=now, revisit_at=now + timedelta(seconds=120),
        judge=judge or until(), others=others,
    )  # fmt: skip


@WRONG
async def test_a_worker_whose_clock_is_wrong_holds_no_answer_back(real: Store, wrong_by: timedelta) -> None:
    """Its answers are due when they were committed, and in the queue they stand where they came."""
    send = await committed(real, 1, wrong_by)
    (life,) = await real.outbox.lives(send.id)
    assert life.due is not None
    assert abs(life.due - utc_now()) < timedelta(seconds=30)
    assert await claim(real, "t1") is not None


@WRONG
async def test_an_echo_by_an_intake_whose_clock_is_wrong_holds_no_answer_back(real: Store, wrong_by: timedelta) -> None:
    """Who was served goes behind who waits: by the moment it was, not by the intake's."""
    first = await committed(real, 1, timedelta(0))
    assert await claim(real, "t1") is not None
    await committed(real, 2, timedelta(0))
    await real.door.accept_echo(echo(first), now=utc_now() + wrong_by)
    assert await claim(real, "t2") is not None


async def test_a_sender_whose_clock_is_ahead_looks_after_no_others_send_too_soon(real: Store) -> None:
    """X may be about to take it; who looks finds nothing and would send it again."""
    await committed(real, 1, timedelta(0))
    assert await claim(real, "t1") is not None
    assert await claim(real, "t2", wrong_by=HOUR) is None


@WRONG
async def test_a_department_whose_clock_is_wrong_is_served_like_any(real: Store, wrong_by: timedelta) -> None:
    """What it asks for is due now."""
    await knows_us(real)
    await real.outbox.propose(other(1), utc_now() + wrong_by)
    assert await claim(real, "t1", others=True) is not None


@WRONG
async def test_no_answer_dies_of_its_workers_clock(real: Store, wrong_by: timedelta) -> None:
    """An hour behind it would seem old beside a newer one, thirteen hours behind too old for anybody."""
    for number, off in ((1, wrong_by), (2, wrong_by), (3, 13 * wrong_by)):
        await committed(real, number, off, made=utc_now() + off)
    judge = Governing(lambda: RULES).judge_at(utc_now() + timedelta(seconds=1))
    first = await claim(real, "t1", judge=judge)
    listed = await real.outbox.listed(shopper_id=ANN)

    assert first is not None
    assert {one.state for one in listed.sends} == {SendState.SENDING, SendState.PENDING}
    assert all(abs(one.created_at - utc_now()) < timedelta(seconds=30) for one in listed.sends)


async def test_an_intake_whose_clock_is_a_day_ahead_takes_no_message_for_too_old(
    store_settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """X is told 200: nobody would ever answer it. Nor does it take what X delivers now for a replay of yesterday's."""

    def ahead() -> datetime:
        return utc_now() + timedelta(hours=25)

    monkeypatch.setattr(roles, "utc_now", ahead, raising=False)  # should it ever go by its own clock again
    monkeypatch.setitem(SharedClock.__init__.__kwdefaults__, "wall", ahead)
    settings = dataclasses.replace(x_side.settings(port=free_ports(1)[0]), store=store_settings)
    life, listening = roles.Life(), asyncio.Event()
    monkeypatch.setattr(roles.Life, "ready", lambda *_: listening.set())
    running = asyncio.create_task(roles._run_intake(settings, life))
    try:
        await asyncio.wait_for(listening.wait(), 10)
        body = x_side.delivery(("77", "a gift for mum"))
        async with aiohttp.ClientSession() as http:
            url = f"http://127.0.0.1:{settings.intake.port}{settings.intake.path}"
            async with http.post(url, data=body, headers=x_side.signed(body)) as answer:
                assert answer.status == 200
    finally:
        life.stop.set()
        await asyncio.wait_for(running, 10)
    async with Store(store_settings, PRIVACY_KEY) as store:
        assert await store.turns.waiting() == 1
        came = (await store.gaps.signs()).event
        assert came is not None
        assert abs(came - utc_now()) < timedelta(seconds=30)


async def test_a_stop_taken_on_the_phone_where_the_clock_is_ahead_does_not_outweigh_a_later_start(real: Store) -> None:
    """They wrote START, and would be met with silence until that clock's hour has come."""
    await say(real, message(1))
    ahead = utc_now() + HOUR
    await real.consents.record(ConsentRecord(ANN, Allows.ALL, False, "phone", "api", ahead))
    closed = await real.door.consent(ANN)
    start = dataclasses.replace(message(2, text="START"), sent_at=utc_now() + timedelta(seconds=1))

    assert closed is not None
    assert not closed.open
    assert await say(real, start, OptWish.START) is Accepted.STARTED
