"""`giftbot outbox`: what people read about Sends, and how they stop and start what goes out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import giftbot
from bot.clock import utc_now
from bot.governance.budgets import budgets
from bot.governance.rule_file import read_rules
from bot.model import Purpose, Send, SendId, SendState, ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.store.outbound.holds import Hold
from bot.store.outbound.proposals import Proposed
from bot.wiring.start_paused import start_paused
from nlu.optout.wishes import OptWish
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.outbox_talk import knows_us
from tests.integration.store_talk import ANN, NOON, answered, claim, message

Command = Callable[..., Result]
RULES_FILE = Path(__file__).parents[2] / "data/governance.yml"


@pytest.fixture
def giftbot_command(store_settings: StoreSettings, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `giftbot outbox …` as a person does, against the test's own store."""
    told = {
        "X_ACCOUNT_ID": "1",
        "X_CONSUMER_SECRET": "a secret of the tests",
        "PRIVACY_KEY": PRIVACY_KEY,
        "SENDING_RULES": RULES_FILE,
        "STORE_REDIS_URL": store_settings.redis_url,
        "STORE_PARTITIONS": store_settings.partitions,
        "STORE_KEY_PREFIX": store_settings.key_prefix,
    }
    for name, value in told.items():
        monkeypatch.setenv(f"GIFTBOT_{name}", str(value))
    return lambda *words: CliRunner().invoke(giftbot, ["outbox", *words])


async def _run(command: Command, *words: str) -> Result:
    """In a thread: the command has an event loop of its own."""
    return await asyncio.to_thread(command, *words)


async def _service(store: Store, send_id: str = "care-1", text: str = "Your parcel is on its way") -> Send:
    send = Send(SendId(send_id), ANN, text, message().id, utc_now(), purpose=Purpose.SERVICE, department="care")
    assert await store.outbox.propose(send, utc_now()) is Proposed.ADDED
    return send


async def test_a_list_tells_who_sends_what_to_whom_but_not_what_it_says(store: Store, giftbot_command: Command) -> None:
    """Whoever watches the outbox need not read what people are told."""
    await answered(store, message(), "Lovely scarves")
    await _service(store)
    said = await _run(giftbot_command, "list")
    assert said.exit_code == 0, said.output
    newest, oldest = said.output.splitlines()
    assert "care/service" in newest
    assert "giftbot/answer" in oldest
    assert "parcel" not in said.output
    assert "scarves" not in said.output
    assert "Lovely scarves" in (await _run(giftbot_command, "list", "--text")).output
    rows = (await _run(giftbot_command, "list", "--department", "care", "--json")).output.splitlines()
    assert [json.loads(row)["id"] for row in rows] == ["care-1"]
    assert (await _run(giftbot_command, "list", "--state", "sent")).output.startswith("nothing")


async def test_explain_tells_every_step_and_what_the_governor_says_now(store: Store, giftbot_command: Command) -> None:
    """Nobody has to guess why a message has not gone out."""
    send = await answered(store, message())
    made = await claim(store)
    assert made is not None
    await store.outbox.settle_retry(made, reason="could_not_connect", at=NOON + timedelta(minutes=1), now=NOON)
    said = (await _run(giftbot_command, "explain", send.id)).output
    for word in ("pending: new", "sending: allowed", "pending: could_not_connect", "tried 1 times", "due 2026-05-04"):
        assert word in said
    assert "now: never (expired)" in said, "judged by the clock of today, it is too old"
    assert "answer to said 1" not in said
    assert (await _run(giftbot_command, "explain", message().id)).output == said, "also by the message it answers"


async def test_explain_and_a_list_tell_a_budget_that_is_used_up(store: Store, giftbot_command: Command) -> None:
    """As the departments' interface does: the same words to too many people never go."""
    wrote = replace(message(), sent_at=utc_now())
    await store.door.accept(wrote, wish=OptWish.START, too_old=True, now=utc_now())
    send = await _service(store)
    rules = read_rules(RULES_FILE.read_text())
    [text] = [one for one in budgets(send, rules) if one.name.startswith("text:")]
    for number in range(text.limit):
        assert await store.quotas.spend([text], utc_now(), token=str(number)) is None
    told = json.loads((await _run(giftbot_command, "explain", "care-1", "--json")).output)
    listed = json.loads((await _run(giftbot_command, "list", "--json")).output)
    assert told["now"][0].startswith("never (bulk)")
    assert (listed["may"], listed["why"]) == ("never", "bulk")


