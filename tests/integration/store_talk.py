"""What the store's tests say and do: messages, turns and claims of made-up shoppers at made-up times."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from bot.governance.facts import ConsentFacts, Spent
from bot.governance.verdict import May, Verdict
from bot.model import Echo, InboundMessage, MessageId, Send, SendId, ShopperId, TurnRecord
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from bot.store.inbound.turns import Lease, QueuedTurn, Talk
from bot.store.outbound.outbox import Claim, Judge
from nlu.optout.wishes import OptWish

NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
ANN = ShopperId("1001")


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def message(number: int = 1, shopper_id: ShopperId = ANN, *, sent: float = 0, text: str = "") -> InboundMessage:
    return InboundMessage(MessageId(f"{shopper_id}{number:04}"), shopper_id, text or f"said {number}", after(sent))


async def say(
    store: Store, inbound: InboundMessage, wish: OptWish = OptWish.NONE, *, too_old: bool = False
) -> Accepted:
    return await store.door.accept(inbound, wish=wish, too_old=too_old, now=inbound.sent_at)


def answer(inbound: InboundMessage, text: str = "", *, at: float = 0) -> Send:
    return Send(
        SendId(f"r{inbound.id}"),
        inbound.shopper_id,
        text or f"answer to {inbound.text}",
        inbound.id,
        after(at),
    )


def record(inbound: InboundMessage) -> TurnRecord:
    return TurnRecord(
        inbound.id,
        inbound.shopper_id,
        ("an answer",),
        {"recipient": "mum"},
        ({"id": "p1", "price": "9.99"},),
        12.5,
    )


async def own(store: Store, shopper_id: ShopperId = ANN, owner: str = "worker") -> Lease:
    lease = await store.turns.take_lease(store.partition_of(shopper_id), owner, 30_000)
    assert lease is not None
    return lease


async def handed_out(store: Store, lease: Lease) -> QueuedTurn:
    turn = await store.turns.next(lease, 0)
    assert turn is not None
    return turn


async def begun(store: Store, lease: Lease) -> QueuedTurn:
    """As a worker takes it: its try is counted."""
    turn = await store.turns.begin(lease)
    if turn is None:  # it knew of nothing more at its last commit
        await store.turns.wait(lease, 1_000)
        turn = await store.turns.begin(lease)
    assert turn is not None
    return turn


async def end_turn(
    store: Store, lease: Lease, turn: QueuedTurn, text: str = "", *, tracker: bytes = b"kept", at: float = 0
) -> bool:
    return await store.turns.commit(
        lease,
        turn,
        talk=Talk(tracker),
        send=answer(turn.message, text, at=at),
        record=record(turn.message),
        now=after(at),
        interactions=({"kind": "shown", "product_id": "p1"},),
    )


async def answered(store: Store, inbound: InboundMessage, text: str = "") -> Send:
    """A Send in the outbox that answers this message, by way of the door and a turn."""
    await say(store, inbound)
    lease = await own(store, inbound.shopper_id)
    turn = await handed_out(store, lease)
    assert await end_turn(store, lease, turn, text)
    return answer(turn.message, text)


def until(expires: float = -3600) -> Judge:
    """A judge that lets everything go but what is too old."""

    def judge(send: Send, consent: ConsentFacts, spent: Spent) -> Verdict:
        if send.created_at < after(expires):
            return Verdict(May.NEVER, "expired", "It is too old.")
        return Verdict(May.GO, "allowed", "Nothing speaks against it.")

    return judge


async def claim(
    store: Store,
    token: str = "t1",
    *,
    at: float = 0,
    shopper_id: ShopperId = ANN,
    expires: float = -3600,
    judge: Judge | None = None,
    others: bool = False,
) -> Claim | None:
    return await store.outbox.claim(
        store.partition_of(shopper_id),
        token=token,
        now=after(at),
        revisit_at=after(at + 120),
        judge=judge or until(expires),
        others=others,
    )


async def claimed(store: Store, token: str = "t1", *, at: float = 0, others: bool = False) -> Claim:
    made = await claim(store, token, at=at, others=others)
    assert made is not None
    return made


def echo(send: Send, dm_event_id: str = "900", *, text: str | None = None, at: float = 0) -> Echo:
    return Echo(MessageId(dm_event_id), send.shopper_id, send.text if text is None else text, after(at))
