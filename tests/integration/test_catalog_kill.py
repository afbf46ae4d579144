"""An import killed at any of its steps leaves a whole catalogue: the old one until the pointer swings, then the new."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[2]
OLD, NEW, NEXT = 100_000, 110_000, 120_000


def test_a_kill_at_any_step_leaves_a_whole_catalogue_and_the_next_import_succeeds(tmp_path: Path) -> None:
    """SIGKILL before every single change of the disk, one after the other."""
    program = [sys.executable, "-m", "tests.integration.import_to_kill", str(tmp_path)]
    ran = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    steps = told["steps"]
    assert told["before"]["price"] == OLD
    assert all(step["killed"] for step in steps[:-1])
    assert not steps[-1]["killed"]
    assert len(steps) > 40  # else the steps were not seen
    assert all(step["whole"] and step["size"] == 5 for step in steps)
    assert [price for price, _ in groupby(step["price"] for step in steps)] == [OLD, NEW]
    followed = [step["next"] for step in steps if "next" in step]
    assert all(after["whole"] and after["price"] == NEXT for after in followed)
    assert all(len(after["left"]) == 2 for after in followed)  # half-built folders do not pile up
