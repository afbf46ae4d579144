"""The contest: every ranking in a process of its own, all judged on the same shoppers, one table of figures."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from catalog.evaluation.contestant import CONTESTANTS, save_task
from catalog.evaluation.metrics import Scores, coverage, gains, intervals
from catalog.evaluation.split import Ints, Split
from catalog.evaluation.tasks import Task, few_interactions, new_products, next_basket, sample

OURS = "giftbot"
Figures = dict[str, Any]


@dataclass(frozen=True)
class Rules:
    """How a contest is held."""

    names: tuple[str, ...] = tuple(CONTESTANTS)
    """Giftbot is always among them."""
    seed: int = 0
    time_limit: float = 3600.0
    """Seconds each contestant may take; who takes longer is reported as such."""
    shoppers: int | None = None
    """Judge at most so many shoppers of each task, drawn by the seed; None judges all."""
    kept: Path | None = None
    """Folder where peers' lists are kept for the next contest on the same rows, shoppers and seed."""


@dataclass(frozen=True)
class Run:
    """What came of one contestant: its lists by task, or why there are none."""

    lists: dict[str, Ints]
    told: Figures
    failed: str | None = None


def contest(split: Split, rules: Rules, tell: Callable[[str], None]) -> Figures:
    """Hold it and return plain JSON values; what is under way goes to ``tell``."""
    tasks = {task.name: task for task in (new_products(split), next_basket(split))}
    if rules.shoppers is not None:
        tasks = {name: sample(task, rules.shoppers, rules.seed) for name, task in tasks.items()}
    names = [OURS, *(name for name in rules.names if name != OURS)]
    with TemporaryDirectory(prefix="giftbot-contest-") as where:
        folder = Path(where)
        split.save(folder)
        for task in tasks.values():
            save_task(folder, task)
        runs = {}
        digest = _digest(folder, rules)
        for name in names:
            before = rules.kept / f"{name}-{digest}" if rules.kept is not None and name != OURS else None
            if before is not None and before.with_suffix(".json").exists():
                runs[name] = _read(before)
                tell(f"{name}: kept from before, {_spent(runs[name].told)}")
                continue
            runs[name] = _run(folder, name, rules)
            tell(f"{name}: {runs[name].failed or _spent(runs[name].told)}")
            if before is not None and runs[name].failed is None:
                before.parent.mkdir(parents=True, exist_ok=True)
                for suffix in (".npz", ".json"):  # the second says that the first is whole
                    shutil.copyfile(folder / f"{name}{suffix}", before.with_suffix(suffix))
    return {
        **judged(split, tasks, runs, seed=rules.seed),
        "seconds": {name: _seconds(run) for name, run in runs.items()},
        "peak_mib": {name: run.told.get("peak_mib") for name, run in runs.items()},
        "settings": {name: run.told["settings"] for name, run in runs.items() if run.told.get("settings")},
        "failed": {name: run.failed for name, run in runs.items() if run.failed},
        "records": {
            "products": split.products,
            "train_rows": len(split.train),
            "train_shoppers": len(split.shoppers),
            "test_rows": len(split.test),
            "test_shoppers": len(np.unique(split.test.shopper)),
            **asdict(split.left),
        },
        "seed": rules.seed,
    }


def judged(split: Split, tasks: dict[str, Task], runs: dict[str, Run], *, seed: int) -> Figures:
    """Score the lists of all contestants, and giftbot against each of them over the same shoppers."""
    fresh = tasks["new_products"]
    few = few_interactions(split, fresh)
    short = np.isin(fresh.shoppers, few.shoppers)
    found: Figures = {}
    for name, task, kept in (
        ("new_products", fresh, np.ones_like(short)),
        ("next_basket", tasks["next_basket"], None),
        ("few_interactions", few, short),
    ):
        source = "next_basket" if task.repeats else "new_products"
        lists = {
            who: run.lists[source] if kept is None else run.lists[source][kept]
            for who, run in runs.items()
            if run.failed is None
        }
        found[name] = _task_figures(task, lists, list(runs), split.products, seed=seed)
    return found


def _task_figures(task: Task, lists: dict[str, Ints], names: Sequence[str], products: int, *, seed: int) -> Figures:
    scored = {name: gains(task, rows) for name, rows in lists.items()}
    ours = scored.get(OURS)
    columns: list[Scores] = [ndcg for ndcg, _ in scored.values()]
    if ours is not None:
        columns += [ours[0] - ndcg for ndcg, _ in scored.values()]
    spans = intervals(columns, seed=seed)
    found: Figures = {}
    for name in names:
        if name not in scored:
            found[name] = {"ndcg@10": None, "recall@10": None, "coverage@10": None, "ci95": None, "shoppers": 0}
            continue
        at = list(scored).index(name)
        found[name] = {
            "ndcg@10": _rounded(spans[at]["mean"]),
            "recall@10": _rounded(float(scored[name][1].mean())) if len(task.shoppers) else None,
            "coverage@10": _rounded(coverage(lists[name], products)),
            "ci95": [_rounded(bound) for bound in spans[at]["ci95"]],
            "shoppers": len(task.shoppers),
        }
        if name != OURS and ours is not None:
            paired = spans[len(scored) + at]
            found[name]["giftbot_ahead"] = {
                "ndcg@10": _rounded(paired["mean"]),
                "ci95": [_rounded(bound) for bound in paired["ci95"]],
            }
    return found


def _run(folder: Path, name: str, rules: Rules) -> Run:
    command = [sys.executable, "-m", "catalog.evaluation.contestant", str(folder), name, str(rules.seed)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module and a name from our own table
            command, capture_output=True, text=True, timeout=rules.time_limit, check=False
        )
    except subprocess.TimeoutExpired:
        return Run({}, {}, f"not done after {rules.time_limit:g} s")
    if done.returncode != 0:
        why = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        return Run({}, {}, f"failed: {why[:300]}")
    return _read(folder / name)


def _read(path: Path) -> Run:
    with np.load(path.with_suffix(".npz")) as file:
        lists = {task: file[task] for task in file.files}
    return Run(lists, json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))


def _digest(folder: Path, rules: Rules) -> str:
    """Name what a peer's lists depend on: rows, tasks, seed, and the code of the peers."""
    digest = hashlib.sha256(str(rules.seed).encode())
    here = Path(__file__).parent
    code = [here / "contestant.py", here / "split.py", here / "metrics.py", *sorted((here / "peers").glob("*.py"))]
    for path in [*sorted(folder.iterdir()), *code]:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:16]


def _seconds(run: Run) -> Figures:
    return dict(run.told.get("seconds") or {"fit": None, "rank": None})


def _spent(told: Figures) -> str:
    return f"fit {told['seconds']['fit']} s, rank {told['seconds']['rank']} s, {told['peak_mib']:.0f} MiB"


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
