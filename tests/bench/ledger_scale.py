"""How the interactions ledger bears size: ``python -m tests.bench.ledger_scale [ROWS]`` prints one JSON object.

Invented rows (seeded): shoppers and products by Zipf, two years of days. Each step runs in a
process of its own, so that its peak memory is its own; processor seconds tell what a busy machine hides.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from catalog.interactions.consent import ShopsConsent
from catalog.interactions.importing import import_file
from catalog.interactions.ledger import Ledger
from catalog.interactions.records import Histories
from catalog.interactions.rows import Row
from catalog.storage import Storage

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
PRODUCTS = 100_000


def make(path: Path, rows: int) -> None:
    """Write the Parquet file to import."""
    chance = np.random.default_rng(4)
    shoppers, micros = max(rows // 25, 10), 1_000_000
    with pq.ParquetWriter(path, _columns(chance, 1, shoppers).schema) as writer:
        for start in range(0, rows, micros):
            writer.write_table(_columns(chance, min(micros, rows - start), shoppers))


def _columns(chance: np.random.Generator, rows: int, shoppers: int) -> pa.Table:
    who = (chance.random(rows) ** 1.5 * shoppers).astype(np.int64) + 9_000_000_000_000_000
    what = np.minimum(chance.zipf(1.2, rows), PRODUCTS).astype(np.int64)
    when = np.int64(NOW.timestamp()) - (chance.random(rows) * 730 * 86400).astype(np.int64)
    return pa.table(
        {
            "shopper_id": pa.array(who).cast(pa.string()),
            "product_id": pa.array(what).cast(pa.string()),
            "kind": pa.array(np.full(rows, "bought")),
            "at": pa.array(when * 1_000_000, pa.timestamp("us", "UTC")),
            "quantity": pa.array(chance.integers(1, 5, rows)),
            "source": pa.array(np.full(rows, "purchase")),
        }
    )


def _ledger(folder: Path) -> Ledger:
    return Ledger.open(
        Storage.at(folder / "ledger"), ShopsConsent(frozenset({"purchase", "giftbot"})), clock=lambda: NOW
    )


def bring(folder: Path) -> object:
    """Import the file."""
    return import_file(_ledger(folder), folder / "rows.parquet", now=NOW).appended.accepted


def read(folder: Path) -> object:
    """Read everything into arrays, as a fit does."""
    return len(_ledger(folder).interactions([str(each) for each in range(1, PRODUCTS + 1)]).day)


def histories(folder: Path) -> object:
    """Sum up each shopper's past."""
    found = _ledger(folder).interactions([str(each) for each in range(1, PRODUCTS + 1)])
    return len(Histories.of(found).day)


def follow(folder: Path) -> object:
    """Time a poll that finds nothing, an append, and a poll that finds its row; milliseconds."""
    ledger = _ledger(folder)
    mark, spent = ledger.now(), dict[str, float]()
    row = Row("9000000000000001", "1", "clicked", NOW, 1.0, "giftbot", "warm")
    ledger.append([row])
    mark = ledger.live_since(mark).mark
    spent["nothing new"] = _median(lambda: ledger.live_since(mark), 1000)
    numbers = iter(range(1_000_000))
    spent["append of one row"] = _median(
        lambda: ledger.append([Row("9000000000000001", "1", "clicked", NOW, 1.0, "giftbot", f"m{next(numbers)}")]), 50
    )
    spent["a poll that finds rows"] = _median(lambda: ledger.live_since(mark), 50)
    return spent


def forget(folder: Path) -> object:
    """Forget the busiest sort of shopper."""
    return _ledger(folder).forget("9000000000000000")


def _median(work: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return round(float(np.median(spent)) * 1000, 4)


STEPS = {"import": bring, "read": read, "histories": histories, "follow": follow, "forget": forget}


def main(arguments: list[str]) -> None:
    """Run all steps, or (inside) one."""
    if len(arguments) == 2 and arguments[0] in STEPS:
        began = time.perf_counter()
        result = STEPS[arguments[0]](Path(arguments[1]))
        seconds = round(time.perf_counter() - began, 2)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            json.dumps({"result": result, "seconds": seconds, "cpu": round(time.process_time(), 2), "peak MiB": peak})
        )
        return
    rows = int(arguments[0]) if arguments else 10_000_000
    with tempfile.TemporaryDirectory() as name:
        make(Path(name) / "rows.parquet", rows)
        told: dict[str, object] = {"rows": rows}
        for step in STEPS:
            done = subprocess.run(
                [sys.executable, "-m", "tests.bench.ledger_scale", step, name],
                check=True,
                capture_output=True,
                text=True,
            )
            told[step] = json.loads(done.stdout)
            print(step, told[step], file=sys.stderr)
        size = sum(file.stat().st_size for file in (Path(name) / "ledger").rglob("*") if file.is_file())
        print(json.dumps({**told, "MiB on disk": size >> 20}))


if __name__ == "__main__":
    main(sys.argv[1:])
