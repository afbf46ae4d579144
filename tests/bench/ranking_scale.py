"""Times a whole contest on made-up interactions, files and all: ``python -m tests.bench.ranking_scale [--small]``.

    --products N --interactions N --shoppers N --peers a,b --time-limit SECONDS

Writes what ``giftbot eval ranking`` reads (the last 56 days are judged), runs it in a process of its own, prints its
tables and one JSON object: seconds to read, fit and rank, and peaks of memory, of every ranking.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from catalog.evaluation.contestant import peak_mib
from catalog.evaluation.reading import read_split
from tests.bench.fit_scale import TODAY, made_up_interactions, made_up_titles

JUDGED_DAYS = 56
SMALL = {"products": 2_000, "interactions": 100_000}


def write_files(products: int, count: int, folder: Path) -> tuple[Path, Path, Path]:
    """Train, test and products of a made-up shop."""
    made = made_up_interactions(products, count)
    names = pa.array(made.shoppers)
    chance = np.random.default_rng(3)
    at = made.day.astype(np.int64) * 86_400 + chance.integers(8 * 3600, 20 * 3600, len(made.day))
    ids = pa.array([f"p{one}" for one in range(products)])
    whole = pa.table(
        {
            "shopper_id": pa.DictionaryArray.from_arrays(pa.array(made.shopper), names),
            "product_id": pa.DictionaryArray.from_arrays(pa.array(made.product), ids),
            "at": pa.array(at * 1_000_000, pa.timestamp("us", tz="UTC")),
        }
    )
    later = made.day > TODAY - JUDGED_DAYS
    train, test, goods = folder / "train.parquet", folder / "test.parquet", folder / "products.parquet"
    pq.write_table(whole.filter(pa.array(~later)), train)
    pq.write_table(whole.filter(pa.array(later)), test)
    prices = chance.lognormal(2.0, 0.8, products).round(2)
    pq.write_table(pa.table({"id": ids, "title": made_up_titles(products), "price": prices}), goods)
    return train, test, goods


def read_apart(paths: list[str]) -> None:
    """In a process of its own: how long reading takes and what it needs."""
    begun = time.perf_counter()
    split = read_split(*(Path(path) for path in paths))
    told = {"seconds": round(time.perf_counter() - begun, 1), "peak_mib": round(peak_mib()), "rows": len(split.train)}
    print(json.dumps(told))


def main() -> None:
    """Write, read, contest, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--interactions", type=int, default=10_000_000)
    parser.add_argument("--shoppers", type=int, default=1_000)
    parser.add_argument("--peers", default="popularity_7,personal_frequency,bm25_item_knn")
    parser.add_argument("--time-limit", type=float, default=1800.0)
    parser.add_argument("--small", action="store_true", help="2,000 products, 100,000 interactions")
    parser.add_argument("--read-apart", nargs=3, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.read_apart:
        read_apart(told.read_apart)
        return
    size = SMALL if told.small else {"products": told.products, "interactions": told.interactions}
    with tempfile.TemporaryDirectory() as where:
        paths = [str(path) for path in write_files(size["products"], size["interactions"], Path(where))]
        apart = [sys.executable, "-m", "tests.bench.ranking_scale", "--read-apart", *paths]
        reading = json.loads(subprocess.run(apart, check=True, capture_output=True, text=True).stdout)
        files = [
            part
            for name, path in zip(("train", "test", "products"), paths, strict=True)
            for part in (f"--{name}", path)
        ]
        command = [sys.executable, "-m", "bot", "eval", "ranking", *files, "--json", "--peers", told.peers]
        limits = ["--shoppers", str(told.shoppers), "--time-limit", str(told.time_limit)]
        done = subprocess.run([*command, *limits], check=True, stdout=subprocess.PIPE, text=True)
    *tables, figures = done.stdout.splitlines()
    print("\n".join(tables))
    kept = {name: json.loads(figures)[name] for name in ("seconds", "peak_mib", "failed", "records")}
    print(json.dumps({"reading": reading, **kept}))


if __name__ == "__main__":
    main()
