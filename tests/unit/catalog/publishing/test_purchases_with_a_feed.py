"""Purchases that come with a feed go through the ledger's door: consent, the forgotten, once, and no fit is lost."""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from small_shop import GARDENER, NEWCOMER, write_feed, write_interactions

from catalog.interactions.consent import ShopsConsent
from catalog.interactions.importing import import_file
from catalog.interactions.ledger import LEDGER, Ledger
from catalog.interactions.rows import Row
from catalog.publishing import purchases
from catalog.publishing.prepare import Prepared, prepare
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage

NOW = datetime(2026, 11, 1, tzinfo=timezone.utc)
GATE = ShopsConsent(frozenset({"purchase"}))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A feed, and purchases beside it."""
    write_feed(tmp_path / "feed.csv")
    write_interactions(tmp_path / "seen.parquet")
    return tmp_path


def ledger_of(shop: Path, gate: ShopsConsent = GATE) -> Ledger:
    return Ledger.open(Storage.at(shop / "published").below(LEDGER), gate, clock=lambda: NOW)


def published(shop: Path, gate: ShopsConsent = GATE) -> Prepared:
    return prepare(shop / "feed.csv", shop / "seen.parquet", shop / "published", as_of=NOW.date(), gate=gate)


def quantity(shop: Path, shopper: str) -> float:
    past = Shelf.open(shop / "published").histories.past_of(shopper)
    return float(past.quantity.sum())


def test_who_was_forgotten_does_not_come_back_with_a_feed(shop: Path) -> None:
    import_file(ledger_of(shop), shop / "seen.parquet", now=NOW)
    ledger_of(shop).forget(GARDENER)
    assert published(shop).interactions > 0
    assert not Shelf.open(shop / "published").knows(GARDENER)


def test_what_a_source_without_consent_told_is_not_learnt_from(shop: Path) -> None:
    """And is, once the shop's consent says so: the file that was refused is looked at again."""
    assert published(shop, ShopsConsent(frozenset({"website"}))).interactions == 0
    assert not Shelf.open(shop / "published").knows(GARDENER)
    assert published(shop).interactions > 0
    assert Shelf.open(shop / "published").knows(GARDENER)


def test_what_the_ledger_knows_already_counts_once(shop: Path) -> None:
    import_file(ledger_of(shop), shop / "seen.parquet", now=NOW)
    published(shop)
    assert quantity(shop, GARDENER) == 4


def test_what_else_the_ledger_knows_is_learnt_from_too(shop: Path) -> None:
    """A feed with purchases replaces no fit by a poorer one."""
    ledger_of(shop).append([Row(NEWCOMER, "tin", "bought", NOW, 1.0, "purchase")])
    published(shop)
    assert NEWCOMER.encode() in Shelf.open(shop / "published").histories.names.tolist()


def test_what_was_taken_back_is_netted(shop: Path) -> None:
    ledger_of(shop).append([Row(GARDENER, "trowel", "bought", NOW, -1.0, "purchase")])
    published(shop)
    assert quantity(shop, GARDENER) == 3


def test_a_file_is_brought_in_once_and_live_rows_cost_no_fit(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second start of the demo, after a talk."""
    first = published(shop)
    ledger_of(shop).append([Row(NEWCOMER, "tin", "bought", NOW, 1.0, "purchase")])
    monkeypatch.setattr(purchases, "import_file", lambda *_, **__: pytest.fail("read again"))
    again = published(shop)
    assert again.skipped
    assert again.snapshot_id == first.snapshot_id
    assert Shelf.open(shop / "published").knows(NEWCOMER)
    assert prepare(shop / "feed.csv", None, shop / "published", as_of=date(2026, 11, 2)).skipped
