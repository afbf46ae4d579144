"""One ranking in the contest: how it is held, and the process of its own in which it fits and ranks."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.evaluation.metrics import first_ten
from catalog.evaluation.split import Ints, Split
from catalog.evaluation.tasks import Task

Scored = NDArray[Any]
"""Rows of scores, in single or double precision."""
_ROOM = 32 * 1024 * 1024
"""Bytes of scores held at a time."""


class Learnt(Protocol):
    """Something that has learnt and can score."""

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        """Score all products (columns) for these shoppers (rows); ``repeats`` asks for the next basket."""


class Contestant(Learnt, Protocol):
    """Learns from a split's ``train`` and products; of ``test`` it may know only how long it lasts."""

    settings: dict[str, Any]
    """What was chosen while fitting, for the report."""

    def fit(self, split: Split) -> None:
        """Learn."""


CONTESTANTS = {
    "giftbot": "catalog.evaluation.ours:Giftbot",
    "popularity_all": "catalog.evaluation.peers.popular:popular_all",
    "popularity_30": "catalog.evaluation.peers.popular:popular_30",
    "popularity_7": "catalog.evaluation.peers.popular:popular_7",
    "personal_frequency": "catalog.evaluation.peers.popular:PersonalFrequency",
    "bm25_item_knn": "catalog.evaluation.peers.bm25:bm25",
    "ials": "catalog.evaluation.peers.ials:ials",
    "ease": "catalog.evaluation.peers.ease:ease",
    "tifu_knn": "catalog.evaluation.peers.tifu_knn:tifu_knn",
    "stan": "catalog.evaluation.peers.stan:stan",
}
"""Name and where its maker is; made by name, so that one contestant's libraries are no other's memory."""


def make(name: str, seed: int) -> Contestant:
    """Return a contestant that has learnt nothing yet."""
    module, _, maker = CONTESTANTS[name].partition(":")
    made: Callable[[int], Contestant] = getattr(import_module(module), maker)
    return made(seed)


def lists(contestant: Learnt, split: Split, task: Task) -> Ints:
    """Rank for every shopper of a task; shoppers x 10. Scores are held for some shoppers at a time."""
    found = np.full((len(task.shoppers), 10), -1, dtype=np.int32)
    starts = split.train.rows_of(len(split.shoppers))
    step = max(1, _ROOM // (8 * max(split.products, 1)))
    for start in range(0, len(task.shoppers), step):
        block = task.shoppers[start : start + step]
        scores = contestant.scores(block, repeats=task.repeats)
        for at, shopper in enumerate(block):
            row = np.asarray(scores[at], dtype=np.float64)
            if not task.repeats:
                row = row.copy()
                row[split.train.product[starts[shopper] : starts[shopper + 1]]] = -np.inf
            found[start + at] = first_ten(row)
    return found


def peak_mib() -> float:
    """Most memory this process ever held, in MiB."""
    try:  # of this program only; getrusage would count the parent it was forked from
        lines = Path("/proc/self/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    except (OSError, StopIteration):
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(arguments: list[str]) -> None:
    """Fit and rank one contestant: FOLDER of the split and tasks, NAME, SEED; writes NAME.npz and NAME.json there."""
    folder, name, seed = Path(arguments[0]), arguments[1], int(arguments[2])
    split, tasks = Split.load(folder), load_tasks(folder)
    contestant = make(name, seed)
    begun = time.perf_counter()
    contestant.fit(split)
    fitted = time.perf_counter()
    found = {task.name: lists(contestant, split, task) for task in tasks}
    ranked = time.perf_counter()
    np.savez(folder / f"{name}.npz", **found)
    told = {
        "seconds": {"fit": round(fitted - begun, 2), "rank": round(ranked - fitted, 2)},
        "peak_mib": round(peak_mib(), 1),
        "settings": contestant.settings,
    }
    (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")


def save_task(folder: Path, task: Task) -> None:
    """Write a task beside the split, for :func:`load_tasks`; ``relevant`` is left out: a contestant must not see it."""
    np.savez(folder / f"task_{task.name}.npz", shoppers=task.shoppers, repeats=np.array(task.repeats))


def load_tasks(folder: Path) -> list[Task]:
    """Read for whom to rank, in order of the tasks' names; what they bought is not told."""
    found = []
    for path in sorted(folder.glob("task_*.npz")):
        with np.load(path) as file:
            shoppers, nothing = file["shoppers"], np.empty(0, dtype=np.int32)
            starts = np.zeros(len(shoppers) + 1, dtype=np.int64)
            found.append(Task(path.stem.removeprefix("task_"), bool(file["repeats"]), shoppers, starts, nothing))
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
