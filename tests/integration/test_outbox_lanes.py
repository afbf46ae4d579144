"""Several departments, one shopper: who goes first, who waits, and who never holds up whom."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.governance.facts import Spent
from bot.governance.verdict import May, Verdict
from bot.model import Purpose, Send, SendState
from bot.store.access.wire import Wire
from bot.store.connection import Store
from bot.store.inbound.door import EchoOutcome
from bot.store.outbound.outbox import Judge
from nlu.optout.wishes import OptWish
from tests.integration.outbox_talk import capped, judge_of, knows_us, other, proposed, waits_until
from tests.integration.store_talk import (
    ANN,
    after,
    answered,
    claim,
    claimed,
    echo,
    message,
    say,
    until,
)

MARKETING, SERVICE, REMINDER = Purpose.MARKETING, Purpose.SERVICE, Purpose.REMINDER


async def _kept(store: Store, send: Send) -> Send:
    kept = await store.outbox.get(send.shopper_id, send.id)
    assert kept is not None
    return kept


async def test_an_offer_that_waits_for_tomorrow_holds_up_nobody(store: Store) -> None:
    """Neither the answer nor the parcel's news."""
    await knows_us(store)
    await proposed(store, other(1, MARKETING, not_before=after(86_400)))
    await proposed(store, other(2, SERVICE, not_before=after(50)))
    send = await answered(store, message())
    assert (await claimed(store, at=1)).send.id == send.id
    assert await claim(store, "t2", at=49, others=True) is None
    await store.door.accept_echo(echo(send, "900"), now=after(49))
    assert (await claimed(store, "t3", at=50, others=True)).send.purpose is SERVICE


async def test_of_what_may_go_the_most_urgent_goes_and_then_the_oldest(store: Store) -> None:
    """The parcel before the reminder before the offer, whoever asked first."""
    await knows_us(store)
    for number, purpose in enumerate((MARKETING, REMINDER, SERVICE, MARKETING, REMINDER)):
        await proposed(store, other(number, purpose, at=number), at=number)
    went = []
    for number in range(5):
        made = await claimed(store, f"t{number}", at=10 + number, others=True)
        went.append(made.send.id)
        await store.outbox.settle_sent(made, dm_event_id=str(number), now=after(10 + number))
    assert went == ["d2", "d1", "d4", "d0", "d3"]


async def test_one_message_at_a_time_but_answers_pass_another_departments_doubt(store: Store) -> None:
    """An answer must not wait two minutes because nobody knows whether an offer arrived."""
    await knows_us(store)
    await proposed(store, other(1))
    await proposed(store, other(2, SERVICE), at=1)
    made = await claimed(store, others=True)
    assert await claim(store, "t2", at=2, others=True) is None, "one of them is at X"
    await store.outbox.settle_in_doubt(made, reason="timeout", look_at=after(120), now=after(2))
    send = await answered(store, message())
    mine = await claimed(store, "t3", at=3)
    assert mine.send.id == send.id
    # both are at X now, and each echo finds its own
    assert await store.door.accept_echo(echo(made.send, "900"), now=after(4)) is EchoOutcome.SETTLED
    assert await store.door.accept_echo(echo(send, "901"), now=after(4)) is EchoOutcome.SETTLED
    assert (await _kept(store, made.send)).dm_event_id == "900"
    assert (await _kept(store, send)).dm_event_id == "901"
    assert (await claimed(store, "t4", at=5, others=True)).send.id == "d2"


async def test_an_answer_with_the_very_words_of_a_message_in_doubt_waits_for_it(store: Store) -> None:
    """One echo could not tell which of the two X has, and the other would be sent again or never."""
    await knows_us(store)
    twin = await proposed(store, other(1, text="Hello"))
    await claimed(store, others=True)
    send = await answered(store, message(), "Hello")
    assert await claim(store, "t2", at=1) is None
    assert await store.door.accept_echo(echo(twin, "900"), now=after(2)) is EchoOutcome.SETTLED
    assert (await claimed(store, "t3", at=3)).send.id == send.id


async def test_others_wait_while_an_answer_is_due_or_at_x(store: Store) -> None:
    """Nobody talks into a talk; but an answer put off lets them go."""
    await knows_us(store)
    await proposed(store, other(1, SERVICE))
    await answered(store, message())
    assert await claim(store, "t1", at=1, others=True) is None
    made = await claimed(store, "t2", at=1)
    assert await claim(store, "t3", at=2, others=True) is None
    await store.outbox.settle_retry(made, reason="429", at=after(600), now=after(3))
    theirs = await claimed(store, "t4", at=4, others=True)
    assert theirs.send.purpose is SERVICE