async def test_a_list_without_rules_to_read_says_so_and_lists(
    store: Store, giftbot_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not every role has the file of rules."""
    await knows_us(store)
    await _service(store)
    monkeypatch.setenv("GIFTBOT_SENDING_RULES", "/nowhere.yml")
    said = await _run(giftbot_command, "list")
    assert said.exit_code == 0, said.output
    assert "not known here" in said.output
    assert "care-1" in said.output


async def test_explain_says_that_people_paused(store: Store, giftbot_command: Command) -> None:
    """The governor may say go, and still nothing goes."""
    await answered(store, message())
    await _service(store)
    assert (await _run(giftbot_command, "pause", "--why", "a wrong price")).exit_code == 0
    said = json.loads((await _run(giftbot_command, "explain", "care-1", "--json")).output)
    assert "a wrong price" in said["now"][-1]
    assert said["state"] == "pending"


async def test_who_asks_for_a_send_that_is_gone_is_told_how_long_they_are_kept(
    store: Store, giftbot_command: Command
) -> None:
    """A clear error instead of silence."""
    said = await _run(giftbot_command, "explain", "re-404")
    assert said.exit_code == 1
    assert "three days" in said.output


async def test_a_pause_holds_everything_until_somebody_resumes(store: Store, giftbot_command: Command) -> None:
    """Paused before any sender starts, it stays paused."""
    await answered(store, message())
    assert (await _run(giftbot_command, "pause", "--why", "restore")).exit_code == 0
    assert await claim(store) is None
    assert await store.outbox.earliest() is None
    assert (await _run(giftbot_command, "resume")).output == "resumed\n"
    assert await claim(store) is not None


async def test_what_waits_can_be_cancelled_and_what_x_may_have_cannot(store: Store, giftbot_command: Command) -> None:
    """Nobody is told that a message was taken back which the shopper may read."""
    await answered(store, message())
    made = await claim(store)
    assert made is not None
    await _service(store)
    assert (await _run(giftbot_command, "cancel", "care-1")).output == "care-1: cancelled\n"
    late = await _run(giftbot_command, "cancel", made.send.id)
    assert late.exit_code == 1
    assert "it is sending" in late.output
    assert (await _run(giftbot_command, "cancel", "care-404")).exit_code == 1


async def test_a_resume_by_people_does_not_lift_the_pause_x_asked_for(store: Store, giftbot_command: Command) -> None:
    """Else a person would run the account into X's limits."""
    later = utc_now() + timedelta(hours=1)
    await store.quotas.pause_until(later, "allowance_used")
    await store.outbox.holds.hold(Hold.PAUSE, why="r", now=NOON)
    said = await _run(giftbot_command, "resume")
    assert "allowance_used" in said.output
    assert "stays" in said.output
    until = await store.quotas.paused_until()
    assert until is not None
    assert abs(until - later) < timedelta(seconds=1)


async def test_a_drain_begins_nothing_and_waits_for_what_is_at_x(store: Store, giftbot_command: Command) -> None:
    """Looks go on, or what is in doubt would never end."""
    other = next(
        ShopperId(str(n)) for n in range(2000, 3000) if store.partition_of(ShopperId(str(n))) == store.partition_of(ANN)
    )
    await answered(store, message())
    made = await claim(store)
    assert made is not None
    await answered(store, message(1, other))
    said = await _run(giftbot_command, "drain", "--timeout", "0")
    assert said.exit_code == 1
    assert "1 shoppers" in said.output
    assert await claim(store, "t2", at=60) is None, "nothing new"
    look = await claim(store, "t3", at=120)
    assert look is not None
    assert look.look
    await store.outbox.settle_sent(look, dm_event_id="9", now=NOON)
    assert "drained" in (await _run(giftbot_command, "drain")).output
    assert await claim(store, "t4", at=300) is None
    await store.outbox.holds.resume()
    assert await claim(store, "t4", at=300) is not None


async def test_a_role_that_starts_paused_sends_nothing_before_the_pause_stands(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While Redis is away nobody knows; a reason already given is kept."""
    hold, away = store.outbox.holds.now, iter((True, False, False))

    async def flaky() -> Hold:
        from bot.errors import Unavailable

        if next(away):
            raise Unavailable("away")
        return await hold()

    monkeypatch.setattr(store.outbox.holds, "now", flaky)
    monkeypatch.setattr("bot.wiring.start_paused._ASK_AGAIN_S", 0.01)
    stop = asyncio.Event()
    await start_paused(store, lambda: NOON, stop)
    first = await store.outbox.holds.read()
    await store.outbox.holds.hold(Hold.PAUSE, why="by Ann", now=NOON)
    await start_paused(store, lambda: NOON, stop)
    held = await store.outbox.holds.read()
    assert first is not None
    assert first.hold is Hold.PAUSE
    assert held is not None
    assert held.why == "by Ann"


async def test_pages_lead_on_to_every_send_once_even_of_one_instant(store: Store) -> None:
    """A department proposes hundreds in the same millisecond."""
    made = [
        Send(SendId(f"m-{n:03}"), ShopperId(str(5000 + n)), "Hi", message().id, NOON, purpose=Purpose.MARKETING)
        for n in range(450)
    ]
    for send in made:
        await knows_us(store, send.shopper_id)
        await store.outbox.propose(send, NOON)
    seen, cursor = [], ""
    while True:
        page = await store.outbox.listed(limit=70, cursor=cursor, state=SendState.PENDING)
        seen += [send.id for send in page.sends]
        cursor = page.cursor
        if not cursor:
            break
    assert sorted(seen) == [send.id for send in made]
    with pytest.raises(ValueError, match="page before"):
        await store.outbox.listed(cursor="nonsense")
