"""Of a message wanted later the governor tells what will stand against it then, not only that it is wanted later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.governance.budgets import followed_by
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.judging import may_send
from bot.governance.verdict import May, Verdict
from bot.model import Purpose
from tests.unit.governance.cases import NOON, RULES, consent, handed, send

DAY = timedelta(days=1)
NIGHT = NOON.replace(hour=22)


def judged(not_before: datetime, allows: ConsentFacts | None = None, got: Spent | None = None) -> Verdict:
    """A service message that is wanted later, judged now."""
    return may_send(
        send(not_before=not_before, expires_at=not_before + DAY), allows or consent(), got or Spent(), RULES, NOON
    )


def test_a_message_wanted_by_night_is_told_of_the_night() -> None:
    """The wish and what follows on it are both in the sentence; the reason is what a department can change."""
    verdict = judged(NIGHT)

    assert (verdict.may, verdict.reason) == (May.WAIT, "quiet_hours")
    assert verdict.sentence.startswith("It is not wanted before Tue 24 Nov 2026 22:00 GMT. Then: It is quiet")


def test_nothing_but_the_wish_is_not_yet() -> None:
    """There is nothing to change about it."""
    verdict = judged(NOON + DAY)

    assert (verdict.may, verdict.reason, verdict.until) == (May.WAIT, "not_yet", NOON + DAY)


def test_what_never_may_go_is_told_now() -> None:
    """Nobody waits a week to learn that they said stop, or that they will have been silent for too long by then."""
    assert judged(NOON + 7 * DAY, consent(closed=True)).reason == "opted_out"
    silent = judged(NOON + 7 * DAY, consent(last_wrote_at=NOON - 25 * DAY))
    assert (silent.may, silent.reason) == (May.NEVER, "not_recently_wrote")
    assert "not wanted before" in silent.sentence


def test_words_they_got_are_the_same_words_only_as_long_as_the_rule_says() -> None:
    """Judged for the day it is wanted: a month after the first it is no repetition any more."""
    got = Spent((handed(20 * DAY, text=send().text),))

    assert judged(NOON + 2 * DAY, got=got).reason == "same_text"
    assert judged(NOON + 20 * DAY, consent(last_wrote_at=NOON), got).reason == "not_yet"


@pytest.mark.parametrize(
    ("first", "full", "said"),
    [
        ((May.GO, "allowed"), (May.WAIT, "department_budget"), (May.WAIT, "department_budget")),
        ((May.WAIT, "not_yet"), (May.WAIT, "department_budget"), (May.WAIT, "department_budget")),
        ((May.WAIT, "quiet_hours"), (May.WAIT, "department_budget"), (May.WAIT, "quiet_hours")),
        ((May.WAIT, "quiet_hours"), (May.NEVER, "bulk"), (May.NEVER, "bulk")),
        ((May.WAIT, "not_approved"), (May.WAIT, "campaign_budget"), (May.WAIT, "not_approved")),
    ],
)
def test_a_full_budget_is_told_beside_what_holds_it_back(
    first: tuple[May, str], full: tuple[May, str], said: tuple[May, str]
) -> None:
    """What can never be is never hidden behind a wait."""
    verdict = followed_by(Verdict(*first, "One."), Verdict(*full, "Two."))

    assert (verdict.may, verdict.reason) == said


def test_an_answer_is_judged_as_before() -> None:
    """It wants no later moment, and goes at night."""
    assert may_send(send(Purpose.ANSWER, created_at=NIGHT), consent(), Spent(), RULES, NIGHT).may is May.GO
