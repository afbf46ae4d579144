"""Failures on demand are exactly as many as asked for, and the same again with the same seed."""

from __future__ import annotations

import pytest

from bot.sandbox.faults import ACCEPTS, ACCEPTS_NOT, KINDS, Faults, read_plan


def drawn(plan: dict, calls: int) -> list[str | None]:
    faults = Faults(read_plan(plan))
    return [fault.kind if (fault := faults.for_send()) else None for _ in range(calls)]


def test_a_count_is_used_up_in_the_order_of_the_plan():
    """A test that wants one failure gets one, at once."""
    plan = {"send": [{"kind": "forbidden", "count": 2}, {"kind": "hang_after", "count": 1}]}
    assert drawn(plan, 5) == ["forbidden", "forbidden", "hang_after", None, None]


def test_the_same_seed_gives_the_same_failures():
    """A failing run of chaos must be repeatable from its seed."""
    plan = {"seed": 11, "send": [{"kind": "reset_after", "rate": 0.3}]}
    first = drawn(plan, 200)
    assert first == drawn(plan, 200)
    assert 30 < first.count("reset_after") < 90
    assert first != drawn(plan | {"seed": 12}, 200)


def test_reads_and_sends_fail_apart():
    """A switched-on failure of sends must leave looking intact."""
    faults = Faults(read_plan({"send": [{"kind": "forbidden"}]}))
    assert faults.for_read() is None
    assert faults.for_send() is not None


def test_every_kind_either_takes_the_message_or_not():
    """A kind in both tables would make a ledger nobody can trust."""
    assert not ACCEPTS.keys() & ACCEPTS_NOT.keys()
    for kind in KINDS:
        assert read_plan({"send": [{"kind": kind}]}).send[0].kind == kind


@pytest.mark.parametrize(
    "plan", [None, 3, {"x": 1}, {"send": [{"kind": "x"}]}, {"send": [{}]}, {"send": 3}, {"delivery": 3}]
)
def test_a_plan_that_is_not_understood_is_refused(plan):
    """A misspelt switch would make a chaos run prove nothing."""
    with pytest.raises(ValueError, match=r".+"):
        read_plan(plan)
