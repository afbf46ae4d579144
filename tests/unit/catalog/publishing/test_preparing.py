"""Publishing is all or nothing: killed at any step, the catalogue published before stays whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small_shop import PRODUCTS, write_feed, write_interactions

from catalog.product import ProductId
from catalog.publishing.prepare import NothingToPublish, Prepared, prepare
from catalog.publishing.snapshot_writer import read_products
from catalog.shelf.published import NoSnapshot, current
from catalog.shelf.shelf import Shelf


class Killed(BaseException):
    """Stands for the process ending here: no handler below may catch it as an error."""


def _import(folder: Path, products: list[tuple[str, str, str, str]] = PRODUCTS) -> Prepared:
    feed, seen = write_feed(folder / "feed.csv", products), folder / "seen.parquet"
    if not seen.exists():
        write_interactions(seen)
    return prepare(feed, seen, folder / "published", as_of=date(2026, 11, 1))


def test_unchanged_inputs_are_not_worked_on_again(tmp_path: Path) -> None:
    """The second start of the demo must not fit the model anew."""
    first, again = _import(tmp_path), _import(tmp_path)
    assert (first.skipped, again.skipped) == (False, True)
    assert again.snapshot_id == first.snapshot_id
    assert again.products == len(PRODUCTS)


def test_a_changed_price_is_published_and_the_old_snapshot_kept(tmp_path: Path) -> None:
    """There is always one to go back to."""
    before = _import(tmp_path).snapshot_id
    after = _import(tmp_path, [("trowel", "Garden trowel ash handle", "7.00", "in_stock"), *PRODUCTS[1:]])
    product = Shelf.open(tmp_path / "published").product(ProductId("trowel"))
    assert product is not None
    assert str(product.offer.price) == "7.00"
    assert {before, after.snapshot_id} == {path.name for path in (tmp_path / "published" / "snapshots").iterdir()}


def test_the_shelf_shows_what_the_parquet_snapshot_holds(tmp_path: Path, publish: Callable[[Path], Path]) -> None:
    """The fast form and the form for other programs must not drift apart."""
    shelf = Shelf.open(publish(tmp_path))
    stored = read_products(current(tmp_path / "published") / "products.parquet")
    assert [shelf.product(product.id) for product in stored] == stored


def test_rejected_rows_are_reported_and_the_rest_published(tmp_path: Path) -> None:
    """One bad row must not keep a whole catalogue back."""
    report = _import(tmp_path, [*PRODUCTS, ("bad", "No price", "free", "in_stock"), PRODUCTS[0]])
    assert report.accepted == len(PRODUCTS)
    assert [(r.row, r.rule) for r in report.rejected] == [(22, "not_a_price"), (23, "doubled")]


def test_a_feed_without_one_sound_row_changes_nothing(tmp_path: Path) -> None:
    """An empty export must not empty the shop."""
    before = _import(tmp_path).snapshot_id
    with pytest.raises(NothingToPublish):
        _import(tmp_path, [("bad", "No price", "free", "in_stock")])
    assert Shelf.open(tmp_path / "published").snapshot_id == before


def test_a_shop_without_any_purchases_can_be_asked(tmp_path: Path) -> None:
    """The first day of a brand: no records, still ideas."""
    prepare(write_feed(tmp_path / "feed.csv"), None, tmp_path / "out", as_of=date(2026, 11, 1))
    shelf = Shelf.open(tmp_path / "out")
    assert not shelf.knows("9000000000000011")


def test_an_empty_folder_says_that_nothing_was_imported(tmp_path: Path) -> None:
    """Not a stack of file errors."""
    with pytest.raises(NoSnapshot, match="no catalogue has been imported"):
        Shelf.open(tmp_path)


def test_the_sample_prepared_again_a_month_later_is_fresh(tmp_path: Path) -> None:
    """The demo of a shop nobody fed for a month must not become unsure of its stock."""
    first = _import(tmp_path)
    later = date(2026, 12, 1)
    again = prepare(tmp_path / "feed.csv", tmp_path / "seen.parquet", tmp_path / "published", as_of=later)
    found = Shelf.open(tmp_path / "published").product(ProductId("trowel"))
    assert found is not None
    assert (again.skipped, again.snapshot_id) == (True, first.snapshot_id)
    assert (found.offer.as_of, found.offer.stock_day) == (later, later)


def test_a_damaged_report_of_a_model_costs_a_fit_and_nothing_else(tmp_path: Path) -> None:
    """It says how many purchases were learnt from; what cannot be read is made anew."""
    first = _import(tmp_path)
    for report in (tmp_path / "published" / "models").glob("*/report.json"):
        report.write_text("{")
    assert _import(tmp_path).interactions == first.interactions > 0
