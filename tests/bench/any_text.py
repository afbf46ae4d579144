"""Texts made by hypothesis, any Unicode, through the trained model: nothing raises, and how long the slowest takes.

python -m tests.bench.any_text [--texts 100000] [--seed 0]

Time is processor time of the reading thread, so that other work on the machine does not count.
"""

# ruff: noqa: E501 - the fragments are read more easily by kind, a line each
from __future__ import annotations

import asyncio
import gc
import sys
import time
from pathlib import Path

import click
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bot import log
from bot.rasa_host import prepare

FRAGMENTS = (
    *("gift for my mum", "£20", "$1,000.00", "20-30", "under", "no more than", "not", "no ", "hates ", "loves ", "and ", "or "),
    *("[F, 22, Girlfriend, $125]", "her birthday is ", "by the 23rd", "next friday", "3/12", "31/02/2026", "24/7", "12.12.12"),
    *("8yo and 12yo", "my girlfriend's mother's ", "x's y's z's ", "£", "€", "9" * 40, "1" + "0" * 300, "-" * 50, "(" * 30, "[" * 30),
    *("🎁", "👨\u200d👩\u200d👧", "\u202e", "\u200b", "\ufeff", "\x00", "ﷺ", "Ǆ", "ß", "İ", "\ud800", "a\u0301" * 40, "١٢٣", "½", "²"),
    *(" ", "\n", "\t", "\u2028", ".", ",", ";", "'", "’s ", "?", "!!!", "/", "/restart", "http://a.b/" + "c" * 200, "@someone ", "#"),
    *("aaaa " * 60, "a" * 5000, "no candles, " * 80, "likes x and " * 80, "£5 or " * 80, "my my my " * 60, "turning " * 60, "1 " * 300),
)  # fmt: skip

texts = st.one_of(
    st.text(st.characters(), max_size=400),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=25).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join),
)
"""Any Unicode at all, and the fragments that once meant something or took long, in any order."""


@click.command()
@click.option("--texts", "count", default=100_000, show_default=True, help="How many texts.")
@click.option("--seed", "start", default=0, show_default=True, help="Another seed, other texts.")
@click.option("--models", default="models", type=click.Path(path_type=Path), help="Folder of trained models.")
def main(count: int, start: int, models: Path) -> None:
    """Print how many texts went through, the slowest times, and the slowest texts; exit 1 if one raised."""
    log.configure("any-text", "error")
    prepare()
    slowest, raised = asyncio.run(_read_all(count, start, models))
    times = sorted((took for took, _ in slowest), reverse=True)
    click.echo(f"{count} texts, {len(raised)} raised; slowest {', '.join(f'{took:.1f}' for took in times[:5])} ms")
    for took, text in sorted(slowest, reverse=True)[:3]:
        click.echo(f"  {took:.1f} ms: {text[:120]!r} ({len(text)} characters)")
    for text, error in raised[:5]:
        click.echo(f"  raised {error!r}: {text[:120]!r}")
    sys.exit(1 if raised else 0)


async def _read_all(
    count: int, start: int, models: Path
) -> tuple[list[tuple[float, str]], list[tuple[str, Exception]]]:
    from bot.dialogue.action_endpoints import LocalActions
    from bot.dialogue.agent import GiftAgent

    async def no_action(call: dict[str, object]) -> None:
        raise AssertionError("reading a message runs no action")

    agent = await GiftAgent.load(models, LocalActions(no_action), kept_events=10)
    slowest: list[tuple[float, str]] = []
    raised: list[tuple[str, Exception]] = []

    for part, size in enumerate(_parts(count)):
        made: list[str] = []
        _make(size, start + part, made)
        gc.collect()
        gc.freeze()  # hypothesis' own objects are no part of what is measured
        for text in made:
            began = time.thread_time()
            try:
                await agent.understood(text)
            except Exception as error:
                raised.append((text, error))
            slowest.append(((time.thread_time() - began) * 1000, text))
        slowest = sorted(slowest, reverse=True)[:20]
        click.echo(f"  {(part + 1) * PART} texts, slowest {slowest[0][0]:.1f} ms, {len(raised)} raised", err=True)
    return slowest, raised


PART = 2_000
"""Texts made at a time: hypothesis keeps what it made."""


def _parts(count: int) -> list[int]:
    return [min(PART, count - done) for done in range(0, count, PART)]


def _make(size: int, start: int, into: list[str]) -> None:
    @seed(start)
    @settings(
        max_examples=size,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(texts)
    def collect(text: str) -> None:
        into.append(text)

    collect()


if __name__ == "__main__":
    main()
