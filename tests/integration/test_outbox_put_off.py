"""What was put off once is judged by its own wish afterwards, by the real governor."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.governance.judging import may_send
from bot.governance.rule_file import read_rules
from bot.model import MessageId, Purpose, Send, SendId, SendState
from bot.sending.judge import Governing
from bot.store.connection import Store
from bot.store.outbound.proposals import Changed, Proposed
from bot.store.shoppers.consents import Allows, ConsentRecord
from tests.integration.outbox_talk import knows_us
from tests.integration.store_talk import ANN, after, claim
from tests.unit.governance.cases import CAMPAIGN

DAY_S = 86_400
RULES = read_rules(
    (Path(__file__).parents[2] / "data/governance.yml").read_text()
    + CAMPAIGN.replace("2026-11-20", "2026-05-01").replace("2026-12-10", "2026-05-20")
)
GOVERNING = Governing(lambda: RULES)


async def test_what_is_approved_after_it_was_put_off_goes(store: Store) -> None:
    """A sender looked at it before the approver did: the end it was put off to is no wish of anybody."""
    await knows_us(store)
    await store.consents.record(
        ConsentRecord(ANN, Allows.MARKETING, True, source="form", how="api", at=after(0), wording="v1")
    )
    send = Send(
        SendId("m1"), ANN, "Spring is here", MessageId(""), after(1),
        purpose=Purpose.MARKETING, department="marketing", campaign="spring",
    )  # fmt: skip
    assert await store.outbox.propose(send, after(1)) is Proposed.ADDED
    at = 3 * 3600
    assert await claim(store, at=at, judge=GOVERNING.judge_at(after(at)), others=True) is None
    assert await store.outbox.approve(ANN, send.id, after(at + 1), by="Ben") is Changed.DONE
    made = await claim(store, at=at + 2, judge=GOVERNING.judge_at(after(at + 2)), others=True)
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert (kept.state, kept.reason) == (SendState.SENDING, "")
    assert made is not None


async def test_what_the_night_puts_off_is_told_as_put_off_by_the_night(store: Store) -> None:
    """Asked an hour later the reason is the night still, not that it is wanted in the morning."""
    await knows_us(store)
    send = Send(SendId("s1"), ANN, "Your parcel", MessageId(""), after(0), purpose=Purpose.SERVICE, department="care")
    assert await store.outbox.propose(send, after(0)) is Proposed.ADDED
    night = 11 * 3600
    assert await claim(store, at=night, judge=GOVERNING.judge_at(after(night)), others=True) is None
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    verdict = may_send(kept, *await store.outbox.facts(ANN, kept.id), RULES, after(night) + timedelta(hours=1))
    assert (verdict.reason, verdict.until) == ("quiet_hours", kept.put_off_until)
    assert kept.not_before is None
