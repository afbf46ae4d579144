"""What expired is not shown, not called fresh, and leaves the catalogue with the next look at the feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from snapshot_shop import DAY, NOW, product, row, write_csv, write_snapshot

from catalog.feeds.how import HowToRead
from catalog.product import ProductId
from catalog.publishing.importing import Feed, confirm_published, import_feed, must_be_read
from catalog.publishing.snapshot_writer import read_products
from catalog.shelf.records import product_of, record_of
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage
from catalog.suggest import suggest
from catalog.wanted import Wanted

LAST = date(2026, 11, 24)
SHORT = ProductId("short")


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """Ten products, one of which is sold until the 24th."""
    (tmp_path / "terms.yml").write_text("interests: {}\n")
    rows = [(*row(f"p{at}"), "") for at in range(9)] + [(*row("short"), LAST.isoformat())]
    header = "id,title,price,availability,link,expiration_date"
    return Feed(write_csv(tmp_path / "feed.csv", rows, header), HowToRead(as_of=DAY), tmp_path / "terms.yml")


def _at(day: date) -> datetime:
    return NOW + (day - DAY)


@pytest.mark.parametrize(("day", "sold"), [(LAST, True), (LAST + timedelta(days=1), False)])
def test_a_product_is_sold_on_its_last_day_and_not_after(tmp_path: Path, feed: Feed, day: date, sold: bool) -> None:
    """By the clock, without a new import: in the arrays ideas are found by, and in the offer that is shown."""
    storage = Storage.at(tmp_path / "kept")
    import_feed(storage, feed, now=NOW)
    shelf = Shelf.open(storage)
    found = shelf.product(SHORT)
    assert found is not None
    assert found.offer.at(_at(day)).in_stock is sold
    assert shelf.sold_at(_at(day)).sum() == 9 + sold
    given = tuple(ProductId(f"p{at}") for at in range(9))
    ideas = suggest(shelf, Wanted(already_given=given), "1", now=_at(day)).suggestions
    assert [one.product.id for one in ideas] == [SHORT] * sold


def test_the_same_file_is_read_again_once_something_of_it_expired(tmp_path: Path, feed: Feed) -> None:
    """Until then it is only fresher; after it the expired product is gone, and counted as nobody's fault."""
    storage = Storage.at(tmp_path / "kept")
    import_feed(storage, feed, now=NOW)
    assert import_feed(storage, replace(feed, how=HowToRead(as_of=LAST)), now=_at(LAST)).skipped
    after = date(2026, 12, 22)
    report = import_feed(storage, replace(feed, how=HowToRead(as_of=after)), now=_at(after))
    assert (report.skipped, report.removed, report.rejected[0].rule, report.expected_rejected) == (
        False,
        1,
        "expired",
        1,
    )
    assert Shelf.open(storage).product(SHORT) is None
    later = after + timedelta(days=9)
    assert import_feed(storage, replace(feed, how=HowToRead(as_of=later)), now=_at(later)).skipped


def test_a_server_that_says_unchanged_makes_no_expired_product_fresh(tmp_path: Path, feed: Feed) -> None:
    """The feed is asked for anew instead."""
    storage = Storage.at(tmp_path / "kept")
    import_feed(storage, feed, now=NOW)
    assert not must_be_read(storage, LAST)
    assert confirm_published(storage, LAST)
    after = LAST + timedelta(days=1)
    assert must_be_read(storage, after)
    assert confirm_published(storage, after) is None
    assert Shelf.open(storage).confirmed == LAST


def test_a_last_day_is_stored_in_every_form(tmp_path: Path) -> None:
    """And a snapshot of before, which knows of none, is read as it is."""
    some = replace(product("a"), offer=replace(product("a").offer, last_day=LAST))
    assert product_of(record_of(some)[0]) == some
    assert record_of(some)[1] != record_of(product("a"))[1]
    snapshot = write_snapshot(tmp_path, [some, product("b")])
    assert read_products(snapshot / "products.parquet") == [some, product("b")]
    assert Shelf.of_snapshot(snapshot).columns.first_last_day == LAST
    (snapshot / "last_day.npy").unlink()
    assert Shelf.of_snapshot(snapshot).sold_at(_at(date(2027, 1, 1))).tolist() == [True, True]
