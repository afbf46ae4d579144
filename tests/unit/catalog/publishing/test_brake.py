"""What looks whole by its counts and would still ruin a shop is held back, each with its own sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from snapshot_shop import DAY, NOW, write_csv

from catalog.feeds.how import HowToRead
from catalog.publishing.importing import Feed, import_feed
from catalog.publishing.report import Braked
from catalog.storage import Storage

Row = tuple[str, ...]


def _row(name: str, price: str = "10.00 GBP", stock: str = "in_stock") -> Row:
    return name, f"Thing {name}", price, stock, f"https://shop.example/p/{name}"


SHOP = [_row(f"p{at}", f"{at + 5}.00 GBP") for at in range(20)]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Storage, Feed]:
    """Twenty products at different prices, all in stock."""
    folder = tmp_path_factory.mktemp("braked")
    (folder / "terms.yml").write_text("interests: {}\n")
    feed = Feed(write_csv(folder / "feed.csv", SHOP), HowToRead(as_of=DAY), folder / "terms.yml")
    storage = Storage.at(folder / "kept")
    import_feed(storage, feed, now=NOW)
    return storage, feed


def _pence(row: Row) -> Row:
    return (*row[:2], f"{100 * float(row[2].split()[0]):.2f} GBP", *row[3:])


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(f"x{row[0]}", *row[1:]) for row in SHOP], ["20 of 20 products would go (100%"]),
        ([(*row[:2], row[2].replace("GBP", "EUR"), *row[3:]) for row in SHOP], ["20 of 20 products would be sold in"]),
        ([_pence(row) for row in SHOP], ["prices would be 100 times those of before"]),
        ([*map(_pence, SHOP[:5]), *SHOP[5:]], ["5 of 20 prices would be ten times as high"]),
        ([(*row[:3], "out_of_stock", row[4]) for row in SHOP], ["0 products in stock instead of 20 (100% fewer"]),
        (
            [(*row[:2], row[2].replace("GBP", "EUR"), "out_of_stock", row[4]) for row in SHOP],
            ["another currency", "0 products in stock"],
        ),
        (SHOP[:15], ["15 products instead of 20"]),  # what follows from it is not said again
    ],
    ids=["other ids", "other currency", "pence", "some in pence", "no stock", "currency and stock", "fewer"],
)
def test_an_import_that_would_ruin_the_shop_is_held(
    shop: tuple[Storage, Feed], tmp_path: Path, rows: list[Row], told: list[str]
) -> None:
    """As many products as before, every row sound; and nothing is published."""
    storage, feed = shop
    before = storage.read_pointer("current")
    with pytest.raises(Braked) as braked:
        import_feed(storage, replace(feed, path=write_csv(tmp_path / "feed.csv", rows)), now=NOW)
    assert len(braked.value.why) == len(told)
    assert all(part in said for part, said in zip(told, braked.value.why, strict=True))
    assert storage.read_pointer("current") == before


@pytest.mark.parametrize(
    "rows",
    [
        [*SHOP[4:], *(_row(f"new{at}") for at in range(4))],
        [*((*row[:2], row[2].replace("GBP", "EUR"), *row[3:]) for row in SHOP[:4]), *SHOP[4:]],
        [(*row[:2], f"{float(row[2].split()[0]) / 2:.2f} GBP", *row[3:]) for row in SHOP],
        [*((*row[:3], "out_of_stock", row[4]) for row in SHOP[:4]), *SHOP[4:]],
    ],
    ids=["a fifth other", "a fifth in another currency", "all at half price", "a fifth sold out"],
)
def test_a_usual_day_goes_through_unforced(tmp_path: Path, rows: list[Row], shop: tuple[Storage, Feed]) -> None:
    """A brake that holds every week is soon forced every week; ``force`` where none was needed is not remembered."""
    _, feed = shop
    storage = Storage.at(tmp_path / "kept")
    import_feed(storage, feed, now=NOW, force=True)
    report = import_feed(storage, replace(feed, path=write_csv(tmp_path / "feed.csv", rows)), now=NOW, force=True)
    assert not report.forced


def test_an_update_that_names_drafts_goes_through(shop: tuple[Storage, Feed], tmp_path: Path) -> None:
    """A stock list of the whole warehouse, every hour: what is not published is counted apart."""
    storage, feed = shop
    rows = [*((row[0], "in_stock") for row in SHOP), *((f"draft{at}", "in_stock") for at in range(20))]
    path = write_csv(tmp_path / "stock.csv", rows, "id,availability")
    report = import_feed(storage, replace(feed, path=path, how=HowToRead(as_of=DAY, kind="update")), now=NOW)
    assert (report.rejected_count, report.expected_rejected, report.accepted) == (20, 20, 20)


def test_an_update_that_empties_the_shop_is_held(shop: tuple[Storage, Feed], tmp_path: Path) -> None:
    """A stock list of another warehouse."""
    storage, feed = shop
    path = write_csv(tmp_path / "stock.csv", [(row[0], "out_of_stock") for row in SHOP], "id,availability")
    with pytest.raises(Braked, match="0 products in stock instead of 20"):
        import_feed(storage, replace(feed, path=path, how=HowToRead(as_of=DAY, kind="update")), now=NOW)
