"""The start is told in lines a person can read."""

from __future__ import annotations

import asyncio
import io

import pytest

from bot.demo.progress import Progress


class _Terminal(io.StringIO):
    encoding = "utf-8"

    def __init__(self, tty: bool) -> None:
        super().__init__()
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


def test_every_step_is_a_line_with_a_tick_and_its_time() -> None:
    """Without a terminal nothing else is written: logs stay readable."""
    out, times = _Terminal(tty=False), iter([10.0, 12.5])
    with Progress(out, clock=lambda: next(times)).step("Model trained") as step:
        step.note = "unchanged"
    assert out.getvalue() == "  ✓ Model trained (unchanged)                      2.5 s\n"


def test_a_step_that_fails_is_marked() -> None:
    """The line that failed must not carry a tick."""
    out = _Terminal(tty=False)
    with pytest.raises(OSError, match="no"), Progress(out).step("Redis"):
        raise OSError("no")
    assert out.getvalue().startswith("  ✗ Redis")


async def test_a_terminal_sees_what_is_under_way() -> None:
    """Somebody who waits a minute wants to know for what."""
    out = _Terminal(tty=True)
    progress = Progress(out)
    async with progress.spinning():
        with progress.step("Dialogue worker"):
            await asyncio.wait_for(_shows(out, "dialogue worker …"), 5)
    assert out.getvalue().endswith("\r\x1b[K")


async def _shows(out: io.StringIO, text: str) -> None:
    while text not in out.getvalue():
        await asyncio.sleep(0.01)
