"""Measure a turn, part by part, and giftbot beside stock Rasa; print Markdown.

python -m tests.bench                                       giftbot alone
python -m tests.bench --stock-kit DIR --stock-python PY --stock-work DIR
"""

from __future__ import annotations

import asyncio
import json
import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

import click

from tests.bench.compare import OURS, StockKit, giftbot, make_plan, stock
from tests.bench.figures import spread, table

ROOT = Path(__file__).resolve().parents[2]


@click.command()
@click.option("--rounds", default=3, show_default=True, help="Rounds of each side, taken in turns.")
@click.option("--talks", default=12, show_default=True, help="Talks of ten messages a round.")
@click.option("--stock-kit", type=click.Path(path_type=Path), help="Folder of the stock-Rasa kit.")
@click.option("--stock-python", type=click.Path(path_type=Path), help="A Python that has Rasa with TensorFlow.")
@click.option("--stock-work", type=click.Path(path_type=Path), help="The kit's work folder, with its trained model.")
@click.option("--only-parts", is_flag=True, help="Only the parts of a turn.")
def main(
    rounds: int,
    talks: int,
    stock_kit: Path | None,
    stock_python: Path | None,
    stock_work: Path | None,
    only_parts: bool,
) -> None:
    """Run the measurements."""
    for where in ("server", "here"):
        click.echo(f"\n## One turn, part by part; actions: {where}\n")
        click.echo(_parts_table(where, talks))
    if only_parts:
        return
    kit = StockKit(stock_kit, stock_python, stock_work) if stock_kit and stock_python and stock_work else None
    ours, theirs = asyncio.run(_side_by_side(kit, rounds, talks))
    click.echo("\n## Side by side\n")
    click.echo(_compared(ours, theirs))
    click.echo("\n## Memory of giftbot's processes\n")
    click.echo(_memory(ours))


def _parts_table(where: str, talks: int) -> str:
    """Runs in a process of its own, so that neither way leaves anything behind for the other."""
    import subprocess
    import sys

    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.parts_of_turns", where, str(talks)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    turns: list[dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    parts: dict[str, list[float]] = defaultdict(list)
    for turn in turns:
        for name in {name for one in turns for name in one}:
            parts[name].append(turn.get(name, 0.0))
    order = sorted(parts, key=lambda name: -statistics.fmean(parts[name]))
    rows = [(name, *spread(parts[name]).values()) for name in order]
    return table(rows, ("part", "p50 ms", "p95 ms", "mean ms"))


async def _side_by_side(kit: StockKit | None, rounds: int, talks: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    theirs: list[dict[str, Any]] = []

    async def between(_: int) -> None:
        if kit is not None:
            theirs.extend(await asyncio.to_thread(stock, kit, "stock"))

    return await giftbot(make_plan(ROOT), rounds, talks, between), theirs


def _compared(ours: dict[str, Any], theirs: list[dict[str, Any]]) -> str:
    rows = []
    for shoppers, rounds in ours["rounds"].items():
        rows.append(("giftbot, whole path", shoppers, *_median(rounds, ("p50", "p95", "per_s", "cpu_ms"))))
        stock_rounds = [one for one in theirs if one["kind"] == "http" and one["concurrency"] == shoppers]
        if stock_rounds:
            names = ("p50_ms", "p95_ms", "msg_per_s", "rasa_cpu_ms")
            rows.append(("stock Rasa, REST", shoppers, *_median(stock_rounds, names)))
    lines = [table(rows, ("", "shoppers at once", "p50 ms", "p95 ms", "messages/s", "CPU ms a message")), ""]
    if theirs:
        memory = statistics.median(one["rss_mb"] for one in theirs if one["kind"] == "http")
        lines.append(f"Memory of stock Rasa's server (without its action server and Redis): {memory:.0f} MB.")
    return "\n".join(lines)


def _median(rounds: list[dict[str, Any]], names: tuple[str, ...]) -> list[float]:
    return [round(statistics.median(one[name] for one in rounds), 2) for name in names]


def _memory(ours: dict[str, Any]) -> str:
    rows = [(name, one["rss"], one["pss"]) for name, one in ours["memory"].items()]
    own = [one for name, one in ours["memory"].items() if name in (*OURS, "redis")]
    rows.append(
        ("all of giftbot's roles and Redis", round(sum(o["rss"] for o in own), 1), round(sum(o["pss"] for o in own), 1))
    )
    return table(rows, ("process", "resident MB", "proportional MB"))


if __name__ == "__main__":
    main()
