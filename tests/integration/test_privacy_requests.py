"""“Forget me”, said in the chat: at once where it can be, the rest as soon as the answer is out, never what is new."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from redis.exceptions import ResponseError

from bot.clock import utc_now
from bot.errors import Unavailable
from bot.model import InboundMessage, MessageId, Purpose, Send, SendId, ShopperId
from bot.privacy.places import InCatalogue
from bot.privacy.requests import HOLD_S, REFUSED_AGAIN, REWRITE_AFTER, Requests
from bot.store.access.redis_files import RedisFiles, Rewritten
from bot.store.connection import Store
from bot.store.inbound.door import Accepted, EchoOutcome
from bot.store.inbound.turns import Talk
from bot.store.shoppers.forgetting import Asked
from catalog.interactions.consent import ShopsConsent
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row
from catalog.storage import Storage
from nlu.optout.wishes import OptWish
from tests.integration.redis_server import RedisServer
from tests.integration.shopper_everywhere import (
    BOB,
    EVE,
    PHRASE,
    answer_to,
    claimed,
    late_echo,
    moment,
    say,
    traces,
    turn_ends,
    uncompressed,
    wrote,
)
from tests.integration.store_talk import own, record


@pytest.fixture
def store(one_partition: Store) -> Store:
    return one_partition


@pytest.fixture
def requests(store: Store, tmp_path: Path) -> Requests:
    storage = Storage.at(str(tmp_path / "catalog"))
    ledger = Ledger.open(storage.below("interactions"), ShopsConsent(frozenset({"giftbot"})), clock=utc_now)
    ledger.append(Row(one, "p1", "shown", moment(1), 1.0, "giftbot", f"m{one}") for one in (EVE, BOB))

    async def no_rest(stop: asyncio.Event, seconds: float) -> None:
        await asyncio.sleep(0)

    return Requests(store, [InCatalogue(storage, ledger)], range(1), lambda: moment(600), no_rest, "me")


async def _asks(store: Store, inbound: InboundMessage) -> None:
    """The turn of “forget me”: answered, the talk dropped and the rest asked for, in one commit."""
    await say(store, inbound)
    lease = await own(store, EVE)
    turn = await store.turns.next(lease, 0)
    assert turn is not None
    assert await store.turns.commit(
        lease, turn, talk=Talk(PHRASE.encode()), send=answer_to(inbound), record=record(inbound), now=moment(50),
        forget=True,
    )  # fmt: skip


async def _held(store: Store) -> dict[str, int]:
    return {name: count for name, count in (await store.finding.held(EVE)).counts().items() if count}


async def test_all_goes_and_the_answer_last(store: Store, own_server: RedisServer, requests: Requests) -> None:
    """The talk in the commit, the rest while the answer waits for X, the answer once X has it."""
    folder = uncompressed(own_server.url)
    await say(store, wrote(1))
    await turn_ends(store, wrote(1))
    await store.outbox.settle_sent(await claimed(store, EVE, "t1", 2), dm_event_id="991", now=moment(3))  # type: ignore[arg-type]
    await _asks(store, wrote(2, text="forget me"))
    assert "talk:<shopper>" not in await _held(store)
    assert "consents:<shopper>" not in await _held(store)

    assert await requests.carry_out() == 0
    left = await _held(store)
    assert left.keys() == {"consent:<shopper>", "queue:<shopper>", "send:<send>", "due_answers", "all", "forget"}
    assert left["send:<send>"] == 1

    await store.outbox.settle_sent(await claimed(store, EVE, "t2", 60), dm_event_id="992", now=moment(61))  # type: ignore[arg-type]
    assert await requests.carry_out() == 1
    assert await _held(store) == {}
    await store.door.accept_echo(late_echo(wrote(2, text="forget me"), 62), now=moment(62))
    assert await _held(store) == {}
    assert [row.shopper_id for row in requests.elsewhere[0].ledger.rows()] == [BOB]  # type: ignore[attr-defined]

    assert await store.files.rewrite_due(moment(600), timeout_s=30) is not None
    with_slow_log = [one for one in traces(own_server.url, [EVE, PHRASE], folder) if not one.startswith("slow")]
    assert with_slow_log == []


async def test_what_they_write_while_the_answer_is_on_its_way_is_kept_and_answered(
    store: Store, requests: Requests
) -> None:
    """“Forget me. And now: something for my dad”, a second later."""
    await say(store, wrote(1))
    await turn_ends(store, wrote(1))
    await store.outbox.settle_sent(await claimed(store, EVE, "t1", 2), dm_event_id="991", now=moment(3))  # type: ignore[arg-type]
    await _asks(store, wrote(2, text="forget me"))
    new = wrote(3, text="something for my dad")
    assert await store.door.accept(new, wish=OptWish.NONE, too_old=False, now=new.sent_at) is Accepted.QUEUED
    await requests.carry_out()
    await turn_ends(store, new)
    await store.outbox.settle_sent(await claimed(store, EVE, "t2", 60), dm_event_id="992", now=moment(61))  # type: ignore[arg-type]
    assert await requests.carry_out() == 1
    left = await store.finding.held(EVE)
    assert [one["text"] for one in left.by_place["send:<send>"]] == [answer_to(new).text]
    assert [one["message_id"] for one in left.by_place["record:<message>"]] == [new.id]
    assert left.by_place["talk:<shopper>"]
    assert "forget" not in await _held(store)
    repeated = await store.door.accept_echo(late_echo(wrote(1), 5), now=moment(65))
    assert repeated is EchoOutcome.KNOWN, "X repeats a report of before: no colleague has taken the talk over"
    assert (await claimed(store, EVE, "t3", 70)) is not None


async def test_a_restart_in_between_deletes_nothing_new_elsewhere(store: Store, requests: Requests) -> None:
    """The ledger is asked whether it was done, not the process that died."""
    await _asks(store, wrote(2, text="forget me"))
    await requests.carry_out()
    ledger = requests.elsewhere[0].ledger  # type: ignore[attr-defined]
    later = Row(EVE, "p2", "liked", moment(501) + timedelta(days=900), 1.0, "giftbot", "m-new")
    ledger._clock = lambda: later.at
    ledger.append([later])
    again = Requests(store, requests.elsewhere, range(1), requests.clock, requests.rest, "me")
    await again.carry_out()
    assert [row.product_id for row in ledger.rows(shopper_id=EVE)] == ["p2"]


async def test_files_are_written_anew_once_for_all_who_asked_meanwhile(store: Store, requests: Requests) -> None:
    """A file of many gigabytes is not rewritten for each."""
    await _asks(store, wrote(2, text="forget me"))
    await requests.carry_out()
    assert await store.files.rewrite_due(moment(600) - REWRITE_AFTER, timeout_s=30) is None
    assert await store.files.rewrite_due(moment(600), timeout_s=30) is not None
    assert await store.files.rewrite_due(moment(600), timeout_s=30) is None


async def test_a_stop_understood_in_the_turn_closes_consent_in_its_commit(store: Store) -> None:
    """What the door missed: no answer, no reminder, and whatever waited is refused at its claim."""
    await say(store, wrote(1))
    await turn_ends(store, wrote(1))
    odd = wrote(2, text="I would rather the machine kept its thoughts to itself")
    await say(store, odd)
    lease = await own(store, EVE)
    turn = await store.turns.next(lease, 0)
    assert turn is not None
    await store.turns.commit(
        lease, turn, talk=Talk(b"x"), send=None, record=record(odd), now=moment(5), opted_out="understood"
    )
    row = (await store.consents.ledger(EVE))[-1]
    assert (row.purpose.value, row.granted, row.how, row.message_id) == ("all", False, "understood", odd.id)
    with pytest.raises(AssertionError):
        await claimed(store, EVE, "t1", 10)
    assert await store.door.accept(wrote(3), wish=OptWish.NONE, too_old=False, now=moment(3)) is Accepted.SILENCED


async def test_interactions_are_not_kept_of_who_withdrew_that(store: Store) -> None:
    """From the next turn on."""
    from bot.store.shoppers.consents import Allows, ConsentRecord

    await say(store, wrote(1))
    await store.consents.record(ConsentRecord(EVE, Allows.INTERACTIONS, False, "phone", "command", moment(2)))
    await turn_ends(store, wrote(1))
    assert "interactions" not in await _held(store)


async def test_what_a_department_has_waiting_for_them_never_goes_out_and_holds_nothing_up(
    store: Store, requests: Requests
) -> None:
    """A message for in three weeks, queued before “forget me”: it goes with the rest, in the very commit."""
    await say(store, wrote(1))
    await turn_ends(store, wrote(1))
    await store.outbox.settle_sent(await claimed(store, EVE, "t1", 2), dm_event_id="991", now=moment(3))  # type: ignore[arg-type]
    later = Send(
        SendId("care1"), EVE, f"your order {PHRASE}", MessageId(""), moment(4), purpose=Purpose.SERVICE,
        department="care", not_before=moment(1_800_000), expires_at=moment(1_900_000),
    )  # fmt: skip
    await store.outbox.propose(later, moment(4))
    await _asks(store, wrote(2, text="forget me"))
    await store.outbox.cancel(EVE, later.id, moment(51))
    assert await requests.carry_out() == 0
    assert [one["text"] for one in (await store.finding.held(EVE)).by_place["send:<send>"]] == [
        answer_to(wrote(2, text="forget me")).text
    ]
    await store.outbox.settle_sent(await claimed(store, EVE, "t2", 60), dm_event_id="992", now=moment(61))  # type: ignore[arg-type]
    assert await requests.carry_out() == 1
    assert await _held(store) == {}
    assert await store.outbox.earliest(others=True) is None


async def test_a_message_at_x_when_they_ask_is_waited_for(store: Store, requests: Requests) -> None:
    """X may have it: its end must be known, or it would be sent again or noted anew."""
    await say(store, wrote(1))
    await turn_ends(store, wrote(1))
    at_x = await claimed(store, EVE, "t1", 2)
    await _asks(store, wrote(2, text="forget me"))
    assert await requests.carry_out() == 0
    await store.outbox.settle_sent(at_x, dm_event_id="991", now=moment(52))  # type: ignore[arg-type]
    assert await requests.carry_out() == 0
    await store.outbox.settle_sent(await claimed(store, EVE, "t2", 60), dm_event_id="992", now=moment(61))  # type: ignore[arg-type]
    assert await requests.carry_out() == 1
    assert await _held(store) == {}


def _shown(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"giftbot_{name}", labels) or 0.0


async def test_a_request_that_waits_for_its_answer_costs_no_walk_over_the_keys(
    store: Store, own_server: RedisServer, requests: Requests
) -> None:
    """X may be away for hours, and a node holds millions of keys."""

    async def walks() -> int:
        stats = await store._wire.commands.info("commandstats")
        return int(stats.get("cmdstat_scan", {"calls": 0})["calls"])

    await _asks(store, wrote(2, text="forget me"))
    await requests.carry_out()
    walked = await walks()
    assert walked > 0
    again = Requests(store, requests.elsewhere, range(1), requests.clock, requests.rest, "me")
    for one in (requests, again):
        assert await one.carry_out() == 0
    assert await walks() == walked


async def test_one_process_at_a_time_carries_requests_out(store: Store, requests: Requests) -> None:
    """Every dialogue worker has the loop."""
    await _asks(store, wrote(2, text="forget me"))
    other = Requests(store, requests.elsewhere, range(1), requests.clock, requests.rest, "another")
    await requests.look()
    before = await _held(store)
    await store.outbox.settle_sent(await claimed(store, EVE, "t2", 60), dm_event_id="992", now=moment(61))  # type: ignore[arg-type]
    await other.look()
    assert (await _held(store)).keys() >= {"forget", "send:<send>"} <= before.keys()
    await requests.look()
    assert await _held(store) == {}
    left = await store._wire.commands.ttl(store._wire.keys.account("forgetter"))
    assert left <= HOLD_S, "another one takes over soon from who was killed"
    stop = asyncio.Event()
    stop.set()
    await requests.run(stop)
    assert await store.forgetting.hold("another", 1), "and at once from who was stopped"


async def test_a_request_that_cannot_be_carried_out_holds_up_no_other_and_is_told_of(
    store: Store, requests: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One torn, one whose rows cannot be deleted; the third is forgotten all the same."""
    key = store._wire.keys.of(0, "forget")
    await store._wire.commands.hset(key, "1", "torn")
    await store._wire.commands.hset(key, BOB, '{"sent": 1, "at": 1, "sends": {}}')
    await _asks(store, wrote(2, text="forget me"))
    true = InCatalogue.forget

    async def fails_for_bob(self: InCatalogue, shopper_id: ShopperId, *, asked_at: datetime | None = None) -> None:
        if shopper_id == BOB:
            raise ValueError("a broken file")
        await true(self, shopper_id, asked_at=asked_at)

    monkeypatch.setattr(InCatalogue, "forget", fails_for_bob)
    before = {reason: _shown("forget_failures_total", reason=reason) for reason in ("not_done", "unreadable")}
    await requests.carry_out()
    await store.outbox.settle_sent(await claimed(store, EVE, "t2", 60), dm_event_id="992", now=moment(61))  # type: ignore[arg-type]
    assert await requests.carry_out() == 1
    assert await _held(store) == {}
    after = {reason: _shown("forget_failures_total", reason=reason) for reason in before}
    assert after == {reason: count + 2 for reason, count in before.items()}
    assert _shown("forget_oldest_seconds") > 1_000_000, "of the oldest, which is not carried out"


