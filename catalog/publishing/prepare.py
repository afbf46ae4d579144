"""Publishes a feed and what was learnt from interactions in one call: what the demo and a first import need."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import date, datetime, timezone
from datetime import time as time_of_day
from pathlib import Path

from catalog.feeds.how import HowToRead
from catalog.feeds.rejection import Rejection
from catalog.interactions.purchases_file import read_interactions
from catalog.interactions.records import Interactions, day_number
from catalog.model import item_model
from catalog.model.fitted import Fitted
from catalog.model.item_model import Recipe
from catalog.model.refit import publish
from catalog.publishing.importing import TERMS, Feed, Watch, import_feed
from catalog.publishing.report import NothingToPublish
from catalog.publishing.snapshot_writer import read_ids
from catalog.shelf.published import MODEL_POINTER, MODELS, current, current_name
from catalog.shelf.records import Records, product_of
from catalog.storage import Storage

__all__ = ["TERMS", "NothingToPublish", "Prepared", "prepare"]


@dataclass(frozen=True)
class Prepared:
    """What was published."""

    snapshot_id: str
    products: int
    rejected: tuple[Rejection, ...]
    """The first thousand."""
    rejected_count: int
    interactions: int
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
    watch: Watch | None = None,
) -> Prepared:
    """Publish feed and model in ``into`` for :meth:`Shelf.open`; killed at any moment, the old ones stay whole.

    ``as_of`` is the day the offers are true on. There is no brake: this is for
    feeds that are known to be meant (the sample, tests), ``giftbot catalog import`` has one.

    Raises FeedError, InteractionsError or TermsError where an input cannot be read, NothingToPublish where no
    row is sound.
    """
    began = time.perf_counter()
    storage = Storage.at(into)
    if interactions_parquet:
        check(interactions_parquet)
    feed = Feed(products_csv, HowToRead(as_of=as_of, currency=currency), terms)
    midnight = datetime.combine(as_of, time_of_day(), timezone.utc)
    report = import_feed(storage, feed, now=midnight, force=True, watch=watch)
    seen, unknown, skipped = learn(storage, interactions_parquet, as_of=as_of, recipe=recipe)
    return Prepared(
        snapshot_id=report.snapshot_id,
        products=report.products,
        rejected=report.rejected,
        rejected_count=report.rejected_count,
        interactions=seen,
        unknown_interactions=unknown,
        seconds=round(time.perf_counter() - began, 3),
        skipped=report.skipped and skipped,
    )


def check(interactions: Path) -> None:
    """Raise InteractionsError where a file of purchases cannot be read: before anything is published."""
    read_interactions(interactions, ())


def learn(
    storage: Storage, interactions: Path | None, *, as_of: date, recipe: Recipe | None = None
) -> tuple[int, int, bool]:
    """Fit on purchases in a Parquet file and publish the model beside the snapshot now published.

    Returns how many purchases were taken, how many were of products the snapshot does not have, and whether the same
    was published already.
    """
    recipe = recipe or Recipe()
    digest = hashlib.sha256(f"{current_name(storage)} {recipe}".encode())
    code = sorted(Path(item_model.__file__).parent.rglob("*.py"))
    for path in ([interactions] if interactions else []) + code:
        digest.update(path.read_bytes())
    name = digest.hexdigest()[:20]
    with storage.only_one("model"):
        if storage.read_pointer(MODEL_POINTER) == name and (done := _learnt(storage, name)):
            return (*done, True)
        files = current(storage)
        ids = read_ids(files)
        seen = read_interactions(interactions, ids) if interactions else Interactions.none()
        today = int(seen.day.max()) if len(seen.day) else day_number(as_of)
        titles = [product_of(record).title for record in Records.open(files)]
        fitted = Fitted.fit(seen, ids, titles, today=today, recipe=recipe)
        kept = {"interactions": len(seen.day), "unknown": seen.unknown}
        publish(storage, name, fitted, report=kept, forgotten=False)
    return len(seen.day), seen.unknown, False


def _learnt(storage: Storage, name: str) -> tuple[int, int] | None:
    """Return what a published model was made of; None where it cannot be read, so that it is made anew."""
    try:
        Fitted.open(storage.local_copy(f"{MODELS}/{name}"))
        kept = json.loads(storage.read(f"{MODELS}/{name}/report.json") or b"{}")
        return int(kept["interactions"]), int(kept["unknown"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return None
