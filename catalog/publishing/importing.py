"""Imports a feed: read, compared with what is published, checked, published by one pointer; or nothing at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any

from catalog.feeds.how import HowToRead
from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.reading import FeedReading, read_feed
from catalog.feeds.rejection import Rejection
from catalog.product import Product
from catalog.publishing.before import Before, published_before
from catalog.publishing.comparing import compare, keeping
from catalog.publishing.fingerprint import check_unchanged, state_of
from catalog.publishing.fingerprint import fingerprint as fingerprint_
from catalog.publishing.full import fill
from catalog.publishing.history import forget_oldest, names_of, next_name, report_of
from catalog.publishing.refusing import Refused
from catalog.publishing.report import Braked, ImportReport, NothingToPublish, brake
from catalog.publishing.snapshot_writer import read_ids
from catalog.publishing.told_then import told_then
from catalog.publishing.update import fill_update
from catalog.shelf.columns import Columns
from catalog.shelf.confirmed import confirm, confirmed_day
from catalog.shelf.published import POINTER, SNAPSHOTS, NoSnapshot, current_name
from catalog.shelf.shelf import read_size
from catalog.shelf.soundness import why_unusable
from catalog.storage import Storage
from catalog.words.terms import GiftTerms, plain_terms

TERMS = Path(__file__).parents[2] / "data" / "lookups" / "gift_terms.yml"


@dataclass(frozen=True)
class Watch:
    """Who is told while an import is at work."""

    rows: Callable[[int], None] = lambda _: None
    """How many rows were read so far."""
    rows_in_all: Callable[[int], None] = lambda _: None
    """About how many there will be, as far as can be told from what was read; not told of packed feeds."""
    rejection: Callable[[Rejection], None] | None = None
    """Each row that was refused, also those the report has no room for."""
    waits: Callable[[], None] = lambda: None
    """Another import is at work, which is waited for."""


@dataclass(frozen=True)
class Feed:
    """A feed to import, and all that is said beside it."""

    path: Path
    how: HowToRead
    terms: Path = TERMS
    pinned: Collection[str] = ()
    """Products merchandisers pinned: the report warns where one is not in the new snapshot."""
    told: date | None = None
    """The day the feed was made, where that is known to be before the day it is read on."""

    @property
    def day(self) -> date:
        """The day its offers are true on."""
        return min(self.told or self.how.as_of, self.how.as_of)


def import_feed(
    address: Storage | Path | str,
    feed: Feed,
    *,
    now: datetime,
    force: bool = False,
    watch: Watch | None = None,
) -> ImportReport:
    """Publish a feed; killed at any moment, what was published before stays whole.

    ``force`` publishes past the brake. What is published already is not worked on again, its offers are only noted to
    be true on the new day too.

    Raises FeedError or TermsError where an input cannot be read, NoSnapshot where an update has nothing to change,
    NothingToPublish where no row is sound, Braked where it must be forced.
    """
    storage, watch = Storage.at(address), watch or Watch()
    state_of(feed.path)  # a pipe is refused before anybody waits for this import
    with storage.only_one(waits=watch.waits):
        state, fingerprint = state_of(feed.path), fingerprint_of(feed)
        before = published(storage)
        done = _already(storage, before, feed, fingerprint)
        if done:
            return done
        name = next_name(storage, fingerprint)
        with published_before(storage, before) as was, storage.building(f"{SNAPSHOTS}/{name}") as folder:
            report = build(folder, storage, was, feed, now=now, watch=watch)
            check_unchanged(feed.path, state)
            why = brake(report)
            report = replace(report, snapshot_id=name, fingerprint=fingerprint, forced=bool(why))
            if why and not force:
                raise Braked(replace(report, forced=False), why)
            (folder / "report.json").write_text(json.dumps(report.as_json(), ensure_ascii=False), encoding="utf-8")
        storage.write_pointer(POINTER, name)
        forget_oldest(storage)
    return report


def build(folder: Path, storage: Storage, was: Before, feed: Feed, *, now: datetime, watch: Watch) -> ImportReport:
    """Fill an empty folder with the snapshot this feed makes, and report; nothing is published."""
    began = time.perf_counter()
    lookup = plain_terms(feed.terms)
    GiftTerms.parse(lookup)  # refused before any work where its shape is wrong
    refused = Refused(watch.rejection)
    old = was.files
    if feed.how.kind == "update" and old is None:
        why = f" ({was.trouble})" if was.trouble else ""
        raise NoSnapshot(f"{storage.address} has no catalogue to update{why}: import a full feed first")
    told_again = confirmed_day(storage, was.name) if was.name else None
    with read_feed(feed.path, feed.how) as reading:
        went_on = partial(_went_on, watch, reading)
        if feed.how.kind == "update" and old:
            accepted = fill_update(folder, old, _updates(reading), feed.day, refused, went_on, told_again)
        else:
            products_told = _products(reading)
            if feed.day < feed.how.as_of:
                products_told = told_then(products_told, feed.day, old)
            accepted = fill(folder, products_told, refused, went_on)
        form, left_out = reading.format, reading.skipped
    if not accepted:
        raise NothingToPublish(tuple(refused.first), refused.count)
    (folder / "terms.json").write_text(json.dumps(lookup), encoding="utf-8")
    found = compare(old, folder) if old else None
    kept = keeping(old, folder, found) if old and found else None
    products, columns = read_size(folder), Columns.open(folder)
    ends = columns.first_last_day
    there = set(read_ids(folder)) if feed.pinned else set()
    return ImportReport(
        snapshot_id="",
        before=was.name,
        kind=feed.how.kind,
        format=form,
        left_out=left_out,
        as_of=feed.day.isoformat(),
        published_at=now.astimezone(timezone.utc).isoformat(timespec="seconds"),
        products=products,
        products_before=read_size(old) if old else 0,
        accepted=accepted,
        added=len(found.added) if found else products,
        changed=len(found.changed_new) if found else 0,
        unchanged=found.unchanged if found else 0,
        removed=len(found.removed) if found else 0,
        rejected_count=refused.count,
        rejected=tuple(refused.first),
        pinned_gone=tuple(sorted(set(feed.pinned) - there)),
        seconds=round(time.perf_counter() - began, 3),
        fingerprint="",
        expected_rejected=refused.expected,
        in_stock=int(columns.in_stock.sum()),
        kept=kept,
        before_trouble=was.says,
        first_last_day=ends.isoformat() if ends else None,
    )


def fingerprint_of(feed: Feed) -> str:
    """Name what a feed makes: its bytes, what is said beside it (but the day), the terms and the code."""
    return fingerprint_(feed.path, feed.how, feed.terms)


def published(storage: Storage) -> str | None:
    """Return the name of what is published; None where nothing is."""
    try:
        return current_name(storage)
    except NoSnapshot:
        return None


def confirm_published(address: Storage | Path | str, day: date) -> str | None:
    """Note that the shop still says on ``day`` what is published ("304 Not Modified"); returns the snapshot's name.

    None where nothing is published, where a partial update came since the full feed (whose prices are meant then?),
    where somebody went back to an older snapshot (that is not what the shop says), or where products expired since.
    """
    storage = Storage.at(address)
    with storage.only_one():
        name = published(storage)
        if name is None or not _is_newest_feed(storage, name) or _expired(report_of(storage, name), day):
            return None
        confirm(storage, name, day)
        return name


def must_be_read(storage: Storage, day: date) -> bool:
    """Tell whether the full feed must be read on ``day`` even where it did not change since it was published.

    So it is where nothing is published that this version can read, and where products of it expired since.
    """
    name = published(storage)
    if name is None or why_unusable(storage, name):
        return True
    return _is_newest_feed(storage, name) and _expired(report_of(storage, name), day)


def _is_newest_feed(storage: Storage, name: str) -> bool:
    return names_of(storage)[-1:] == [name] and report_of(storage, name).get("kind") == "full"


def _expired(report: Mapping[str, Any], day: date) -> bool:
    """Tell whether the last day of some product lies before ``day``."""
    first = report.get("first_last_day")
    return isinstance(first, str) and first < day.isoformat()


def _already(storage: Storage, before: str | None, feed: Feed, fingerprint: str) -> ImportReport | None:
    kept = report_of(storage, before) if before else {}
    if before is None or kept.get("fingerprint") != fingerprint or why_unusable(storage, before):
        return None
    if feed.how.kind == "full" and _expired(kept, feed.how.as_of):
        return None
    if feed.how.kind == "full":
        confirm(storage, before, feed.day)
    elif kept.get("as_of") != feed.day.isoformat():
        return None
    return replace(ImportReport.read(kept), as_of=feed.day.isoformat(), skipped=True, seconds=0.0)


def _went_on(watch: Watch, reading: FeedReading, rows: int) -> None:
    if 0 < reading.bytes_read <= reading.bytes_in_all:
        watch.rows_in_all(max(rows, reading.rows * reading.bytes_in_all // reading.bytes_read))
    watch.rows(rows)


def _products(reading: FeedReading) -> Iterator[Product | Rejection]:
    return (item for item in reading if not isinstance(item, OfferUpdate))


def _updates(reading: FeedReading) -> Iterator[OfferUpdate | Rejection]:
    return (item for item in reading if not isinstance(item, Product))
