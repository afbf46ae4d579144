"""One visible text counts as the same words whatever its encoding; X's echo still settles the Send it came from."""

from __future__ import annotations

import json

import pytest

from bot.governance.judging import may_send
from bot.governance.verdict import May
from bot.model import MessageId, Purpose, Send, SendId, SendState
from bot.store.connection import Store
from bot.store.inbound.door import EchoOutcome
from tests.integration.outbox_talk import knows_us
from tests.integration.store_talk import ANN, after, claimed, echo
from tests.unit.governance.cases import RULES

TEXT = "Your parcel is on its way"
DISGUISED = "Your par\ufe0fcel\u00a0IS on its ｗａｙ"


def care(number: int, text: str) -> Send:
    """A service message."""
    return Send(
        SendId(f"s{number}"), ANN, text, MessageId(""), after(number), purpose=Purpose.SERVICE, department="care"
    )


async def _sent(store: Store, text: str = TEXT) -> Send:
    await knows_us(store)
    send = care(1, text)
    await store.outbox.propose(send, after(1))
    made = await claimed(store, at=2, others=True)
    await store.outbox.settle_in_doubt(made, reason="timed_out", look_at=after(200), now=after(3))
    return send


@pytest.mark.parametrize("text", [TEXT, DISGUISED])
async def test_the_same_words_in_another_encoding_are_the_same_words(store: Store, text: str) -> None:
    """Who reads them reads the same message twice."""
    await _sent(store)
    verdict = may_send(care(2, text), *await store.outbox.facts(ANN), RULES, after(3600))
    assert (verdict.may, verdict.reason) == (May.NEVER, "same_text")


async def test_what_was_handed_over_before_there_were_two_marks_still_counts(store: Store) -> None:
    """A rolling upgrade forgets nothing: such a row is compared as it was written."""
    send = await _sent(store)
    key = store._wire.keys.shopper("spent", ANN)
    [(row, at)] = await store._wire.commands.zrange(key, 0, -1, withscores=True)
    assert len(json.loads(row)) == 6
    await store._wire.commands.delete(key)
    await store._wire.commands.zadd(key, {json.dumps(json.loads(row)[:5], separators=(",", ":")): at})
    facts = await store.outbox.facts(ANN)
    assert may_send(care(2, TEXT), *facts, RULES, after(3600)).reason == "same_text"
    assert may_send(care(2, "Another one"), *facts, RULES, after(3600)).reason == "allowed"
    assert (await store.door.accept_echo(echo(send, at=4), now=after(4))) is EchoOutcome.SETTLED


async def test_a_try_of_an_older_sender_is_not_counted_beside_the_next_one(store: Store) -> None:
    """One message in doubt is one message, whichever release tried it first."""
    send = await _sent(store)
    keys, redis = store._wire.keys, store._wire.commands
    spent, kept = keys.shopper("spent", ANN), keys.send(store.partition_of(ANN), send.id)
    [(row, at)] = await redis.zrange(spent, 0, -1, withscores=True)
    await redis.hdel(kept, "words")
    await redis.delete(spent)
    await redis.zadd(spent, {json.dumps(json.loads(row)[:5], separators=(",", ":")): at})
    look = await claimed(store, "t2", at=300, others=False)
    assert look.look
    await store.outbox.settle_retry(look, reason="not_found", at=after(301), now=after(301))
    again = await claimed(store, "t3", at=302, others=True)
    assert again.send.id == send.id
    assert [len(json.loads(one)) for one in await redis.zrange(spent, 0, -1)] == [6]


async def test_the_echo_of_disguised_words_settles_its_send(store: Store) -> None:
    """X reports the text as it was sent: by that it is known, not by how it looks."""
    send = await _sent(store, DISGUISED)
    assert await store.door.accept_echo(echo(care(9, TEXT), "901", at=4), now=after(4)) is EchoOutcome.FOREIGN
    assert await store.door.accept_echo(echo(send, "902", at=4), now=after(4)) is EchoOutcome.SETTLED
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert kept.state is SendState.SENT
