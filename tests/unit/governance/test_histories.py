"""No schedule of departments, senders, wrong clocks and crashes breaks a rule; and the checker of that can see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.governance.facts import ConsentFacts, Spent
from bot.governance.judging import may_send
from bot.governance.rules import Leeway, QuietHours, Rules
from bot.governance.verdict import Verdict
from bot.model import Send
from tests.unit.governance.history_checker import breaches
from tests.unit.governance.worlds import Judge, World

HISTORIES = 100
"""`make chaos` lives 10,000."""


def test_no_history_breaks_a_rule() -> None:
    """Of all that X accepted in so many histories nothing was against a rule; every seed is told."""
    accepted, broken = 0, []
    for seed in range(HISTORIES):
        ledgers = World(seed).run()
        accepted += len(ledgers.accepted)
        broken += [f"seed {seed}: {breach}" for breach in breaches(ledgers)]

    assert broken == []
    assert accepted > 5 * HISTORIES  # else the worlds are too quiet to prove anything


def each_department_alone(send: Send, allows: ConsentFacts, got: Spent, rules: Rules, now: datetime) -> Verdict:
    """A governor that forgets that caps are shared."""
    own = tuple(each for each in got.handed if each.department == send.department)
    return may_send(send, allows, replace(got, handed=own), rules, now)


def by_the_brands_clock(send: Send, allows: ConsentFacts, got: Spent, rules: Rules, now: datetime) -> Verdict:
    """A governor that takes the account's night for everybody's."""
    return may_send(send, replace(allows, time_zone=""), got, rules, now)


def believing_every_clock(send: Send, allows: ConsentFacts, got: Spent, rules: Rules, now: datetime) -> Verdict:
    """A governor without leeway."""
    strict = Rules(tuple(rule for rule in rules.entries if not isinstance(rule, Leeway)))
    return may_send(send, allows, got, strict, now)


def in_winter_time(send: Send, allows: ConsentFacts, got: Spent, rules: Rules, now: datetime) -> Verdict:
    """A governor whose nights begin an hour late, as those do that forget summer time."""

    def late(rule: QuietHours) -> QuietHours:
        day = datetime(2026, 1, 1)  # noqa: DTZ001 -- a clock on the wall
        starts, ends = (datetime.combine(day, each) + timedelta(hours=1) for each in (rule.starts, rule.ends))
        return replace(rule, starts=starts.time(), ends=ends.time())

    moved = tuple(late(rule) if isinstance(rule, QuietHours) else rule for rule in rules.entries)
    return may_send(send, allows, got, Rules(moved), now)


@pytest.mark.parametrize(
    ("judge", "fault", "first", "seen"),
    [
        (each_department_alone, {}, 0, {"cap", "gap", "same_text"}),
        (by_the_brands_clock, {}, 0, {"quiet_hours"}),
        (believing_every_clock, {}, 0, {"quiet_hours"}),
        (in_winter_time, {}, 0, {"quiet_hours"}),
        (may_send, {"checks_version": False}, 0, {"gap"}),
        (may_send, {"counts_anew": False}, 412, {"bulk"}),
    ],
)
def test_the_checker_sees_a_broken_governor(judge: Judge, fault: dict[str, bool], first: int, seen: set[str]) -> None:
    """Six faults put in on purpose, each found, by the rule it breaks.

    The last two: a claim that checks no version; a retry that counts in shared budgets at the time of its first try.
    That one takes rare luck to be seen (two of 2,000 histories), so its search begins where it is.
    """

    missing = set(seen)
    for seed in range(first, first + 10 * HISTORIES):
        missing -= {breach.split()[0] for breach in breaches(World(seed, judge, **fault).run())}
        if not missing:
            break

    assert missing == set()
