"""What an import would do, without doing it: the report, the brake, and what talks would find before and after."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from catalog.publishing.before import published_before
from catalog.publishing.briefs import Brief
from catalog.publishing.fingerprint import check_unchanged, state_of
from catalog.publishing.importing import Feed, Watch, build, fingerprint_of, published
from catalog.publishing.report import ImportReport, brake
from catalog.ranking.constraints import bounds_of
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage


@dataclass(frozen=True)
class Effect:
    """Products one kind of request finds now, and would find."""

    brief: str
    recent: bool
    """True where a shopper asked this lately."""
    before: int
    """Within every bound and, where interests are named, matching one of them."""
    after: int


@dataclass(frozen=True)
class Preview:
    """An import that did not happen."""

    report: ImportReport
    brake: tuple[str, ...]
    """Why it would need ``--force``; empty where it would not."""
    effects: tuple[Effect, ...]
    """The greatest loss first."""


def preview(
    address: Storage | Path | str,
    feed: Feed,
    briefs: Sequence[Brief],
    *,
    now: datetime,
    watch: Watch | None = None,
) -> Preview:
    """Build the snapshot aside, look, and throw it away; raises what :func:`import_feed` raises, but never Braked."""
    storage = Storage.at(address)
    state, fingerprint = state_of(feed.path), fingerprint_of(feed)
    with (
        published_before(storage, published(storage)) as was,
        tempfile.TemporaryDirectory(prefix="giftbot-dry-run-") as made,
    ):
        folder = Path(made)
        report = replace(build(folder, storage, was, feed, now=now, watch=watch or Watch()), fingerprint=fingerprint)
        check_unchanged(feed.path, state)
        if was.files and was.trouble:  # saved of a snapshot nobody can read: what it was read by is gone
            shutil.copyfile(folder / "terms.json", was.files / "terms.json")
        old = Shelf.of_snapshot(was.files) if was.files else None
        effects = effects_of(old, Shelf.of_snapshot(folder), briefs, now)
    return Preview(report, brake(report), tuple(effects))


def effects_of(old: Shelf | None, new: Shelf, briefs: Sequence[Brief], now: datetime) -> list[Effect]:
    """Count what each brief finds on two shelves, the greatest loss first: products lost, then the share."""
    currency = (old or new).main_currency
    found = []
    for brief in briefs:
        before, after = (_matching(shelf, brief, now) if shelf else 0 for shelf in (old, new))
        found.append(Effect(brief.name(brief.wanted.currency or currency), brief.recent, before, after))
    return sorted(found, key=lambda effect: (effect.after - effect.before, effect.after / max(effect.before, 1)))


def _matching(shelf: Shelf, brief: Brief, now: datetime) -> int:
    bounds = bounds_of(shelf, brief.wanted, now=now)
    return int((bounds.eligible & bounds.liked).sum() if brief.wanted.likes else bounds.eligible.sum())
