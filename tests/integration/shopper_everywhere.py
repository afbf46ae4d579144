"""A shopper in every place Redis has for one, with a phrase that can be looked for; and the looking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import redis

from bot.model import Echo, InboundMessage, MessageId, Purpose, Send, SendId, ShopperId, TurnRecord
from bot.store.connection import Store
from bot.store.inbound.queued import Choice
from bot.store.inbound.turns import Talk
from bot.store.shoppers.consents import Allows, ConsentRecord
from nlu.optout.wishes import OptWish
from tests.integration.store_talk import begun, own, until

EVE = ShopperId("7203944118211")
BOB = ShopperId("5550001112223")
PHRASE = "lavender-zeppelin"
BASE = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)


def moment(seconds: float) -> datetime:
    return BASE + timedelta(seconds=seconds)


def wrote(number: int, shopper_id: ShopperId = EVE, *, text: str = PHRASE) -> InboundMessage:
    """Ids of messages that hold no shopper's."""
    return InboundMessage(MessageId(f"88{shopper_id[:1]}{number:05}"), shopper_id, f"{text} {number}", moment(number))


async def say(store: Store, inbound: InboundMessage, wish: OptWish = OptWish.NONE) -> None:
    await store.door.accept(inbound, wish=wish, too_old=False, now=inbound.sent_at)


def answer_to(inbound: InboundMessage) -> Send:
    return Send(SendId(f"re-{inbound.id}"), inbound.shopper_id, f"about {inbound.text}", inbound.id, inbound.sent_at)


async def turn_ends(store: Store, inbound: InboundMessage, *, bury: bool = False) -> None:
    """The oldest waiting message's turn, committed (or buried) with the phrase in all it leaves."""
    lease = await own(store, inbound.shopper_id)
    turn = await store.turns.next(
        lease, 0, lambda waiting, _: Choice(tuple(one for one in waiting if one.message == inbound))
    )
    assert turn is not None
    phrase = inbound.text
    record = TurnRecord(
        inbound.id, inbound.shopper_id, (phrase,), {"likes": [phrase]}, ({"id": "p1", "reasons": [phrase]},), 1.0
    )
    if bury:
        await store.turns.bury(lease, turn, reason="crashed", send=None, record=record, now=moment(0))
        return
    assert await store.turns.commit(
        lease,
        turn,
        talk=Talk(f'{{"slots": {{"likes": "{phrase}"}}}}'.encode()),
        send=answer_to(inbound),
        record=record,
        now=inbound.sent_at,
        interactions=({"kind": "shown", "product_id": phrase},),
    )


async def claimed(store: Store, shopper_id: ShopperId, token: str, at: float) -> object:
    claim = await store.outbox.claim(
        store.partition_of(shopper_id), token=token, now=moment(at), revisit_at=moment(at + 120), judge=until(-1e9)
    )
    assert claim is not None
    assert claim.send.shopper_id == shopper_id
    return claim


async def fill(store: Store, shopper_id: ShopperId = EVE, *, phrase: str = PHRASE, older: bool = True) -> None:
    """Something of the shopper in every place, by the ways it comes there; a Send is left in flight."""
    wire, keys = store._wire, store._wire.keys
    first, second, third, fourth, fifth = (wrote(n, shopper_id, text=phrase) for n in range(1, 6))
    await say(store, first)
    await turn_ends(store, first)
    await store.outbox.settle_sent(await claimed(store, shopper_id, "t1", 10), dm_event_id="991", now=moment(11))
    await say(store, second)
    await turn_ends(store, second, bury=True)
    await say(store, third)
    await turn_ends(store, third)
    await claimed(store, shopper_id, "t3", 30)  # in flight
    await say(store, fourth)
    await turn_ends(store, fourth)
    await say(store, fifth)  # waits
    lease = await own(store, shopper_id)
    await begun(store, lease)
    await store.consents.record(
        ConsentRecord(shopper_id, Allows.MARKETING, True, phrase, "api", moment(6), wording=phrase, by=phrase)
    )
    await store.outbox.propose(
        Send(
            SendId(f"crm-{shopper_id[:2]}"), shopper_id, phrase, MessageId(""), moment(7),
            purpose=Purpose.MARKETING, department="crm", campaign="spring",
        ),
        moment(7),
    )  # fmt: skip
    partition = store.partition_of(shopper_id)
    raw = wire.commands
    await raw.xadd(keys.of(partition, "spoilt"), {"shopper": shopper_id, "rows": phrase})
    if not older:
        return
    # what the release before left behind
    await raw.rpush(keys.shopper("sends", shopper_id), f"old-{shopper_id[:2]}")
    await raw.hset(keys.send(partition, f"old-{shopper_id[:2]}"), mapping={"shopper": shopper_id, "text": phrase,
        "id": f"old-{shopper_id[:2]}", "state": "pending"})  # fmt: skip
    for name in ("due", "due_answers", "due_others"):
        await raw.zadd(keys.of(partition, name), {shopper_id: 1})
    await raw.zadd(keys.shopper("handed", shopper_id), {phrase: 1})
    await raw.hset(keys.of(partition, "forget"), shopper_id, "1 2")


def late_echo(inbound: InboundMessage, at: float) -> Echo:
    """X's report of the answer to a message."""
    return Echo(MessageId(f"99{inbound.id}"), inbound.shopper_id, answer_to(inbound).text, moment(at))


def traces(url: str, needles: Sequence[str], *folders: Path) -> list[str]:
    """Every place in which one of these can be read: names and bytes of all keys, the slow log, and all files.

    Redis must have been told not to compress (`uncompressed`), or a phrase could hide.
    """
    wanted = [one.encode() for one in needles]
    found = []
    with redis.Redis.from_url(url) as client:
        for key in client.scan_iter(count=1000):
            content = key + (client.dump(key) or b"")
            found += [f"key {key!r}: {one!r}" for one in wanted if one in content]
        slow = str(client.slowlog_get(1000)).encode()
        found += [f"slow log: {one!r}" for one in wanted if one in slow]
    for folder in folders:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            content = path.read_bytes()
            found += [f"file {path.name}: {one!r}" for one in wanted if one in content]
    return found


def uncompressed(url: str) -> Path:
    """Tell Redis to hide nothing by compressing, and to note every command as slow; returns its folder."""
    with redis.Redis.from_url(url) as client:
        client.config_set("rdbcompression", "no")
        client.config_set("slowlog-log-slower-than", "0")
        return Path(str(client.config_get("dir")["dir"]))
