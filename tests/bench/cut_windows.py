"""Cuts windows for ``giftbot eval ranking`` out of a shop's records: train and test and products, a folder each.

    python -m tests.bench.cut_windows RECORDS.parquet PRODUCTS INTO [2011-08-19 2011-06-24 …] [--days 56] [--last 3]

The records are Online Retail II as its columns are named (invoice_date, customer_id, stock_code, quantity, unit_price,
is_product, is_cancel), or have the columns shopper_id, product_id, at already. Train is all before the day a window
begins, test the 56 days from it. Without days, the last windows before the end of the records are cut.
"""

from __future__ import annotations

import argparse
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

NAMES = {"stock_code": "id", "price_gbp": "price"}


def purchases(path: Path) -> pa.Table:
    """Sales of products to known customers, under the evaluation's own column names."""
    table = pq.read_table(path)
    if "shopper_id" in table.column_names:
        at = table["at"].cast(pa.timestamp("us"), safe=False)
        return table.select(["shopper_id", "product_id", "quantity"]).append_column("at", at)
    sold = pc.and_(pc.and_(table["is_product"], pc.invert(table["is_cancel"])), pc.greater(table["unit_price"], 0))
    table = table.filter(pc.and_(sold, pc.is_valid(table["customer_id"])))
    return pa.table(
        {
            "shopper_id": table["customer_id"].cast(pa.string()),
            "product_id": table["stock_code"].cast(pa.string()),
            "at": table["invoice_date"],
            "quantity": table["quantity"],
        }
    )


def catalogue(path: Path) -> pa.Table:
    """Id, title and price of the products."""
    texts = csv.ConvertOptions(column_types={"stock_code": pa.string(), "id": pa.string()})
    table = csv.read_csv(path, convert_options=texts)
    table = table.rename_columns([NAMES.get(name, name) for name in table.column_names])
    return table.select(["id", "title", "price"])


def cut(sales: pa.Table, products: pa.Table, into: Path, begins: date, days: int) -> None:
    """Write one window to a folder of its own, named by the day it begins."""
    folder = into / begins.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    start = datetime(begins.year, begins.month, begins.day)  # noqa: DTZ001 - the shop's own clock, without a zone
    first, last = (pa.scalar(at, sales["at"].type) for at in (start, start + timedelta(days=days)))
    pq.write_table(sales.filter(pc.less(sales["at"], first)), folder / "train.parquet")
    inside = pc.and_(pc.greater_equal(sales["at"], first), pc.less(sales["at"], last))
    pq.write_table(sales.filter(inside), folder / "test.parquet")
    csv.write_csv(products, folder / "products.csv")


def main() -> None:
    """Cut every window asked for, and print its folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("products", type=Path)
    parser.add_argument("into", type=Path)
    parser.add_argument("begins", nargs="*", type=date.fromisoformat)
    parser.add_argument("--days", type=int, default=56)
    parser.add_argument("--last", type=int, default=1, help="how many windows, where no days are given")
    told = parser.parse_args()
    sales, products = purchases(told.records), catalogue(told.products)
    end = pc.max(sales["at"]).as_py().date() + timedelta(days=1)
    back = [end - timedelta(days=told.days * at) for at in range(1, told.last + 1)]
    for begins in told.begins or back:
        cut(sales, products, told.into, begins, told.days)
        print(told.into / begins.isoformat())


if __name__ == "__main__":
    main()
