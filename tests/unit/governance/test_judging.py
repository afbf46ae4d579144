"""The governor's promises: who may be written to, when, and that it says why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.governance.budgets import Window, budgets, over_budget
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.judging import may_send
from bot.governance.reasons import REASONS
from bot.governance.rules import Rules
from bot.governance.verdict import May
from bot.model import Purpose, Send
from tests.unit.governance.cases import NOON, RULES, consent, consents, handed, rules_with, send, sends, spents

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERY = list(Purpose)
OTHERS = EVERY[1:]


@pytest.mark.parametrize("purpose", EVERY)
def test_a_message_nothing_speaks_against_may_go(purpose: Purpose) -> None:
    """The governor keeps nobody from good service."""
    assert may_send(send(purpose), consent(), Spent(), RULES, NOON).may is May.GO


@pytest.mark.parametrize("purpose", EVERY)
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"opened": False}, "never_wrote"),
        ({"closed": True}, "opted_out"),
        ({"overruled": True}, "opted_out"),
    ],
)
def test_no_purpose_reaches_who_never_wrote_or_said_stop(purpose: Purpose, facts: dict[str, Any], reason: str) -> None:
    """Not even an answer; no rule of the file can change it."""
    verdict = may_send(send(purpose), consent(**facts), Spent(), RULES, NOON)

    assert (verdict.may, verdict.reason) == (May.NEVER, reason)


@pytest.mark.parametrize(
    ("changed", "facts", "reason"),
    [
        ({"purpose": Purpose.ANSWER, "department": "care"}, {}, "not_an_answer"),
        ({"created_at": NOON - 2 * DAY}, {}, "expired"),
        ({"expires_at": NOON}, {}, "expired"),
        ({"purpose": Purpose.MARKETING, "campaign": ""}, {}, "campaign_missing"),
        ({"campaign": "autumn"}, {}, "campaign_unknown"),
        ({"campaign": "spring", "department": "care"}, {}, "campaign_department"),
        ({"purpose": Purpose.REMINDER}, {"granted": {}}, "no_consent"),
        ({"purpose": Purpose.REMINDER}, {"granted": {Purpose.REMINDER: False}}, "no_consent"),
        ({}, {"last_wrote_at": NOON - 31 * DAY}, "not_recently_wrote"),
        ({}, {"last_wrote_at": None}, "not_recently_wrote"),
    ],
)
def test_each_refusal_has_its_reason(changed: dict[str, Any], facts: dict[str, Any], reason: str) -> None:
    """Whoever asks why learns the one thing that is wrong."""
    verdict = may_send(send(**{"purpose": Purpose.SERVICE, **changed}), consent(**facts), Spent(), RULES, NOON)

    assert (verdict.may, verdict.reason) == (May.NEVER, reason)


def test_an_old_answer_gives_way_to_a_newer_one() -> None:
    """Once late, only the newest is said; a young one is said in its turn."""
    newer = Spent(newer_answer_waits=True)
    late = send(Purpose.ANSWER, created_at=NOON - timedelta(minutes=31))

    assert may_send(late, consent(), newer, RULES, NOON).reason == "newer_answer"
    assert may_send(late, consent(), Spent(), RULES, NOON).may is May.GO
    assert may_send(send(Purpose.ANSWER), consent(), newer, RULES, NOON).may is May.GO


def test_answers_go_at_night_and_however_many_there_were() -> None:
    """Who asks at three in the morning gets an answer at three in the morning."""
    night = NOON.replace(hour=3)
    got = Spent(tuple(handed(timedelta(minutes=n), number=n) for n in range(50)))

    assert may_send(send(Purpose.ANSWER, created_at=night), consent(), got, RULES, night).may is May.GO


def test_caps_are_shared_by_all_departments() -> None:
    """What care sent yesterday keeps marketing back today, until the minute it has aged."""
    got = Spent((handed(20 * HOUR),))
    verdict = may_send(send(Purpose.MARKETING), consent(last_wrote_at=NOON - 3 * DAY), got, RULES, NOON)

    assert (verdict.may, verdict.reason) == (May.WAIT, "cap")
    assert verdict.until == NOON + 4 * HOUR + RULES.leeway.between
    assert "1 may be (rule others-a-day)" in verdict.sentence


def test_a_less_urgent_purpose_never_uses_up_a_more_urgent_one() -> None:
    """Any amount of marketing leaves room for the message that the parcel is late."""
    got = Spent(tuple(handed(n * HOUR, Purpose.MARKETING, number=n) for n in range(1, 9)))

    assert may_send(send(Purpose.SERVICE), consent(), got, RULES, NOON).may is May.GO


def test_the_same_words_are_not_said_twice_whatever_their_links() -> None:
    """X takes repeated words for spam, also where only the tracking link differs."""
    got = Spent((handed(20 * DAY, text="Look  https://shop.example/a"),))

    assert may_send(send(text="Look https://shop.example/b"), consent(), got, RULES, NOON).reason == "same_text"
    assert may_send(send(text="Listen"), consent(), got, RULES, NOON).may is May.GO


def test_nobody_is_interrupted_in_a_talk_with_us() -> None:
    """A reminder waits until they have been silent for half an hour."""
    wrote = NOON - timedelta(minutes=10)
    verdict = may_send(send(Purpose.REMINDER), consent(last_wrote_at=wrote), Spent(), RULES, NOON)

    assert (verdict.reason, verdict.until) == (
        "in_a_talk",
        wrote + timedelta(minutes=30) + RULES.leeway.between,
    )


def test_marketing_waits_for_an_approver_until_its_end() -> None:
    """Without a second pair of eyes nothing goes, and nothing waits for ever."""
    waits = send(Purpose.MARKETING, approved_by="")
    verdict = may_send(waits, consent(), Spent(), RULES, NOON)

    assert (verdict.may, verdict.reason, verdict.until) == (May.WAIT, "not_approved", NOON + 2 * DAY)
    assert may_send(waits, consent(), Spent(), RULES, NOON + 2 * DAY).reason == "expired"


def test_what_would_wait_beyond_its_end_is_told_at_once() -> None:
    """A department learns now that its message cannot make it, and what was in the way."""
    late = send(created_at=NOON.replace(hour=22), expires_at=NOON.replace(hour=23))
    verdict = may_send(late, consent(), Spent(), RULES, NOON.replace(hour=22))

    assert (verdict.may, verdict.reason) == (May.NEVER, "quiet_hours")
    assert "too late" in verdict.sentence


def test_a_department_without_a_rule_sends_nothing() -> None:
    """The star stands for every other department; a department's own rule overrules it."""
    own = """
- {id: pr, rule: department, department: pr, for: [service], most: 2, within: 24 hours,
   author: A, since: 2026-11-01, why: b}
"""
    star = own.replace("id: pr", "id: all").replace("department: pr", 'department: "*"').replace("service", "reminder")

    def reason(one: Send, rules: Rules) -> str:
        return may_send(one, consent(), Spent(), rules, NOON).reason

    without, with_star = rules_with(own), rules_with(own, star)
    assert reason(send(department="pr"), without) == reason(send(department="pr"), with_star) == "allowed"
    assert reason(send(Purpose.REMINDER, department="pr"), with_star) == "department_purpose"
    assert reason(send(Purpose.REMINDER, department="crm"), without) == "department_unknown"
    assert reason(send(Purpose.REMINDER, department="crm"), with_star) == "allowed"


