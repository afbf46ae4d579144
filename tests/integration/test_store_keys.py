"""docs/store.md and the keys in Redis say the same."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import to_ms
from bot.model import ShopperId
from bot.store.access.keys import ACCOUNT_KINDS, PARTITION_KINDS, KeyKind
from bot.store.access.wire import SCRIPTS, source
from bot.store.connection import Store
from bot.store.outbound.holds import Hold
from nlu.optout.wishes import OptWish
from tests.integration.outbox_before import Before
from tests.integration.outbox_talk import knows_us, other, proposed
from tests.integration.store_talk import (
    ANN,
    NOON,
    after,
    answer,
    answered,
    begun,
    claim,
    claimed,
    echo,
    handed_out,
    message,
    own,
    record,
    say,
)

DOC = Path(__file__).parents[2] / "docs" / "store.md"


def _lifetime(kind: KeyKind) -> str:
    if kind.lifetime is None:
        return "until used up"
    return f"{kind.lifetime.days} days" if kind.lifetime >= timedelta(days=1) else f"{kind.lifetime.seconds} s"


def test_the_table_of_keys_in_the_docs_is_true() -> None:
    """Whoever deletes a shopper's data, or sizes a Redis, reads that table."""
    rows = [f"| `{k.name}` | {k.redis_type} | {_lifetime(k)} | {k.holds} |" for k in PARTITION_KINDS + ACCOUNT_KINDS]
    in_docs = [
        line for line in DOC.read_text("utf-8").splitlines() if re.match(r"\| `[^`]+` \| (str|has|li|z|set)", line)
    ]
    assert in_docs == rows


def test_every_script_is_told_of_in_the_docs() -> None:
    """What each guarantees is the contract of the store."""
    text = DOC.read_text("utf-8")
    assert [name for name in SCRIPTS if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_touches_no_key_it_was_not_given(name: str) -> None:
    """On a Redis Cluster a key that is not in KEYS may live elsewhere."""
    code = re.sub(r"--.*", "", source(name))
    command = r"'[A-Z]+'(?:,\s*'(?:CREATE|DESTROY|GROUPS|STREAM)')?|command"
    calls = re.findall(rf"redis\.p?call\(\s*({command})\s*,\s*([^,)\s]+)", code)
    assert calls or name == "tell_time"  # which only asks for the moment
    # parameters of shared texts, each a KEYS[n] where they are called
    given = (
        "KEYS[",
        "box.",
        "send",
        "sent",
        "set",
        "consent",
        "gone",
        "talk",
        "tries",
        "stream",
        "forget",
        "word",
        "answer",
    )
    stray = [key for command, key in calls if not key.startswith(given) and command not in ("'XREADGROUP'", "'INFO'")]
    assert stray == []


async def test_every_key_has_the_type_and_lifetime_the_table_says(store: Store) -> None:
    """A key without an end would keep a person's words for ever."""
    await _everything_happens(store)
    redis, met = store._wire.commands, set()
    async for raw in redis.scan_iter(match=f"{{{store._wire.keys.prefix}:*"):
        name = raw.decode().split("}:", 1)[1]
        kind = next(k for k in PARTITION_KINDS + ACCOUNT_KINDS if re.fullmatch(re.sub("<.*>", r"\\S+", k.name), name))
        met.add(kind.name)
        assert (await redis.type(raw)).decode() == kind.redis_type, name
        left = await redis.ttl(raw)
        if kind.lifetime is None:
            continue
        if kind.name == "send:<send>" and left == -1:
            state = await redis.hget(raw, "state")
            assert state not in (b"sent", b"refused", b"expired"), name
        elif kind.name == "consent:<shopper>" and await redis.hget(raw, "state") == b"closed":
            assert left == -1, "a stop must never be forgotten"
        else:
            assert kind.lifetime is not None
            assert 0 < left <= kind.lifetime.total_seconds(), name
    assert met == {kind.name for kind in PARTITION_KINDS + ACCOUNT_KINDS}


async def _everything_happens(store: Store) -> None:
    sent = await answered(store, message(1))
    await store.outbox.settle_sent(await claimed(store), dm_event_id="9", now=NOON)
    await store.door.accept_echo(echo(sent, "10", text="typed by a person"), now=NOON)
    await answered(store, message(2))
    await say(store, message(3))
    lease = await own(store)
    turn = await handed_out(store, lease)
    await store.turns.bury(lease, turn, reason="r", send=None, record=record(turn.message), now=NOON)
    await say(store, message(4))
    await begun(store, lease)
    await _the_outbox_fills(store)
    await say(store, message(5, sent=1), OptWish.STOP)
    stopped = message(1, ShopperId("1003"))
    assert store.partition_of(stopped.shopper_id) == store.partition_of(ANN)
    await say(store, stopped, OptWish.STOP)
    await store.forgetting.forget(stopped.shopper_id)
    await store.files.rewrite_later(NOON)
    await store._wire.run(
        "begin_rewrite", [store._wire.keys.account(one) for one in ("rewrite", "rewriting")], [to_ms(NOON)]
    )
    await store.files.rewrite_later(NOON)
    assert await store.forgetting.hold("me", 60)
    await store._wire.commands.hset(store._wire.keys.of(store.partition_of(ANN), "forget"), ANN, "{}")
    await store.quotas.spend([("dm_15_min", 15, 900)], NOON)
    await store.quotas.pause_until(after(60), "r")
    await store.words.began(NOON)
    await store.door.consent(ANN)
    assert await store.tokens.write(b"sealed", 0)
    assert await store.tokens.lease("me", 60)
    assert await store.gaps.hold("me", 60)
    await store.gaps.beat(now=NOON, event=NOON, crc=None, down_after=timedelta(minutes=5))
    await store.gaps.open(NOON, after(60), "asked")
    await store.gaps.replay_ended("1", complete=True)
    partition = store.partition_of(ANN)
    interactions = store._wire.keys.of(partition, "interactions")
    for rows in ("{torn", "[]"):
        await store._wire.commands.xadd(interactions, {"message": "9", "shopper": ANN, "at": "1", "rows": rows})
    await store.interactions.waiting(partition)
    await store.workers.announce("w", may_own=(0, 1), owns=(0,), lives_ms=30_000)
    await store.restored.begin(NOON)


async def _the_outbox_fills(store: Store) -> None:
    """A message of a department that waits, one in doubt, an answer; people pause; the release before left a queue."""
    ben = ShopperId("1005")
    await knows_us(store, ben)
    await proposed(store, other(1, shopper_id=ben))
    await store.outbox.propose(answer(message(6, ben)), NOON)
    await claim(store, "t7", shopper_id=ben)
    for one in ("1007", "1009"):
        await knows_us(store, ShopperId(one))
    await proposed(store, other(2, shopper_id=ShopperId("1007")))
    await store.outbox.propose(answer(message(6, ShopperId("1009"))), NOON)
    await store.outbox.holds.hold(Hold.PAUSE, why="r", now=NOON)
    before = Before(store)
    for number in (8, 9):
        old = await before.commits(message(number))
        await before.claims(old, f"t{number}", at=0)
