"""giftbot's worker side and stock Rasa, the same messages, in turns, in one run: `make bench-beside`.

The worker side is what does a turn: the dialogue worker with its actions, and Redis synced at every write. A message
is put into the store as intake puts it there; it is answered when the turn is committed. Stock Rasa is the kit as it
stands: REST channel, Redis tracker and lock, action server. Processor time of all processes of a side is counted, for
wall time is unsteady where other work shares the cores.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import click

from tests.bench.figures import memory_mb, table
from tests.bench.script import SCRIPT
from tests.bench.sides import ROOT, Side, giftbot, stock, train_stock

DEEP, DEEPEST = 100, 1_000
"""Turns after which a long talk is measured; the deepest of giftbot alone: stock Rasa's turns take seconds by then."""


def _cycle(begin: int, count: int) -> list[str]:
    return [SCRIPT[(begin + at) % len(SCRIPT)] for at in range(count)]


async def measure(sides: list[Side], rounds: int, talks: int) -> None:
    """Rounds of each side in turns: new talks, a long one, three quick messages; then giftbot's deepest."""
    for number, side in enumerate(sides):
        await side.turns("warm-up", [(f"90{number}", SCRIPT * 2)])
        await side.turns("to 100", [(f"91{number}", _cycle(0, DEEP))])
    for turn in range(rounds):
        for number, side in enumerate(sides):
            await side.turns("new", [(f"92{number}{turn:03}{talk:03}", SCRIPT) for talk in range(talks)])
            await side.turns("deep", [(f"91{number}", _cycle(DEEP + 2 * len(SCRIPT) * turn, 2 * len(SCRIPT)))])
            for burst in range(3):
                await side.quick(f"93{number}{turn:03}{burst:03}")
        click.echo(f"round {turn + 1} of {rounds} done", err=True)
    for number, side in enumerate(sides):
        if side.name.startswith("giftbot"):
            done = DEEP + 2 * len(SCRIPT) * rounds
            await side.turns("to 1000", [(f"91{number}", _cycle(done, DEEPEST - done))])
            for turn in range(2 * rounds):  # in turns, for a core is not as fast now as it was minutes ago
                await side.turns("beside", [(f"94{number}{turn:03}{talk:03}", SCRIPT) for talk in range(talks)])
                await side.turns("deepest", [(f"91{number}", _cycle(0, talks * len(SCRIPT)))])


def compared(ours: Side, theirs: Side | None) -> str:
    """The table of one of our sides beside stock Rasa's, each row with its bar."""

    def row(what: str, mine: float, other: float, bar: str, digits: int = 1) -> tuple[object, ...]:
        ratio = "" if other != other else f"{other / mine:.1f}"
        return what, round(mine, digits), "" if other != other else round(other, digits), ratio, bar

    def of(side: Side | None, value: Callable[[Side], float]) -> float:
        return value(side) if side is not None else float("nan")

    def both(what: str, value: Callable[[Side], float], bar: str) -> tuple[object, ...]:
        return row(what, value(ours), of(theirs, value), bar)

    def held(side: Side) -> float:
        return sum(memory_mb(pid)["pss"] for pid in side.pids.values())

    def deepest(part: str) -> float:
        return ours.median(f"deepest: {part}") / ours.median(f"beside: {part}")

    rows = [
        both("CPU of a turn at the start of a talk, all its processes, ms", lambda one: one.median("new: cpu"), "≥ 8"),
        both("of it Redis", lambda one: one.median("new: redis"), ""),
        both("CPU of a turn after 100 turns, ms", lambda one: one.median("deep: cpu"), "≥ 25"),
        both("answered, p50 ms", lambda one: one.median("new: ms"), ""),
        both("answered, p95 ms", lambda one: one.p95("new: ms"), "≥ 6"),
        both("answered after 100 turns, p95 ms", lambda one: one.p95("deep: ms"), ""),
        both("three quick messages, until the last is answered, ms", lambda one: one.median("quick: ms"), "≥ 20"),
        both("memory of these processes (proportional), MB", held, "(all roles: see below)"),
        ("CPU of a turn after 1,000 turns, ms", round(ours.median("deepest: cpu"), 1), "", "", ""),
        ("... as a multiple of one at the start of a talk, in turns", round(deepest("cpu"), 2), "", "", "≤ 1.2"),
        ("... of the worker alone", round(deepest("dialogue"), 2), "", "", ""),
        ("... of its time until it is answered, p50", round(deepest("ms"), 2), "", "", ""),
    ]
    return table(rows, (ours.name, "giftbot", "stock Rasa", "times less", "bar"))


async def run(kit: Path | None, python: Path, work: Path, rounds: int, talks: int, actions: Sequence[str]) -> None:
    """Start all sides, measure them in turns, print the tables."""
    with tempfile.TemporaryDirectory() as name:
        async with AsyncExitStack() as stack:
            sides = []
            for where in actions:
                folder = Path(name) / where
                folder.mkdir()
                sides.append(await stack.enter_async_context(giftbot(folder, where)))
            theirs = await stack.enter_async_context(stock(kit, python, work, Path(name))) if kit else None
            await measure([*sides, theirs] if theirs else sides, rounds, talks)
            for side in sides:
                click.echo("\n" + compared(side, theirs))


@click.command()
@click.option(
    "--kit",
    type=click.Path(exists=True, path_type=Path),
    help="Folder of the stock-Rasa kit; without it giftbot alone.",
)
@click.option("--python", default=ROOT / ".stock-rasa/bin/python", type=click.Path(path_type=Path), show_default=True)
@click.option(
    "--work", default=ROOT / "var/stock-rasa", type=click.Path(path_type=Path), help="Where the kit's model lies."
)
@click.option("--rounds", default=3, show_default=True)
@click.option("--talks", default=3, show_default=True, help="New talks of ten messages a round and side.")
@click.option("--actions", default=("here", "server"), multiple=True, type=click.Choice(["here", "server"]))
def main(kit: Path | None, python: Path, work: Path, rounds: int, talks: int, actions: Sequence[str]) -> None:
    """Measure giftbot's worker side beside stock Rasa."""
    if kit is not None:
        train_stock(kit, python.absolute(), work.absolute())
    asyncio.run(run(kit, python.absolute(), work.absolute(), rounds, talks, actions))


if __name__ == "__main__":
    main()