def test_budgets_are_those_of_department_campaign_and_text() -> None:
    """What many shoppers' messages share is counted; answers are not."""
    slack = int(RULES.leeway.between.total_seconds())
    found = budgets(send(Purpose.MARKETING), RULES)

    assert found[:3] == (
        Window("department:marketing", 50, 86_400 + slack),
        Window("campaign:spring", 6, 20 * 86_400 + slack),
        Window("campaign-day:spring", 3, 86_400 + slack),
    )
    assert found[3].name.startswith("text:")
    assert budgets(send(Purpose.ANSWER), RULES) == ()


def test_a_spent_budget_waits_or_ends_the_message() -> None:
    """Tomorrow's room is waited for; room after the message's end, or for bulk, is not."""
    one = send(Purpose.MARKETING)
    day, _, _, text = budgets(one, RULES)

    def verdict(window: Window, again: timedelta) -> tuple[May, str]:
        said = over_budget(one, window, NOON + again, consent(), RULES, NOON)
        return said.may, said.reason

    assert verdict(day, HOUR) == (May.WAIT, "department_budget")
    assert verdict(day, 3 * DAY) == (May.NEVER, "department_budget")
    assert verdict(text, HOUR) == (May.NEVER, "bulk")


@settings(max_examples=400)
@given(sends, consents, spents)
def test_a_wait_is_exact(one: Send, allows: ConsentFacts, got: Spent) -> None:
    """Judged at its end the same facts let it go; judged a moment before they do not; never beyond its end."""
    verdict = may_send(one, allows, got, RULES, NOON)

    assert verdict.may in REASONS[verdict.reason][0]
    assert verdict.sentence
    assert (verdict.until is not None) == (verdict.may is May.WAIT)
    if verdict.until is None:
        return
    assert verdict.until > NOON
    assert one.expires_at is None or verdict.until <= one.expires_at
    then = may_send(one, allows, got, RULES, verdict.until)
    before = may_send(one, allows, got, RULES, verdict.until - timedelta(milliseconds=1))
    if "newer_answer" in (then.reason, before.reason):  # an answer that waited too long for its own wish
        return
    assert (before.may, before.until) == (May.WAIT, verdict.until)
    assert then.reason == ("expired" if verdict.reason == "not_approved" else "allowed")


@settings(max_examples=200)
@given(sends, consents, spents, st.integers(0, 60 * 24 * 40))
def test_the_governor_only_ever_says_what_its_page_says(
    one: Send, allows: ConsentFacts, got: Spent, minutes: int
) -> None:
    """No facts at any moment bring it to raise, or to a reason nobody can look up."""
    verdict = may_send(one, allows, got, RULES, NOON + timedelta(minutes=minutes))

    assert verdict.may in REASONS[verdict.reason][0]
