"""``giftbot catalog``: what merchandisers do."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.clock import utc_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.feeds.rejection import Rejection
    from catalog.publishing.prepare import Prepared

SAMPLE = "sample"
SAMPLE_FOLDER = Path(__file__).parents[2] / "data/samples/online-retail"


@click.group()
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
    from catalog.publishing.prepare import NothingToPublish, prepare

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
