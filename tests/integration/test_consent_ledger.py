"""The ledger of consents, on a real Redis."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import pytest

from bot.clock import utc_now
from bot.errors import GiftbotError
from bot.store.connection import Store
from bot.store.inbound.door import Accepted
from bot.store.shoppers.consents import Allows, ConsentRecord, GrantRefused
from nlu.optout.wishes import OptWish
from tests.integration.store_talk import ANN, NOON, after, message, say

GRANT = ConsentRecord(
    ANN, Allows.MARKETING, True, source="form-7", how="api", at=NOON, wording="2026-04", by="crm", said_at=NOON
)


async def _in_force(store: Store) -> dict[str, str]:
    kept = await store._wire.commands.hgetall(store._wire.keys.shopper("consent", ANN))
    return {name.decode(): value.decode() for name, value in kept.items()}


async def _told(store: Store) -> list[tuple[str, bool]]:
    return [(row.purpose.value, row.granted) for row in await store.consents.ledger(ANN)]


async def test_a_grant_holds_at_once_and_stands_in_the_ledger_whole(store: Store) -> None:
    """Who, what, where, under which wording, when, how, by whom: what a claim is answered with."""
    await say(store, message(1))
    before = await _in_force(store)
    await store.consents.record(GRANT)
    held = await _in_force(store)
    assert held["p:marketing"] == "1"
    assert int(held["version"]) > int(before["version"]), "a Send judged before must be judged anew"
    assert (await store.consents.ledger(ANN))[-1] == GRANT


async def test_the_first_message_is_the_first_row(store: Store) -> None:
    """That they wrote first is why we may answer at all."""
    await say(store, message(1))
    await say(store, message(2, sent=5))
    (row,) = await store.consents.ledger(ANN)
    assert (row.purpose, row.granted, row.how, row.message_id) == (Allows.ANSWERS, True, "wrote", message(1).id)


async def test_one_stop_takes_back_everything(store: Store) -> None:
    """STOP is said once, whatever was ticked elsewhere."""
    await say(store, message(1))
    for purpose in (Allows.MARKETING, Allows.REMINDER, Allows.INTERACTIONS):
        await store.consents.record(dataclasses.replace(GRANT, purpose=purpose))
    await say(store, message(2, sent=1), OptWish.STOP)
    held = await _in_force(store)
    assert (held["state"], held["p:marketing"], held["p:reminder"], held["p:interactions"]) == ("closed", "0", "0", "0")
    assert (await _told(store))[-1] == ("all", False)


async def test_start_opens_answers_alone(store: Store) -> None:
    """Who comes back for an answer did not ask for marketing."""
    await say(store, message(1))
    await store.consents.record(GRANT)
    await say(store, message(2, sent=1), OptWish.STOP)
    assert await say(store, message(3, sent=2), OptWish.START) is Accepted.STARTED
    held = await _in_force(store)
    assert (held["state"], held["p:marketing"]) == ("open", "0")
    assert await _told(store) == [("answers", True), ("marketing", True), ("all", False), ("answers", True)]


@pytest.mark.parametrize("purpose", [Allows.MARKETING, Allows.REMINDER, Allows.INTERACTIONS])
async def test_nothing_is_granted_to_who_said_stop(store: Store, purpose: Allows) -> None:
    """An old form that arrives late must not overrule them."""
    await say(store, message(1), OptWish.STOP)
    before = await _in_force(store)
    with pytest.raises(GrantRefused, match="START"):
        await store.consents.record(dataclasses.replace(GRANT, purpose=purpose))
    assert await _in_force(store) == before
    assert await _told(store) == [("all", False)]


@pytest.mark.parametrize("purpose", [Allows.ANSWERS, Allows.ALL])
async def test_nobody_opens_a_talk_for_the_shopper(store: Store, purpose: Allows) -> None:
    """The bot never writes first, whatever a department's table says."""
    with pytest.raises(GrantRefused):
        await store.consents.record(dataclasses.replace(GRANT, purpose=purpose))
    assert await store.door.consent(ANN) is None


