"""``giftbot interactions``: what shoppers did, brought in, counted, shown and forgotten."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.rejections import print_rejections, rejections_file
from bot.clock import utc_now
from bot.errors import GiftbotError

if TYPE_CHECKING:
    from catalog.interactions.consent import FollowedConsent
    from catalog.interactions.importing import Imported
    from catalog.interactions.ledger import Ledger
    from catalog.storage import Storage

FORMATS = click.Choice(["events", "csv", "parquet"])


@click.group()
def interactions() -> None:
    """What shoppers did with products (docs/interactions.md)."""


@interactions.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", metavar="NAME", help="Where rows were told that name no source (purchase, …).")
@click.option("--format", "form", type=FORMATS, help="Read it as this instead of looking at its content.")
@click.option("--rejections", type=click.Path(dir_okay=False, path_type=Path), help="Write all refused rows as CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_file(file: Path, source: str, form: str | None, rejections: Path | None, as_json: bool) -> None:
    """Import FILE: Segment or RudderStack events as JSON lines, CSV, or Parquet. All of it is kept, or nothing."""
    from catalog.interactions.importing import import_file as import_into
    from catalog.interactions.importing import obey_withdrawals

    ledger, consent = _ledger()
    with _told(f"{file} was not imported"), _progress() as on_rows, rejections_file(rejections, file) as on_rejection:
        gone = obey_withdrawals(ledger, consent, utc_now())
        _erased(ledger)
        report = import_into(
            ledger, file, now=utc_now(), source=source, format=form or "", on_rejection=on_rejection, on_rows=on_rows
        )
    if as_json:
        click.echo(json.dumps({**dataclasses.asdict(report), "forgotten_by_withdrawal": len(gone)}))
    else:
        _print_report(report, len(gone))


@interactions.command()
@click.argument("shoppers", metavar="SHOPPER...", nargs=-1, required=True)
@click.option("--source", default="", metavar="NAME", help="Only what this source told (its consent was withdrawn).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def forget(shoppers: tuple[str, ...], source: str, as_json: bool) -> None:
    """Remove every row of each SHOPPER from every file, and from the model; what is older than now is refused then.

    Running servers leave them out of the ranking in their next turn.
    """
    with _told("nothing was forgotten"):
        ledger = _ledger()[0]
        removed = ledger.forget_all(dict.fromkeys(shoppers, frozenset({source})))
    erased = _erased(ledger)
    if source and not removed:
        known = ledger.counted().sources
        if source not in known:
            click.echo(f"no row is of a source “{source}”; the ledger has: {', '.join(known) or 'none'}", err=True)
    if as_json:
        click.echo(json.dumps({"removed": removed, "of_the_model": erased}))
        return
    click.echo(f"forgotten: {removed} rows, {erased} shoppers of the model")
    if source and erased:
        click.echo("what other sources told counts again after: giftbot interactions fit")


@interactions.command()
@click.argument("shopper")
def show(shopper: str) -> None:
    """Print everything kept of SHOPPER, one JSON object a line."""
    with _told("nothing can be shown"):
        for row in _ledger()[0].rows(shopper_id=shopper):
            told = {name: value for name, value in dataclasses.asdict(row).items() if value not in (None, "")}
            click.echo(json.dumps(told, default=datetime.isoformat, ensure_ascii=False))


@interactions.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(as_json: bool) -> None:
    """Print what the ledger holds, in numbers."""
    with _told("nothing can be counted"):
        found = dataclasses.asdict(_ledger()[0].counted())
    if as_json:
        click.echo(json.dumps(found, default=datetime.isoformat))
        return
    for name, value in found.items():
        told = ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else value
        click.echo(f"{name.replace('_', ' '):15} {told}")


@interactions.command()
def compact() -> None:
    """Turn single appends and small files into few large ones, and forget what was withdrawn by the consent file."""
    from catalog.interactions.importing import obey_withdrawals

    ledger, consent = _ledger()
    with _told("the ledger was not compacted"):
        obey_withdrawals(ledger, consent, utc_now())
        _erased(ledger)
        ledger.compact()


def _ledger() -> tuple[Ledger, FollowedConsent]:
    from bot import settings
    from catalog.interactions.consent import FollowedConsent
    from catalog.interactions.ledger import LEDGER, Ledger

    with _told("the ledger cannot be opened"):
        found = settings.catalog()
        file = Path(found.consent_file) if found.consent_file else None
        sources = [source.strip() for source in found.consented_sources.split(",") if source.strip()]
        consent = FollowedConsent(sources, file)
        return Ledger.open(_storage().below(LEDGER), consent, clock=utc_now), consent


def _storage() -> Storage:
    from bot import settings
    from catalog.storage import Storage

    return Storage.at(settings.catalog().dir)


def _erased(ledger: Ledger) -> int:
    """Take whoever was forgotten out of the published model's files; return how many of them it knew."""
    from catalog.model.erasing import erase_forgotten

    with _told("the ledger forgot them, the model's files still hold them; giftbot interactions fit mends that"):
        return erase_forgotten(_storage(), ledger)


def _print_report(report: Imported, gone: int) -> None:
    found = report.appended
    click.echo(f"{report.format}: {found.accepted} of {report.read} rows kept in {report.seconds:.1f} s")
    told = {
        "kept before": found.doubled,
        "of shoppers forgotten": found.refused_forgotten,
        "events of nobody known (no userId)": report.anonymous,
        "events that tell of no product": sum(report.passed.values()),
        "shoppers who withdrew, forgotten": gone,
    }
    for what, count in told.items():
        if count:
            click.echo(f"  {count} {what}")
    for source, count in found.no_consent_by_source.items():
        hint = "GIFTBOT_CATALOG_CONSENTED_SOURCES, or the shopper's line in GIFTBOT_CATALOG_CONSENT_FILE, grants it"
        click.echo(f"  {count} refused, no consent for source “{source}”: {hint}")
    print_rejections(report.rejections, report.rejected)
    if found.accepted:
        click.echo("the model learns from them with: giftbot interactions fit")


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    from tqdm import tqdm

    with tqdm(unit=" rows", unit_scale=True, file=sys.stderr, disable=None) as bar:  # None: only on a terminal
        yield lambda rows: bar.update(rows) and None


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # whoever read along has seen enough (… | head); click ends quietly
    except (GiftbotError, OSError, ValueError, RuntimeError) as error:
        raise click.ClickException(f"{what}: {error}") from error
