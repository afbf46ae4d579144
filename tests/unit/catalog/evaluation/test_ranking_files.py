"""Files of a contest, as different writers leave them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.evaluation.columns import TableError, as_ids, as_moments
from catalog.evaluation.reading import read_split
from catalog.evaluation.split import DAY

PRODUCTS = "id,title,price\n1,Tin,2.50\n00123,Mug,\n85123A,,4\n"
TEST = "shopper_id,product_id,at\n7,85123A,2011-03-01\n"
AT = datetime(2011, 2, 1, 9, 30, tzinfo=timezone.utc)
MICROS = int(AT.timestamp()) * 1_000_000


def _files(folder: Path, train: str, test: str = TEST, products: str = PRODUCTS) -> tuple[Path, Path, Path]:
    paths = folder / "train.csv", folder / "test.csv", folder / "products.csv"
    for path, text in zip(paths, (train, test, products), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def _parquet(path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_ids_of_a_text_file_stay_text(tmp_path: Path) -> None:
    """00123 is not 123; a title or price that is missing is missing."""
    train = "shopper_id,product_id,at,quantity\n7,00123,2011-02-01T09:30:00Z,2\n7,1,2011-02-01 09:30:00,\n"
    split = read_split(*_files(tmp_path, train))
    assert split.product_ids == ("1", "00123", "85123A")
    assert split.titles == ("Tin", "Mug", "")
    assert [str(price) for price in split.prices] == ["2.5", "nan", "4.0"]
    assert sorted(split.train.product.tolist()) == [0, 1]
    assert set(split.train.at.tolist()) == {MICROS}
    assert sorted(split.train.quantity.tolist()) == [1.0, 2.0]


@pytest.mark.parametrize(
    "shoppers",
    [
        pa.array([7, 8], pa.int32()),
        pa.array([7.0, 8.0]),
        pa.array(["7", "8"]),
        pa.array(["7.0", "8.0"]),
        pa.array([b"7", b"8"], pa.binary()),
        pa.array(["7", "8"]).dictionary_encode(),
    ],
)
def test_numbers_and_texts_name_the_same_shopper(tmp_path: Path, shoppers: pa.Array) -> None:
    """However the writer typed the column; the test file names shopper 7 as text."""
    _, test, products = _files(tmp_path, TEST)
    train = _parquet(tmp_path / "train.parquet", shopper_id=shoppers, product_id=["1", "1"], at=[AT, AT])
    split = read_split(train, test, products)
    assert (split.shoppers, len(split.test)) == (("7", "8"), 1)


@pytest.mark.parametrize(
    "at",
    [
        pa.array([AT], pa.timestamp("ns", tz="UTC")),
        pa.array([AT.astimezone(timezone(timedelta(hours=5)))], pa.timestamp("ms", tz="Asia/Karachi")),
        pa.array([AT.replace(tzinfo=None)], pa.timestamp("us")),
        pa.array([int(AT.timestamp())]),
        pa.array([int(AT.timestamp()) * 1000]),
        pa.array([float(AT.timestamp())]),
        pa.array([MICROS]),
        pa.array(["2011-02-01T09:30:00+00:00"]),
        pa.array(["2011-02-01 14:30:00+05:00"]),
    ],
)
def test_a_moment_is_read_however_it_is_written(tmp_path: Path, at: pa.Array) -> None:
    """Time stamps of any unit and zone, numbers since 1970, ISO texts."""
    _, test, products = _files(tmp_path, TEST)
    train = _parquet(tmp_path / "train.parquet", shopper_id=["7"], product_id=["1"], at=at)
    assert read_split(train, test, products).train.at.tolist() == [MICROS]


def test_a_bare_date_is_its_midnight(tmp_path: Path) -> None:
    """So that all of a day is one basket where times are not known."""
    _, test, products = _files(tmp_path, TEST)
    train = _parquet(tmp_path / "train.parquet", shopper_id=["7"], product_id=["1"], at=[date(1970, 1, 3)])
    assert read_split(train, test, products).train.at.tolist() == [2 * DAY]


def test_what_takes_no_part_is_counted(tmp_path: Path) -> None:
    """Guests, returns, strangers, rows without a moment; a product the catalogue lacks is added."""
    train = (
        "shopper_id,product_id,at,quantity\n7,1,2011-02-01,1\n,1,2011-02-01,1\n7,1,2011-02-02,-1\n7,1,,1\n"
        "7,gone,2011-02-03,1\n"
    )
    test = "shopper_id,product_id,at\n7,new,2011-03-01\n9,1,2011-03-01\n9,1,2011-03-02\n"
    split = read_split(*_files(tmp_path, train, test))
    left = split.left
    assert (left.train_rows_incomplete, left.test_rows_of_unknown_shoppers) == (3, 2)
    assert (left.test_shoppers_without_past, left.products_added, left.train_rows_not_before_test) == (1, 2, 0)
    assert split.product_ids[3:] == ("gone", "new")
    assert [split.product_ids[at] for at in split.test.product] == ["new"]


def test_a_past_that_is_not_past_is_told(tmp_path: Path) -> None:
    """Train rows from the test's time would flatter everybody."""
    train = "shopper_id,product_id,at\n7,1,2011-02-01\n7,1,2011-03-01\n"
    assert read_split(*_files(tmp_path, train)).left.train_rows_not_before_test == 1


