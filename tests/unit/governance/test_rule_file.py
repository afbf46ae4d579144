"""The file of rules is read strictly: nothing is guessed, every fault is told with its line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.governance.reasons import REASONS
from bot.governance.rule_file import RulesError, read_rules
from bot.governance.rules import Department
from bot.model import Purpose
from tests.unit.governance.cases import FILE, RULES

TEXT = FILE.read_text()


def faults(text: str) -> str:
    """What is told about a file."""
    with pytest.raises(RulesError) as caught:
        read_rules(text)
    return str(caught.value)


def test_every_rule_of_ours_says_who_decided_it_when_and_why() -> None:
    """A rule nobody answers for is no rule."""
    assert all(rule.author and rule.why and rule.since > date(2026, 1, 1) for rule in RULES.entries)


def test_by_our_rules_who_may_advertise_cannot_call_it_service() -> None:
    """Service needs no yes, no approver and no campaign, and a purpose is what a department itself says it is."""
    allowed = {rule.department: rule.purposes for rule in RULES.entries if isinstance(rule, Department)}
    assert allowed["marketing"] == {Purpose.MARKETING}
    assert not [name for name, purposes in allowed.items() if {Purpose.SERVICE, Purpose.MARKETING} <= purposes]
    assert RULES.department("nobody-named-it") is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("most: 3", "most: many", "service-a-day, most: must be a whole number from 1"),
        ("  most: 3", "  most: 3\n  most: 4", "service-a-day, most: written twice"),
        ("within: 7 days", "within: a week", "others-a-week, within: must be a length of time such as 30 minutes"),
        ("within: 28 days", "within: 90 days", "marketing-a-month, within: must be a length of time"),
        ("for: [service]", "for: [answer]", "nights, for: must be a list of service, reminder, marketing; answers are"),
        ("zone: Europe/London", "zone: Mars", "zone, zone: must be a time zone such as Europe/London"),
        ('from: "21:00"', "from: nine", "nights, from: must be as 21:00"),
        ('to: "09:00"', 'to: "19:30"', "evenings, to: must leave at least 4 hours of the day"),
        ("why: A reminder is for a day.", "", "reminders-end, why: missing"),
        ("why: A reminder", "wy: A reminder", "reminders-end, wy: unknown field"),
        ("since: 2026-11-22", "since: yesterday", "zone, since: must be a day such as"),
        ("rule: gap", "rule: gasp", "service-apart, rule: must be one of time_zone"),
        ("id: nights", "id: evenings", "a rule of the name evenings is there already"),
        ("rule: consent", "rule: approval", "a rule of the kind consent for reminder, marketing is missing"),
        ("for: [answer]", "for: [service]", "such a rule for service is there already"),
        ("id: nights", "id: &here nights", "anchors are not read"),
        ("for: [service]", "for: [[[service]]]", "nested too deeply"),
        ("- id: zone", "- id: ]", "not YAML"),
    ],
)
def test_each_fault_is_told_with_its_place_and_what_to_write(old: str, new: str, told: str) -> None:
    """Whoever edits the file is told where and what."""
    said = faults(TEXT.replace(old, new, 1))

    assert told in said
    assert "line " in said or "missing" in said


def test_all_faults_are_told_at_once() -> None:
    """Nobody mends a file one run at a time."""
    said = faults(TEXT.replace("most: 3", "most: x").replace("Europe/London", "Mars"))

    assert said.count("\n") == 2


@pytest.mark.parametrize("text", ["", "{}", "rules", "- a", "- [1]", "\x00", "- id: x"])
def test_a_file_of_no_rules_is_refused(text: str) -> None:
    """An emptied file does not let everything through."""
    faults(text)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.text(max_size=20))
def test_a_broken_file_is_told_never_crashed_on(start: int, length: int, put: str) -> None:
    """Any slip of the hand gives rules or faults."""
    try:
        read_rules(TEXT[:start] + put + TEXT[start + length :])
    except RulesError as error:
        told = error.faults
    else:
        return
    assert told


def test_the_page_lists_every_reason_with_its_meaning() -> None:
    """Who meets a code finds it in docs/governance.md, and no other."""
    page = (FILE.parents[1] / "docs/governance.md").read_text()
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| `")]
    told = {row[1].strip(" `"): (row[2].strip(), row[3].strip()) for row in rows if len(row) == 5}

    assert {name: told.get(name) for name in REASONS} == {
        name: (", ".join(sorted(may.value for may in mays)), meaning) for name, (mays, meaning) in REASONS.items()
    }
