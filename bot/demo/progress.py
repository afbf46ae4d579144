"""The start as a person sees it: a line for every step with a tick and its time; a spinner on a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import TextIO

_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_FRAME_S = 0.1
_CLEAR = "\r\x1b[K"


@dataclass(slots=True)
class Step:
    """A step under way; ``note`` is shown beside its name when it is done."""

    name: str
    began: float
    note: str = ""


class Progress:
    """Prints steps, several of which may be under way at once."""

    def __init__(self, out: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._clock = clock
        self._live = out.isatty()
        self._running: list[Step] = []
        encoding = (out.encoding or "ascii").lower().replace("-", "")
        self._ticks = ("✓", "✗") if encoding == "utf8" else ("ok", "failed")

    def say(self, line: str = "") -> None:
        """Print a line of its own."""
        self._out.write(f"{_CLEAR if self._live else ''}{line}\n")
        self._out.flush()

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Time the block as one step and print how it ended."""
        step = Step(name, self._clock())
        self._running.append(step)
        tick = self._ticks[1]
        try:
            yield step
            tick = self._ticks[0]
        except asyncio.CancelledError:
            tick = "-"
            raise
        finally:
            self._running.remove(step)
            label = f"{step.name} ({step.note})" if step.note else step.name
            self.say(f"  {tick} {label:<44}{self._clock() - step.began:6.1f} s")

    @contextlib.asynccontextmanager
    async def spinning(self) -> AsyncIterator[None]:
        """Show on a terminal what is under way while the block runs; elsewhere nothing moves."""
        spinner = asyncio.create_task(self._spin()) if self._live else None
        try:
            yield
        finally:
            if spinner:
                spinner.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await spinner
                self._out.write(_CLEAR)
                self._out.flush()

    async def _spin(self) -> None:
        turn = 0
        while True:
            if self._running:
                names = ", ".join(step.name.lower() for step in self._running)[:60]
                waited = self._clock() - min(step.began for step in self._running)
                frame = _FRAMES[turn % len(_FRAMES)] if self._ticks[0] == "✓" else "-\\|/"[turn % 4]
                self._out.write(f"{_CLEAR}  {frame} {names} … {waited:.0f} s")
                self._out.flush()
            turn += 1
            await asyncio.sleep(_FRAME_S)
