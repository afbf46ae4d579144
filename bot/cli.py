"""The commands of ``giftbot``; each does its work elsewhere."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import structlog

from bot import __version__
from bot.clock import utc_now
from bot.errors import GiftbotError
from bot.wiring import ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.clean import Rejection
    from catalog.prepare import Prepared

SAMPLE = "sample"
SAMPLE_FOLDER = Path(__file__).parents[1] / "data/samples/online-retail"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="giftbot")
def giftbot() -> None:
    """Gift ideas by direct message, from the brand's own catalogue."""


@giftbot.command()
@click.option("--say", multiple=True, metavar="TEXT", help="Say this as the shopper and print the answer; repeatable.")
@click.option("--shopper", metavar="ID", help="Who says it: an id from the chat page's list. Default: a newcomer.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per turn.")
@click.option("--fresh", is_flag=True, help="Forget the talks of earlier demos.")
@click.option("--port", type=int, help="Port of the chat page. Default: 8642, or a free one where that is taken.")
@click.option("--timeout", "timeout_s", default=60.0, show_default=True, help="Seconds to wait for one answer.")
def demo(
    say: tuple[str, ...], shopper: str | None, as_json: bool, fresh: bool, port: int | None, timeout_s: float
) -> None:
    """Start all of giftbot with the sandbox and a chat page (or, with --say, talk in the terminal)."""
    from bot.demo import run_demo

    sys.exit(run_demo(say=say, shopper=shopper, as_json=as_json, fresh=fresh, port=port, timeout_s=timeout_s))


@giftbot.command()
@click.argument("role", type=click.Choice(ROLES))
def run(role: str) -> None:
    """Run one role in this process until SIGTERM; settings come from GIFTBOT_ variables."""
    from bot import log, settings, wiring

    loaded = _or_exit(settings.load)
    log.configure(role, loaded.ops.log_level)
    try:
        asyncio.run(wiring.run(role, loaded))
    except (GiftbotError, OSError) as error:
        click.echo(f"giftbot {role}: {error}", err=True)
        sys.exit(1)
    except Exception as error:  # a bug; its text may quote a shopper, so the log keeps its kind and place
        structlog.get_logger().error("role_crashed", exc_info=error)
        sys.exit(1)


@giftbot.command()
def check() -> None:
    """Print the settings without secrets, try every connection, say what to do."""
    from bot import settings, wiring

    loaded = _or_exit(settings.load)
    for name, value, _ in settings.describe(loaded):
        click.echo(f"{name}={value}")
    click.echo()
    results = asyncio.run(wiring.check(loaded))
    for what, trouble in results:
        click.echo(f"{'✘' if trouble else '✔'} {what}{': ' + trouble if trouble else ''}")
    sys.exit(1 if any(trouble for _, trouble in results) else 0)


@giftbot.group()
def catalog() -> None:
    """The catalogue: what can be given."""


@catalog.command(name="import")
@click.argument("feed")
@click.option("--interactions", type=click.Path(path_type=Path), help="What shoppers bought (Parquet), to rank by.")
@click.option("--currency", metavar="CODE", help="Currency of prices that name none.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_feed(feed: str, interactions: Path | None, currency: str | None, as_json: bool) -> None:
    """Import FEED (a CSV file, or "sample") and publish it; does nothing where nothing changed."""
    from bot import settings
    from catalog.prepare import NothingToPublish, prepare

    path = Path(feed)
    if feed == SAMPLE:
        path, interactions = SAMPLE_FOLDER / "products.csv", SAMPLE_FOLDER / "interactions.parquet"
    today = utc_now().date()
    try:
        report = prepare(path, interactions, settings.catalog_dir(), as_of=today, currency=currency)
    except NothingToPublish as error:
        _print_rejections(error.rejected, len(error.rejected))
        raise click.ClickException(str(error)) from error
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{feed} was not imported: {error}") from error
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report)))
    else:
        _print_report(report)


def _print_report(report: Prepared) -> None:
    """What an import came to, for a person."""
    if report.skipped:
        click.echo(f"unchanged: snapshot {report.snapshot_id}, {report.products} products")
        return
    click.echo(f"published snapshot {report.snapshot_id}: {report.products} products in {report.seconds:.1f} s")
    _print_rejections(report.rejected, report.rejected_count)


def _print_rejections(rejected: Sequence[Rejection], count: int) -> None:
    """The first rows refused: where, what, why, and what to do."""
    for one in rejected[:20]:
        click.echo(f"  row {one.row}, {one.field} “{one.value}”: {one.rule}; {one.hint}", err=True)
    if count > 20:
        click.echo(f"  and {count - 20} more rows refused", err=True)


@giftbot.group(name="eval")
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
            root=Path(__file__).resolve().parents[1],
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


@giftbot.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def rasa(arguments: tuple[str, ...]) -> None:
    """Rasa's own command line: train, shell, data validate, test and the rest."""
    from bot.rasa_host import command_line

    command_line.run(arguments)


def _or_exit(work: Any) -> Any:
    """The work's result; a giftbot error ends the process with its text."""
    try:
        return work()
    except (GiftbotError, OSError, LookupError, ValueError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
