"""How the demo treats its processes: a real Redis, stand-ins for the roles."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bot.demo import stack as stack_
from bot.demo.folder import RunFolder
from bot.demo.plan import ROLES, Plan, make_plan
from bot.demo.processes import ChildFailed
from bot.demo.progress import Progress

FAKE = (sys.executable, str(Path(__file__).with_name("fake_giftbot.py")))


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    monkeypatch.setattr(stack_, "GIFTBOT", FAKE)
    (tmp_path / "failing").write_text("")
    others = set(psutil.Process().children(recursive=True))
    yield make_plan(tmp_path)
    # a child forked in the very moment of an interruption is killed by asyncio, and is gone a moment later
    _, alive = psutil.wait_procs(set(psutil.Process().children(recursive=True)) - others, timeout=10)
    assert alive == []


def _children(plan: Plan) -> list[psutil.Process]:
    """This run's processes in the order they were started; a demo of other tests may run beside it."""
    mine = [child for child in psutil.Process().children() if _works_in(child, plan.root)]
    return sorted(mine, key=lambda child: child.create_time())


def _works_in(child: psutil.Process, root: Path) -> bool:
    """Whether it lives and works under ``root``; what ends while one looks, or waits to be reaped, does not."""
    try:
        return bool(child.cwd().startswith(str(root)))
    except psutil.NoSuchProcess:  # a zombie counts as such
        return False


def _run(plan: Plan, out: io.StringIO) -> object:
    folder = RunFolder(plan.root / "run")
    folder.path.mkdir(exist_ok=True)
    return stack_.running(plan, folder, Progress(out), dict(os.environ), fresh=False)


async def test_all_are_stopped_in_reverse_and_redis_last(plan: Plan) -> None:
    """A sender stopped before its store loses nothing; the other way round it might."""
    out = io.StringIO()
    async with _run(plan, out) as (stack, session):  # type: ignore[attr-defined]
        await stack.start_beside(session)
        running = _children(plan)
        assert running[0].name() == "redis-server"
        roles = [child.cmdline()[-1] for child in running[1:]]
        assert not session.closed
    assert (plan.root / "stopped").read_text().split() == roles[::-1]
    assert out.getvalue().count("  ok ") == len(ROLES) + 4
    assert "ready to exit, bye bye" in (plan.root / "run/logs/redis.log").read_text()


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_that_cannot_start_is_named_and_the_rest_is_stopped(plan: Plan, role: str) -> None:
    """The reason stands in its log; nothing is left running."""
    (plan.root / "failing").write_text(role)

    async def start() -> None:
        async with _run(plan, io.StringIO()) as (stack, session):  # type: ignore[attr-defined]
            await stack.start_beside(session)

    with pytest.raises(ChildFailed, match=f"^{role} ended by itself(.|\n)*{role} cannot start: the reason"):
        await start()


async def test_a_role_that_dies_later_ends_the_demo(plan: Plan) -> None:
    """A page that waits for ever for an answer tells nobody that the worker is gone."""
    async with _run(plan, io.StringIO()) as (stack, _):  # type: ignore[attr-defined]
        failure = asyncio.ensure_future(stack.failure())
        for child in _children(plan):
            if child.cmdline()[-1] == "dialogue":
                child.send_signal(signal.SIGKILL)
        failed = await asyncio.wait_for(failure, 10)
    assert failed.name == "dialogue"
    assert "SIGKILL" in str(failed)


async def test_a_start_that_is_interrupted_leaves_nothing(plan: Plan) -> None:
    """Ctrl-C while it starts."""

    async def start() -> None:
        async with _run(plan, io.StringIO()):  # type: ignore[attr-defined]
            await asyncio.sleep(60)

    starting = asyncio.ensure_future(start())
    while not _children(plan):
        await asyncio.sleep(0.01)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
