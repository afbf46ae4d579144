"""``giftbot catalog import``: how merchandisers bring the catalogue up to date."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.feed_order import Options, feed_of
from bot.cli.rejections import print_rejections, rejections_file
from bot.cli.reporting import print_effects, print_report
from bot.clock import utc_now
from bot.errors import GiftbotError

if TYPE_CHECKING:
    from catalog.interactions.consent import ShopsConsent
    from catalog.publishing.importing import Feed, Watch
    from catalog.storage import Storage

SAMPLE = "sample"
SAMPLE_FOLDER = Path(__file__).parents[2] / "data/samples/online-retail"


SAMPLE_UNTIL = datetime(2026, 10, 14, tzinfo=timezone.utc)
"""The sample's purchases end before; their days are made up, so no clock that is behind calls them future ones."""


@click.group()
def catalog() -> None:
    """The catalogue: what can be given (docs/catalogue.md)."""


@dataclass(frozen=True)
class _Asked:
    """What the command line says, beside the feed."""

    dry_run: bool
    force: bool
    as_json: bool
    interactions: Path | None


@catalog.command(name="import")
@click.argument("feed")
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would change, also for talks.")
@click.option("--update", is_flag=True, help="FEED tells only prices or stock of products there are.")
@click.option("--force", is_flag=True, help="Publish although much would go or many rows are refused.")
@click.option("--currency", metavar="CODE", help="Currency of prices that name none.")
@click.option("--link-template", metavar="URL", help="Links of a feed without: https://shop.example/p/{id}.")
@click.option("--format", "form", metavar="NAME", help="The feed's format (docs/feeds.md). Default: told by content.")
@click.option("--interactions", type=click.Path(path_type=Path), help="What shoppers bought (Parquet), to rank by.")
@click.option("--rejections", type=click.Path(path_type=Path), help="Write every refused row to this CSV file.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_feed(
    feed: str,
    dry_run: bool,
    update: bool,
    force: bool,
    currency: str | None,
    link_template: str | None,
    form: str | None,
    interactions: Path | None,
    rejections: Path | None,
    as_json: bool,
) -> None:
    """Import FEED (a file, or "sample") and publish it; does nothing where nothing changed."""
    from bot import settings
    from catalog.publishing.report import NothingToPublish
    from catalog.storage import Storage

    if feed == SAMPLE:
        interactions = SAMPLE_FOLDER / "interactions.parquet"
    path = SAMPLE_FOLDER / "products.csv" if feed == SAMPLE else Path(feed)
    try:
        chosen = settings.catalog()
        storage = Storage.at(chosen.dir, cache=chosen.cache)
        order = feed_of(path, storage, chosen, Options(update, currency, link_template, form), utc_now())
        with watching(path, rejections) as watch:
            _run(storage, order, _Asked(dry_run, force, as_json, interactions), watch)
    except NothingToPublish as error:
        print_rejections(error.rejected, error.count)
        raise click.ClickException(str(error)) from error
    except (GiftbotError, LookupError, OSError, ValueError) as error:
        raise click.ClickException(f"{feed} was not imported: {error}") from error


def _run(storage: Storage, order: Feed, asked: _Asked, watch: Watch) -> None:
    from catalog.model.refit import FewerPurchases
    from catalog.publishing.importing import import_feed as publish
    from catalog.publishing.purchases import bring_in, learn
    from catalog.publishing.report import Braked

    if asked.dry_run:
        _dry_run(storage, order, asked, watch)
        return
    brought = None
    if asked.interactions:
        brought = bring_in(storage, asked.interactions, _consent(), now=max(utc_now(), SAMPLE_UNTIL))
    try:
        report = publish(storage, order, now=utc_now(), force=asked.force, watch=watch)
    except Braked as braked:
        if asked.as_json:
            click.echo(json.dumps({**braked.report.as_json(), "published": False, "brake": braked.why}))
        else:
            print_report(braked.report, published=False)
        reasons = "\n".join(f"  {why}" for why in braked.why)
        raise click.ClickException(
            f"not published, the catalogue stays as it was:\n{reasons}\n"
            "--dry-run shows what talks would lose; --force publishes it as it is"
        ) from braked
    learnt: dict[str, Any] = {}
    if asked.interactions:
        try:
            done = learn(storage, as_of=utc_now(), force=asked.force, brought=brought is not None)
        except FewerPurchases as error:
            raise click.ClickException(f"the feed is published, the model stays as it was: {error}") from error
        refused = brought.appended.no_consent_by_source if brought else {}
        learnt = {
            "interactions": done.purchases, "unknown_interactions": done.unknown,
            "refused_no_consent": sum(refused.values()),
            "refused_forgotten": brought.appended.refused_forgotten if brought else 0,
            "refused_rows": brought.rejected if brought else 0,
        }  # fmt: skip
    if asked.as_json:
        click.echo(json.dumps({**report.as_json(), **learnt}))
    else:
        print_report(report)
        if learnt:
            click.echo(f"{done.purchases:,} purchases learnt from, {done.unknown:,} of products the feed does not have")
            for source, count in refused.items():
                click.echo(f"  {count:,} refused, no consent for source “{source}”")
            for what, name in (
                ("of shoppers forgotten", "refused_forgotten"),
                ("unsound rows refused", "refused_rows"),
            ):
                if learnt[name]:
                    click.echo(f"  {learnt[name]:,} {what}")


def _consent() -> ShopsConsent:
    from bot import settings
    from catalog.interactions.consent import ShopsConsent

    found = settings.catalog()
    sources = [source.strip() for source in found.consented_sources.split(",") if source.strip()]
    return ShopsConsent.read(sources, Path(found.consent_file) if found.consent_file else None)


def _dry_run(storage: Storage, order: Feed, asked: _Asked, watch: Watch) -> None:
    from catalog.publishing.briefs import recent_briefs, standard_briefs
    from catalog.publishing.preview import preview

    found = preview(storage, order, [*standard_briefs(), *recent_briefs(storage)], now=utc_now(), watch=watch)
    if asked.as_json:
        effects = [dataclasses.asdict(effect) for effect in found.effects]
        click.echo(json.dumps({**found.report.as_json(), "dry_run": True, "brake": found.brake, "briefs": effects}))
        return
    print_report(found.report, published=False)
    print_effects(found)


@contextlib.contextmanager
def watching(feed: Path, rejections: Path | None) -> Iterator[Watch]:
    """Show a bar on a terminal while rows are read, and write what is refused to a file if asked."""
    from tqdm import tqdm

    from catalog.publishing.importing import Watch

    with contextlib.ExitStack() as open_:
        bar = open_.enter_context(
            tqdm(desc=feed.name, unit=" rows", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
        )
        write = open_.enter_context(rejections_file(rejections, feed))
        yield Watch(
            rows=lambda count: bar.update(count - bar.n),
            rows_in_all=lambda count: setattr(bar, "total", count),
            rejection=write,
            waits=lambda: click.echo("another import is at work; this one waits for it", err=True),
        )