async def test_what_waits_is_judged_again_when_its_time_has_come(store: Store) -> None:
    """And tells why it waited, and until when."""
    await knows_us(store)
    send = await proposed(store, other(1))
    assert await claim(store, "t1", others=True, judge=waits_until(600)) is None
    kept = await _kept(store, send)
    assert (kept.state, kept.reason, kept.put_off_until) == (SendState.PENDING, "quiet_hours", after(600))
    (life,) = await store.outbox.lives(send.id)
    assert (life.sentence, life.due) == ("It is night where they are.", after(600))
    assert await store.outbox.earliest(others=True) == (store.partition_of(ANN), after(600))
    assert await claim(store, "t2", at=599, others=True) is None
    assert (await claimed(store, "t3", at=600, others=True)).send.id == send.id


async def test_one_that_waits_lets_the_next_one_go_in_the_same_claim(store: Store) -> None:
    """A campaign that may not go yet is no reason to keep a reminder."""
    await knows_us(store)
    await proposed(store, other(1, SERVICE))
    await proposed(store, other(2, MARKETING), at=1)

    def only_marketing(send: Send, spent: Spent) -> Verdict:
        if send.purpose is MARKETING:
            return Verdict(May.GO, "allowed", "")
        return Verdict(May.WAIT, "not_yet", "", after(3600))

    made = await claim(store, at=2, others=True, judge=judge_of(only_marketing))
    assert made is not None
    assert made.send.id == "d2"


@pytest.mark.parametrize(("reason", "state"), [("same_text", SendState.REFUSED), ("expired", SendState.EXPIRED)])
async def test_what_never_may_go_ends_with_its_reason(store: Store, reason: str, state: SendState) -> None:
    """Every refusal can be read."""
    await knows_us(store)
    send = await proposed(store, other(1))
    never = judge_of(lambda *_: Verdict(May.NEVER, reason, "They got these words before."))
    assert await claim(store, others=True, judge=never) is None
    kept = await _kept(store, send)
    assert (kept.state, kept.reason) == (state, reason)
    (life,) = await store.outbox.lives(send.id)
    assert (life.sentence, life.due) == ("They got these words before.", None)
    assert [(one.state, one.reason) for one in life.steps] == [(SendState.PENDING, "new"), (state, reason)]


async def _meddle(store: Store, happens: str) -> None:
    if happens.startswith("stop"):
        await say(store, message(50, sent=50), OptWish.STOP)
    if happens.endswith("start"):
        await say(store, message(51, sent=51), OptWish.START)
    if happens == "consent is gone":
        await store._wire.commands.delete(store._wire.keys.shopper("consent", ANN))


@pytest.mark.parametrize(
    ("happens", "reason"),
    [("stop", "opted_out"), ("stop and start", "opted_out"), ("consent is gone", "never_wrote")],
)
async def test_what_happens_while_the_governor_thinks_is_never_overlooked(
    store: Store, monkeypatch: pytest.MonkeyPatch, happens: str, reason: str
) -> None:
    """The claim itself looks once more."""
    await knows_us(store)
    send = await proposed(store, other(1))
    run, met = Wire.run, False

    async def meddled(wire: Wire, script: str, *given: object, **more: object) -> object:
        nonlocal met
        if script == "claim_send" and not met:
            met = True
            await _meddle(store, happens)
        return await run(wire, script, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Wire, "run", meddled)
    assert await claim(store, at=60, others=True) is None
    assert (await _kept(store, send)).reason == reason


async def test_who_was_handed_something_meanwhile_is_judged_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cap read before another sender's claim is worth nothing."""
    await knows_us(store)
    send = await proposed(store, other(1))
    run, met, asked = Wire.run, False, list[int]()

    async def meddled(wire: Wire, script: str, *given: object, **more: object) -> object:
        nonlocal met
        if script == "claim_send" and not met:
            met = True
            await answered(store, message())
            await store.outbox.settle_sent(await claimed(store, "theirs", at=1), dm_event_id="7", now=after(1))
        return await run(wire, script, *given, **more)  # type: ignore[arg-type]

    def one_an_hour(send: Send, spent: Spent) -> Verdict:
        asked.append(len(spent.handed))
        return capped(after(2), timedelta(hours=1))(send, None, spent)  # type: ignore[arg-type]

    monkeypatch.setattr(Wire, "run", meddled)
    assert await claim(store, at=2, others=True, judge=judge_of(one_an_hour)) is None
    assert asked == [0, 1]
    assert (await _kept(store, send)).reason == "cap"


