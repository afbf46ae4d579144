"""Import of many good rows: seconds, and the most memory the importing process held.

python -m tests.bench.import_scale [ROWS ...]        default 100000 and 1000000
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)
_COLOURS = ("red", "blue", "green", "white", "black", "cream", "pink", "silver", "gold", "vintage", "wooden", "glass")


def write_feed(path: Path, rows: int, *, seed: int = 1) -> None:
    """Write a feed of invented products whose titles hold the lookup's own words, so that masks are as in life."""
    text = (ROOT / "data" / "lookups" / "gift_terms.yml").read_text(encoding="utf-8")
    words = sorted(set(re.findall(r"[a-z]{4,}", yaml.safe_dump(yaml.safe_load(text)))))
    pick = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write("id,title,price,availability,link,product_type,brand,description,age_group\n")
        for number in range(rows):
            colour, first, second = pick.choice(_COLOURS), pick.choice(words), pick.choice(words)
            blurb = " ".join(pick.choices(words, k=25))
            file.write(
                f"sku-{number},{colour.title()} {first} {second} {number % 977},{pick.randint(99, 9999) / 100:.2f} GBP,"
                f"{'in_stock' if pick.random() < 0.9 else 'out_of_stock'},https://shop.example/p/{number},"
                f"Gifts > {first.title()},{second.title()},{blurb},{pick.choice(['adult', 'kids', ''])}\n"
            )


def child(step: str, feed: str, into: str) -> None:
    """Do one step and print its seconds and this process's peak memory in MB."""
    from catalog.feeds.how import HowToRead
    from catalog.publishing.importing import Feed, import_feed
    from catalog.shelf.shelf import Shelf

    began = time.perf_counter()
    if step == "open":
        said = f"{Shelf.open(into).size} products"
    else:
        report = import_feed(into, Feed(Path(feed), HowToRead(as_of=NOW.date(), currency="GBP")), now=NOW)
        said = f"{report.accepted} rows taken, {report.changed} changed"
    seconds = time.perf_counter() - began
    own, child = (resource.getrusage(whose).ru_utime for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    anonymous = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon"))
    now = int(anonymous.split()[1]) / 1024
    print(
        f"{step:8} {seconds:7.1f} s (processor {own:.1f} s here, {child:.1f} s reading)  peak {peak:.0f} MB, mapped "
        f"files included, own now {now:.0f} MB  {said}",
        flush=True,
    )


def main(sizes: list[int]) -> None:
    """Measure each size in processes of its own."""
    for rows in sizes:
        with tempfile.TemporaryDirectory() as made:
            feed, into = Path(made) / "feed.csv", Path(made) / "catalogue"
            write_feed(feed, rows)
            print(f"{rows} rows, {feed.stat().st_size / 1e6:.0f} MB", flush=True)
            for step in ("import", "open"):
                command = [sys.executable, "-m", "tests.bench.import_scale", step, str(feed), str(into)]
                subprocess.run(command, cwd=ROOT, check=True)
            write_feed(feed, rows, seed=2)  # every product changed
            subprocess.run([*command[:3], "again", str(feed), str(into)], cwd=ROOT, check=True)


if __name__ == "__main__":
    if len(sys.argv) == 4 and not sys.argv[1].isdigit():
        child(*sys.argv[1:])
    else:
        main([int(each) for each in sys.argv[1:]] or [100_000, 1_000_000])
