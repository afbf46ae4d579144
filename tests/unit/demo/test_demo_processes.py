"""Children of the demo never outlive it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from bot.demo.processes import Child, ChildFailed, run_to_end, start, tail

READY = "print('up', flush=True); "


async def _python(code: str, tmp_path: Path) -> Child:
    log = tmp_path / "child.log"
    child = await start("child", (sys.executable, "-c", code), dict(os.environ), cwd=tmp_path, log=log)
    await _until(lambda: "up" in log.read_text() or child.returncode is not None)
    return child


async def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        await asyncio.sleep(0.02)


async def test_a_child_that_listens_stops_by_itself(tmp_path: Path) -> None:
    """SIGTERM lets a role finish what it holds."""
    code = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(3)); " + READY + "time.sleep(60)"
    )
    child = await _python(code, tmp_path)
    await child.stop()
    assert child.returncode == 3


async def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    """Ctrl-C must end the demo even when a role hangs."""
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + READY + "time.sleep(60)"
    child = await _python(code, tmp_path)
    await child.stop(patience_s=0.2)
    assert child.returncode == -signal.SIGKILL


async def test_what_a_child_started_goes_with_it(tmp_path: Path) -> None:
    """An orphan would hold a port and confuse the next start."""
    code = (
        "import subprocess, sys, time; "
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        "open('pid', 'w').write(str(p.pid)); " + READY + "time.sleep(60)"
    )
    child = await _python(code, tmp_path)
    grandchild = int((tmp_path / "pid").read_text())
    await child.stop()
    await _until(lambda: _gone(grandchild))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
async def test_children_end_when_the_demo_is_killed(tmp_path: Path) -> None:
    """kill -9 of the demo must not leave five processes behind."""
    parent = (
        "import asyncio, os, sys, pathlib\n"
        "from bot.demo.processes import start\n"
        "async def main():\n"
        "    here = pathlib.Path('.')\n"
        "    sleeper = (sys.executable, '-c', 'import time; time.sleep(60)')\n"
        "    child = await start('c', sleeper, dict(os.environ), cwd=here, log=here / 'log')\n"
        "    (here / 'pid.part').write_text(str(child.pid)); (here / 'pid.part').rename('pid')\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    demo = await asyncio.create_subprocess_exec(sys.executable, "-c", parent, cwd=tmp_path)
    try:
        await _until((tmp_path / "pid").exists)
    finally:
        demo.kill()
        await demo.wait()
    child = int((tmp_path / "pid").read_text())
    await _until(lambda: _gone(child))


async def test_a_dead_child_is_reported_with_the_end_of_its_log(tmp_path: Path) -> None:
    """The reason stands in the child's own words."""
    child = await _python("print('\\n'.join(map(str, range(30)))); raise SystemExit(4)", tmp_path)
    await child.ended()
    with pytest.raises(ChildFailed) as raised:
        child.check()
    text = str(raised.value)
    assert "exit code 4" in text
    assert text.endswith("    29")
    assert "    10\n" in text
    assert "    9\n" not in text


async def test_a_preparation_that_fails_says_so(tmp_path: Path) -> None:
    """A failed training must not look like a trained model."""
    command = (sys.executable, "-c", "import sys; sys.exit('no data')")
    with pytest.raises(ChildFailed, match="no data"):
        await run_to_end("train", command, dict(os.environ), cwd=tmp_path, log=tmp_path / "train.log")


def test_the_end_of_a_huge_log_is_read_alone(tmp_path: Path) -> None:
    """A log of gigabytes must not be read into memory."""
    log = tmp_path / "log"
    with log.open("wb") as file:
        file.truncate(3 << 30)
        file.seek(0, os.SEEK_END)
        file.write(b"\nlast words\n")
    assert tail(log).endswith("    last words")


def _gone(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
