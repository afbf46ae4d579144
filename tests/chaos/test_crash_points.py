"""A process that dies before or after each script of the store, and before or after the call to X (T2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.model import ShopperId
from tests.chaos.__main__ import ROOT, SETTINGS
from tests.chaos.fleet import MEMBERS, Fleet, fleet
from tests.chaos.ledger import judge
from tests.chaos.programme import MARKS, Programme, Written, drained

QUICK = {"intake": ("accept_message",), "sending-a": ("claim_send", "call-x", "settle_send")}
"""Members that start within a second or two, and their points."""
ALL = {**QUICK, "dialogue-a": ("next_turn", "begin_try", "commit_turn")}
ALONE = {"sending-a": "sending-b", "dialogue-a": "dialogue-b"}
"""Whose work another would do before the crash: it is stopped for the while."""
NOT_ASKED = ("departments", "watch")
"""Members no point is of, and no talk needs."""


@pytest.mark.timeout(300)
async def test_a_crash_at_a_quick_point_is_survived(tmp_path: Path) -> None:
    """Intake and sending, before and after each of their steps."""
    await _crash_at_each(tmp_path, QUICK, without=(*NOT_ASKED, "dialogue-b"))


@pytest.mark.chaos
@pytest.mark.timeout(1200)
async def test_a_crash_at_every_point_is_survived(tmp_path: Path) -> None:
    """All fourteen."""
    await _crash_at_each(tmp_path, ALL, without=NOT_ASKED)


async def _crash_at_each(tmp_path: Path, points: dict[str, tuple[str, ...]], without: tuple[str, ...]) -> None:
    written: Written = {}
    crashed: dict[ShopperId, str] = {}
    async with fleet(ROOT, tmp_path / "run", settings=SETTINGS, without=without) as running:
        for name, steps in points.items():
            if name in ALONE:
                await running.end(ALONE[name])
            for point in [f"{when}:{step}" for step in steps for when in ("before", "after")]:
                shopper = ShopperId(f"7{len(crashed):06}")
                crashed[shopper] = f"{MEMBERS[name]} {point}"
                written[shopper] = await _crash(running, name, point, shopper)
            if name in ALONE:
                await running.start(ALONE[name])
        ledger = await drained(running, written, Programme(len(written), len(MARKS), 0, 0, drain_s=90))
    for shopper, point in crashed.items():
        ours = [one for one in ledger["accepted"] if one["to"] == shopper]
        verdict = judge({**ledger, "accepted": ours}, {shopper: written[shopper]}, MARKS)
        assert verdict.clean, f"{point}: {verdict}"


async def _crash(running: Fleet, name: str, point: str, shopper: ShopperId) -> list[tuple[str, str]]:
    """One talk during which the member dies at the point, once; answers what was written."""
    await running.end(name)
    await running.start(name, crash_at=point, wait=False)
    written = [(await running.x.write(shopper, text), text) for text in MARKS]
    assert await running.children[name].ended() == -9, f"{name} did not come to {point}"
    await running.start(name)
    return [(str(id_), text) for id_, text in written]
