"""Children of the demo: started in their own session, watched, and stopped so that none is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.errors import GiftbotError

PATIENCE_S = 5.0
"""Seconds a child has to stop by itself."""
_PR_SET_PDEATHSIG = 1


class ChildFailed(GiftbotError):
    """A process of the demo ended by itself, or never became ready; carries the end of its log."""

    def __init__(self, name: str, what: str, log: Path) -> None:
        super().__init__(f"{name} {what}. The end of its log ({log.name}):\n{tail(log)}")
        self.name = name


class Child:
    """One running process."""

    def __init__(self, name: str, process: asyncio.subprocess.Process, log: Path) -> None:
        self.name = name
        self.log = log
        self._process = process

    @property
    def pid(self) -> int:
        """Its process id, which is also that of its process group."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._process.returncode

    async def ended(self) -> int:
        """Wait until it has ended."""
        return await self._process.wait()

    def check(self) -> None:
        """Raise where it has ended.

        Raises:
            ChildFailed: with the end of its log.
        """
        if self.returncode is not None:
            raise ChildFailed(self.name, f"ended by itself with {_ending(self.returncode)}", self.log)

    async def stop(self, patience_s: float = PATIENCE_S) -> None:
        """Ask it to stop, then make it; whatever it started itself goes with it."""
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self.ended(), patience_s)
        except asyncio.TimeoutError:
            _kill_group(self.pid)
            await self.ended()
        else:
            _kill_group(self.pid)


async def start(name: str, command: Sequence[str], env: Mapping[str, str], *, cwd: Path, log: Path) -> Child:
    """Start ``command`` with its output in ``log``, in a session of its own.

    Its own session keeps the terminal's Ctrl-C from reaching it before us: we stop children in order. On
    Linux the kernel also ends it when we are killed.
    """
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *command,
            env=dict(env),
            cwd=cwd,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),
        )
    return Child(name, process, log)


async def run_to_end(name: str, command: Sequence[str], env: Mapping[str, str], *, cwd: Path, log: Path) -> None:
    """Run ``command`` until it ends well.

    Raises:
        ChildFailed: it ended with another code than 0.
    """
    child = await start(name, command, env, cwd=cwd, log=log)
    try:
        code = await child.ended()
    except asyncio.CancelledError:
        await child.stop()
        raise
    if code:
        raise ChildFailed(name, f"failed with {_ending(code)}", log)


def tail(log: Path, lines: int = 20) -> str:
    """Read the last lines of ``log``, indented; reads no more than its last 64 KiB."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 65536))
            text = file.read().decode(errors="replace")
    except OSError:
        return "    (no log)"
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:]) or "    (empty)"


def _die_with(parent: int) -> Callable[[], None] | None:
    """Give what a new child does first on Linux: ask the kernel to end it when its parent goes."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)  # looked up before the fork: a child may only call, not import

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it went between the fork and the call
            os._exit(1)

    return ask


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _ending(code: int) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
