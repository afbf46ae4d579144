"""An opt-out outlives the backup that does not know it: exported from one Redis, brought back into a restored one."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import giftbot
from bot.model import Purpose, ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from bot.store.shoppers.consents import Allows, ConsentRecord, GrantRefused
from bot.store.shoppers.withdrawals import BroughtBack, NotThisFile
from nlu.optout.wishes import OptWish
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.store_talk import ANN, NOON, after, message, say

BEN, CAT = ShopperId("1002"), ShopperId("1003")
MARKETING = ConsentRecord(ANN, Allows.MARKETING, True, source="form", how="api", at=after(1), wording="v1")
BACKUP = after(100)


def taken_back(at: float, purpose: Allows = Allows.MARKETING, shopper_id: ShopperId = ANN) -> ConsentRecord:
    """A withdrawal a colleague entered."""
    return ConsentRecord(shopper_id, purpose, False, source="phone", how="command", at=after(at), by="Ann")


async def _before(store: Store) -> None:
    """What the backup knows: Ann and Ben wrote and want marketing."""
    for one in (ANN, BEN):
        await say(store, message(1, one))
        await store.consents.record(dataclasses.replace(MARKETING, shopper_id=one))


async def _exported(store: Store) -> list[str]:
    return [line async for line in store.withdrawals.since(BACKUP)]


async def _restored(store: Store, new_store: Callable[[], Store], lines: list[str]) -> tuple[Store, BroughtBack]:
    other = new_store()
    await _before(other)
    return other, await other.withdrawals.bring_back(lines, after(300))


async def _closed(store: Store, shopper_id: ShopperId = ANN) -> bool:
    held = await store.door.consent(shopper_id)
    return held is not None and not held.open


async def _granted(store: Store, shopper_id: ShopperId = ANN) -> bool | None:
    facts, _ = await store.outbox.facts(shopper_id)
    return facts.granted.get(Purpose.MARKETING)


async def test_opt_outs_since_a_backup_hold_in_the_restored_store(store: Store, new_store: Callable[[], Store]) -> None:
    """A STOP in the chat, one by telephone and a purpose alone; the file again changes nothing."""
    await _before(store)
    await say(store, message(2, ANN, sent=150), OptWish.STOP)
    await store.consents.record(taken_back(160, shopper_id=BEN))
    await say(store, message(1, CAT, sent=120))
    await store.consents.record(taken_back(170, Allows.ALL, CAT))
    lines = await _exported(store)
    restored, done = await _restored(store, new_store, lines)
    async with restored:
        assert dataclasses.asdict(done) == {"closed": 3, "known": 0, "whole": True, "unreadable": []}
        assert await _closed(restored, ANN)
        assert (await _closed(restored, BEN), await _granted(restored, BEN)) == (False, False)
        assert (await restored.consents.ledger(BEN))[-1] == (await store.consents.ledger(BEN))[-1]
        # Cat came after the backup: what X gives again of before their stop is met with silence
        assert await say(restored, message(1, CAT, sent=120)) is Accepted.SILENCED
        again = await restored.withdrawals.bring_back(lines, after(400))
        assert (again.closed, again.known) == (0, 3)
        with pytest.raises(GrantRefused):
            await restored.consents.record(dataclasses.replace(MARKETING, shopper_id=BEN, at=after(310), said_at=NOON))


async def test_a_start_written_after_the_stop_opens_as_it_did(store: Store, new_store: Callable[[], Store]) -> None:
    """The file opens nothing; X has their START, and reading it back does."""
    await _before(store)
    await say(store, message(2, ANN, sent=150), OptWish.STOP)
    await say(store, message(3, ANN, sent=160), OptWish.START)
    restored, _ = await _restored(store, new_store, await _exported(store))
    async with restored:
        assert await _closed(restored)
        assert await say(restored, message(3, ANN, sent=160), OptWish.START) is Accepted.STARTED
        assert await _granted(restored) is False


async def test_what_they_said_later_stays(store: Store) -> None:
    """Brought into a store that lost nothing it changes nothing."""
    await _before(store)
    await store.consents.record(taken_back(150))
    await say(store, message(2, BEN, sent=150), OptWish.STOP)
    lines = await _exported(store)
    await store.consents.record(dataclasses.replace(MARKETING, at=after(200)))
    await say(store, message(3, BEN, sent=200), OptWish.START)
    done = await store.withdrawals.bring_back(lines, after(300))
    assert (done.closed, done.known) == (0, 2)
    assert await _granted(store) is True
    assert not await _closed(store, BEN)


async def test_who_said_stop_and_was_forgotten_is_silent_in_the_backup_that_knows_them(
    store: Store, new_store: Callable[[], Store]
) -> None:
    """Only a keyed hash is left of them; no id stands in the file."""
    await _before(store)
    await say(store, message(2, ANN, sent=150), OptWish.STOP)
    await store.forgetting.forget(ANN)
    lines = await _exported(store)
    assert str(ANN) not in "".join(lines)
    restored, done = await _restored(store, new_store, lines)
    async with restored:
        assert done.whole
        assert await _closed(restored)


async def test_a_file_that_is_cut_off_or_of_another_account_is_noticed(store: Store) -> None:
    """Half a file is better than none, but nobody takes it for all."""
    await _before(store)
    await say(store, message(2, ANN, sent=150), OptWish.STOP)
    head, row, end = await _exported(store)
    assert not (await store.withdrawals.bring_back([head, row], NOON)).whole
    broken = await store.withdrawals.bring_back([head, row[:20], end], NOON)
    assert (broken.whole, broken.unreadable) == (False, [2])
    for wrong in ("", "[]", "{}", json.dumps({**json.loads(head), "names": "0" * 16})):
        with pytest.raises(NotThisFile):
            await store.withdrawals.bring_back([wrong, row, end], NOON)


async def test_the_commands_carry_it_from_one_redis_to_another(
    store: Store, store_settings: StoreSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As the runbook says it."""
    for name, value in {
        "X_ACCOUNT_ID": "1", "X_CONSUMER_SECRET": "a secret of the tests", "PRIVACY_KEY": PRIVACY_KEY,
        "STORE_REDIS_URL": store_settings.redis_url, "STORE_PARTITIONS": str(store_settings.partitions),
        "STORE_KEY_PREFIX": store_settings.key_prefix,
    }.items():  # fmt: skip
        monkeypatch.setenv(f"GIFTBOT_{name}", value)
    run = CliRunner().invoke
    await _before(store)
    await say(store, message(2, ANN, sent=150), OptWish.STOP)
    made = await asyncio.to_thread(run, giftbot, ["consent", "export", "--since", f"{BACKUP:%Y-%m-%dT%H:%M:%SZ}"])
    assert made.exit_code == 0, made.output
    file = tmp_path / "withdrawals.jsonl"
    file.write_text(made.stdout)
    monkeypatch.setenv("GIFTBOT_STORE_KEY_PREFIX", f"{store_settings.key_prefix}r")
    async with Store(
        dataclasses.replace(store_settings, key_prefix=f"{store_settings.key_prefix}r"), PRIVACY_KEY
    ) as to:
        await _before(to)
        read = await asyncio.to_thread(run, giftbot, ["consent", "import", str(file)])
        assert (read.exit_code, read.output.split(" hold")[0]) == (0, "1")
        assert await _closed(to)
    file.write_text(made.stdout.splitlines()[0])
    assert (await asyncio.to_thread(run, giftbot, ["consent", "import", str(file)])).exit_code == 1
