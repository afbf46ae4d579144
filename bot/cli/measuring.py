"""``giftbot eval``: how well messages are understood and products ranked."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from bot.clock import utc_now
from bot.errors import GiftbotError


@click.group(name="eval")
def evaluation() -> None:
    """Measure giftbot against labelled messages."""


@evaluation.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print all figures as one JSON object on the last line.")
@click.option(
    "--typos", "share", default=0.0, metavar="SHARE", help="Measure again with a slip in this share of words."
)
@click.option("--baseline", type=click.Choice(["stock-rasa"]), help="Measure this beside (make stock-rasa first).")
@click.option("--errors", type=click.Path(path_type=Path), help="Write every difference here (.csv, or .md).")
@click.option("--model", type=click.Path(path_type=Path), help="A model file or folder. Default: ours, made current.")
@click.option("--seed", default=0, show_default=True, help="Draws the slips and the intervals.")
@click.option("--today", metavar="DATE", help="Day of rows that name none, such as 2026-12-01. Default: today.")
@click.option("--country", metavar="CODE", help="Country of rows that name none. Default: config.yml's.")
def understanding(
    file: Path,
    as_json: bool,
    share: float,
    baseline: str | None,
    errors: Path | None,
    model: Path | None,
    seed: int,
    today: str | None,
    country: str | None,
) -> None:
    """Have the messages of FILE (labelled rows, docs/measuring.md) read by the trained model and print how well."""
    if not 0 <= share <= 1:
        raise click.BadParameter("a share of words, from 0 to 1", param_hint="--typos")
    from bot.rasa_host.command_line import prepare_for_measuring

    prepare_for_measuring()
    from bot.evaluation.understanding import Order, evaluate
    from nlu.evaluation.tables import tables

    try:
        order = Order(
            rows=file,
            root=Path(__file__).resolve().parents[2],
            today=date.fromisoformat(today) if today else utc_now().date(),
            country=country,
            share=share,
            against_stock=baseline is not None,
            errors=errors,
            model=model,
            seed=seed,
        )
        figures = evaluate(order, sys.stderr)
    except (GiftbotError, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(tables(figures))
    if as_json:
        click.echo(json.dumps(figures))


@evaluation.command()
@click.option("--train", required=True, type=click.Path(path_type=Path), help="Interactions to learn from.")
@click.option("--test", required=True, type=click.Path(path_type=Path), help="Later interactions to be judged by.")
@click.option("--products", required=True, type=click.Path(path_type=Path), help="The products: id, title, price.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as one JSON object on the last line.")
@click.option("--peers", metavar="NAME,…", help="Only these beside giftbot. Default: all.")
@click.option("--seed", default=0, show_default=True, help="Draws intervals, and what peers draw.")
@click.option("--time-limit", default=3600.0, show_default=True, help="Seconds each ranking may take.")
@click.option("--shoppers", type=click.IntRange(min=1), help="Judge at most so many shoppers. Default: all.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep peers' lists in this folder for the next time.")
def ranking(
    train: Path,
    test: Path,
    products: Path,
    as_json: bool,
    peers: str | None,
    seed: int,
    time_limit: float,
    shoppers: int | None,
    keep: Path | None,
) -> None:
    """Learn from TRAIN, rank for every shopper of TEST with a past, and print how well, beside peers.

    Files are Parquet or CSV: interactions shopper_id, product_id, at[, quantity]; products id, title, price
    (docs/measuring.md).
    """
    from catalog.evaluation.contest import OURS, Rules, contest
    from catalog.evaluation.contestant import CONTESTANTS
    from catalog.evaluation.reading import read_split
    from catalog.evaluation.tables import tables as ranking_tables

    names = tuple(CONTESTANTS) if peers is None else tuple(name.strip() for name in peers.split(",") if name.strip())
    if unknown := [name for name in names if name not in CONTESTANTS]:
        raise click.BadParameter(f"{unknown[0]} is none of {', '.join(CONTESTANTS)}", param_hint="--peers")
    try:
        split = read_split(train, test, products)
        rules = Rules(names, seed=seed, time_limit=time_limit, shoppers=shoppers, kept=keep)
        figures = contest(split, rules, lambda line: click.echo(line, err=True))
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(ranking_tables(figures))
    if as_json:
        click.echo(json.dumps(figures))
    if OURS in figures["failed"]:
        raise click.exceptions.Exit(1)


@evaluation.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object on the last line.")
@click.option("--reward", "rewards", multiple=True, help="Kinds that count as success. Default: any follow-up.")
@click.option("--seed", default=0, show_default=True, help="Draws the intervals.")
def clicks(log: Path, as_json: bool, rewards: tuple[str, ...], seed: int) -> None:
    """Estimate from LOG what another way of choosing would have earned, without having shown it to anybody.

    LOG is JSON lines of what was shown, with chances, and what was clicked, or the interactions ledger (its folder,
    or one Parquet part); docs/measuring.md.
    """
    from dataclasses import asdict

    from catalog.evaluation.off_policy import estimate
    from catalog.evaluation.shown_log import REWARDED, read_log_file
    from catalog.evaluation.tables import estimates as estimates_table

    if unknown := [kind for kind in rewards if kind not in REWARDED]:
        raise click.BadParameter(f"{unknown[0]} is none of {', '.join(REWARDED)}", param_hint="--reward")
    try:
        found = estimate(read_log_file(log, rewards or REWARDED), seed=seed)
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(estimates_table(found))
    if as_json:
        click.echo(json.dumps(asdict(found)))


@evaluation.command()
@click.option("--asks", required=True, type=click.Path(path_type=Path), help="Requests, JSON lines with text.")
@click.option("--products", required=True, type=click.Path(path_type=Path), help="Products with their category.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object on the last line.")
@click.option("--currency", default="USD", show_default=True, help="The catalogue is what is sold in this one.")
@click.option("--today", metavar="DATE", help="The day of the requests. Default: today.")
@click.option("--seed", default=0, show_default=True, help="Draws the intervals.")
def briefs(asks: Path, products: Path, as_json: bool, currency: str, today: str | None, seed: int) -> None:
    """Answer real requests from a catalogue and print how many ideas stand in a category that was asked for.

    Compares words, sentence vectors and their blends (docs/measuring.md).
    """
    from bot.evaluation.briefs import Order, evaluate, table

    try:
        day = date.fromisoformat(today) if today else utc_now().date()
        order = Order(asks, products, Path(__file__).resolve().parents[2], currency, day, seed)
        figures = evaluate(order, sys.stderr)
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(table(figures))
    if as_json:
        click.echo(json.dumps(figures))