async def test_a_partition_whose_redis_is_away_holds_up_no_other(
    store: Store, requests: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a cluster one node may be away for hours; X gives 24 to delete."""
    await _asks(store, wrote(2, text="forget me"))
    true = store.forgetting.asked

    async def asked(partition: int) -> Asked:
        if partition == 1:
            raise Unavailable("its node is away")
        return await true(0)

    monkeypatch.setattr(store.forgetting, "asked", asked)
    requests.partitions = range(1, 0, -1)
    with pytest.raises(Unavailable):
        await requests.carry_out()
    requests.partitions = range(1, -1, -1)
    await requests.carry_out()
    await store.outbox.settle_sent(await claimed(store, EVE, "t2", 60), dm_event_id="992", now=moment(61))  # type: ignore[arg-type]
    assert await requests.carry_out() == 1, "the one behind it"


async def test_a_rewrite_that_was_cut_off_is_still_due_and_what_came_meanwhile_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle of a file of many gigabytes."""
    files, true = store.files, RedisFiles._rewrite
    await files.rewrite_later(moment(0))

    async def cut_off(self: RedisFiles, timeout_s: float) -> Rewritten:
        raise asyncio.CancelledError

    monkeypatch.setattr(RedisFiles, "_rewrite", cut_off)
    with pytest.raises(asyncio.CancelledError):
        await files.rewrite_due(moment(10), timeout_s=30)

    async def one_is_forgotten_meanwhile(self: RedisFiles, timeout_s: float) -> Rewritten:
        await files.rewrite_later(moment(12))
        return await true(self, timeout_s)

    monkeypatch.setattr(RedisFiles, "_rewrite", one_is_forgotten_meanwhile)
    assert await files.rewrite_due(moment(1), timeout_s=30) is not None
    monkeypatch.setattr(RedisFiles, "_rewrite", true)
    assert await files.rewrite_due(moment(11), timeout_s=30) is None
    assert await files.rewrite_due(moment(12), timeout_s=30) is not None
    assert await files.rewrite_due(moment(99), timeout_s=30) is None


async def test_a_redis_that_refuses_to_write_its_files_anew_is_counted_and_asked_again(
    store: Store, requests: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A managed one may not allow it: whoever runs it must hear of it, and what is promised stays promised."""
    at = [moment(10_000)]
    requests.clock = lambda: at[0]
    true = store.files._everywhere

    async def refuses(*command: str) -> list[object]:
        if command == ("BGREWRITEAOF",):
            raise ResponseError("unknown command")
        return await true(*command)

    monkeypatch.setattr(store.files, "_everywhere", refuses)
    await store.files.rewrite_later(moment(0))
    before = _shown("forget_failures_total", reason="files_refused")
    for later in (0, 5, REFUSED_AGAIN.total_seconds()):
        at[0] = moment(10_000 + later)
        await requests.look()
    assert _shown("forget_failures_total", reason="files_refused") == before + 2
    monkeypatch.setattr(store.files, "_everywhere", true)
    assert await store.files.rewrite_due(at[0], timeout_s=30) == Rewritten(
        True, "append-only file written anew, slow log emptied"
    )
