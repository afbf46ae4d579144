"""The worker's processor time a turn, of this tree and of another one, in turns: `python -m tests.bench.two_trees`.

The other tree is a checkout of an earlier commit with `models` and `var` linked from this one. Both run as production
sets them up, with their actions in the worker, each with a Redis of its own that syncs every write.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import click

from tests.bench.figures import table
from tests.bench.script import SCRIPT
from tests.bench.sides import ROOT, Side, giftbot

IDLE_S = 5.0


async def _idle(side: Side) -> float:
    """Milliseconds of processor time the worker uses in a second without messages."""
    before = side.cpu()["dialogue"]
    await asyncio.sleep(IDLE_S)
    return (side.cpu()["dialogue"] - before) / IDLE_S


async def run(trees: dict[str, Path], rounds: int, talks: int) -> None:
    """Measure the trees in turns, and print a table."""
    with tempfile.TemporaryDirectory() as name:
        async with AsyncExitStack() as stack:
            sides: list[Side] = []
            for which, root in trees.items():
                folder = Path(name) / which
                folder.mkdir()
                side = await stack.enter_async_context(giftbot(folder, "here", root))
                side.name = which
                sides.append(side)
            for number, side in enumerate(sides):
                await side.turns("warm-up", [(f"90{number}", SCRIPT * 2)])
            for turn in range(rounds):
                for number, side in enumerate(sides):
                    await side.turns("new", [(f"92{number}{turn:03}{talk:03}", SCRIPT) for talk in range(talks)])
            idle = [await _idle(side) for side in sides]
            rows: list[tuple[object, ...]] = [
                (what, *(round(side.median(row), 2) for side in sides))
                for what, row in (
                    ("worker, CPU ms a turn (median of rounds)", "new: dialogue"),
                    ("Redis, CPU ms a turn", "new: redis"),
                    ("answered, p50 ms", "new: ms"),
                )
            ]
            rows.append(
                ("worker, CPU ms a turn (best round)", *(round(min(s.rows["new: dialogue"]), 2) for s in sides))
            )
            rows.append(("answered, p95 ms", *(round(side.p95("new: ms"), 2) for side in sides)))
            rows.append(("worker idle, CPU ms a second", *(round(one, 2) for one in idle)))
            rows.append(("rounds", *(len(side.rows["new: dialogue"]) for side in sides)))
            click.echo(table(rows, ("", *trees)))
            click.echo(f"spread: {[round(statistics.pstdev(side.rows['new: dialogue']), 2) for side in sides]}")


@click.command()
@click.option("--other", type=click.Path(exists=True, path_type=Path), multiple=True, help="An earlier checkout.")
@click.option("--rounds", default=5, show_default=True)
@click.option("--talks", default=5, show_default=True, help="New talks of ten messages a round and tree.")
def main(other: tuple[Path, ...], rounds: int, talks: int) -> None:
    """Measure this tree beside earlier ones."""
    trees = {"this tree": ROOT, **{one.name: one.absolute() for one in other}}
    asyncio.run(run(trees, rounds, talks))


if __name__ == "__main__":
    main()
