"""The folder of a run: its lock, its logs, its Redis data, and where a running demo can be reached."""

from __future__ import annotations

import contextlib
import fcntl
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bot.errors import GiftbotError
from bot.private_files import write_private


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running demo answers; kept in its folder, readable by its owner only."""

    pid: int
    sandbox_url: str
    redis_url: str = field(repr=False)
    chat_url: str


class AlreadyRunning(GiftbotError):
    """Another demo has this folder."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One demo's folder, ``var/demo`` unless told otherwise."""

    path: Path

    @property
    def redis(self) -> Path:
        """Redis's own data."""
        return self.path / "redis"

    @property
    def conf(self) -> Path:
        """Redis's configuration."""
        return self.path / "redis.conf"

    @property
    def talks(self) -> Path:
        """What the chat page showed, for the next start."""
        return self.path / "talks.jsonl"

    @property
    def tokens(self) -> Path:
        """The departments' tokens of this run, as digests."""
        return self.path / "tokens.yml"

    @property
    def env(self) -> Path:
        """What a shell reads to use giftbot's commands on this run; it goes when the folder is let go."""
        return self.path / "env"

    def log(self, role: str) -> Path:
        """Where ``role`` writes what it has to say."""
        return self.path / "logs" / f"{role}.log"

    def make(self, *, fresh: bool) -> None:
        """Make what is missing; ``fresh`` throws away the talks of earlier starts. Hold the lock."""
        if fresh:
            shutil.rmtree(self.redis, ignore_errors=True)
            self.talks.unlink(missing_ok=True)
        self.redis.mkdir(parents=True, exist_ok=True)
        self.log("any").parent.mkdir(exist_ok=True)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder while the block runs.

        Raises:
            AlreadyRunning: another process holds it; says which and where it answers.
        """
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise AlreadyRunning(self._who()) from None
            try:
                yield
            finally:
                for left in (self._state, self.env, self.tokens):
                    left.unlink(missing_ok=True)

    def announce(self, address: Address) -> None:
        """Tell others where this demo answers; the file goes when the folder is let go."""
        write_private(self._state, json.dumps(asdict(address)))

    def running(self) -> Address | None:
        """Where the demo that holds this folder answers, or None where none is ready."""
        if not self.is_held():
            return None
        try:
            return Address(**json.loads(self._state.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def is_held(self) -> bool:
        """Whether a live process holds the folder: the kernel drops the lock of a dead one."""
        try:
            with (self.path / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    @property
    def _state(self) -> Path:
        return self.path / "state.json"

    def _who(self) -> str:
        found = self.running()
        if found is None:
            return f"A demo is starting or stopping in {self.path}. Wait for it, or stop it first."
        return f"A demo is already running: {found.chat_url} (process {found.pid}). Stop it with Ctrl-C there."
