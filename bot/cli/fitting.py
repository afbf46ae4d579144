"""``giftbot interactions fit``: learn from the ledger and publish what was learnt."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bot.clock import utc_now
from bot.errors import GiftbotError

if TYPE_CHECKING:
    from catalog.model.refit import MakeEngine, Refitted
    from catalog.storage import Storage


@click.command()
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", help="Where the sums are made.")
@click.option("--scheduler", metavar="ADDRESS", help="Of the Dask cluster: tcp://host:8786.")
@click.option(
    "--force", is_flag=True, help="Publish although the ledger has far fewer purchases than were learnt from."
)
@click.option(
    "--every", type=click.IntRange(min=1), metavar="SECONDS", help="Go on: fit again so many seconds after each fit."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def fit(engine: str, scheduler: str | None, force: bool, every: int | None, as_json: bool) -> None:
    """Learn from all interactions what goes with what and what sells (docs/item_model.md)."""
    if engine == "dask" and not scheduler:
        raise click.UsageError("--engine dask needs --scheduler ADDRESS (docs/scale_of_fitting.md)")
    _fit(engine, scheduler, force, as_json)
    while every is not None and _waited(every):
        try:
            _fit(engine, scheduler, False, as_json)
        except click.ClickException as error:  # what is wrong now may be mended when it is tried next
            error.show()


def _waited(seconds: int) -> bool:
    """Sleep; True: the next fit is due."""
    time.sleep(seconds)
    return True


def _fit(engine: str, scheduler: str | None, force: bool, as_json: bool) -> None:
    from bot import settings
    from catalog.storage import Storage

    try:
        storage = Storage.at(settings.catalog().dir)
        with _engine(engine, scheduler, storage) as made:
            done = fitted_anew(storage, made, force=force)
    except (GiftbotError, OSError, ValueError, LookupError, RuntimeError) as error:
        raise click.ClickException(f"nothing was fitted: {error}") from error
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(done)))
    elif done.skipped:
        click.echo(f"nothing changed since the model {done.name} was fitted on {done.purchases} purchases")
    else:
        click.echo(
            f"learnt from {done.purchases} purchases by {done.shoppers} shoppers in {done.seconds:.1f} s; running "
            f"servers take it up between turns"
        )
        if done.unknown:
            click.echo(f"  {done.unknown} purchases of products that are not in the catalogue were left out")


@contextlib.contextmanager
def _engine(engine: str, scheduler: str | None, storage: Storage) -> Iterator[MakeEngine | None]:
    if engine == "local" or not scheduler:
        yield None
        return
    from catalog.interactions.ledger import LEDGER
    from catalog.model.engines.dask_cluster import on_cluster

    with on_cluster(scheduler, storage.below(LEDGER)) as made:
        yield made


def fitted_anew(storage: Storage, engine: MakeEngine | None = None, *, force: bool = False) -> Refitted:
    """Fit on the ledger with the published products, and publish; as :func:`catalog.model.refit.refit`."""
    from catalog.interactions.ledger import LEDGER, Ledger
    from catalog.interactions.records import day_number
    from catalog.model.refit import refit

    ids, titles = _products(storage)
    ledger = Ledger.open(storage.below(LEDGER), clock=utc_now)
    return refit(storage, ledger, ids, titles, as_of=day_number(utc_now().date()), engine=engine, force=force)


def _products(storage: Storage) -> tuple[Sequence[str], Sequence[str]]:
    from catalog.shelf.published import current
    from catalog.shelf.records import Records, product_of

    products = [product_of(record) for record in Records.open(current(storage))]
    return [product.id for product in products], [product.title for product in products]
