"""kill -9 of every role and Redis while X misbehaves: nothing lost, doubled, out of order or over X's limits."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.chaos.__main__ import once
from tests.chaos.broken import FAULTS
from tests.chaos.programme import Outcome, Programme


def _seed() -> int:
    """Printed, so that a red run can be had again."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    return seed


def _kept(outcome: Outcome, programme: Programme) -> None:
    assert outcome.verdict.clean, f"{outcome.verdict}, seed {programme.seed}"
    assert outcome.accepted == programme.total
    assert outcome.died == (), "a role ended by itself"


@pytest.mark.timeout(400)
async def test_no_kill_loses_doubles_or_mixes_an_answer(tmp_path: Path) -> None:
    """25 kills over all roles among 30 talks."""
    programme = Programme(shoppers=30, messages=5, kills=25, seed=_seed(), pause_s=0.08, fault_rate=0.01)
    _kept(await once(programme, folder=tmp_path / "run"), programme)


@pytest.mark.chaos
@pytest.mark.timeout(7200)
async def test_five_hundred_kills_among_ten_thousand_messages(tmp_path: Path) -> None:
    """T1 whole."""
    programme = Programme(shoppers=500, messages=20, kills=500, seed=_seed(), pause_s=0.04, drain_s=1800)
    outcome = await once(programme, folder=tmp_path / "run")
    print(outcome)
    _kept(outcome, programme)
    assert outcome.kills >= programme.kills


@pytest.mark.chaos
@pytest.mark.timeout(900)
@pytest.mark.parametrize("fault", sorted(FAULTS))
async def test_the_checker_goes_red_over_a_fault_of_ours(fault: str, tmp_path: Path) -> None:
    """The same programme on giftbot broken on purpose; a checker that stays green here proves nothing elsewhere."""
    programme = Programme(
        shoppers=30, messages=6, kills=25, seed=_seed(), pause_s=0.08, fault_rate=0.03, late_s=2.5, drain_s=60
    )
    outcome = await once(programme, fault=fault, folder=tmp_path / "run")
    print(fault, outcome.verdict)
    assert not outcome.verdict.clean
