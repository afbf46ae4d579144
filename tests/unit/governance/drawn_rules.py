"""Rules drawn by chance, twice: as the file's text for the governor, and as plain numbers for the checker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

START = datetime(2026, 3, 24, tzinfo=timezone.utc)
"""Clocks in London and New York change within the days after."""
OTHERS = ("service", "reminder", "marketing")
CLOCKS, CALLS = 10, 2
"""Minutes by which any clock is wrong at most, and that X may take a message late."""


@dataclass(frozen=True)
class Drawn:
    """One rule: its kind and its numbers, in minutes where they are times."""

    kind: str
    value: dict[str, Any]


def draw(chance: Random) -> tuple[Drawn, ...]:
    """A set of rules that binds often."""
    some = [purpose for purpose in OTHERS if chance.random() < 0.7] or ["marketing"]
    drawn = [
        Drawn("time_zone", {"zone": "Europe/London"}),
        Drawn("leeway", {"clocks": CLOCKS, "calls": CALLS}),
        Drawn("consent", {"for": ["reminder", "marketing"]}),
        Drawn("bulk", {"for": list(OTHERS), "most": chance.randint(1, 3), "within": chance.choice([720, 1440, 4320])}),
        Drawn("approval", {"for": ["marketing"]}),
        Drawn("same_text", {"for": list(OTHERS), "within": chance.choice([60, 300, 1440])}),
        Drawn("not_into_talk", {"for": some, "silent_for": chance.choice([5, 30, 120])}),
        Drawn("gap", {"for": some, "counts": list(OTHERS), "at_least": chance.choice([5, 30, 120])}),
        Drawn("newest_answer", {"after": 30}),
        Drawn("expiry", {"for": ["answer"], "after": chance.choice([60, 720])}),
        Drawn("expiry", {"for": list(OTHERS), "after": chance.choice([1440, 2880])}),
        Drawn("opened_by_shopper", {"for": list(OTHERS), "within": chance.choice([600, 4320, 10_080])}),
        Drawn("department", {"department": "*", "for": list(OTHERS), "most": chance.randint(3, 8), "within": 1440}),
    ]
    for _ in range(chance.randint(1, 3)):
        counts = [purpose for purpose in OTHERS if chance.random() < 0.8] or ["service"]
        within = chance.choice([30, 360, 1440, 4320])
        drawn.append(Drawn("cap", {"for": some, "counts": counts, "most": chance.randint(1, 3), "within": within}))
    begins = chance.randint(0, 23)
    quiet = {"for": some, "from": begins * 60, "to": (begins * 60 + chance.randint(60, 480)) % 1440}
    drawn.append(Drawn("quiet_hours", quiet))
    starts = START + timedelta(minutes=chance.randint(-600, 1440))
    campaign = {"campaign": "spring", "departments": ["marketing"], "from": starts}
    ends = starts + timedelta(minutes=chance.choice([2880, 8640]))
    drawn.append(Drawn("campaign", {**campaign, "until": ends, "most": chance.randint(2, 5), "most_a_day": 2}))
    return tuple(drawn)


def as_text(drawn: tuple[Drawn, ...]) -> str:
    """The file that says so."""
    lines = []
    for number, rule in enumerate(drawn):
        lines.append(f"- id: r{number}\n  rule: {rule.kind}\n  author: chance\n  since: 2026-01-01\n  why: drawn")
        lines += [f"  {name}: {_written(name, value, rule.kind)}" for name, value in rule.value.items()]
    return "\n".join(lines)


def _written(name: str, value: Any, kind: str) -> str:
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    if isinstance(value, datetime):
        return value.isoformat()
    if kind == "quiet_hours":
        return f'"{value // 60:02}:{value % 60:02}"'
    if name in ("within", "after", "at_least", "silent_for", "clocks", "calls"):
        return f"{value} minutes"
    return f'"{value}"'
