"""What shoppers do with what is shown reaches the ledger, wholly and once."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path

import pytest
import structlog

from bot.dialogue.keeping import Keeper
from bot.dialogue.ledger_rows import SOURCE, KeptInLedger
from bot.errors import StaleLease
from bot.store.connection import Store
from bot.store.inbound.interactions import TurnsInteractions
from bot.store.inbound.turns import Talk
from catalog.interactions.consent import ShopsConsent
from catalog.interactions.files import Moved
from catalog.interactions.ledger import Ledger
from catalog.storage import Storage
from tests.integration.store_talk import ANN, NOON, handed_out, message, own, record, say

SHOWN = {"kind": "shown", "product_id": "p1", "rank": 1, "propensity": 1.0}


class Remembering:
    """A ledger in memory; ``troubles`` are raised first, one a call."""

    def __init__(self, *troubles: Exception) -> None:
        self.kept: list[TurnsInteractions] = []
        self._troubles = list(troubles)

    def keep(self, turns: Sequence[TurnsInteractions]) -> Collection[str]:
        if self._troubles:
            raise self._troubles.pop(0)
        self.kept += turns
        return ()


async def _no_rest(stop: asyncio.Event, seconds: float) -> None:
    await asyncio.sleep(0)


def _keeper(store: Store, ledger: Remembering) -> Keeper:
    return Keeper(store.interactions, ledger, range(store.partitions), _no_rest)


async def _commit(store: Store, number: int = 1) -> bool:
    await say(store, message(number))
    lease = await own(store)
    turn = await handed_out(store, lease)
    done = await store.turns.commit(
        lease, turn, talk=Talk(b"kept"), send=None, record=record(turn.message), now=NOON, interactions=(SHOWN,)
    )
    await store.turns.release_lease(lease)
    return done


async def test_interactions_of_a_committed_turn_reach_the_ledger_and_leave_the_store(store: Store) -> None:
    """Else what shoppers do would be learnt late, or kept in two places."""
    assert await _commit(store)
    ledger = Remembering()
    assert await _keeper(store, ledger).carry() == 1
    assert [(one.shopper_id, one.message_id, one.at, one.rows) for one in ledger.kept] == [
        (message().shopper_id, message().id, NOON, (SHOWN,))
    ]
    assert await _keeper(store, ledger).carry() == 0


@pytest.mark.parametrize("trouble", [OSError("full"), ValueError("not readable"), Moved("a part")])
async def test_a_ledger_that_cannot_be_written_loses_nothing(store: Store, trouble: Exception) -> None:
    """A full disk must neither stop the talks nor cost what they taught."""
    assert await _commit(store)
    ledger = Remembering(trouble)
    keeper = _keeper(store, ledger)
    with structlog.testing.capture_logs() as told:
        assert await keeper.carry() == 0
    assert [one["event"] for one in told] == ["interactions_not_kept"]
    assert await keeper.carry() == 1
    assert len(ledger.kept) == 1


async def test_interactions_nobody_understands_are_set_aside_and_the_others_are_kept(
    store: Store, tmp_path: Path
) -> None:
    """One spoilt entry must not hold back all that come after it, and not be lost unseen."""
    redis, partition = store._wire.commands, store.partition_of(ANN)
    name = store._wire.keys.of(partition, "interactions")
    told = {"message": "m7", "shopper": ANN, "at": "1", "rows": '[{"kind": "shown", "rank": "first"}]'}
    await redis.xadd(name, told)
    await redis.xadd(name, {**told, "rows": "{torn"})
    assert await _commit(store)
    ledger = Ledger.open(Storage.at(tmp_path), ShopsConsent(frozenset({SOURCE})))

    assert await Keeper(store.interactions, KeptInLedger(ledger), range(store.partitions), _no_rest).carry() == 1

    assert [one.product_id for one in ledger.rows()] == ["p1"]
    assert await redis.xlen(name) == 0
    aside = await redis.xrange(store._wire.keys.of(partition, "spoilt"))
    assert sorted(fields[b"rows"][:5] for _, fields in aside) == [b'[{"ki', b"{torn"]


async def test_a_worker_with_an_overtaken_lease_keeps_no_interactions(store: Store) -> None:
    """What a stale worker thought has not happened."""
    await say(store, message())
    stale = await own(store, owner="first")
    turn = await handed_out(store, stale)
    await store.turns.release_lease(stale)
    await own(store, owner="second")
    with pytest.raises(StaleLease):
        await store.turns.commit(
            stale, turn, talk=Talk(b"kept"), send=None, record=record(turn.message), now=NOON, interactions=(SHOWN,)
        )
    ledger = Remembering()
    assert await _keeper(store, ledger).carry() == 0


async def test_a_row_brought_twice_stands_in_the_ledger_once(store: Store, tmp_path: Path) -> None:
    """A worker killed between ledger and store brings the same turn again."""
    assert await _commit(store)
    ledger = Ledger.open(Storage.at(tmp_path), ShopsConsent(frozenset({SOURCE})))
    (waiting,) = await store.interactions.waiting(store.partition_of(ANN))
    KeptInLedger(ledger).keep([waiting])
    assert await Keeper(store.interactions, KeptInLedger(ledger), range(store.partitions), _no_rest).carry() == 1
    rows = list(ledger.rows())
    assert [(one.shopper_id, one.product_id, one.kind, one.rank, one.propensity) for one in rows] == [
        (ANN, "p1", "shown", 1, 1.0)
    ]


async def test_without_consent_for_our_own_source_nothing_is_kept(store: Store, tmp_path: Path) -> None:
    """What a shopper does in the chat is theirs until they agree."""
    assert await _commit(store)
    ledger = Ledger.open(Storage.at(tmp_path), ShopsConsent(frozenset({"purchase"})))
    await Keeper(store.interactions, KeptInLedger(ledger), range(store.partitions), _no_rest).carry()
    assert list(ledger.rows()) == []
    assert await store.interactions.waiting(store.partition_of(ANN)) == []