@pytest.mark.parametrize(
    ("train", "message"),
    [
        ("shopper,product_id,at\n7,1,2011-02-01\n", r"train.csv: no column shopper_id; it has shopper, product_id, at"),
        ("shopper_id,product_id,at\n7,1,01/02/2011\n", r"train.csv: column at: .*2011-10-14"),
        ("shopper_id,product_id,at,quantity\n7,1,2011-02-01,two\n", r"train.csv: column quantity: .*two"),
        ("shopper_id,product_id,at\n,,\n", r"train.csv: no row has a shopper"),
        ("shopper_id,product_id,at\n8,1,2011-02-01\n", r"test.csv: no row is of a shopper with a past"),
        ("shopper_id,product_id,at\n7,1\n", r"train.csv: .*Mend that row"),
        ("", r"train.csv: .*line of column names"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_what_to_do(tmp_path: Path, train: str, message: str) -> None:
    """Naming the file."""
    with pytest.raises(TableError, match=message):
        read_split(*_files(tmp_path, train))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Not a traceback."""
    train, test, _ = _files(tmp_path, TEST)
    with pytest.raises(TableError, match=r"products\.parquet"):
        read_split(train, test, tmp_path / "products.parquet")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (pa.array([20111014, 20111015]), 14),
        (pa.array(["1318550400", "1318636800"]), 14),
        (pa.array([1318550400.0, float("inf")]), 14),
    ],
    ids=["days as numbers", "a CSV's seconds", "an infinity is no moment"],
)
def test_numbers_are_read_as_the_moments_they_are(said: pa.Array, day: int) -> None:
    """20111014 read as seconds of 1970 would make every day one, silently."""
    found = as_moments(said, "train")
    assert np.datetime64(int(found[0]), "us").astype("datetime64[D]") == np.datetime64(f"2011-10-{day}")


def test_positions_in_a_sequence_keep_their_order() -> None:
    """Some logs have no times at all."""
    found = as_moments(pa.array([3, 1, 2]), "train")
    assert found.argsort().tolist() == [1, 2, 0]


def test_a_number_that_is_none_is_no_shopper() -> None:
    """A column of numbers with gaps must not make a shopper called nan, nor 17850.0 of 17850."""
    texts, at = as_ids(pa.array([17850.0, float("nan"), 17850.0]))
    assert [texts[one] for one in at] == ["17850", None, "17850"]
