"""Publishes a feed and what was learnt from interactions in one call: what the demo and a first import need."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime, timezone
from datetime import time as time_of_day
from pathlib import Path

from catalog.feeds.how import HowToRead
from catalog.feeds.rejection import Rejection
from catalog.interactions.consent import ConsentGate, ShopsConsent
from catalog.interactions.ledger import utc_now
from catalog.model.item_model import Recipe
from catalog.publishing.importing import TERMS, Feed, Watch, import_feed
from catalog.publishing.purchases import bring_in, learn
from catalog.publishing.report import NothingToPublish
from catalog.storage import Storage

__all__ = ["TERMS", "NothingToPublish", "Prepared", "prepare"]


OWN_PURCHASES = ShopsConsent(frozenset({"purchase"}))
"""What the shop itself sold, and nothing else."""


@dataclass(frozen=True)
class Prepared:
    """What was published."""

    snapshot_id: str
    products: int
    rejected: tuple[Rejection, ...]
    """The first thousand."""
    rejected_count: int
    interactions: int
    """Purchases learnt from: all the ledger has of these products."""
    unknown_interactions: int
    """Purchases of products the feed does not have."""
    seconds: float
    skipped: bool
    """True where feed, interactions, terms and code are those of what is published already."""

    @property
    def accepted(self) -> int:
        """Rows taken; each is one product."""
        return self.products


def prepare(
    products_csv: Path,
    interactions_parquet: Path | None,
    into: Storage | Path | str,
    *,
    as_of: date,
    currency: str | None = None,
    terms: Path = TERMS,
    recipe: Recipe | None = None,
    gate: ConsentGate = OWN_PURCHASES,
    watch: Watch | None = None,
) -> Prepared:
    """Publish feed and model in ``into`` for :meth:`Shelf.open`; killed at any moment, the old ones stay whole.

    ``as_of`` is the day the offers are true on. There is no brake: this is for
    feeds that are known to be meant (the sample, tests), ``giftbot catalog import`` has one.

    Purchases come into the ledger where ``gate`` lets them; the model is learnt from all the ledger has.

    Raises FeedError or TermsError where an input cannot be read, NothingToPublish where no
    row is sound.
    """
    began = time.perf_counter()
    storage = Storage.at(into)
    midnight = datetime.combine(as_of, time_of_day(), timezone.utc)
    brought = None
    if interactions_parquet:
        brought = bring_in(storage, interactions_parquet, gate, now=max(midnight, utc_now()))
    feed = Feed(products_csv, HowToRead(as_of=as_of, currency=currency), terms)
    report = import_feed(storage, feed, now=midnight, force=True, watch=watch)
    done = learn(storage, as_of=midnight, recipe=recipe, force=True, brought=brought is not None)
    return Prepared(
        snapshot_id=report.snapshot_id,
        products=report.products,
        rejected=report.rejected,
        rejected_count=report.rejected_count,
        interactions=done.purchases,
        unknown_interactions=done.unknown,
        seconds=round(time.perf_counter() - began, 3),
        skipped=report.skipped and done.skipped,
    )
