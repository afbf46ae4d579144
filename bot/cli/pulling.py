"""``giftbot catalog pull``: the feed fetched from the merchant's address, once or on a schedule."""

from __future__ import annotations

import asyncio
import json
import random
import signal
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.catalog import watching
from bot.cli.feed_order import Options, feed_of, how_to_read
from bot.cli.pull_order import order_of
from bot.cli.rejections import print_rejections
from bot.cli.reporting import print_report
from bot.clock import utc_now
from bot.errors import GiftbotError

if TYPE_CHECKING:
    from bot.settings import CatalogSettings
    from catalog.publishing.report import ImportReport
    from catalog.pulling.fetching import Order
    from catalog.pulling.network import Network

NOT_IMPORTED = 5
"""Exit code where the feed came but was not published."""


class _Ended(click.ClickException):
    """The end of the command with an exit code that tells a scheduler what went wrong."""

    def __init__(self, text: str, exit_code: int) -> None:
        super().__init__(text)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance


@dataclass(frozen=True)
class How:
    """How what was fetched is imported and told."""

    options: Options = field(default_factory=Options)
    force: bool = False
    anew: bool = False
    rejections: Path | None = None
    as_json: bool = False


@click.command()
@click.option("--url", metavar="URL", help="https address of the feed. Default: GIFTBOT_CATALOG_PULL_URL.")
@click.option("--every", "every_s", type=float, metavar="SECONDS", help="Pull again and again. Default: by setting.")
@click.option("--once", is_flag=True, help="Pull once, whatever the setting says.")
@click.option("--anew", is_flag=True, help="Fetch it even where the server says it did not change.")
@click.option("--update", is_flag=True, help="The feed tells only prices or stock of products there are.")
@click.option("--force", is_flag=True, help="Publish although much would go or many rows are refused.")
@click.option("--currency", metavar="CODE", help="Currency of prices that name none.")
@click.option("--link-template", metavar="URL", help="Links of a feed without: https://shop.example/p/{id}.")
@click.option("--format", "form", metavar="NAME", help="The feed's format. Default: told by content.")
@click.option("--rejections", type=click.Path(path_type=Path), help="Write every refused row to this CSV file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per pull.")
def pull(
    url: str | None,
    every_s: float | None,
    once: bool,
    anew: bool,
    update: bool,
    force: bool,
    currency: str | None,
    link_template: str | None,
    form: str | None,
    rejections: Path | None,
    as_json: bool,
) -> None:
    """Fetch the feed from its address, if it changed, and import it as `catalog import` does (docs/pulling.md)."""
    from bot import settings
    from catalog.pulling.network import Network

    try:
        said = settings.catalog()
    except GiftbotError as error:
        raise _Ended(str(error), 2) from error
    how = How(Options(update, currency, link_template, form), force, anew, rejections, as_json)
    every = 0.0 if once else said.pull_every_s if every_s is None else every_s
    run_pulls(said, url or said.pull_url, how, every, Network())


def run_pulls(said: CatalogSettings, url: str, how: How, every_s: float, network: Network) -> None:
    """Pull once, or every so many seconds until SIGTERM or SIGINT; raises a ClickException where one pull fails."""
    from catalog.pulling.errors import PullError

    try:
        order = order_of(said, url)
        how_to_read(said, how.options, utc_now().date())  # what is nonsense is told before anything is fetched
    except PullError as error:
        raise _Ended(str(error), error.exit_code) from error
    except ValueError as error:
        raise _Ended(str(error), 2) from error
    if every_s > 0:
        try:
            asyncio.run(_again_and_again(said, order, how, every_s, network))
        except (GiftbotError, OSError) as error:  # not of a pull, but of where it tells how it is
            raise _Ended(f"GIFTBOT_OPS_*: {error}", 2) from error
        return
    try:
        asyncio.run(_once(said, order, how, network))
    except PullError as error:
        raise _Ended(str(error), error.exit_code) from error
    except (GiftbotError, LookupError, OSError, ValueError) as error:
        raise _Ended(_why_not_imported(error), NOT_IMPORTED) from error


async def _again_and_again(said: CatalogSettings, order: Order, how: How, every_s: float, network: Network) -> None:
    from bot import metrics, ops, settings
    from catalog.pulling.errors import PullError
    from catalog.pulling.pull import pull_every

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    async def wait(seconds: float) -> bool:
        try:
            await asyncio.wait_for(stop.wait(), seconds)
        except asyncio.TimeoutError:
            return False
        return True

    def failed(error: Exception) -> None:
        text = str(error) if isinstance(error, PullError) else _why_not_imported(error)
        metrics.PULLS.labels("failed").inc()
        click.echo(f"{utc_now():%Y-%m-%d %H:%M:%S} not pulled: {text}", err=True)

    async def once() -> None:  # in a thread: an import takes minutes, and whoever asks for health is answered meanwhile
        changed = await asyncio.to_thread(lambda: asyncio.run(_once(said, order, how, network)))
        metrics.PULLS.labels("published" if changed else "unchanged").inc()
        metrics.LAST_GOOD_PULL.set(utc_now().timestamp())

    async def readiness() -> str:
        return ""

    where = settings.ops()
    async with ops.serving(where.host, where.port, readiness):
        await pull_every(every_s, once, wait, random.random, failed)


async def _once(said: CatalogSettings, order: Order, how: How, network: Network) -> bool:
    """Pull once and say what came of it; True where something was imported."""
    from catalog.publishing.importing import confirm_published, must_be_read, published
    from catalog.pulling.pull import pull as fetch_and_take
    from catalog.storage import Storage

    storage, today = Storage.at(said.dir, cache=said.cache), utc_now().date()
    pulled = await fetch_and_take(
        order,
        storage,
        lambda feed, known: _import(said, feed, known.made_on(today), how),
        network,
        anew=how.anew or published(storage) is None or (not how.options.update and must_be_read(storage, today)),
        read_as=repr(how_to_read(said, how.options, date.min)),
        name_of=lambda report: report.snapshot_id,
    )
    if pulled.report is None and not how.options.update and pulled.published == published(storage):
        confirm_published(storage, pulled.known.made_on(today))  # what is published is what the shop says still
    if how.as_json:
        size = pulled.fetched.size if pulled.fetched else 0
        report = pulled.report.as_json() if pulled.report else None
        click.echo(json.dumps({"changed": pulled.fetched is not None, "bytes": size, "report": report}))
    elif pulled.report is None:
        click.echo("unchanged: the server has no newer feed")
    else:
        print_report(pulled.report)
    return pulled.report is not None


def _import(said: CatalogSettings, feed: Path, told: date, how: How) -> ImportReport:
    from catalog.publishing.importing import import_feed
    from catalog.storage import Storage

    now, storage = utc_now(), Storage.at(said.dir, cache=said.cache)
    order = feed_of(feed, storage, said, how.options, now, told)
    with watching(feed, how.rejections) as watch:
        return import_feed(storage, order, now=now, force=how.force, watch=watch)


def _why_not_imported(error: Exception) -> str:
    """Tell why what was fetched was not published; the rows refused are printed where that is why."""
    from catalog.publishing.report import Braked, NothingToPublish

    if isinstance(error, NothingToPublish):
        print_rejections(error.rejected, error.count)
    if isinstance(error, Braked):
        print_report(error.report, published=False)
        return f"not published, the catalogue stays as it was: {error}; --force publishes it as it is"
    return f"fetched, but not imported: {error}"