async def test_a_cap_raced_by_many_senders_holds(store: Store) -> None:
    """Each reads that one more may go; only one does."""
    await knows_us(store)
    for number in range(5):
        await proposed(store, other(number))
    await asyncio.gather(*(store.ping() for _ in range(20)))

    def judge() -> Judge:
        return capped(after(1), timedelta(hours=1))

    made = await asyncio.gather(*(claim(store, f"t{n}", at=1, others=True, judge=judge()) for n in range(20)))
    (one,) = [each for each in made if each is not None]
    await store.outbox.settle_sent(one, dm_event_id="9", now=after(2))
    assert await claim(store, "later", at=3, others=True, judge=capped(after(3), timedelta(hours=1))) is None
    assert await claim(store, "late", at=3602, others=True, judge=capped(after(3602), timedelta(hours=1))) is not None


async def test_what_x_certainly_has_not_is_not_counted_and_what_it_may_have_is(store: Store) -> None:
    """A cap must not be used up by what never arrived, nor overlook what perhaps did."""
    send = await answered(store, message())
    made = await claimed(store, "t1")
    assert [one.send_id for one in (await store.outbox.facts(ANN))[1].handed] == [send.id]
    await store.outbox.settle_retry(made, reason="429", at=after(1), now=after(1), counted=False)
    assert (await store.outbox.facts(ANN))[1].handed == ()
    made = await claimed(store, "t2", at=1)
    await store.outbox.settle_in_doubt(made, reason="timeout", look_at=after(120), now=after(2))
    look = await claimed(store, "t3", at=120)
    await store.outbox.settle_retry(look, reason="not_found", at=after(121), now=after(120))
    assert len((await store.outbox.facts(ANN))[1].handed) == 1, "X may have taken it late"
    made = await claimed(store, "t4", at=121)
    await store.outbox.settle_refused(made, reason="blocked", now=after(122))
    assert len((await store.outbox.facts(ANN))[1].handed) == 1


async def test_a_judge_does_not_count_a_sends_own_earlier_try_against_it(store: Store) -> None:
    """Else what was not found at X would be refused as a repetition of itself."""
    await answered(store, message())
    made = await claimed(store, "t1")
    await store.outbox.settle_in_doubt(made, reason="timeout", look_at=after(120), now=after(2))
    look = await claimed(store, "t2", at=120)
    await store.outbox.settle_retry(look, reason="not_found", at=after(121), now=after(120))
    seen = list[int]()

    def count(send: Send, spent: Spent) -> Verdict:
        seen.append(len(spent.handed))
        return Verdict(May.GO, "allowed", "")

    assert await claim(store, "t3", at=121, judge=judge_of(count)) is not None
    assert seen == [0]


async def test_a_judge_is_told_that_a_newer_answer_waits(store: Store) -> None:
    """Of answers that are much too late only the newest is worth sending."""
    for number in (1, 2):
        await answered(store, message(number))
    told = list[bool]()

    def note(send: Send, spent: Spent) -> Verdict:
        told.append(spent.newer_answer_waits)
        old = spent.newer_answer_waits
        return Verdict(May.NEVER if old else May.GO, "newer_answer" if old else "allowed", "")

    made = await claim(store, judge=judge_of(note))
    assert made is not None
    assert (made.send.in_reply_to, told) == (message(2).id, [True, False])
    first = await store.outbox.facts(ANN, made.send.id)
    assert not first[1].newer_answer_waits


async def test_a_look_needs_no_verdict(store: Store) -> None:
    """To look is no message: even to who stopped, a doubt must end."""
    await answered(store, message())
    await claimed(store)
    await say(store, message(2, sent=1), OptWish.STOP)
    look = await claim(store, "t2", at=120, judge=judge_of(lambda *_: Verdict(May.NEVER, "r", "")))
    assert look is not None
    assert look.look


async def test_a_long_life_keeps_its_beginning_and_its_end(store: Store) -> None:
    """A Send put off for a month must not grow without end."""
    await knows_us(store)
    send = await proposed(store, other(1))
    for number in range(400):
        assert (
            await claim(store, f"t{number}", at=number, others=True, judge=waits_until(number + 1, f"r{number}"))
            is None
        )
    (life,) = await store.outbox.lives(send.id)
    assert life.steps[0].reason == "new"
    assert life.steps[-1].reason == "r399"
    assert 30 < len(life.steps) < 200


async def test_the_list_forgets_what_ended_three_days_ago(store: Store) -> None:
    """Keys are bounded by what is going on."""
    day = 86_400
    for number in range(4):
        await knows_us(store)
        await proposed(store, other(number, at=number * 2 * day), at=number * 2 * day)
        made = await claim(store, f"t{number}", at=number * 2 * day, others=True, judge=until(-day))
        assert made is not None
        await store.outbox.settle_sent(made, dm_event_id=str(number), now=after(number * 2 * day))
    redis, keys = store._wire.commands, store._wire.keys
    for name in ("all", "ended"):
        assert await redis.zcard(keys.of(store.partition_of(ANN), name)) == 2
