"""What is unchanged is not made again."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from pathlib import Path

import pytest

from bot.demo.folder import RunFolder
from bot.demo.prepare import Preparation, prepare
from bot.demo.processes import ChildFailed
from bot.demo.progress import Progress

MAKE = (
    "import pathlib, sys; pathlib.Path('made').mkdir(exist_ok=True); "
    "sys.exit(1) if pathlib.Path('broken').exists() else None; "
    "open('runs', 'a').write('x'); pathlib.Path('made/model').write_text(pathlib.Path('source').read_text())"
)
WHAT = Preparation("train", "Model trained", (MAKE,), ("source", "sources"), "made")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "source").write_text("one")
    RunFolder(tmp_path / "run").make(fresh=False)
    return tmp_path


async def _prepare(root: Path) -> int:
    progress = Progress(io.StringIO())
    await prepare(root, WHAT, RunFolder(root / "run"), progress, (sys.executable, "-c"), dict(os.environ))
    return len((root / "runs").read_text())


async def test_a_second_start_makes_nothing_anew(root: Path) -> None:
    """A second start takes seconds, not the minutes of a training."""
    assert await _prepare(root) == 1
    assert await _prepare(root) == 1


async def test_a_changed_source_is_made_anew(root: Path) -> None:
    """An edited sentence must be in the model that answers."""
    await _prepare(root)
    (root / "source").write_text("two")
    assert await _prepare(root) == 2
    (root / "sources").mkdir()
    (root / "sources" / "new.yml").write_text("nlu")
    assert await _prepare(root) == 3


async def test_what_somebody_else_replaced_is_made_anew(root: Path) -> None:
    """A model trained by hand from other data would otherwise be taken for this data's."""
    await _prepare(root)
    (root / "made" / "other").write_text("newer model")
    assert await _prepare(root) == 2
    (root / "made" / "model").unlink()
    (root / "made" / "other").unlink()
    assert await _prepare(root) == 3


async def test_a_failure_is_tried_again_next_time(root: Path) -> None:
    """A stamp written too early would hide the failure for ever."""
    (root / "broken").touch()
    with pytest.raises(ChildFailed):
        await _prepare(root)
    (root / "broken").unlink()
    assert await _prepare(root) == 1


async def test_two_starts_at_once_make_it_once(root: Path) -> None:
    """Two trainings over one folder would write one model over the other."""
    await asyncio.gather(_prepare(root), _prepare(root))
    assert (root / "runs").read_text() == "x"
