"""An import says what it did, asks where too much would go, and is not done twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from snapshot_shop import DAY, NOW, row, write_csv

from catalog.feeds.how import HowToRead
from catalog.feeds.rejection import Rejection
from catalog.product import ProductId
from catalog.publishing.briefs import standard_briefs
from catalog.publishing.history import names_of, roll_back
from catalog.publishing.importing import Feed, Watch, confirm_published, import_feed
from catalog.publishing.preview import preview
from catalog.publishing.report import Braked, ImportReport, brake
from catalog.shelf.published import NoSnapshot
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage

ROWS = [row(f"p{at}") for at in range(20)]
BAD = ("bad", "Thing bad", "free", "in_stock", "https://shop.example/p/bad")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Storage, Feed, ImportReport]:
    """Twenty products, imported."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "terms.yml").write_text("interests: {}\n")
    feed = Feed(write_csv(folder / "feed.csv", ROWS), HowToRead(as_of=DAY), folder / "terms.yml")
    storage = Storage.at(folder / "kept")
    return storage, feed, import_feed(storage, feed, now=NOW)


def _other(feed: Feed, folder: Path, rows: list[tuple[str, ...]], **more: object) -> Feed:
    return replace(feed, path=write_csv(folder / "other.csv", rows), **more)


def test_the_first_import_adds_everything(shop: tuple[Storage, Feed, ImportReport]) -> None:
    """And its report is kept beside the snapshot."""
    storage, _, report = shop
    assert (report.added, report.accepted, report.removed, report.products, report.format) == (20, 20, 0, 20, "csv")
    assert Shelf.open(storage).snapshot_id == report.snapshot_id == "000001-" + report.fingerprint[:8]


def test_the_same_feed_on_a_later_day_only_makes_its_offers_fresh(tmp_path: Path) -> None:
    """A shop that changes nothing for a month must not seem to have an old stock."""
    (tmp_path / "terms.yml").write_text("interests: {}\n")
    feed = Feed(write_csv(tmp_path / "feed.csv", ROWS[:3]), HowToRead(as_of=DAY), tmp_path / "terms.yml")
    storage = Storage.at(tmp_path / "kept")
    import_feed(storage, feed, now=NOW)
    shelf = Shelf.open(storage)
    later = DAY + timedelta(days=9)
    again = import_feed(storage, replace(feed, how=HowToRead(as_of=later)), now=NOW + timedelta(days=9))
    assert (again.skipped, names_of(storage)) == (True, [again.snapshot_id])
    fresh = shelf.refreshed()
    found = fresh.product(ProductId("p0"))
    assert found is not None
    assert (found.offer.as_of, found.offer.stock_day) == (later, later)
    assert (fresh.columns.stock_day - shelf.columns.stock_day).tolist() == [9, 9, 9]
    assert confirm_published(storage, DAY) == again.snapshot_id  # an earlier day takes nothing back
    assert Shelf.open(storage).confirmed == later


def test_what_was_gone_back_to_is_not_made_fresh(shop: tuple[Storage, Feed, ImportReport], tmp_path: Path) -> None:
    """The shop says something else: that is why somebody went back."""
    storage, feed, first = shop
    import_feed(storage, _other(feed, tmp_path, [*ROWS, row("more")]), now=NOW)
    assert roll_back(storage) == first.snapshot_id
    assert confirm_published(storage, DAY + timedelta(days=3)) is None


@pytest.mark.parametrize(
    ("rows", "told"),
    [(ROWS[:15], "15 products instead of 20 (25% fewer"), ([*ROWS, BAD, BAD], "2 of 22 rows refused (9.1%")],
    ids=["too few", "too many refused"],
)
def test_the_brake_holds_until_it_is_forced(
    shop: tuple[Storage, Feed, ImportReport], tmp_path: Path, rows: list[tuple[str, ...]], told: str
) -> None:
    """It says exactly why, and nothing is published."""
    storage, feed, _ = shop
    before = (storage.read_pointer("current"), names_of(storage))
    with pytest.raises(Braked) as braked:
        import_feed(storage, _other(feed, tmp_path, rows), now=NOW)
    assert told in str(braked.value)
    assert (storage.read_pointer("current"), names_of(storage)) == before


def test_a_dry_run_changes_nothing_and_tells_all(shop: tuple[Storage, Feed, ImportReport], tmp_path: Path) -> None:
    """Also what the brake would say, and every row refused."""
    storage, feed, _ = shop
    before = {path: path.stat().st_mtime_ns for path in Path(storage.address).rglob("*")}
    seen: list[Rejection] = []
    other = _other(feed, tmp_path, [*ROWS[:10], BAD, row("new", "3.00")], pinned=("p3", "p15"))
    found = preview(storage, other, standard_briefs(), now=NOW, watch=Watch(rejection=seen.append))
    report = found.report
    assert (report.added, report.removed, report.unchanged, report.rejected_count) == (1, 10, 10, 1)
    assert report.pinned_gone == ("p15",)
    assert [(one.row, one.rule) for one in seen] == [(12, report.rejected[0].rule)]
    assert len(found.brake) == 2
    assert found.effects[0].after < found.effects[0].before
    assert {path: path.stat().st_mtime_ns for path in Path(storage.address).rglob("*")} == before


def test_who_watches_learns_how_far_an_import_is(shop: tuple[Storage, Feed, ImportReport]) -> None:
    """Of a feed that is not packed: rows so far, and about how many in all."""
    storage, feed, _ = shop
    rows, in_all = [0], [0]
    preview(storage, feed, [], now=NOW, watch=Watch(rows=rows.append, rows_in_all=in_all.append))
    assert (rows[-1], in_all[-1]) == (20, 20)


def test_an_update_needs_something_to_update(tmp_path: Path) -> None:
    """And says so."""
    feed = Feed(write_csv(tmp_path / "up.csv", [("a", "1.00 GBP")], "id,price"), HowToRead(as_of=DAY, kind="update"))
    with pytest.raises(NoSnapshot, match="full feed first"):
        import_feed(tmp_path / "kept", feed, now=NOW)


@pytest.mark.parametrize(
    ("products", "before", "rejected", "held"),
    [(80, 100, 0, 0), (79, 100, 0, 1), (95, 0, 5, 0), (94, 0, 6, 1), (10, 100, 90, 2), (1, 0, 0, 0)],
)
def test_the_brakes_bounds(
    shop: tuple[Storage, Feed, ImportReport], products: int, before: int, rejected: int, held: int
) -> None:
    """A fifth fewer, or one row in twenty, still goes; more does not."""
    report = replace(shop[2], products=products, accepted=products, products_before=before, rejected_count=rejected)
    assert len(brake(report)) == held


def test_a_report_is_read_back_as_it_was(shop: tuple[Storage, Feed, ImportReport]) -> None:
    """It is what tells that the same was published already."""
    report = replace(shop[2], rejected=(Rejection(3, "price", "free", "not_a_price", "write it like 15.00"),))
    assert ImportReport.read(report.as_json()) == report
