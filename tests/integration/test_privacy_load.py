"""Forgetting while they write, are answered and sent to without a pause: old goes, new stays, others keep all."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.clock import utc_now
from bot.errors import Changed
from bot.model import Echo, InboundMessage, MessageId, ShopperId
from bot.store.connection import Store
from bot.store.inbound.turns import Talk
from nlu.optout.wishes import OptWish
from tests.integration.redis_server import RedisServer
from tests.integration.shopper_everywhere import BOB, EVE, answer_to, moment, traces, uncompressed
from tests.integration.store_talk import own, record, until

CAROL = ShopperId("4440001112223")


@pytest.fixture
def store(one_partition: Store) -> Store:
    return one_partition


class Traffic:
    """Three shoppers write as fast as they can; one worker answers, one sender sends, X reports."""

    def __init__(self, store: Store) -> None:
        self.store, self.number, self.stop = store, 0, asyncio.Event()
        self.word = dict.fromkeys((EVE, BOB, CAROL), "before")
        self.answered: list[str] = []

    async def write(self) -> None:
        while not self.stop.is_set():
            while self.number % 10 == 0 and await self.store.turns.waiting() > 20:
                await asyncio.sleep(0.005)
            self.number += 1
            shopper_id = (EVE, BOB, CAROL)[self.number % 3]
            text = f"{self.word[shopper_id]}-{shopper_id[:3]}-{self.number}"
            # what is written by the true time: of before and after the forgetting
            inbound = InboundMessage(MessageId(f"88{self.number:07}"), shopper_id, text, utc_now())
            await self.store.door.accept(inbound, wish=OptWish.NONE, too_old=False, now=inbound.sent_at)

    async def answer(self) -> None:
        lease = await own(self.store, EVE)
        while True:
            turn = await self.store.turns.next(lease, 20)
            if turn is None:
                if self.stop.is_set():
                    return
                continue
            message = turn.message
            try:
                done = await self.store.turns.commit(
                    lease, turn, talk=Talk(message.text.encode()), send=answer_to(message), record=record(message),
                    now=message.sent_at, interactions=({"kind": "shown", "product_id": message.text},),
                )  # fmt: skip
            except Changed:
                continue
            if done:
                self.answered.append(message.text)

    async def send(self, name: str) -> None:
        tokens = 0
        while True:
            tokens += 1
            at = moment(10_000 + tokens)
            claim = await self.store.outbox.claim(
                0, token=f"{name}{tokens}", now=at, revisit_at=moment(90_000), judge=until(-1e9)
            )
            if claim is None:
                if self.stop.is_set() and not await self.store.turns.waiting():
                    return
                await asyncio.sleep(0.005)
                continue
            await asyncio.sleep(0.002)  # X's call
            await self.store.outbox.settle_sent(claim, dm_event_id=f"99{name}{tokens}", now=at)
            echo = Echo(MessageId(f"99{name}{tokens}"), claim.send.shopper_id, claim.send.text, at)
            await self.store.door.accept_echo(echo, now=at)


async def test_under_load_the_old_goes_the_new_stays_and_others_lose_nothing(
    store: Store, own_server: RedisServer
) -> None:
    """T19 under load: three times forgotten while they write on."""
    folder = uncompressed(own_server.url)
    traffic = Traffic(store)
    tasks = [
        asyncio.create_task(one) for one in (traffic.write(), traffic.answer(), traffic.send("a"), traffic.send("b"))
    ]
    for number in range(3):
        await _until(lambda many=40 * (number + 1): len(traffic.answered) > many)
        traffic.word[EVE] = f"limbo{number}"  # on its way while it is done: may go or stay
        await asyncio.sleep(0)
        at = await store.forgetting.forget(EVE)
        traffic.word[EVE] = f"after{number}"
        left = await store.forgetting.left(EVE, at)
        assert set(left.values()) == {0}
    await _until(lambda: any(text.startswith("after2-720") for text in traffic.answered))
    traffic.stop.set()
    await asyncio.wait_for(asyncio.gather(*tasks), 60)
    await store.files.rewrite(timeout_s=30)

    gone = ["before-720", "after0-720", "after1-720"]
    assert [one for one in traces(own_server.url, gone, folder) if not one.startswith("slow")] == []
    kept = {one.split("-")[0] for one in traffic.answered if one.startswith("after2-720")}
    assert kept == {"after2"}
    held = await store.finding.held(EVE)
    assert {re.sub(r"-.*", "", one["text"].removeprefix("about ")) for one in held.by_place["send:<send>"]} <= {
        "limbo2", "after2",
    }  # fmt: skip
    for other in (BOB, CAROL):
        written = [n for n in range(1, traffic.number + 1) if (EVE, BOB, CAROL)[n % 3] == other]
        answered = [int(text.split("-")[2]) for text in traffic.answered if text.split("-")[1] == other[:3]]
        assert answered == written, "others are answered, all, once and in order"


async def _until(done) -> None:  # type: ignore[no-untyped-def]
    deadline = asyncio.get_running_loop().time() + 60
    while not done():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.005)
