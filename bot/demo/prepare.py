"""What must exist before the roles start: a trained model and a published catalogue. Skipped when unchanged.

Rasa's own check for changes costs seconds (it loads Rasa); a digest of the same files costs milliseconds.
Where the digest differs, Rasa decides part by part what to train again.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.demo.folder import RunFolder
from bot.demo.processes import run_to_end
from bot.demo.progress import Progress


@dataclass(frozen=True, slots=True)
class Preparation:
    """One thing made from files: when these change, ``command`` makes it anew below ``made``."""

    name: str
    title: str
    command: tuple[str, ...]
    sources: tuple[str, ...]
    made: str


TRAINING = Preparation(
    name="train",
    title="Model trained",
    command=("rasa", "train"),
    sources=(
        "config.yml",
        "domain.yml",
        "data/nlu",
        "data/rules",
        "data/stories",
        "data/lookups",
        "nlu",
        "bot/rasa_host",
        "requirements/run.txt",
    ),
    made="models",
)
CATALOGUE = Preparation(
    name="catalog",
    title="Catalogue imported",
    command=("catalog", "import", "sample"),
    sources=("data/samples", "data/lookups/gift_terms.yml", "catalog", "requirements/run.txt"),
    made="var/catalog",
)


def digest(root: Path, what: Preparation) -> str:
    """Take a digest of the files ``what`` is made from and of what stands there now."""
    found = hashlib.sha256()
    for file in _files(root, what.sources):
        found.update(f"{file.relative_to(root)}\0".encode())
        found.update(hashlib.sha256(file.read_bytes()).digest())
    for file in _files(root, (what.made,)):
        found.update(f"{file.relative_to(root)}\0{file.stat().st_size}\0{file.stat().st_mtime_ns}\0".encode())
    return found.hexdigest()


def is_current(root: Path, what: Preparation) -> bool:
    """Whether ``what`` was made from the files as they are, and nobody touched it since."""
    try:
        return _stamp(root, what).read_text() == digest(root, what) and any(_files(root, (what.made,)))
    except OSError:
        return False


async def prepare(
    root: Path,
    what: Preparation,
    folder: RunFolder,
    progress: Progress,
    giftbot: tuple[str, ...],
    env: Mapping[str, str],
) -> None:
    """Make ``what`` unless it is current; shown as one step.

    Raises:
        ChildFailed: making it failed.
    """
    stamp = _stamp(root, what)
    with progress.step(what.title) as step:
        async with _alone(stamp):
            if is_current(root, what):
                step.note = "unchanged"
                return
            await run_to_end(what.name, (*giftbot, *what.command), env, cwd=root, log=folder.log(what.name))
            stamp.write_text(digest(root, what))


@contextlib.asynccontextmanager
async def _alone(stamp: Path) -> AsyncIterator[None]:
    """Hold the right to make one thing; waits for another start that is at it.

    Two starts at once would otherwise write one model, or one catalogue, over each other.
    """
    stamp.parent.mkdir(parents=True, exist_ok=True)
    with stamp.with_suffix(".lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                await asyncio.sleep(0.2)
        yield


def _stamp(root: Path, what: Preparation) -> Path:
    return root / "var" / "prepared" / what.name


def _files(root: Path, names: tuple[str, ...]) -> Iterator[Path]:
    for name in names:
        base = root / name
        if base.is_file():
            yield base
        else:
            yield from sorted(file for file in base.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