async def test_a_stop_told_on_the_phone_is_a_stop(store: Store) -> None:
    """What waits is refused, and only START, written later, opens again."""
    await say(store, message(1))
    await store.consents.record(
        dataclasses.replace(GRANT, purpose=Allows.ALL, granted=False, at=after(10), said_at=after(10))
    )
    assert await say(store, message(2, sent=20)) is Accepted.SILENCED
    assert await say(store, message(3, sent=30), OptWish.START) is Accepted.STARTED


async def test_the_same_record_again_is_entered_once(store: Store) -> None:
    """A call whose answer was lost is made again."""
    for _ in range(2):
        await store.consents.record(GRANT)
    assert await _told(store) == [("marketing", True)]


async def test_what_is_granted_before_they_ever_wrote_opens_nothing(store: Store) -> None:
    """A ticked box is no message of theirs; when they write, it counts."""
    await store.consents.record(GRANT)
    assert await store.door.consent(ANN) is None
    assert await store._wire.commands.ttl(store._wire.keys.shopper("consent", ANN)) > 0
    assert await say(store, message(1)) is Accepted.QUEUED
    held = await _in_force(store)
    assert (held["state"], held["p:marketing"]) == ("open", "1")


async def test_when_they_last_wrote_is_the_latest_writing_whatever_the_order(store: Store) -> None:
    """X delivers late and out of order."""
    await say(store, message(2, sent=50))
    await say(store, message(1, sent=10))
    assert (await _in_force(store))["wrote"] == str(int(after(50).timestamp() * 1000))


async def test_a_zone_that_is_none_is_refused(store: Store) -> None:
    """Quiet hours in a zone nobody knows would be none."""
    await say(store, message(1))
    await store.consents.tell_zone(ANN, "America/New_York")
    with pytest.raises(GiftbotError, match="Europe/London"):
        await store.consents.tell_zone(ANN, "../etc/passwd")
    assert (await _in_force(store))["zone"] == "America/New_York"


async def test_a_stop_that_outlived_forgetting_lets_nothing_be_granted(store: Store) -> None:
    """STOP, forget, an old form, START: what START opens is answers alone."""
    await say(store, message(1), OptWish.STOP)
    await store.forgetting.forget(ANN)
    with pytest.raises(GrantRefused, match="START"):
        await store.consents.record(dataclasses.replace(GRANT, at=utc_now(), said_at=utc_now()))
    # as the release before took it
    await store._wire.commands.hset(store._wire.keys.shopper("consent", ANN), "p:marketing", 1)
    start = dataclasses.replace(message(2), sent_at=utc_now() + timedelta(seconds=60))
    assert await say(store, start, OptWish.START) is Accepted.STARTED
    assert (await _in_force(store))["p:marketing"] == "0"
    with pytest.raises(GrantRefused):
        await store.consents.record(GRANT)


def _said(at: datetime) -> ConsentRecord:
    return dataclasses.replace(GRANT, at=after(100), said_at=at)


@pytest.mark.parametrize("by", ["stop", "withdrawal", "stop by phone"])
async def test_what_they_said_before_they_took_it_back_grants_nothing(store: Store, by: str) -> None:
    """A form of yesterday, delivered today; a call whose answer was lost, made again."""
    await say(store, message(1))
    await store.consents.record(_said(NOON))
    if by == "stop":
        await say(store, message(2, sent=50), OptWish.STOP)
    else:
        purpose = Allows.MARKETING if by == "withdrawal" else Allows.ALL
        await store.consents.record(
            dataclasses.replace(GRANT, purpose=purpose, granted=False, at=after(50), said_at=after(50))
        )
    await say(store, message(3, sent=60), OptWish.START)
    for said in (NOON, after(50)):
        with pytest.raises(GrantRefused, match="after they had said this"):
            await store.consents.record(_said(said))
    assert (await _in_force(store))["p:marketing"] == "0"
    await store.consents.record(_said(after(61)))
    assert (await _in_force(store))["p:marketing"] == "1"


async def test_one_purpose_taken_back_leaves_the_others_open(store: Store) -> None:
    """They took back marketing; the reminder they asked for the day before may still be noted."""
    await say(store, message(1))
    await store.consents.record(dataclasses.replace(GRANT, granted=False, at=after(50), said_at=after(50)))
    await store.consents.record(dataclasses.replace(_said(NOON), purpose=Allows.REMINDER))
    assert (await _in_force(store))["p:reminder"] == "1"


async def test_a_stop_delivered_behind_a_later_start_takes_back_what_was_granted_before_it(store: Store) -> None:
    """Whatever the order of delivery: START opens answers alone."""
    await say(store, message(1))
    await store.consents.record(GRANT)
    await store.consents.record(dataclasses.replace(_said(after(15)), purpose=Allows.REMINDER))
    await say(store, message(3, sent=20), OptWish.START)
    assert await say(store, message(2, sent=10), OptWish.STOP) is Accepted.SILENCED
    held = await _in_force(store)
    assert (held["state"], held["p:marketing"], held["p:reminder"]) == ("open", "0", "1")
    assert (await _told(store))[-1] == ("all", False)


async def test_nothing_said_before_they_were_forgotten_grants_anything_after(store: Store) -> None:
    """The form of last week arrives when nothing is known of them any more."""
    await say(store, message(1))
    await store.forgetting.forget(ANN)
    with pytest.raises(GrantRefused, match="forgotten"):
        await store.consents.record(GRANT)


async def test_what_is_granted_is_known_as_long_as_it_may_be_needed(store: Store) -> None:
    """A reminder may be asked for a year ahead, by who writes once."""
    key = store._wire.keys.shopper("consent", ANN)
    await say(store, message(1))
    assert await store._wire.commands.ttl(key) <= 90 * 86_400
    await store.consents.record(dataclasses.replace(GRANT, purpose=Allows.REMINDER))
    assert await store._wire.commands.ttl(key) > 366 * 86_400
    await say(store, message(2, sent=5))
    assert await store._wire.commands.ttl(key) > 366 * 86_400


async def _says_stop_and_start_in_turn(store: Store, times: int, *, since: int) -> None:
    for number in range(times):
        text, wish = (("STOP", OptWish.STOP), ("START", OptWish.START))[number % 2]
        await say(store, message(since + number, sent=since + number, text=text), wish)


async def test_who_says_stop_and_start_all_day_fills_no_memory_and_hides_nothing_that_counts(store: Store) -> None:
    """At one a second a shopper made 20 MB a day, kept three years; what is in force is still shown in full."""
    await say(store, message(1))
    await store.consents.record(GRANT)
    await _says_stop_and_start_in_turn(store, 1000, since=10)
    rows = await store.consents.ledger(ANN)
    assert len(rows) < 310
    assert (rows[0].how, rows[0].message_id) == ("wrote", message(1).id), "why we may answer at all"
    assert GRANT in rows, "what a form brought is evidence of what was sent under it"
    said = [(row.purpose, row.granted) for row in rows[-2:]]
    assert said == [(Allows.ALL, False), (Allows.ANSWERS, True)], "what is in force, and what it ended"
    assert rows[-1].message_id == message(1009).id
    assert len(rows) + sum(row.folded or 0 for row in rows) == 1002, "it is told how many there were"
    assert [row.at for row in rows] == sorted(row.at for row in rows)


async def test_what_departments_enter_is_never_folded(store: Store) -> None:
    """A claim about a message of two years ago is answered with the grant of then."""
    await say(store, message(1))
    entered = [
        dataclasses.replace(GRANT, granted=number % 2 == 0, at=after(number), said_at=after(number), by=f"crm{number}")
        for number in range(1, 400)
    ]
    for one in entered:
        await store.consents.record(one)
    await _says_stop_and_start_in_turn(store, 400, since=500)
    rows = await store.consents.ledger(ANN)
    assert [row for row in rows if row.source == GRANT.source] == [
        dataclasses.replace(one, folded=row.folded)
        for one, row in zip(entered, (row for row in rows if row.source == GRANT.source), strict=True)
    ]
    assert len(rows) < 400 + 310
